import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';

/** Seats of a place of which the one or the other part is free; the same where no seat is shared. */
export interface FreeSeats {
  readonly first: number;
  readonly second: number;
}

/** What is free of so many seats, of which these are taken in whole or in the one or other part. */
export const freeSeats = (seats: number, taken: number, takenSecond: number): FreeSeats => ({
  first: Math.max(0, seats - taken),
  second: Math.max(0, seats - takenSecond),
});

/**
 * Whether there is room at a place for everybody pinned there.
 *
 * @param parts what each asks for; undefined: whatever is left, be it half a seat
 */
export const pinsFit = (free: FreeSeats, isShared: boolean, parts: readonly (SeatPartKind | undefined)[]): boolean => {
  if (!isShared) return parts.length <= Math.min(free.first, free.second);
  const count = (kind: SeatPartKind | undefined): number => parts.filter((part) => part === kind).length;
  const first = free.first - count('whole') - count('first');
  const second = free.second - count('whole') - count('second');
  return first >= 0 && second >= 0 && count(undefined) <= first + second;
};
