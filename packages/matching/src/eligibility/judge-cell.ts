import type { CompiledCell } from '../compiled-cell.ts';
import type { LevelRule } from '../compiled-run.ts';
import { type BitPlane, planesBy } from './bits.ts';
import type { Level } from './levels.ts';
import { questionOf } from './questions.ts';
import type { Levels } from './run-levels.ts';

/** What the criteria of one cell that exclude say of everybody. */
export interface CellPlanes {
  /** To whom at least one says no. */
  readonly shutOut: BitPlane;
  /** To whom exactly one does. */
  readonly byOne: BitPlane;
}

export const cellLevels = (cell: CompiledCell, levels: Levels): readonly Level[] => {
  const ofCell: Level[] = [];
  for (let k = 0; k < cell.levels.length; k += 1) ofCell.push(levels(cell.levels[k]!));
  return ofCell;
};

/** Adds criterion after criterion as two counters per person: one no, two or more. */
export const countNoes = (
  { criteria }: CompiledCell,
  levels: readonly Level[],
  everyone: BitPlane,
  { shutOut, byOne }: CellPlanes,
): void => {
  shutOut.fill(0);
  byOne.fill(0);
  // Until the end, byOne holds those to whom two or more say no.
  for (let k = 0; k < levels.length; k += 1) {
    if (!criteria[k]!.excludes) continue;
    const { possible, noes } = levels[k]!;
    if (noes === 0) continue;
    for (let w = 0; w < everyone.length; w += 1) {
      const no = everyone[w]! & ~possible[w]!;
      byOne[w]! |= shutOut[w]! & no;
      shutOut[w]! |= no;
    }
  }
  for (let w = 0; w < everyone.length; w += 1) byOne[w] = shutOut[w]! & ~byOne[w]!;
};

/** What has to be asked before a cell is certain, question by question: see `questionOf`. */
export interface Questions {
  /** Questions of which somebody's answer is unknown here, what nobody can be asked included. */
  readonly asked: number[];
  readonly unknownOf: (question: number) => BitPlane;
  /** Of whom anything is unknown, and of whom more than one thing is. */
  readonly any: BitPlane;
  readonly several: BitPlane;
}

export const newQuestions = (words: number): Questions => ({
  asked: [],
  unknownOf: planesBy(words),
  any: new Int32Array(words),
  several: new Int32Array(words),
});

/** `rules`: those of the run, in which the cell's levels are looked up. */
export const findQuestions = (
  cell: CompiledCell,
  levels: readonly Level[],
  rules: readonly Pick<LevelRule, 'topic'>[],
  { asked, unknownOf, any, several }: Questions,
): void => {
  asked.length = 0;
  for (let k = 0; k < levels.length; k += 1) {
    if (!cell.criteria[k]!.excludes) continue;
    const { topic } = rules[cell.levels[k]!]!;
    for (const { field, who } of levels[k]!.unknownBy) {
      const question = questionOf(topic, field);
      const plane = unknownOf(question);
      if (asked.includes(question)) for (let w = 0; w < plane.length; w += 1) plane[w]! |= who[w]!;
      else {
        plane.set(who);
        asked.push(question);
      }
    }
  }
  any.fill(0);
  several.fill(0);
  for (const question of asked) {
    const plane = unknownOf(question);
    for (let w = 0; w < plane.length; w += 1) {
      several[w]! |= any[w]! & plane[w]!;
      any[w]! |= plane[w]!;
    }
  }
};
