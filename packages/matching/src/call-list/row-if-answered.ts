import type { ProfileField } from '@gruppstart/domain/matching/criterion';
import type { Row } from '../assignment/rows.ts';
import { type CompiledRun, startForPair } from '../compiled-run.ts';
import type { Criterion } from '../criteria/criterion.ts';
import { isUnknown, type Judgement, NO, YES } from '../criteria/judgement.ts';
import { addToTally, bestPoints, clearTally, newTally, reachesMinimumFit, totalPoints } from '../score.ts';

/** The best answer that there can be, which meets everything that waits for it, or the worst, which meets nothing. */
export type AnswerGiven = 'yes' | 'no';

/**
 * Gives the edges that a person would have if one unknown fact were answered: with a yes all of them, with the points of
 * what is met; with a no those that it does not shut out. No edge can come to it, for an unknown never excludes. Charges
 * and taxes in the values stay as they are.
 */
export const rowsIfAnswered = (run: CompiledRun) => {
  const then = newTally();
  const now = newTally();

  /** True when the answer shuts the pair out. Fills both tallies. */
  const judgeCell = (candidate: number, cell: number, field: ProfileField, answer: Judgement): boolean => {
    const { criteria, scorePart, sessions, place } = run.cells[cell]!;
    const { facts } = run.candidates[candidate]!;
    const start = run.starts[startForPair(run.candidates[candidate]!, run.places[place]!)]!;
    const waitsFor = (criterion: Criterion, judged: Judgement): boolean =>
      isUnknown(judged) && criterion.source(facts, start) === field;
    clearTally(then);
    clearTally(now);
    let isShutOut = false;
    for (const [k, criterion] of criteria.entries()) {
      const judged = criterion.judge(facts, start);
      const isAnswered = waitsFor(criterion, judged);
      if (isAnswered && answer === NO && criterion.excludes && sessions[k]! < 0) isShutOut = true;
      if (scorePart[k]! < 0) continue;
      addToTally(now, scorePart[k]!, judged);
      addToTally(then, scorePart[k]!, isAnswered ? answer : judged);
    }
    return isShutOut || !reachesMinimumFit(bestPoints(then, run.weights), run.weights);
  };

  return (candidate: number, row: Row, field: ProfileField, given: AnswerGiven): Row => {
    const cells: number[] = [];
    const values: number[] = [];
    const lots: number[] = [];
    for (const [index, cell] of row.cells.entries()) {
      if (judgeCell(candidate, cell, field, given === 'yes' ? YES : NO)) continue;
      cells.push(cell);
      values.push(row.values[index]! + totalPoints(then, run.weights) - totalPoints(now, run.weights));
      lots.push(row.lots[index]!);
    }
    return { cells: Int32Array.from(cells), values: Int32Array.from(values), lots: Uint16Array.from(lots) };
  };
};
