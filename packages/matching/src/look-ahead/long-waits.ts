/** Who waits for a start, and how it would be filled if nothing were charged. */
export interface UnchargedStart {
  /** The cell that each would have, -1 for none. */
  readonly cellOf: Int32Array;
  readonly waitDays: Int32Array;
}

/**
 * Who must be placed when the start is solved with prices: everybody with a long wait who would be placed without them.
 * So a price decides which seat they have, never whether they begin; and as all of them can be placed together, nobody
 * else's number falls either.
 */
export const longWaitsToKeep = ({ cellOf, waitDays }: UnchargedStart, longWaitDays: number): Uint8Array =>
  Uint8Array.from(cellOf, (cell, c) => (cell !== -1 && waitDays[c]! >= longWaitDays ? 1 : 0));
