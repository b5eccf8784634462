import type { PairTable } from './pairs.ts';

/** The pairs of one person as they would stand in the table, by rising cell. */
export interface PairRow {
  readonly cells: readonly number[];
  readonly points: readonly number[];
  /** Sessions with limited seats that the person needs there, one bit each. */
  readonly sessions: readonly number[];
}

/** One pair of a row. */
export interface PairAtCell {
  readonly cell: number;
  readonly points: number;
  readonly sessions: number;
}

export const pairRowOf = ({ edgeStart, edgeCell, edgePoints, edgeSessions }: PairTable, c: number): PairRow => {
  const [start, end] = [edgeStart[c]!, edgeStart[c + 1]!];
  return {
    cells: [...edgeCell.subarray(start, end)],
    points: [...edgePoints.subarray(start, end)],
    sessions: [...edgeSessions.subarray(start, end)],
  };
};

/** The row with these pairs in it, each in the place of what it was. */
export const withPairs = (row: PairRow, pairs: readonly PairAtCell[]): PairRow => {
  const byCell = new Map<number, PairAtCell>(
    row.cells.map((cell, e) => [cell, { cell, points: row.points[e]!, sessions: row.sessions[e]! }]),
  );
  for (const pair of pairs) byCell.set(pair.cell, pair);
  const all = [...byCell.values()].sort((a, b) => a.cell - b.cell);
  return {
    cells: all.map(({ cell }) => cell),
    points: all.map(({ points }) => points),
    sessions: all.map(({ sessions }) => sessions),
  };
};

/** The table with other rows for some people. */
export const tableWith = (table: PairTable, rows: ReadonlyMap<number, PairRow>): PairTable => {
  const count = table.edgeStart.length - 1;
  const edgeStart = new Int32Array(count + 1);
  for (let c = 0; c < count; c += 1)
    edgeStart[c + 1] = edgeStart[c]! + (rows.get(c)?.cells.length ?? table.edgeStart[c + 1]! - table.edgeStart[c]!);
  const edges = edgeStart[count]!;
  const [edgeCell, edgePoints, edgeSessions] = [new Int32Array(edges), new Int32Array(edges), new Int32Array(edges)];
  for (let c = 0; c < count; c += 1) {
    const row = rows.get(c);
    const [from, to] = [table.edgeStart[c]!, table.edgeStart[c + 1]!];
    edgeCell.set(row?.cells ?? table.edgeCell.subarray(from, to), edgeStart[c]);
    edgePoints.set(row?.points ?? table.edgePoints.subarray(from, to), edgeStart[c]);
    edgeSessions.set(row?.sessions ?? table.edgeSessions.subarray(from, to), edgeStart[c]);
  }
  return { ...table, edgeStart, edgeCell, edgePoints, edgeSessions };
};
