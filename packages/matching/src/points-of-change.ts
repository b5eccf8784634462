import { OUTSIDE, type TellMove } from './assignment/search-space.ts';
import { NOBODY } from './assignment/state.ts';
import type { CompiledRun } from './compiled-run.ts';
import type { SolvedStart } from './solved-start.ts';
import { type EdgeWorth, worthBesidePoints } from './start-problem.ts';

/**
 * What the moves that are told come to beside points: charges for seats and taxes on moves. A change in value less this
 * is the change in the points that people see. `newcomer`: who is told as NOBODY.
 */
export const besidePoints = (
  run: CompiledRun,
  worth: EdgeWorth,
  { result }: SolvedStart,
  newcomer: number = NOBODY,
): { readonly tell: TellMove; readonly sum: () => number } => {
  let sum = 0;
  const worthAt = (c: number, cell: number): number =>
    cell === OUTSIDE ? 0 : worthBesidePoints(run, worth, result.startIndex, c, cell);
  return {
    tell: (row, from, to) => {
      const c = row === NOBODY ? newcomer : result.people[row]!;
      sum += worthAt(c, to) - worthAt(c, from);
    },
    sum: () => sum,
  };
};
