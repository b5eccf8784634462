import { type CompiledRun, pairKey, startForPair } from '@gruppstart/matching/compiled-run';
import { isNo, isUnknown } from '@gruppstart/matching/criteria/judgement';
import { fieldOf, isAskable, questionOf } from '@gruppstart/matching/eligibility/questions';
import {
  addToTally,
  bestPoints,
  clearTally,
  newTally,
  reachesMinimumFit,
  totalPoints,
} from '@gruppstart/matching/score';

const grown = (array: Int32Array): Int32Array => {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
};

/**
 * The loop that judging everybody at once is measured against: every pair, every criterion, one after another, without
 * making objects. It knows no shared seats and no sessions with limited seats.
 */
export const naiveEligibility = (run: CompiledRun) => {
  const { candidates, places, starts, weights } = run;
  const edgeStart = new Int32Array(candidates.length + 1);
  let edgePlace: Int32Array = new Int32Array(1024);
  let edgePoints: Int32Array = new Int32Array(1024);
  let edges = 0;
  const questions = new Map<number, { readonly settles: Int32Array; readonly opens: Int32Array }>();
  const unknown: number[] = [];
  const tallies = places.map(({ criteria }) => ({
    excluded: new Int32Array(criteria.length),
    excludedAlone: new Int32Array(criteria.length),
    unknown: new Int32Array(criteria.length),
    eligible: 0,
    eligibleWithChecks: 0,
  }));
  const score = newTally();

  for (const [c, candidate] of candidates.entries()) {
    const { facts } = candidate;
    for (const [p, place] of places.entries()) {
      const tally = tallies[p]!;
      const { criteria, scorePart, levels } = run.cells[place.firstCell]!;
      const start = starts[startForPair(candidate, place)]!;
      clearTally(score);
      let failed = 0;
      let lastFailed = -1;
      unknown.length = 0;
      for (let k = 0; k < criteria.length; k += 1) {
        const criterion = criteria[k]!;
        const judgement = criterion.judge(facts, start);
        if (scorePart[k]! >= 0) addToTally(score, scorePart[k]!, judgement);
        if (isUnknown(judgement)) {
          tally.unknown[k]! += 1;
          if (criterion.excludes) {
            const question = questionOf(run.levels[levels[k]!]!.topic, fieldOf(criterion.source(facts, start)));
            if (!unknown.includes(question)) unknown.push(question);
          }
        } else if (isNo(judgement) && criterion.excludes) {
          tally.excluded[k]! += 1;
          failed += 1;
          lastFailed = k;
        }
      }
      if (failed > 0) {
        if (failed === 1) tally.excludedAlone[lastFailed]! += 1;
        continue;
      }
      if (run.ruledOut.has(pairKey(c, p, places.length)) || !reachesMinimumFit(bestPoints(score, weights), weights))
        continue;
      tally.eligible += 1;
      if (unknown.length > 0) {
        tally.eligibleWithChecks += 1;
        for (const question of unknown) {
          if (!isAskable(question)) continue;
          let count = questions.get(question);
          if (count === undefined) {
            count = { settles: new Int32Array(candidates.length), opens: new Int32Array(candidates.length) };
            questions.set(question, count);
          }
          count.settles[c]! += 1;
          if (unknown.length === 1) count.opens[c]! += 1;
        }
      }
      if (edges === edgePlace.length) {
        edgePlace = grown(edgePlace);
        edgePoints = grown(edgePoints);
      }
      edgePlace[edges] = p;
      edgePoints[edges] = totalPoints(score, weights);
      edges += 1;
    }
    edgeStart[c + 1] = edges;
  }
  return {
    edgeStart,
    edgeCell: edgePlace.slice(0, edges),
    edgePoints: edgePoints.slice(0, edges),
    places: tallies,
    questions,
  };
};
