import type { Verdict } from '@gruppstart/domain/matching/verdict';
import { describe, expect, test } from 'vitest';
import type { MatchCandidate, TravelToUnit } from '../model.ts';
import { aCandidate, aPlace, aStart, unitId } from '../test-support/inputs.ts';
import { judgeMinutes, travelCriterion } from './commute.ts';
import type { Criterion } from './criterion.ts';
import { candidateFacts, travelMaps } from './facts.ts';
import { creditOf, verdictOf } from './judgement.ts';

const start = aStart(1);
const facts = (candidate: MatchCandidate, row: readonly TravelToUnit[] = []) =>
  candidateFacts(candidate, travelMaps([row]));
const judged = (criterion: Criterion, changes: Partial<MatchCandidate>, row: readonly TravelToUnit[]) => {
  const judgement = criterion.judge(facts(aCandidate(1, changes), row), start);
  return { verdict: verdictOf(judgement), credit: creditOf(judgement) };
};

describe('travel', () => {
  const row = (carMinutes: number | null, busMinutes: number | null): TravelToUnit[] => [
    { unitId: unitId(1), carMinutes, busMinutes },
  ];
  const cases: readonly (readonly [boolean | null, number | null, number | null, number | null, Verdict, string])[] = [
    [true, 20, 90, 30, 'yes', 'maxTravelMinutes'],
    [false, 20, 90, 30, 'no', 'maxTravelMinutes'],
    [true, null, 10, 30, 'unknown', 'travel-table'],
    [false, 10, null, 30, 'unknown', 'travel-table'],
    [true, 20, 20, null, 'unknown', 'maxTravelMinutes'],
    [null, 20, 25, 30, 'yes', 'maxTravelMinutes'],
    [null, 40, 90, 30, 'no', 'maxTravelMinutes'],
    [null, 20, 90, 30, 'unknown', 'hasCar'],
    [null, 20, null, 30, 'unknown', 'hasCar'],
    [null, 29, 31, 30, 'unknown', 'maxTravelMinutes'],
    [null, 20, 31, 30, 'unknown', 'hasCar'],
    [null, null, null, 30, 'unknown', 'travel-table'],
  ];
  test.each(cases)(
    'car %s, %s min by car, %s by bus, limit %s: %s (%s)',
    (hasCar, car, bus, limit, verdict, source) => {
      const criterion = travelCriterion(aPlace(1), 5);
      const changes = { hasCar, maxTravelMinutes: limit };
      expect(judged(criterion, changes, row(car, bus)).verdict).toBe(verdict);
      expect(criterion.source(facts(aCandidate(1, changes), row(car, bus)), start)).toBe(source);
    },
  );

  test.each([
    [25, 'yes'],
    [26, 'unknown'],
    [30, 'unknown'],
    [34, 'unknown'],
    [35, 'no'],
  ] as const)('%s minutes against a limit of 30 with a margin of 5: %s', (minutes, verdict) => {
    expect(verdictOf(judgeMinutes(minutes, 30, 5))).toBe(verdict);
  });

  test('without a margin the limit itself is a yes and one minute more a no', () => {
    expect([30, 31].map((minutes) => verdictOf(judgeMinutes(minutes, 30, 0)))).toEqual(['yes', 'no']);
  });

  test('credit falls from 100 at half the limit to 50 at the limit, and an unknown is worth no more than any yes', () => {
    expect([0, 30, 45, 60].map((minutes) => creditOf(judgeMinutes(minutes, 60, 0)))).toEqual([100, 100, 75, 50]);
    for (let minutes = 0; minutes <= 60; minutes += 1)
      expect(creditOf(judgeMinutes(minutes, 60, 0))).toBeGreaterThanOrEqual(50);
  });

  test('nobody without a row is shut out, whatever the limit', () => {
    expect(verdictOf(travelCriterion(aPlace(1), 5).judge(facts(aCandidate(1, { travelRow: null })), start))).toBe(
      'unknown',
    );
  });
});
