import { localDate } from '@gruppstart/domain/shared/local-date';
import { describe, expect, test } from 'vitest';
import { runMatching } from './run-matching.ts';
import { aCandidate, anInput, aPlace, aStart, asking, candidateId, cohortId, placeId } from './test-support/inputs.ts';
import { proposedFor, unplacedFor } from './test-support/outcomes.ts';

describe('a learnable', () => {
  const hygiene = { kind: 'skill', skillId: 'C1qR_L83_nzh', minLevel: null } as const;
  const input = (taught: boolean) => {
    const requirement = asking({ ...hygiene, skillId: hygiene.skillId as never }, 'learnable');
    return anInput({
      places: [aPlace(1, { requirements: [requirement] })],
      skillsTaught: taught ? [{ skillId: hygiene.skillId as never, seats: null }] : [],
    });
  };
  test('may be missing and costs nothing when the introduction gives it to all', () => {
    const outcome = proposedFor(input(true));
    expect(outcome.parts).toContainEqual({ part: 'requirements', points: 40, maxPoints: 40 });
    expect(outcome.verdicts).toContainEqual(
      expect.objectContaining({ kind: 'requirement', taught: 'cohort', score: null }),
    );
  });
  test('shuts out when the introduction does not give it', () => {
    expect(unplacedFor(input(false)).reasons).toEqual([
      {
        kind: 'no-eligible-place',
        openPlaces: 1,
        excludedBy: [{ topic: { kind: 'skill', skillId: 'C1qR_L83_nzh' }, places: 1, alone: 1 }],
      },
    ]);
  });
});

describe('somebody who may not begin a start', () => {
  const later = { startDate: localDate('2027-02-08'), firstWorkingDay: localDate('2027-02-22') };
  const notAt = (...numbers: readonly number[]) =>
    numbers.map((number) => ({ candidateId: candidateId(1), cohortId: cohortId(number) }));

  test('is proposed for another one, and seats there', () => {
    const input = anInput({ starts: [aStart(1), aStart(2, later)], startExclusions: notAt(1) });
    expect(proposedFor(input).cohortId).toBe(cohortId(2));
  });

  test('is told only that it was planned otherwise, where nothing else stands against a place', () => {
    const input = anInput({ starts: [aStart(1), aStart(2, later)], startExclusions: notAt(1, 2) });
    expect(unplacedFor(input).reasons).toEqual([
      { kind: 'other-planning', cohortId: cohortId(1), eligiblePlaces: 1, because: 'group-rule' },
      { kind: 'other-planning', cohortId: cohortId(2), eligiblePlaces: 1, because: 'group-rule' },
    ]);
    expect(unplacedFor(input).nearest).toMatchObject({ placeId: placeId(1), missing: [] });
  });

  test('gets the reasons of the places where those stand against all of them', () => {
    const places = [aPlace(1, { requirements: [asking({ kind: 'licence', licence: 'C' })] })];
    expect(unplacedFor(anInput({ places, startExclusions: notAt(1) })).reasons).toMatchObject([
      { kind: 'no-eligible-place', openPlaces: 1 },
    ]);
  });

  test('in a run that does not have the start, or who could not join it anyway, is told as anybody', () => {
    expect(proposedFor(anInput({ startExclusions: notAt(7) })).cohortId).toBe(cohortId(1));
    const candidates = [aCandidate(1, { availableFrom: localDate('2027-06-01') })];
    expect(unplacedFor(anInput({ candidates, startExclusions: notAt(1) })).reasons).toMatchObject([
      { kind: 'not-available-by-start' },
    ]);
  });
});

describe('why somebody has no proposal', () => {
  test('where only a seat is missing, the nearest place is the one that fits best', () => {
    const input = anInput({
      starts: [aStart(1, { seats: 0 })],
      candidates: [aCandidate(1, { wishes: [{ kind: 'field', field: 'kitchen' }] })],
      places: [aPlace(1), aPlace(2, { field: 'kitchen' }), aPlace(3)],
    });
    expect(unplacedFor(input).nearest).toMatchObject({ placeId: placeId(2), points: 100, missing: [] });
  });

  test('the nearest place is told with the first start that both can join, else with the last one missed', () => {
    const starts = [
      aStart(1),
      aStart(2, { startDate: localDate('2027-02-08'), firstWorkingDay: localDate('2027-02-22') }),
      aStart(3, { startDate: localDate('2027-03-08'), firstWorkingDay: localDate('2027-03-22') }),
    ];
    const nearestStart = (availableFrom: string, opensFrom: string) =>
      unplacedFor(
        anInput({
          starts,
          candidates: [aCandidate(1, { availableFrom: localDate(availableFrom), licences: [] })],
          places: [
            aPlace(1, {
              opensFrom: localDate(opensFrom),
              requirements: [asking({ kind: 'licence', licence: 'B' })],
            }),
          ],
        }),
      ).nearest?.cohortId;
    expect(nearestStart('2026-11-01', '2026-11-01')).toBe(cohortId(1));
    expect(nearestStart('2026-11-01', '2027-02-01')).toBe(cohortId(2));
    expect(nearestStart('2027-02-01', '2026-11-01')).toBe(cohortId(2));
    expect(nearestStart('2027-09-01', '2026-11-01')).toBe(cohortId(3));
  });

  test('not available by the last start', () => {
    const input = anInput({ candidates: [aCandidate(1, { availableFrom: localDate('2027-03-01') })] });
    const outcome = unplacedFor(input);
    expect(outcome.reasons).toEqual([
      { kind: 'not-available-by-start', availableFrom: '2027-03-01', lastStartDate: '2027-01-11' },
    ]);
    expect(outcome.nearest?.missing.map((judged) => judged.kind)).toEqual(['availability']);
  });

  test.each([
    ['there is no place', []],
    ['every place is full', [aPlace(1, { seats: 2, taken: 2 })]],
    ['every place is closed', [aPlace(1, { seats: 0 })]],
    ['the place opens later', [aPlace(1, { opensFrom: localDate('2027-05-01') })]],
  ])('no open place: %s', (_, places) => {
    expect(unplacedFor(anInput({ places })).reasons).toEqual([{ kind: 'no-open-place' }]);
  });

  test('each criterion is counted with the places it shuts out, alone and together', () => {
    const night = aPlace(1, { workingTimes: ['night'] });
    const nightFullTime = aPlace(2, { workingTimes: ['night'], sharePercent: 100 });
    const driving = aPlace(3, {
      requirements: [asking({ kind: 'licence', licence: 'B' }), asking({ kind: 'licence', licence: 'B' })],
    });
    const input = anInput({
      candidates: [aCandidate(1, { licences: [], shareToPercent: 80 })],
      places: [night, nightFullTime, driving],
    });
    const outcome = unplacedFor(input);
    expect(outcome.reasons).toEqual([
      {
        kind: 'no-eligible-place',
        openPlaces: 3,
        excludedBy: [
          { topic: { kind: 'working-times' }, places: 2, alone: 1 },
          { topic: { kind: 'licence', licence: 'B' }, places: 1, alone: 1 },
          { topic: { kind: 'share' }, places: 1, alone: 0 },
        ],
      },
    ]);
    expect(outcome.nearest).toMatchObject({ placeId: placeId(1), cohortId: cohortId(1) });
    expect(outcome.nearest?.missing).toMatchObject([
      { kind: 'working-times', verdict: 'no', found: { workingTimes: ['day'] } },
    ]);
  });

  test('a pair that was ruled out is no pair and never the nearest place', () => {
    const input = anInput({ exclusions: [{ candidateId: candidateId(1), placeId: placeId(1) }] });
    const outcome = unplacedFor(input);
    expect(outcome.reasons).toEqual([{ kind: 'ruled-out', places: 1 }]);
    expect(outcome.nearest).toBeNull();
  });
});

test('a place says what each of its criteria costs in candidates', () => {
  const place = aPlace(1, {
    requirements: [asking({ kind: 'licence', licence: 'B' }), asking({ kind: 'swedish', minLevel: 'C1' }, 'wish')],
  });
  const input = anInput({
    candidates: [
      aCandidate(1, { licences: [] }),
      aCandidate(2, { licences: [], workingTimes: ['night'] }),
      aCandidate(3, { licences: null }),
      aCandidate(4),
    ],
    places: [place],
  });
  const [outcome] = runMatching(input).places;
  expect(outcome).toMatchObject({ seats: 1, filled: 1, eligible: 2, eligibleWithChecks: 1 });
  expect(outcome?.criteria).toContainEqual({
    topic: { kind: 'licence', licence: 'B' },
    requirementIndex: 0,
    excluded: 2,
    excludedAlone: 1,
    placedWithout: 0,
    unknown: 1,
  });
  expect(outcome?.criteria).toContainEqual(
    expect.objectContaining({ topic: { kind: 'working-times' }, excluded: 1, excludedAlone: 0 }),
  );
  expect(outcome?.criteria.some((cost) => cost.requirementIndex === 1)).toBe(false);
});
