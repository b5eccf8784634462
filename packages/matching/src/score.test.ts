import { SCORE_PARTS } from '@gruppstart/domain/matching/score';
import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import { describe, expect, test } from 'vitest';
import { NO, noWithCredit, UNKNOWN, YES } from './criteria/judgement.ts';
import {
  addToTally,
  bestPoints,
  newTally,
  partIndex,
  partPointsOf,
  percentOf,
  reachesMinimumFit,
  scoreParts,
  totalPoints,
} from './score.ts';

const weights = partPointsOf(DEFAULT_WEIGHTS);

describe('the score', () => {
  test('numbers the parts as the domain lists them', () => {
    expect(SCORE_PARTS.map(partIndex)).toEqual(SCORE_PARTS.map((_, index) => index));
  });

  test('what is not asked for is fully met', () => {
    expect(totalPoints(newTally(), weights)).toBe(100);
  });

  test.each([
    [[YES, YES], 40, 40],
    [[YES, NO], 20, 20],
    [[YES, UNKNOWN], 30, 40],
    [[NO, UNKNOWN], 10, 20],
    [[NO, NO], 0, 0],
    [[YES, YES, NO], 26, 26],
    [[noWithCredit(66)], 26, 26],
  ])('requirements judged %j give %s points, at best %s', (judgements, points, best) => {
    const tally = newTally();
    for (const judgement of judgements) addToTally(tally, partIndex('requirements'), judgement);
    expect(scoreParts(tally, weights)[0]).toEqual({ part: 'requirements', points, maxPoints: 40 });
    expect(totalPoints(tally, weights)).toBe(60 + points);
    expect(bestPoints(tally, weights)).toBe(60 + best);
  });

  test('a part with something unknown is never zero, unless it has no weight', () => {
    const tally = newTally();
    addToTally(tally, partIndex('commute'), UNKNOWN);
    const points = (commute: number) =>
      scoreParts(tally, partPointsOf({ ...DEFAULT_WEIGHTS, points: { ...DEFAULT_WEIGHTS.points, commute } })).at(-1)
        ?.points;
    expect([0, 1, 2, 3].map(points)).toEqual([0, 1, 1, 1]);
  });

  test('the minimum is reached exactly at its percent', () => {
    expect([34, 35].map((best) => reachesMinimumFit(best, weights))).toEqual([false, true]);
  });

  test('a percent is rounded down, and there is none of nothing', () => {
    expect([percentOf(2, 3), percentOf(0, 0)]).toEqual([66, null]);
  });
});
