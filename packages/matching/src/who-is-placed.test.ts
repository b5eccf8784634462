import { localDate } from '@gruppstart/domain/shared/local-date';
import { describe, expect, test } from 'vitest';
import { runMatching } from './run-matching.ts';
import { aCandidate, anInput, aPlace, aStart, asking, candidateId, cohortId, placeId } from './test-support/inputs.ts';
import { proposedFor, unplacedFor } from './test-support/outcomes.ts';

describe('who is placed', () => {
  test('as many as possible comes before points', () => {
    // Person 1 fits both places and suits place 1 best; person 2 fits place 1 only.
    const input = anInput({
      candidates: [
        aCandidate(1, { wishes: [{ kind: 'field', field: 'care' }] }),
        aCandidate(2, { licences: [], wishes: [{ kind: 'field', field: 'school' }] }),
      ],
      places: [aPlace(1), aPlace(2, { field: 'kitchen', requirements: [asking({ kind: 'licence', licence: 'B' })] })],
    });
    expect(proposedFor(input, 1).placeId).toBe(placeId(2));
    expect(proposedFor(input, 2).placeId).toBe(placeId(1));
  });

  test('more points come before a longer wait', () => {
    const input = anInput({
      candidates: [
        aCandidate(1, { enrolledSince: localDate('2020-01-01'), wishes: [{ kind: 'field', field: 'school' }] }),
        aCandidate(2, { wishes: [{ kind: 'field', field: 'care' }] }),
      ],
    });
    expect(proposedFor(input, 2).placeId).toBe(placeId(1));
    expect(unplacedFor(input, 1).reasons).toMatchObject([
      { kind: 'seats-taken', cohortId: cohortId(1), eligiblePlaces: 1, seats: 1 },
    ]);
  });

  test('of equal people the one who has waited longest', () => {
    const waits = ['2026-03-02', '2026-03-01', '2026-03-03'];
    const input = anInput({
      candidates: waits.map((since, index) => aCandidate(index + 1, { enrolledSince: localDate(since) })),
    });
    expect(proposedFor(input, 2).placeId).toBe(placeId(1));
  });

  test('an unknown wait counts as half of the longest known one', () => {
    const since = (days: number) => localDate(new Date(Date.UTC(2027, 0, 11 - days)).toISOString().slice(0, 10));
    const place = aPlace(1);
    const longWait = aCandidate(1, { enrolledSince: since(400), licences: [] });
    const drivers = (days: number) => [
      aCandidate(2, { enrolledSince: null }),
      aCandidate(3, { enrolledSince: since(days) }),
    ];
    // The longest wait belongs to somebody who cannot drive and so is not in the way.
    const places = [{ ...place, requirements: [asking({ kind: 'licence', licence: 'B' })] }];
    const with199 = anInput({ candidates: [longWait, ...drivers(199)], places });
    const with201 = anInput({ candidates: [longWait, ...drivers(201)], places });
    expect(proposedFor(with199, 2).placeId).toBe(placeId(1));
    expect(proposedFor(with201, 3).placeId).toBe(placeId(1));
  });

  test('of people who are equal in everything, the draw: each about as often, whatever the ids', () => {
    const wins = [0, 0, 0, 0];
    for (let draw = 0; draw < 400; draw += 1) {
      const input = anInput({
        candidates: [1, 2, 3, 4].map((number) => aCandidate(number)),
        seed: draw.toString(16).padStart(32, 'a'),
      });
      const winner = runMatching(input).candidates.findIndex((outcome) => outcome.kind === 'proposed');
      wins[winner]! += 1;
    }
    for (const count of wins) expect(Math.abs(count - 100)).toBeLessThan(35);
  });

  test('the start takes no more than its seats, and says so', () => {
    const input = anInput({
      starts: [aStart(1, { seats: 3, taken: 1 })],
      candidates: [1, 2, 3, 4].map((number) => aCandidate(number)),
      places: [aPlace(1, { seats: 9 })],
    });
    const result = runMatching(input);
    expect(result.summary).toMatchObject({ proposed: 2, unplaced: 2 });
    expect(result.summary.cohorts).toMatchObject([{ seats: 3, takenBefore: 1, proposed: 2 }]);
    for (const outcome of result.candidates)
      if (outcome.kind === 'unplaced')
        expect(outcome.reasons).toMatchObject([
          { kind: 'cohort-full', cohortId: cohortId(1), eligiblePlaces: 1, seats: 3 },
        ]);
  });

  test('in placement people already have their seat in the start, and stay in it', () => {
    const input = anInput({
      purpose: 'placement',
      starts: [aStart(1, { seats: 1, taken: 1 }), aStart(2, { startDate: localDate('2027-02-08') })],
      candidates: [1, 2].map((number) => aCandidate(number, { assignedCohortId: cohortId(number) })),
      places: [aPlace(1, { seats: 2 })],
    });
    expect(proposedFor(input, 1).cohortId).toBe(cohortId(1));
    expect(proposedFor(input, 2).cohortId).toBe(cohortId(2));
  });

  test('the next start is filled first, later ones are preliminary and use the seats that are left', () => {
    const input = anInput({
      starts: [
        aStart(1, { seats: 1 }),
        aStart(2, {
          startDate: localDate('2027-02-08'),
          firstWorkingDay: localDate('2027-02-22'),
          preliminary: true,
        }),
      ],
      candidates: [
        aCandidate(1, { availableFrom: localDate('2027-02-01') }),
        aCandidate(2),
        aCandidate(3, { enrolledSince: localDate('2020-01-01') }),
      ],
      places: [aPlace(1, { seats: 2 })],
    });
    expect(proposedFor(input, 3)).toMatchObject({ cohortId: cohortId(1), preliminary: false });
    const result = runMatching(input);
    expect(result.places).toMatchObject([{ filled: 1, filledPreliminary: 1 }]);
    expect(result.summary).toMatchObject({ proposed: 2, proposedPreliminary: 1, unplaced: 1 });
  });

  test('a pin takes a seat of its start too', () => {
    const input = anInput({
      starts: [aStart(1, { seats: 2 })],
      candidates: [1, 2, 3].map((number) => aCandidate(number)),
      places: [aPlace(1, { seats: 9 })],
      pins: [{ candidateId: candidateId(3), placeId: placeId(1), cohortId: cohortId(1) }],
    });
    expect(runMatching(input).summary.cohorts).toMatchObject([{ seats: 2, proposed: 2 }]);
  });

  test('a pin is kept even against a criterion, takes its seat first, and is marked', () => {
    const input = anInput({
      candidates: [aCandidate(1, { licences: [] }), aCandidate(2)],
      places: [aPlace(1, { requirements: [asking({ kind: 'licence', licence: 'B' })] })],
      pins: [{ candidateId: candidateId(1), placeId: placeId(1), cohortId: cohortId(1) }],
    });
    const pinned = proposedFor(input, 1);
    expect(pinned).toMatchObject({ pinned: true, placeId: placeId(1) });
    expect(pinned.verdicts[0]).toMatchObject({ kind: 'requirement', verdict: 'no', excludes: true });
    expect(unplacedFor(input, 2).reasons).toMatchObject([{ kind: 'seats-taken' }]);
  });
});
