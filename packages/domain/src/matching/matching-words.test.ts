import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { MatchingProfile } from '../intake/matching-profile.ts';
import { Instant, localDate } from '../shared/local-date.ts';
import { PROFILE_FIELDS } from './criterion.ts';
import { CallListEntry, CandidateOutcome, Certificate, PlaceOutcome, RunSummary } from './outcome.ts';
import { SCORE_PARTS } from './score.ts';
import {
  DEFAULT_WEIGHTS,
  MatchingWeights,
  maxPointsOf,
  NewWeights,
  StatedWeights,
  weightsAt,
  weightsOn,
} from './weights.ts';

describe('weights', () => {
  test('the first row is valid and gives 100 points in all', () => {
    expect(MatchingWeights.parse(DEFAULT_WEIGHTS)).toEqual(DEFAULT_WEIGHTS);
    expect(maxPointsOf(DEFAULT_WEIGHTS)).toBe(100);
    expect(Object.keys(DEFAULT_WEIGHTS.points)).toEqual([...SCORE_PARTS]);
  });

  const none = { requirements: 0, experience: 0, terms: 0, 'own-wishes': 0, commute: 0 };
  test.each([
    [{ points: none }, 'weights-all-zero'],
    [{ validTo: localDate('2025-12-31') }, 'weights-end-before-start'],
  ])('%j is refused: %s', (changes, message) => {
    const result = MatchingWeights.safeParse({ ...DEFAULT_WEIGHTS, ...changes });
    expect(result.error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  test('of several rows the one in force that began last decides, up to and including its last day', () => {
    const row = (version: string, from: string, to: string | null) => ({
      ...DEFAULT_WEIGHTS,
      version,
      validFrom: localDate(from),
      validTo: to === null ? null : localDate(to),
    });
    const rows = [row('a', '2026-01-01', null), row('c', '2027-01-01', null), row('b', '2026-06-01', '2026-06-30')];
    const versionOn = (day: string) => weightsOn(rows, localDate(day))?.version;
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '2027-01-01'].map(versionOn)).toEqual([
      undefined,
      'a',
      'b',
      'a',
      'c',
    ]);
  });

  test('of two that begin the same day the one stated last holds, and nothing that was stated later', () => {
    const row = (version: string, from: string, statedAt: string) =>
      StatedWeights.parse({
        weights: { ...DEFAULT_WEIGHTS, version, validFrom: from },
        statedBy: 'processagare',
        statedAt,
      });
    const rows = [
      row('corrected', '2027-02-01', '2027-02-01T09:00:00.000Z'),
      row('stated', '2027-02-01', '2027-01-20T09:00:00.000Z'),
      row('spring', '2027-03-01', '2027-01-20T09:00:00.000Z'),
    ];
    const inForceAt = (at: string) => weightsAt(rows, Instant.parse(at)).version;
    expect(
      [
        '2025-06-01T12:00:00.000Z',
        '2027-01-31T22:59:59.999Z',
        '2027-01-31T23:00:00.000Z',
        '2027-02-01T08:59:59.999Z',
        '2027-02-01T09:00:00.000Z',
        '2027-03-01T09:00:00.000Z',
      ].map(inForceAt),
    ).toEqual(['default-1', 'default-1', 'stated', 'stated', 'corrected', 'spring']);
    expect(weightsAt(rows.toReversed(), Instant.parse('2027-02-02T09:00:00.000Z')).version).toBe('corrected');
  });

  test.each([
    ['a version that is a personal number', { version: '198507099805' }],
    ['a tier without the decision behind it', { tiers: [{ tier: 1, ground: 'queue-days', atLeast: 365 }] }],
    [
      'a decision that names a person',
      { tiers: [{ tier: 1, ground: 'queue-days', atLeast: 365, decisionReference: 'KS 850709-9805' }] },
    ],
    ['another ground than time', { tiers: [{ tier: 1, ground: 'age', atLeast: 55, decisionReference: 'KS 1' }] }],
    ['a last day: a later row takes over', { validTo: '2027-12-31' }],
  ])('are not stated with %s', (_what, over) => {
    const { validTo: _, ...stated } = DEFAULT_WEIGHTS;
    expect(NewWeights.safeParse(stated).success).toBe(true);
    expect(NewWeights.safeParse({ ...stated, ...over }).success).toBe(false);
  });
});

test('every fact of the profile is a question, apart from the postcode and what has been answered item by item', () => {
  expect([...PROFILE_FIELDS, 'knownItems', 'postcode'].toSorted()).toEqual(
    Object.keys(MatchingProfile.shape).toSorted(),
  );
});

test.each([
  ['CandidateOutcome', CandidateOutcome],
  ['PlaceOutcome', PlaceOutcome],
  ['CallListEntry', CallListEntry],
  ['Certificate', Certificate],
  ['RunSummary', RunSummary],
  ['MatchingWeights', MatchingWeights],
])('%s can be written as JSON Schema, for the API description', (_, schema) => {
  expect(z.toJSONSchema(schema)).toHaveProperty('$schema');
});

test('an unplaced outcome without a reason is refused', () => {
  const outcome = { kind: 'unplaced', candidateId: `cand_${'0'.repeat(26)}`, reasons: [], nearest: null };
  expect(CandidateOutcome.safeParse(outcome).success).toBe(false);
  expect(CandidateOutcome.safeParse({ ...outcome, reasons: [{ kind: 'no-open-place' }] }).success).toBe(true);
});
