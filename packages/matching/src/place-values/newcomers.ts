import { type CompiledRun, pairKey, startForPair } from '../compiled-run.ts';

import { isNo } from '../criteria/judgement.ts';
import { pairLot } from '../draw.ts';

import { addToTally, bestPoints, clearTally, newTally, reachesMinimumFit, totalPoints } from '../score.ts';
import type { SolvedStart } from '../solved-start.ts';
import { type EdgeWorth, edgeValue } from '../start-problem.ts';
import type { Newcomer } from './placed-without.ts';

/**
 * People of a start whom one criterion alone shuts out of each cell: what their pair would be worth without it. By index
 * of the criterion among the place's; one that shuts nobody out alone is not there.
 */
export const newcomersAt = (
  run: CompiledRun,
  { result, rowOf }: SolvedStart,
  worth: EdgeWorth,
  cell: number,
): ReadonlyMap<number, readonly Newcomer[]> => {
  const { criteria, scorePart, sessions, place, placeCriterion } = run.cells[cell]!;
  const tally = newTally();
  const found = new Map<number, Newcomer[]>();
  for (const c of result.people) {
    const { facts } = run.candidates[c]!;
    const start = run.starts[startForPair(run.candidates[c]!, run.places[place]!)]!;
    let only = -1;
    let noes = 0;
    clearTally(tally);
    for (let k = 0; k < criteria.length && noes < 2; k += 1) {
      const judged = criteria[k]!.judge(facts, start);
      const shutsOut = isNo(judged) && criteria[k]!.excludes && sessions[k]! < 0;
      if (shutsOut) {
        noes += 1;
        only = k;
      } else if (scorePart[k]! >= 0) addToTally(tally, scorePart[k]!, judged);
    }
    if (noes !== 1 || run.ruledOut.has(pairKey(c, place, run.places.length))) continue;
    if (!reachesMinimumFit(bestPoints(tally, run.weights), run.weights)) continue;
    const points = totalPoints(tally, run.weights);
    const index = placeCriterion[only]!;
    const list = found.get(index) ?? [];
    list.push({
      person: rowOf[c]!,
      value: edgeValue(run, worth, result.startIndex, c, cell, points),
      lot: pairLot(run.candidateLotBases[c]!, run.cellLotBases[cell]!),
    });
    found.set(index, list);
  }
  return found;
};
