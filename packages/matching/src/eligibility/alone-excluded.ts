import type { CompiledRun } from '../compiled-run.ts';
import { everyoneOf, wordsFor } from './bits.ts';
import { cellLevels, countNoes } from './judge-cell.ts';
import { type Levels, levelsOf } from './run-levels.ts';
import { cellScorer } from './score-cells.ts';

/** Candidates whom one criterion alone keeps from a cell. */
export interface AloneExcluded {
  /** By rising index. */
  readonly who: Int32Array;
  /** What each would have if the criterion were not asked. */
  readonly points: Int32Array;
  /** Sessions with limited seats that each would need, one bit each. */
  readonly sessions: Int32Array;
}

/**
 * Who would be eligible for a cell without one of its criteria. Pairs that are ruled out stay so, and so do those under
 * the minimum fit. A person may be eligible for another cell of the place already.
 */
export const aloneExcludedBy = (
  run: CompiledRun,
  levels: Levels = levelsOf(run),
): ((cellIndex: number, criterionIndex: number) => AloneExcluded) => {
  const words = wordsFor(run.candidates.length);
  const everyone = everyoneOf(run.candidates.length);
  const planes = { shutOut: new Int32Array(words), byOne: new Int32Array(words) };
  const alone = new Int32Array(words);
  const score = cellScorer(run);
  return (cellIndex, criterionIndex) => {
    const cell = run.cells[cellIndex]!;
    const ofCell = cellLevels(cell, levels);
    countNoes(cell, ofCell, everyone, planes);
    const { possible } = ofCell[criterionIndex]!;
    const { excludes } = cell.criteria[criterionIndex]!;
    for (let w = 0; w < words; w += 1) alone[w] = excludes ? planes.byOne[w]! & ~possible[w]! : 0;
    for (const c of run.ruledOutAt[cell.place]!) alone[c >>> 5]! &= ~(1 << (c & 31));
    const { count, who, points, sessions } = score(cell, ofCell, alone, criterionIndex);
    return { who: who.slice(0, count), points: points.slice(0, count), sessions: sessions.slice(0, count) };
  };
};
