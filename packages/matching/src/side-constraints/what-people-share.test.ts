import { addDays, localDate } from '@gruppstart/domain/shared/local-date';
import { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import type { MatchInput, MatchPairRule } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import {
  aCandidate,
  anInput,
  aPlace,
  aStart,
  asking,
  candidateId,
  cohortId,
  placeId,
  unitId,
} from '../test-support/inputs.ts';

/** What became of each candidate, in their order: place, part and start, or the kinds of the reasons. */
const outcomesOf = (input: MatchInput): string[] =>
  runMatching(input).candidates.map((outcome) => {
    if (outcome.kind === 'unplaced')
      return outcome.reasons.map((each) => ('because' in each ? each.because : each.kind)).join();
    const place = input.places.findIndex((each) => each.placeId === outcome.placeId) + 1;
    const start = input.starts.findIndex((each) => each.cohortId === outcome.cohortId) + 1;
    return `place ${place} ${outcome.seatPart}, start ${start}`;
  });

/** People of whom the first has waited longest. */
const people = (count: number, changes: Parameters<typeof aCandidate>[1] = {}) =>
  Array.from({ length: count }, (_, index) =>
    aCandidate(index + 1, { enrolledSince: addDays(localDate('2025-01-01'), 30 * index), ...changes }),
  );
const twoStarts = [
  aStart(1),
  aStart(2, { startDate: localDate('2027-01-25'), firstWorkingDay: localDate('2027-02-08'), preliminary: true }),
];
const travel = [1, 2, 3].map((unit) => ({ unitId: unitId(unit), carMinutes: 20, busMinutes: 30 }));
const ofUnit = (place: number, unit: number, changes: Parameters<typeof aPlace>[1] = {}) =>
  aPlace(place, { unitId: unitId(unit), ...changes });
const apart = (apartFrom: 'start' | 'unit', first = 1, second = 2): MatchPairRule => ({
  kind: 'keep-apart',
  first: candidateId(first),
  second: candidateId(second),
  apartFrom,
});
const together = (first = 1, second = 2): MatchPairRule => ({
  kind: 'together',
  first: candidateId(first),
  second: candidateId(second),
});
const inputOf = (changes: Partial<MatchInput>) => anInput({ travel: [travel], ...changes });

describe('a seat that two people share', () => {
  const shared = (seats: number, changes: Parameters<typeof aPlace>[1] = {}) =>
    aPlace(1, {
      sharePercent: 100,
      seats,
      sharedSeat: [
        { sharePercent: 50, weekdays: [1, 2] },
        { sharePercent: 50, weekdays: [3, 4] },
      ],
      ...changes,
    });
  const half = { shareFromPercent: 25, shareToPercent: 50 };

  test('goes to two people who each work half', () => {
    const outcomes = outcomesOf(inputOf({ candidates: people(3, half), places: [shared(1)] }));
    expect(outcomes.slice(0, 2).toSorted()).toEqual(['place 1 first, start 1', 'place 1 second, start 1']);
    expect(outcomes[2]).toBe('seats-taken');
  });

  test('goes to two who each work half rather than to one who works all of it', () => {
    const candidates = [
      aCandidate(1, { enrolledSince: localDate('2024-01-01'), shareFromPercent: 100 }),
      ...people(3, half).slice(1),
    ];
    const outcomes = outcomesOf(inputOf({ candidates, places: [shared(1)] }));
    expect(outcomes[0]).toBe('seats-taken');
    expect(outcomes.slice(1).toSorted()).toEqual(['place 1 first, start 1', 'place 1 second, start 1']);
  });

  test('is not divided for one who works half and one who works all of it: that takes two seats', () => {
    const candidates = [aCandidate(1, { shareFromPercent: 100 }), aCandidate(2, half)];
    expect(outcomesOf(inputOf({ candidates, places: [shared(1)] })).filter((each) => each === 'seats-taken')).toEqual([
      'seats-taken',
    ]);
    expect(outcomesOf(inputOf({ candidates, places: [shared(2)] }))[0]).toBe('place 1 whole, start 1');
  });

  test('has its second half free when the first is taken outside the run', () => {
    const place = shared(1, { taken: 1, takenSecond: 0 });
    expect(outcomesOf(inputOf({ candidates: people(2, half), places: [place] }))).toEqual([
      'place 1 second, start 1',
      'seats-taken',
    ]);
  });

  test('takes two pinned people, one in each part', () => {
    const pins = [1, 2].map((each) => ({
      candidateId: candidateId(each),
      placeId: placeId(1),
      cohortId: cohortId(1),
    }));
    const outcomes = outcomesOf(inputOf({ candidates: people(3), places: [shared(1)], pins }));
    expect(outcomes.slice(0, 2).toSorted()).toEqual(['place 1 first, start 1', 'place 1 second, start 1']);
    expect(outcomes[2]).toBe('seats-taken');
  });
});

describe('two people who are kept apart', () => {
  test('from a unit have seats in different ones, and one of them none when there is no other', () => {
    const candidates = people(2);
    const places = [
      ofUnit(1, 1, { seats: 2 }),
      ofUnit(2, 2, { requirements: [asking({ kind: 'licence', licence: 'C' })] }),
    ];
    const open = [places[0]!, ofUnit(2, 2)];
    expect(outcomesOf(inputOf({ candidates, places: open, pairRules: [apart('unit')] })).toSorted()).toEqual([
      'place 1 whole, start 1',
      'place 2 whole, start 1',
    ]);
    expect(outcomesOf(inputOf({ candidates, places, pairRules: [apart('unit')] }))).toEqual([
      'place 1 whole, start 1',
      'group-rule',
    ]);
  });

  test('from a start begin at different ones, and still not in one unit', () => {
    const input = { starts: twoStarts, candidates: people(2), pairRules: [apart('start')] };
    expect(outcomesOf(inputOf({ ...input, places: [ofUnit(1, 1), ofUnit(2, 2)] }))).toMatchObject(
      [/place . whole, start 1/, /place . whole, start 2/].map((pattern) => expect.stringMatching(pattern)),
    );
    expect(outcomesOf(inputOf({ ...input, places: [ofUnit(1, 1, { seats: 2 })] }))).toEqual([
      'place 1 whole, start 1',
      'group-rule,group-rule',
    ]);
  });

  test('are never told of each other', () => {
    const input = inputOf({ candidates: people(2), places: [ofUnit(1, 1, { seats: 2 })], pairRules: [apart('unit')] });
    const [, second] = runMatching(input).candidates;
    expect(JSON.stringify(second)).not.toContain(candidateId(1));
  });

  test('keep apart from a pinned one too', () => {
    const pins = [{ candidateId: candidateId(2), placeId: placeId(1), cohortId: cohortId(1) }];
    const input = { candidates: people(2), places: [ofUnit(1, 1, { seats: 2 })], pins };
    for (const from of ['start', 'unit'] as const)
      expect(outcomesOf(inputOf({ ...input, pairRules: [apart(from)] }))).toEqual([
        'group-rule',
        'place 1 whole, start 1',
      ]);
  });

  test('from a start are kept apart from a unit once they are in the start', () => {
    const candidates = people(2, { assignedCohortId: cohortId(1) });
    const input = { purpose: 'placement' as const, candidates, pairRules: [apart('start')] };
    expect(outcomesOf(inputOf({ ...input, places: [ofUnit(1, 1), ofUnit(2, 2)] })).toSorted()).toEqual([
      'place 1 whole, start 1',
      'place 2 whole, start 1',
    ]);
    expect(outcomesOf(inputOf({ ...input, places: [ofUnit(1, 1, { seats: 2 })] }))[1]).toBe('group-rule');
  });
});

describe('two people who begin together', () => {
  test('take seats from somebody who has waited longer, or have none when there is one seat only', () => {
    const candidates = people(3);
    const rule = [together(2, 3)];
    expect(outcomesOf(inputOf({ candidates, places: [ofUnit(1, 1, { seats: 2 })], pairRules: rule }))).toEqual([
      'seats-taken',
      'place 1 whole, start 1',
      'place 1 whole, start 1',
    ]);
    expect(outcomesOf(inputOf({ candidates: people(2), places: [ofUnit(1, 1)], pairRules: [together()] }))).toEqual([
      'group-rule',
      'group-rule',
    ]);
  });

  test('wait for a start that both can join', () => {
    const candidates = [aCandidate(1), aCandidate(2, { availableFrom: localDate('2027-01-20') })];
    const input = inputOf({
      starts: twoStarts,
      candidates,
      places: [ofUnit(1, 1, { seats: 2 })],
      pairRules: [together()],
    });
    expect(outcomesOf(input)).toEqual(['place 1 whole, start 2', 'place 1 whole, start 2']);
  });

  test('follow one who is pinned, or stay out when they cannot', () => {
    const pins = [{ candidateId: candidateId(3), placeId: placeId(1), cohortId: cohortId(1) }];
    const input = { candidates: people(3), pins, pairRules: [together(2, 3)], starts: twoStarts };
    expect(outcomesOf(inputOf({ ...input, places: [ofUnit(1, 1, { seats: 2 })] }))).toEqual([
      'seats-taken,seats-taken',
      'place 1 whole, start 1',
      'place 1 whole, start 1',
    ]);
    const outcomes = outcomesOf(
      inputOf({ ...input, places: [ofUnit(1, 1), ofUnit(2, 2, { seats: 2, opensFrom: localDate('2027-02-01') })] }),
    );
    expect(outcomes).toEqual(['place 2 whole, start 2', 'seats-taken,group-rule', 'place 1 whole, start 1']);
  });

  test('are as anybody else in a placement: they have begun', () => {
    const candidates = people(2, { assignedCohortId: cohortId(1) });
    const input = inputOf({ purpose: 'placement', candidates, places: [ofUnit(1, 1)], pairRules: [together()] });
    expect(outcomesOf(input)).toEqual(['place 1 whole, start 1', 'seats-taken']);
  });
});

describe("supervisors' hours", () => {
  const withHours = (hours: number | null, taken = 0) => [
    { unitId: unitId(1), supervisorHours: hours, supervisorHoursTaken: taken },
  ];

  test('limit how many a unit takes, over all its places and starts', () => {
    const places = [1, 2].map((place) => ofUnit(place, 1, { seats: 2, supervisorHours: 4 }));
    const input = { candidates: people(4), places, starts: twoStarts };
    expect(
      outcomesOf(inputOf({ ...input, units: withHours(11) })).filter((each) => each.startsWith('place')),
    ).toHaveLength(2);
    expect(outcomesOf(inputOf({ ...input, units: withHours(11) }))[3]).toBe('supervisor-hours,supervisor-hours');
    expect(
      outcomesOf(inputOf({ ...input, units: withHours(12, 3.5) })).filter((each) => each.startsWith('place')),
    ).toHaveLength(2);
    expect(
      outcomesOf(inputOf({ ...input, units: withHours(null) })).filter((each) => each.startsWith('place')),
    ).toHaveLength(4);
  });

  test('go to two people who need little rather than to one who needs much', () => {
    const places = [
      ofUnit(1, 1, { supervisorHours: 6, requirements: [asking({ kind: 'swedish', minLevel: 'B2' }, 'wish')] }),
      ofUnit(2, 1, { seats: 2, supervisorHours: 3 }),
    ];
    const candidates = people(3);
    const outcomes = outcomesOf(inputOf({ candidates, places, units: withHours(6.5) }));
    expect(outcomes).toEqual(['place 2 whole, start 1', 'place 2 whole, start 1', 'supervisor-hours']);
  });

  test('are used up by pinned people first', () => {
    const pins = [{ candidateId: candidateId(2), placeId: placeId(1), cohortId: cohortId(1) }];
    const places = [ofUnit(1, 1, { seats: 2, supervisorHours: 4 })];
    expect(outcomesOf(inputOf({ candidates: people(2), places, pins, units: withHours(7) }))).toEqual([
      'supervisor-hours',
      'place 1 whole, start 1',
    ]);
  });
});

describe('a session with few seats', () => {
  const hygiene = SkillId.parse('C1qR_L83_nzh');
  const asks = ofUnit(1, 1, {
    seats: 3,
    requirements: [asking({ kind: 'skill', skillId: hygiene, minLevel: null }, 'learnable')],
  });
  const skillsTaught = [{ skillId: hygiene, seats: 1 }];

  test('lets in as many as it has seats for, at each start, beside those who do not need it', () => {
    const candidates = [...people(3), aCandidate(4, { skills: [{ skillId: hygiene, level: null }] })];
    const input = { candidates, places: [asks], skillsTaught };
    expect(outcomesOf(inputOf(input))).toEqual([
      'place 1 whole, start 1',
      'session-seats',
      'session-seats',
      'place 1 whole, start 1',
    ]);
    expect(outcomesOf(inputOf({ ...input, starts: twoStarts }))[1]).toBe('place 1 whole, start 2');
  });

  test('is no hindrance where another place does not ask for it', () => {
    const input = { candidates: people(2), places: [asks, ofUnit(2, 2)], skillsTaught };
    expect(outcomesOf(inputOf(input)).toSorted()).toEqual(['place 1 whole, start 1', 'place 2 whole, start 1']);
  });

  test('has a seat less for each pinned person who needs it', () => {
    const pins = [{ candidateId: candidateId(2), placeId: placeId(1), cohortId: cohortId(1) }];
    expect(outcomesOf(inputOf({ candidates: people(2), places: [asks], skillsTaught, pins }))).toEqual([
      'session-seats',
      'place 1 whole, start 1',
    ]);
  });
});
