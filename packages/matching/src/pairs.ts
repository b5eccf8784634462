import type { CompiledRun } from './compiled-run.ts';
import { judgePlaces } from './eligibility/judge-places.ts';
import type { QuestionCounts } from './eligibility/place-summary.ts';
import type { PlaceTally } from './eligibility/place-tally.ts';
import { type Levels, levelsOf } from './eligibility/run-levels.ts';

/** Every eligible pair of a person and a cell as a sparse row per candidate, and what was counted on the way. */
export interface PairTable {
  /** Row c is edgeStart[c] … edgeStart[c + 1] - 1, by rising cell. */
  readonly edgeStart: Int32Array;
  readonly edgeCell: Int32Array;
  readonly edgePoints: Int32Array;
  /** Sessions with limited seats that the person needs for the cell: one bit each, in the order of `run.sessions`. */
  readonly edgeSessions: Int32Array;
  readonly places: readonly PlaceTally[];
  /**
   * Per question (see `questionOf`) and candidate: possible places where the answer settles something, and of those the
   * places where it is the only thing unknown, and no other cell is certain already.
   */
  readonly questions: QuestionCounts;
}

const ROWS_AT_A_TIME = 1_024;

/**
 * Judges every pair. One that no criterion, ruling or minimum shuts out becomes an edge. `levels` are given when more is
 * to be asked of them afterwards.
 */
export const judgePairs = (run: CompiledRun, levels: Levels = levelsOf(run)): PairTable => {
  const { cells, tallies, questions } = judgePlaces(run, levels);
  const count = run.candidates.length;
  const edgeStart = new Int32Array(count + 1);
  for (const { who } of cells) for (let i = 0; i < who.length; i += 1) edgeStart[who[i]! + 1]! += 1;
  for (let c = 0; c < count; c += 1) edgeStart[c + 1]! += edgeStart[c]!;

  const edges = edgeStart[count]!;
  const edgeCell = new Int32Array(edges);
  const edgePoints = new Int32Array(edges);
  const edgeSessions = new Int32Array(edges);
  const next = edgeStart.slice(0, count);
  const taken = new Int32Array(cells.length);
  // Some rows at a time, so that those being written stay in the processor's cache.
  for (let end = ROWS_AT_A_TIME; end < count + ROWS_AT_A_TIME; end += ROWS_AT_A_TIME)
    for (let cell = 0; cell < cells.length; cell += 1) {
      const { who, points, sessions } = cells[cell]!;
      let i = taken[cell]!;
      for (; i < who.length && who[i]! < end; i += 1) {
        const c = who[i]!;
        const e = next[c]!;
        next[c] = e + 1;
        edgeCell[e] = cell;
        edgePoints[e] = points[i]!;
        if (sessions !== null) edgeSessions[e] = sessions[i]!;
      }
      taken[cell] = i;
    }
  return { edgeStart, edgeCell, edgePoints, edgeSessions, places: tallies, questions };
};
