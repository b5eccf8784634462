import { localDate } from '@gruppstart/domain/shared/local-date';
import { describe, expect, test } from 'vitest';
import type { MatchInput } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import { aCandidate, anInput, aPlace, aStart, asking, candidateId, cohortId, placeId } from '../test-support/inputs.ts';

const ROUND = { kind: 'field', field: 'preschool' } as const;
const FEBRUARY = { startDate: localDate('2027-02-08'), firstWorkingDay: localDate('2027-02-22') };
const laterStart = { cohortId: cohortId(9), ...FEBRUARY, seats: 1, taken: 0 };

/** One person fits both places and would rather have the first; somebody known to come later fits the first alone. */
const input: MatchInput = anInput({
  starts: [aStart(1, { seats: 1 })],
  laterStarts: [laterStart],
  candidates: [
    aCandidate(1, { wishes: [ROUND] }),
    aCandidate(2, { availableFrom: localDate('2027-02-01'), licences: [] }),
  ],
  places: [aPlace(1, { field: 'preschool' }), aPlace(2, { requirements: [asking({ kind: 'licence', licence: 'B' })] })],
});
const placed = (given: MatchInput) =>
  runMatching(given).candidates.flatMap((each) => (each.kind === 'proposed' ? [[each.candidateId, each.placeId]] : []));

describe('a seat that suits people who fit few others', () => {
  test('is kept for somebody who is known to come later, and the proposal says so', () => {
    const [outcome] = runMatching(input).candidates;
    expect(outcome).toMatchObject({ placeId: placeId(2), heldBack: { placeId: placeId(1) } });
  });

  test.each([
    ['when the weights charge nothing', { ...input, weights: { ...input.weights, scarcityPercent: 0 } }],
    ['when no later start is known', { ...input, laterStarts: [] }],
    ['when nobody is known to come', { ...input, candidates: input.candidates.slice(0, 1) }],
    [
      'when who comes fits elsewhere too',
      { ...input, candidates: [input.candidates[0]!, { ...input.candidates[1]!, licences: ['B' as const] }] },
    ],
  ])('is not kept %s', (_when, given) => {
    expect(placed(given)).toEqual([[candidateId(1), placeId(1)]]);
  });

  test('is kept for people of past months only when the process owner has switched that on', () => {
    const [, { candidateId: _id, assignedCohortId: _cohort, missedStarts: _missed, keptAt: _kept, ...profile }] =
      input.candidates as [unknown, MatchInput['candidates'][number]];
    const alone = { ...input, candidates: input.candidates.slice(0, 1) };
    expect(placed({ ...alone, expectedArrivals: { profiles: [profile], perStart: 1 } })).toEqual([
      [candidateId(1), placeId(2)],
    ]);
  });

  test('is never left empty while somebody who waits fits nothing else', () => {
    const alone = { ...input, places: input.places.slice(0, 1) };
    expect(placed(alone)).toEqual([[candidateId(1), placeId(1)]]);
  });

  test('never costs somebody with a long wait the start', () => {
    // Only one can begin. The one who has waited long fits the kept seat alone; the other fits seats in plenty.
    const long = aCandidate(1, { licences: [], enrolledSince: localDate('2025-01-01') });
    const other = aCandidate(3, { enrolledSince: localDate('2026-12-01') });
    const plenty = [...input.places, { ...input.places[1]!, placeId: placeId(3), seats: 5 }];
    const given = { ...input, candidates: [long, other, input.candidates[1]!], places: plenty };
    const seatFor = (longWaitDays: number) => placed({ ...given, weights: { ...given.weights, longWaitDays } });
    expect(seatFor(365)).toEqual([[candidateId(1), placeId(1)]]);
    expect(seatFor(3650)).toEqual([[candidateId(3), expect.not.stringContaining(placeId(1))]]);
  });
});
