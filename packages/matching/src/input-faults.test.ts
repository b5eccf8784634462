import { localDate } from '@gruppstart/domain/shared/local-date';
import { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import { findInputFaults, type InputFault } from './input-faults.ts';
import type { MatchInput } from './model.ts';
import { aCandidate, anInput, aPlace, aStart, candidateId, cohortId, placeId } from './test-support/inputs.ts';

const pin = (person: number, place: number, cohort: number) => ({
  candidateId: candidateId(person),
  placeId: placeId(place),
  cohortId: cohortId(cohort),
});

describe('faults of an input', () => {
  test('an ordinary input has none, nor one with a pin within the seats', () => {
    expect(findInputFaults(anInput())).toEqual([]);
    expect(findInputFaults(anInput({ pins: [pin(1, 1, 1)] }))).toEqual([]);
  });

  const february = localDate('2027-02-08');
  const people = [aCandidate(1), aCandidate(2)];
  const cases: readonly { readonly name: string; readonly changes: Partial<MatchInput>; readonly fault: InputFault }[] =
    [
      { name: 'no start', changes: { starts: [] }, fault: { code: 'no-start' } },
      {
        name: 'more starts than can be told apart',
        changes: { starts: Array.from({ length: 31 }, (_, index) => aStart(index + 1)) },
        fault: { code: 'too-many-starts', starts: 31, atMost: 30 },
      },
      {
        name: 'a committed start after a preliminary one',
        changes: { starts: [aStart(1, { preliminary: true }), aStart(2, { startDate: february })] },
        fault: { code: 'committed-start-after-preliminary', cohortId: cohortId(2) },
      },
      {
        name: 'more sessions with limited seats than can be told apart',
        changes: {
          skillsTaught: Array.from({ length: 31 }, (_, index) => ({
            skillId: SkillId.parse(`local_pass-${index}`),
            seats: 4,
          })),
        },
        fault: { code: 'too-many-limited-sessions', sessions: 31, atMost: 30 },
      },
      {
        name: 'half a seat in a session',
        changes: { skillsTaught: [{ skillId: SkillId.parse('local_pass'), seats: 0.5 }] },
        fault: { code: 'seats-not-whole', id: SkillId.parse('local_pass') },
      },
      {
        name: 'a skill that is taught twice',
        changes: { skillsTaught: [null, 4].map((seats) => ({ skillId: SkillId.parse('local_pass'), seats })) },
        fault: { code: 'duplicate-id', id: 'local_pass' },
      },
      {
        name: 'half a second part of a seat',
        changes: { places: [aPlace(1, { takenSecond: 0.5 })] },
        fault: { code: 'seats-not-whole', id: placeId(1) },
      },
      {
        name: 'half a seat',
        changes: { places: [aPlace(1, { seats: 1.5 })] },
        fault: { code: 'seats-not-whole', id: placeId(1) },
      },
      {
        name: 'fewer than no seats in a start',
        changes: { starts: [aStart(1, { taken: -1 })] },
        fault: { code: 'seats-not-whole', id: cohortId(1) },
      },
      {
        name: 'the same candidate twice',
        changes: { candidates: [aCandidate(1), aCandidate(1)] },
        fault: { code: 'duplicate-id', id: candidateId(1) },
      },
      {
        name: 'the same place twice',
        changes: { places: [aPlace(1), aPlace(1)] },
        fault: { code: 'duplicate-id', id: placeId(1) },
      },
      { name: 'a short seed', changes: { seed: 'abc' }, fault: { code: 'bad-seed' } },
      {
        name: 'a travel row that is not there',
        changes: { candidates: [aCandidate(1, { travelRow: 7 })] },
        fault: { code: 'travel-row-missing', candidateId: candidateId(1) },
      },
      {
        name: 'a start that is not in the run',
        changes: { candidates: [aCandidate(1, { assignedCohortId: cohortId(9) })] },
        fault: { code: 'cohort-not-in-run', candidateId: candidateId(1), cohortId: cohortId(9) },
      },
      {
        name: 'placement of somebody without a start',
        changes: { purpose: 'placement' },
        fault: { code: 'cohort-not-in-run', candidateId: candidateId(1), cohortId: null },
      },
      {
        name: 'a pin to an unknown place',
        changes: { pins: [pin(1, 5, 1)] },
        fault: { code: 'pin-unknown', candidateId: candidateId(1), placeId: placeId(5) },
      },
      {
        name: 'a pin to another start than the person’s',
        changes: {
          starts: [aStart(1), aStart(2, { startDate: february })],
          candidates: [aCandidate(1, { assignedCohortId: cohortId(1) })],
          pins: [pin(1, 1, 2)],
        },
        fault: { code: 'pin-wrong-cohort', candidateId: candidateId(1), cohortId: cohortId(2) },
      },
      {
        name: 'two pins for one person',
        changes: { places: [aPlace(1), aPlace(2)], pins: [pin(1, 1, 1), pin(1, 2, 1)] },
        fault: { code: 'pinned-twice', candidateId: candidateId(1) },
      },
      {
        name: 'more pins than free seats at a place',
        changes: {
          candidates: people,
          places: [aPlace(1, { seats: 2, taken: 1 })],
          pins: [pin(1, 1, 1), pin(2, 1, 1)],
        },
        fault: { code: 'pins-over-place-seats', placeId: placeId(1), pins: 2, free: 1 },
      },
      {
        name: 'more pins than free seats in the start',
        changes: {
          starts: [aStart(1, { seats: 3, taken: 2 })],
          candidates: people,
          places: [aPlace(1, { seats: 2 })],
          pins: [pin(1, 1, 1), pin(2, 1, 1)],
        },
        fault: { code: 'pins-over-cohort-seats', cohortId: cohortId(1), pins: 2, free: 1 },
      },
    ];
  test.each(cases)('$name', ({ changes, fault }) => {
    expect(findInputFaults(anInput(changes))).toContainEqual(fault);
  });
});
