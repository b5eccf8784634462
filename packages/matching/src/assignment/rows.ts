import type { Packing } from './packing.ts';
import { type AssignmentProblem, HIGHEST_PAIR_LOT } from './problem.ts';

/** The edges of one person on their own; a cell occurs at most once. */
export interface Row {
  readonly cells: Int32Array;
  readonly values: Int32Array;
  readonly lots: Uint16Array;
}

/** The edges turned round: column p, from columnStart[p] on, lists who has an edge to cell p. */
export interface Columns {
  readonly columnStart: Int32Array;
  readonly candidate: Int32Array;
  readonly value: Int32Array;
  readonly lot: Uint16Array;
}

export const columnsOf = (problem: AssignmentProblem): Columns => {
  const { candidateCount, cellCount, edgeStart, edgeCell, edgeValue, edgeLot } = problem;
  const columnStart = new Int32Array(cellCount + 1);
  for (const cell of edgeCell) columnStart[cell + 1]! += 1;
  for (let cell = 0; cell < cellCount; cell += 1) columnStart[cell + 1]! += columnStart[cell]!;
  const next = columnStart.slice();
  const candidate = new Int32Array(edgeCell.length);
  const value = new Int32Array(edgeCell.length);
  const lot = new Uint16Array(edgeCell.length);
  for (let c = 0; c < candidateCount; c += 1)
    for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) {
      const place = next[edgeCell[e]!]!;
      next[edgeCell[e]!] = place + 1;
      candidate[place] = c;
      value[place] = edgeValue[e]!;
      lot[place] = edgeLot[e]!;
    }
  return { columnStart, candidate, value, lot };
};

/** Throws a RangeError when a row has a value that the packing has no room for: open the state with a wider range. */
export const checkRow = ({ leastValue, mostValue }: Packing, { values, lots }: Row): void => {
  for (const value of values)
    if (value < leastValue || value > mostValue)
      throw new RangeError(
        `A value of ${value} is outside ${leastValue} to ${mostValue}, which is weighed exactly here`,
      );
  for (const lot of lots) if (lot > HIGHEST_PAIR_LOT) throw new RangeError(`There is no pair lot ${lot}`);
};
