import type { CompiledRun } from '../compiled-run.ts';
import { pairLot } from '../draw.ts';
import { aloneExcludedBy } from '../eligibility/alone-excluded.ts';
import type { Levels } from '../eligibility/run-levels.ts';
import type { SolvedStart } from '../solved-start.ts';
import { type EdgeWorth, worthBesidePoints } from '../start-problem.ts';
import type { Newcomer } from './placed-without.ts';

/** People of a start whom one criterion alone shuts out of a cell, and what their pair would be worth without it. */
export const newcomersOf = (run: CompiledRun, levels: Levels, { result, rowOf }: SolvedStart, worth: EdgeWorth) => {
  const aloneExcluded = aloneExcludedBy(run, levels);
  return (cell: number, criterion: number): Newcomer[] => {
    const { who, points } = aloneExcluded(cell, criterion);
    const newcomers: Newcomer[] = [];
    for (const [index, c] of who.entries()) {
      const person = rowOf[c]!;
      if (person === -1) continue;
      newcomers.push({
        person,
        value: points[index]! + worthBesidePoints(run, worth, result.startIndex, c, cell),
        lot: pairLot(run.candidateLotBases[c]!, run.cellLotBases[cell]!),
      });
    }
    return newcomers;
  };
};
