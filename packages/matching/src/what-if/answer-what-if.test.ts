import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import type { ProfileAnswer } from '@gruppstart/domain/matching/profile-answer';
import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import { MAX_NAMED, WhatIfAnswer, type WhatIfAnswerOf, type WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { describe, expect, test } from 'vitest';
import type { MatchInput } from '../model.ts';
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
  SERVICE_ASSISTANT,
} from '../test-support/inputs.ts';
import { answerWhatIf } from './answer-what-if.ts';

const ask = (input: MatchInput, question: WhatIfQuestion) => answerWhatIf(input, runMatching(input), question);
const answerTo = (input: MatchInput, question: WhatIfQuestion): unknown => {
  const answered = ask(input, question);
  return answered.ok ? WhatIfAnswer.parse(answered.value) : answered.error;
};
const nobody = { count: 0, first: [] };
const seat = (place: number, start = 1, seatPart: SeatPartKind = 'whole') => ({
  cohortId: cohortId(start),
  placeId: placeId(place),
  seatPart,
});
/** The same as a pin says it. */
const at = (place: number) => ({ cohortId: cohortId(1), placeId: placeId(place) });

/** One place with one seat, which the first has since the wait is longest. */
const contested = (changes: Partial<MatchInput> = {}): MatchInput =>
  anInput({
    candidates: [
      aCandidate(1, { enrolledSince: localDate('2024-01-01') }),
      aCandidate(2, { enrolledSince: localDate('2026-01-01') }),
    ],
    ...changes,
  });

test('a replay asks for nothing more than the run made again', () => {
  expect(answerTo(contested(), { kind: 'replay' })).toEqual({ kind: 'replay' });
});

test('one more seat goes to whoever waits for it', () => {
  expect(answerTo(contested(), { kind: 'extra-seat', placeId: placeId(1) })).toMatchObject({
    consequences: {
      before: { proposed: 1 },
      after: { proposed: 2 },
      newlyProposed: { count: 1, first: [{ candidateId: candidateId(2), from: null, to: seat(1) }] },
      noLongerProposed: nobody,
      moved: nobody,
    },
  });
});

test('other weights tell who would be proposed instead', () => {
  const input = contested({
    candidates: [
      aCandidate(1, { swedish: 'B1', wishes: [{ kind: 'field', field: 'kitchen' }] }),
      aCandidate(2, { swedish: 'A1', wishes: [{ kind: 'field', field: 'care' }] }),
    ],
    places: [aPlace(1, { requirements: [asking({ kind: 'swedish', minLevel: 'B1' }, 'wish')] })],
  });
  const { validTo: _, ...today } = DEFAULT_WEIGHTS;
  const weights = { ...today, points: { ...today.points, 'own-wishes': 1000 } };
  expect(answerTo(input, { kind: 'weights', weights })).toMatchObject({
    consequences: {
      before: { proposed: 1, maxPoints: 100 },
      after: { proposed: 1, maxPoints: 1080 },
      newlyProposed: { count: 1, first: [{ candidateId: candidateId(2), from: null, to: seat(1) }] },
      noLongerProposed: { count: 1, first: [{ candidateId: candidateId(1), from: seat(1), to: null }] },
      moved: nobody,
    },
  });
});

describe('a named request', () => {
  const forSecond = { kind: 'named-request', candidateId: candidateId(2), placeId: placeId(1) } as const;

  test('costs the one who had the seat', () => {
    expect(answerTo(contested(), forSecond)).toMatchObject({
      from: null,
      request: {
        possible: true,
        outcome: { kind: 'proposed', candidateId: candidateId(2), ...seat(1), pinned: true },
        obstacles: [],
        consequences: {
          newlyProposed: nobody,
          noLongerProposed: { count: 1, first: [{ candidateId: candidateId(1), from: seat(1), to: null }] },
          moved: nobody,
        },
      },
    });
  });

  test('costs the same when the run had the pair fixed beforehand', () => {
    const pins = [{ candidateId: candidateId(2), ...at(1) }];
    const { request } = answerTo(contested(), forSecond) as WhatIfAnswerOf<'named-request'>;
    expect(answerTo(contested({ pins }), forSecond)).toEqual({ kind: 'named-request', from: seat(1), request });
  });

  test('for half a seat that the person has already asks for no more than that', () => {
    const shared = aPlace(1, {
      sharePercent: 100,
      sharedSeat: [
        { sharePercent: 50, weekdays: [1, 2, 3] },
        { sharePercent: 50, weekdays: [3, 4, 5] },
      ],
    });
    expect(answerTo(contested({ places: [shared] }), forSecond)).toMatchObject({
      request: { consequences: { noLongerProposed: nobody, moved: nobody } },
    });
  });

  test('for somebody who lacks a must tells which, and is worked out all the same', () => {
    const place = aPlace(1, { requirements: [asking({ kind: 'licence', licence: 'C' })] });
    expect(answerTo(contested({ places: [place] }), forSecond)).toMatchObject({
      request: {
        possible: true,
        outcome: {
          verdicts: expect.arrayContaining([expect.objectContaining({ kind: 'requirement', verdict: 'no' })]),
        },
        obstacles: [{ kind: 'no-eligible-place', openPlaces: 1, excludedBy: [{ topic: { kind: 'licence' } }] }],
      },
    });
  });

  test('for a pair that was ruled out says so', () => {
    const exclusions = [{ candidateId: candidateId(2), placeId: placeId(1) }];
    expect(answerTo(contested({ exclusions }), forSecond)).toMatchObject({
      request: { obstacles: [{ kind: 'ruled-out', places: 1 }] },
    });
  });

  test.each([
    ['place', { places: [aPlace(1, { taken: 1 })] }, 'place-full'],
    ['start', { starts: [aStart(1, { taken: 12 })] }, 'start-full'],
  ])('for a seat that others outside the run have taken, of the %s, is not possible', (_what, changes, hindrance) => {
    expect(answerTo(contested(changes), forSecond)).toMatchObject({ request: { possible: false, hindrance } });
  });

  test('takes the first start at which the person can begin and the place is open', () => {
    const starts = [
      aStart(1),
      aStart(2, { startDate: localDate('2027-03-08'), firstWorkingDay: localDate('2027-03-22'), preliminary: true }),
    ];
    const candidates = [aCandidate(1), aCandidate(2, { availableFrom: localDate('2027-02-01') })];
    expect(answerTo(contested({ starts, candidates }), forSecond)).toMatchObject({
      request: { outcome: { cohortId: cohortId(2), preliminary: true }, obstacles: [] },
    });
  });

  test('for one of two who begin together tells that the other cannot come along', () => {
    const needsLicence = aPlace(1, { requirements: [asking({ kind: 'licence', licence: 'B' })] });
    const input = anInput({
      candidates: [aCandidate(1), aCandidate(2, { licences: [] }), aCandidate(3)],
      places: [needsLicence],
      pairRules: [{ kind: 'together', first: candidateId(1), second: candidateId(2) }],
    });
    const question = { kind: 'named-request', candidateId: candidateId(1), placeId: needsLicence.placeId } as const;
    expect(answerTo(input, question)).toMatchObject({
      request: {
        possible: true,
        obstacles: [{ kind: 'other-planning', cohortId: cohortId(1), eligiblePlaces: 1, because: 'group-rule' }],
      },
    });
    const alone = { ...input, pairRules: [] };
    expect(answerTo(alone, question)).toMatchObject({ request: { possible: true, obstacles: [] } });
  });

  test('moves whoever was fixed elsewhere before', () => {
    const pins = [{ candidateId: candidateId(2), ...at(2) }];
    expect(answerTo(contested({ places: [aPlace(1), aPlace(2)], pins }), forSecond)).toMatchObject({
      from: seat(2),
      request: { consequences: { moved: { count: 1, first: [{ candidateId: candidateId(1) }] } } },
    });
  });
});

describe('an answer', () => {
  const hasLicence: ProfileAnswer = { candidateId: candidateId(1), field: 'licences', value: ['B'] };
  const needsLicence = aPlace(1, { requirements: [asking({ kind: 'licence', licence: 'B' })] });
  const withoutLicence = anInput({
    candidates: [aCandidate(1, { licences: [] })],
    places: [needsLicence],
  });

  test('opens a place that was shut to the person', () => {
    expect(answerTo(withoutLicence, { kind: 'answer', answer: hasLicence })).toMatchObject({
      before: { kind: 'unplaced' },
      after: { kind: 'proposed', ...seat(1) },
    });
  });

  test('takes no seat from anybody: it is only about what is left', () => {
    const input = contested({
      candidates: [
        aCandidate(1, { enrolledSince: localDate('2026-06-01') }),
        aCandidate(2, { enrolledSince: null, hasCar: null, travelRow: null }),
      ],
    });
    const answer = { candidateId: candidateId(2), field: 'enrolledSince', value: localDate('2020-01-01') } as const;
    expect(answerTo(input, { kind: 'answer', answer })).toMatchObject({
      after: { kind: 'unplaced', reasons: [{ kind: 'seats-taken' }] },
    });
  });

  test.each([
    [1, 2],
    [2, 1],
  ])('of one who begins together with another opens nothing where there is room for one alone (%i, %i)', (one, two) => {
    const input = anInput({
      candidates: [aCandidate(1, { licences: [] }), aCandidate(2)],
      places: [needsLicence],
      pairRules: [{ kind: 'together', first: candidateId(one), second: candidateId(two) }],
    });
    expect(answerTo(input, { kind: 'answer', answer: hasLicence })).toMatchObject({
      before: { kind: 'unplaced' },
      after: { kind: 'unplaced' },
    });
  });

  test('of one who begins together with another takes the other along', () => {
    const input = anInput({
      candidates: [aCandidate(1, { licences: [] }), aCandidate(2)],
      places: [needsLicence, { ...needsLicence, placeId: placeId(2) }],
      pairRules: [{ kind: 'together', first: candidateId(1), second: candidateId(2) }],
    });
    expect(answerTo(input, { kind: 'answer', answer: hasLicence })).toMatchObject({
      before: { kind: 'unplaced' },
      after: { kind: 'proposed' },
    });
  });
});

describe('a repair', () => {
  const question = { kind: 'repair', dropOuts: [], closedPlaces: [], movedPersonCostPoints: 10 } as const;

  test('gives the seat of a drop-out to whoever waits, and does not count the drop-out among the losers', () => {
    const repair = { ...question, dropOuts: [candidateId(1)], closedPlaces: [] };
    expect(answerTo(contested(), repair)).toMatchObject({
      consequences: {
        before: { proposed: 1 },
        after: { proposed: 1 },
        newlyProposed: { count: 1, first: [{ candidateId: candidateId(2), from: null, to: seat(1) }] },
        noLongerProposed: nobody,
      },
    });
  });

  test('moves those of a place that closes, or says that they lose', () => {
    const repair = { ...question, dropOuts: [], closedPlaces: [placeId(1)] };
    expect(answerTo(contested(), repair)).toMatchObject({ consequences: { noLongerProposed: { count: 1 } } });
    const withRoom = contested({ candidates: [aCandidate(1)], places: [aPlace(1), aPlace(2)] });
    const [only] = runMatching(withRoom).candidates;
    const closed = only?.kind === 'proposed' ? only.placeId : placeId(1);
    expect(answerTo(withRoom, { ...repair, closedPlaces: [closed] })).toMatchObject({
      consequences: { moved: { count: 1 }, noLongerProposed: nobody },
    });
  });

  test('forgets what was fixed or ruled out of those who are gone', () => {
    const input = contested({
      pins: [{ candidateId: candidateId(1), ...at(1) }],
      exclusions: [{ candidateId: candidateId(1), placeId: placeId(1) }],
      pairRules: [{ kind: 'keep-apart', first: candidateId(1), second: candidateId(2), apartFrom: 'start' }],
    });
    const repair = { ...question, dropOuts: [candidateId(1)], closedPlaces: [] };
    expect(answerTo(input, repair)).toMatchObject({ consequences: { after: { proposed: 1 } } });
  });
});

test('a place without a requirement tells how many it would reach', () => {
  const place = aPlace(1, {
    requirements: [
      asking({ kind: 'licence', licence: 'C' }),
      asking({ kind: 'experience', occupationId: SERVICE_ASSISTANT, minYears: 1 }, 'wish'),
    ],
  });
  const question = { kind: 'without-requirement', placeId: placeId(1), requirementIndex: 0 } as const;
  expect(answerTo(contested({ places: [place] }), question)).toMatchObject({
    subject: { kind: 'licence', licence: 'C' },
    eligible: { before: 0, after: 2 },
    consequences: { before: { proposed: 0 }, after: { proposed: 1 }, newlyProposed: { count: 1 } },
  });
});

describe('where a seat is divided between two', () => {
  const halves = [
    { sharePercent: 50, weekdays: [1, 2, 3] },
    { sharePercent: 50, weekdays: [4, 5] },
  ] as const;
  const place = aPlace(1, { sharePercent: 100, sharedSeat: halves });
  const half = { shareFromPercent: 25, shareToPercent: 50 };
  const input = contested({ places: [place], candidates: [aCandidate(1, half), aCandidate(2, half)] });

  test('an answer of the one leaves the other where they are', () => {
    const answer: ProfileAnswer = { candidateId: candidateId(2), field: 'maxTravelMinutes', value: 90 };
    const before = runMatching(input).candidates.map((outcome) => outcome.kind === 'proposed' && outcome.seatPart);
    expect(before.toSorted()).toEqual(['first', 'second']);
    expect(answerTo(input, { kind: 'answer', answer })).toMatchObject({
      before: { kind: 'proposed', placeId: placeId(1) },
      after: { kind: 'proposed', placeId: placeId(1) },
    });
  });

  test('somebody named for a part that fits meets no obstacle', () => {
    expect(answerTo(input, { kind: 'named-request', candidateId: candidateId(1), placeId: placeId(1) })).toMatchObject({
      request: { possible: true, obstacles: [], consequences: { noLongerProposed: nobody } },
    });
  });
});

test('an answer names the first of many, and tells how many there are', () => {
  const many = MAX_NAMED + 10;
  const input = anInput({
    starts: [aStart(1, { seats: many })],
    candidates: Array.from({ length: many }, (_, index) => aCandidate(index + 1)),
    places: [aPlace(1, { seats: many })],
  });
  const answered = answerTo(input, {
    kind: 'repair',
    dropOuts: [],
    closedPlaces: [placeId(1)],
    movedPersonCostPoints: 0,
  });
  expect(answered).toMatchObject({ consequences: { noLongerProposed: { count: many } } });
  const parsed = WhatIfAnswer.parse(answered);
  expect(parsed.kind === 'repair' && parsed.consequences.noLongerProposed.first.length).toBe(MAX_NAMED);
});

test.each<WhatIfQuestion>([
  { kind: 'extra-seat', placeId: placeId(9) },
  { kind: 'without-requirement', placeId: placeId(9), requirementIndex: 0 },
  { kind: 'without-requirement', placeId: placeId(1), requirementIndex: 0 },
  { kind: 'named-request', candidateId: candidateId(9), placeId: placeId(1) },
  { kind: 'named-request', candidateId: candidateId(1), placeId: placeId(9) },
  { kind: 'answer', answer: { candidateId: candidateId(9), field: 'hasCar', value: true } },
  { kind: 'repair', dropOuts: [candidateId(9)], closedPlaces: [], movedPersonCostPoints: 0 },
  { kind: 'repair', dropOuts: [], closedPlaces: [placeId(9)], movedPersonCostPoints: 0 },
])('%j about who or what took no part has no answer', (question) => {
  expect(answerTo(contested(), question)).toBe('not-in-run');
});
