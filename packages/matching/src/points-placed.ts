import type { PairTable } from './pairs.ts';

/** The points of those who are placed, each by the edge to their cell. */
export const pointsPlaced = (table: PairTable, people: readonly number[], cellOf: Int32Array): number => {
  let points = 0;
  for (const [row, c] of people.entries()) {
    if (cellOf[row] === -1) continue;
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1)
      if (table.edgeCell[e] === cellOf[row]) points += table.edgePoints[e]!;
  }
  return points;
};
