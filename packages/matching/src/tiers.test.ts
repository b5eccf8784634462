import type { TierRule } from '@gruppstart/domain/matching/weights';
import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import { addDays, localDate } from '@gruppstart/domain/shared/local-date';
import { expect, test } from 'vitest';
import { aCandidate, anInput } from './test-support/inputs.ts';
import { tiersOf } from './tiers.ts';
import { waitDaysOf } from './wait.ts';

const rule = (tier: number, ground: TierRule['ground'], atLeast: number): TierRule => ({
  tier,
  ground,
  atLeast,
  decisionReference: 'KS 2026/0123',
});
const tierOf = (days: number, missedStarts: number, tiers: readonly TierRule[]): number | undefined => {
  const enrolledSince = addDays(localDate('2027-01-11'), -days);
  const input = anInput({
    candidates: [aCandidate(1, { enrolledSince, missedStarts })],
    weights: { ...DEFAULT_WEIGHTS, tiers: [...tiers] },
  });
  return tiersOf(input, waitDaysOf(input))[0];
};

const rules = [rule(2, 'queue-days', 730), rule(1, 'queue-days', 365), rule(3, 'missed-starts', 4)];

test.each([
  { days: 364, missed: 0, tier: 0 },
  { days: 365, missed: 0, tier: 1 },
  { days: 729, missed: 3, tier: 1 },
  { days: 730, missed: 3, tier: 2 },
  { days: 0, missed: 4, tier: 3 },
  { days: 800, missed: 4, tier: 3 },
])('who has waited $days days and $missed starts is in tier $tier, the highest that a rule gives', (row) => {
  expect(tierOf(row.days, row.missed, rules)).toBe(row.tier);
});

test('without a rule there is one tier', () => {
  expect(tierOf(36_000, 99, [])).toBe(0);
});
