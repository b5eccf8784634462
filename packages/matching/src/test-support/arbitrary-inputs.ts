import type { LicenceClass } from '@gruppstart/domain/intake/driving-licence';
import { type KnownItem, withoutSettledItems } from '@gruppstart/domain/intake/known-item';
import { LANGUAGE_LEVELS } from '@gruppstart/domain/intake/language-level';
import { WORKING_TIMES } from '@gruppstart/domain/intake/working-times';
import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import { REQUIREMENT_STRENGTHS, type RequirementSubject } from '@gruppstart/domain/requirements/requirement';
import { addDays, localDate } from '@gruppstart/domain/shared/local-date';
import { FIELDS_OF_WORK } from '@gruppstart/domain/shared/vocabulary/fields-of-work';
import { NEAR_OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILL_LEVELS, SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import * as fc from 'fast-check';
import type { MatchCandidate, MatchInput, MatchPlace, SeatPart, Wish } from '../model.ts';
import {
  aCandidate,
  anInput,
  aPlace,
  aStart,
  asking,
  CLEANER,
  candidateId,
  cohortId,
  placeId,
  SERVICE_ASSISTANT,
  unitId,
} from './inputs.ts';

/** Random inputs for properties: few distinct values, so that ties, unknowns and full seats are common. */
const FIRST_START = localDate('2027-01-11');
const skillIds = SKILLS.slice(0, 3).map((skill) => skill.id);
const FIELDS = FIELDS_OF_WORK.slice(0, 3);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 3 });
const day = (from: number, to: number) => fc.integer({ min: from, max: to }).map((days) => addDays(FIRST_START, days));
const occupation = fc.constantFrom(SERVICE_ASSISTANT, CLEANER);
const span = fc.record({
  weekday: fc.integer({ min: 1, max: 3 }),
  fromMinute: fc.constantFrom(420, 480, 720),
  toMinute: fc.constantFrom(780, 960),
});

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('field' as const), field: fc.constantFrom(...FIELDS) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('unit' as const),
      unitName: fc.constantFrom('NORRÄNGENS äldreboende', 'Köket Vågen', 'Okända Gården'),
    }),
  },
);

/** Mostly nobody was asked about one thing alone. */
const knownItems: fc.Arbitrary<KnownItem[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<KnownItem[]>([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant('skill' as const),
          skillId: fc.constantFrom(...skillIds),
          held: fc.boolean(),
          level: orNull(fc.constantFrom(...SKILL_LEVELS)),
        }),
        fc.record({
          kind: fc.constant('language' as const),
          language: fc.constantFrom('arabiska', 'Arabiska'),
          held: fc.boolean(),
          level: orNull(fc.constantFrom(...LANGUAGE_LEVELS)),
        }),
        fc.record({
          kind: fc.constant('licence' as const),
          licence: fc.constantFrom('AM' as const, 'B' as const, 'C' as const),
          held: fc.boolean(),
        }),
        fc.record({
          kind: fc.constant('occupation' as const),
          occupationId: occupation,
          held: fc.boolean(),
          years: fc.integer({ min: 0, max: 5 }),
        }),
      ),
      { maxLength: 4 },
    ),
  },
);

const facts: fc.Arbitrary<Omit<MatchCandidate, 'candidateId' | 'assignedCohortId' | 'missedStarts' | 'keptAt'>> = fc
  .record({
    enrolledSince: orNull(day(-400, -390)),
    availableFrom: orNull(day(-10, 40)),
    shareFromPercent: orNull(fc.constantFrom(25, 50, 75)),
    shareToPercent: orNull(fc.constantFrom(75, 100)),
    workingTimes: orNull(fc.subarray([...WORKING_TIMES])),
    engagements: orNull(fc.array(span, { maxLength: 2 })),
    licences: orNull(fc.constantFrom<LicenceClass[]>(['B'], ['C'], [])),
    swedish: orNull(fc.constantFrom(...LANGUAGE_LEVELS)),
    languages: orNull(
      fc.array(fc.record({ language: fc.constant('arabiska'), level: orNull(fc.constantFrom(...LANGUAGE_LEVELS)) }), {
        maxLength: 1,
      }),
    ),
    skills: orNull(
      fc.array(fc.record({ skillId: fc.constantFrom(...skillIds), level: orNull(fc.constantFrom(...SKILL_LEVELS)) }), {
        maxLength: 3,
      }),
    ),
    experience: orNull(
      fc.array(fc.record({ occupationId: occupation, years: fc.integer({ min: 0, max: 5 }) }), { maxLength: 2 }),
    ),
    knownItems,
    wishes: orNull(fc.array(wish, { maxLength: 3 })),
    maxTravelMinutes: orNull(fc.constantFrom(15, 30, 60)),
    hasCar: orNull(fc.boolean()),
    travelRow: fc.constantFrom(null, 0, 1),
  })
  .map(withoutSettledItems);

const subject: fc.Arbitrary<RequirementSubject> = fc.oneof(
  fc.record({
    kind: fc.constant('skill' as const),
    skillId: fc.constantFrom(...skillIds),
    minLevel: orNull(fc.constantFrom(...SKILL_LEVELS)),
  }),
  fc.record({ kind: fc.constant('swedish' as const), minLevel: fc.constantFrom('A2' as const, 'B1' as const) }),
  fc.record({
    kind: fc.constant('licence' as const),
    licence: fc.constantFrom('B' as const, 'B' as const, 'C' as const),
  }),
  fc.record({
    kind: fc.constant('language' as const),
    language: fc.constant('arabiska'),
    minLevel: orNull(fc.constantFrom(...LANGUAGE_LEVELS)),
  }),
  fc.record({
    kind: fc.constant('experience' as const),
    occupationId: occupation,
    minYears: fc.integer({ min: 0, max: 3 }),
  }),
);

const seatPart: fc.Arbitrary<SeatPart> = fc.record({
  sharePercent: fc.constantFrom(25, 50),
  weekdays: fc.subarray([1, 2, 3]),
});

const place: fc.Arbitrary<Omit<MatchPlace, 'placeId' | 'supervisorHours'>> = fc.record({
  unitId: fc.constantFrom(unitId(1), unitId(2)),
  unitName: fc.constantFrom('Norrängens äldreboende', 'Köket Vågen'),
  field: fc.constantFrom(...FIELDS),
  seats: fc.integer({ min: 0, max: 2 }),
  taken: fc.constantFrom(0, 0, 0, 1),
  takenSecond: fc.constantFrom(0, 1),
  sharedSeat: orNull(fc.tuple(seatPart, seatPart)),
  sharePercent: fc.constantFrom(50, 75, 100),
  workingTimes: fc.subarray(['day' as const, 'evening' as const], { minLength: 1 }),
  weeklyHours: fc.array(span, { maxLength: 2 }),
  opensFrom: day(-30, 20),
  closesAfter: orNull(day(15, 60)),
  requirements: fc.array(
    fc.tuple(subject, fc.constantFrom(...REQUIREMENT_STRENGTHS)).map(([what, strength]) => asking(what, strength)),
    { maxLength: 3 },
  ),
  occupationId: occupation,
});

const minutes = orNull(fc.constantFrom(10, 20, 30, 45));
const travelRow = fc.tuple(minutes, minutes, minutes, minutes).map(([car1, bus1, car2, bus2]) => [
  { unitId: unitId(1), carMinutes: car1, busMinutes: bus1 },
  { unitId: unitId(2), carMinutes: car2, busMinutes: bus2 },
]);

/** Starts two weeks apart, all but the first preliminary. */
const starts = (count: number, seats: readonly number[]) =>
  Array.from({ length: count }, (_, index) =>
    aStart(index + 1, {
      startDate: addDays(FIRST_START, 14 * index),
      firstWorkingDay: addDays(FIRST_START, 14 * index + 14),
      seats: seats[index] ?? 0,
      preliminary: index > 0,
    }),
  );

export const arbitraryCandidate = (number: number) =>
  facts.map((known) => ({ ...aCandidate(number), ...known, assignedCohortId: null }));

interface InputOptions {
  readonly maxStarts: number;
  /** Some places have seats that two people can share. */
  readonly withParts?: boolean;
  /** Some people may not begin some of the starts. */
  readonly withKeptOut?: boolean;
  readonly maxPeople?: number;
}

export const arbitraryInput = ({
  maxStarts,
  withParts = false,
  withKeptOut = false,
  maxPeople = 8,
}: InputOptions): fc.Arbitrary<MatchInput> =>
  fc
    .record({
      startCount: fc.integer({ min: 1, max: maxStarts }),
      startSeats: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
      people: fc.array(fc.tuple(facts, fc.nat({ max: 2 })), { maxLength: maxPeople }),
      places: fc.array(place, { maxLength: 5 }),
      travel: fc.tuple(travelRow, travelRow),
      taught: fc.subarray(skillIds),
      sessionSeats: fc.array(fc.constantFrom(null, null, 0, 1, 4), { minLength: 3, maxLength: 3 }),
      ruledOut: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 4 })), { maxLength: 2 }),
      keptOut: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 2 })), { maxLength: withKeptOut ? 2 : 0 }),
      isPlacement: fc.boolean(),
      minimumFitPercent: fc.constantFrom(0, 35, 70),
      seed: fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16).padStart(32, '0')),
    })
    .map((drawn) =>
      anInput({
        purpose: drawn.isPlacement ? 'placement' : 'admission',
        starts: starts(drawn.startCount, drawn.startSeats),
        candidates: drawn.people.map(([known, start], index) => ({
          ...aCandidate(index + 1),
          ...known,
          assignedCohortId: drawn.isPlacement ? cohortId((start % drawn.startCount) + 1) : null,
        })),
        places: drawn.places.map((each, index) => ({
          ...aPlace(index + 1),
          ...each,
          ...(withParts ? {} : { takenSecond: each.taken, sharedSeat: null }),
        })),
        travel: drawn.travel,
        skillsTaught: drawn.taught.map((skillId, index) => ({ skillId, seats: drawn.sessionSeats[index] ?? null })),
        exclusions: drawn.ruledOut.map(([person, where]) => ({
          candidateId: candidateId(person + 1),
          placeId: placeId(where + 1),
        })),
        startExclusions: drawn.keptOut.map(([person, start]) => ({
          candidateId: candidateId(person + 1),
          cohortId: cohortId(start + 1),
        })),
        nearOccupations: NEAR_OCCUPATIONS,
        weights: { ...DEFAULT_WEIGHTS, minimumFitPercent: drawn.minimumFitPercent },
        seed: drawn.seed,
      }),
    );
