import { LANGUAGE_LEVELS, type LanguageLevel } from '@gruppstart/domain/intake/language-level';
import type { WeeklySpan, WorkingTime } from '@gruppstart/domain/intake/working-times';
import { REQUIREMENT_STRENGTHS, type RequirementSubject } from '@gruppstart/domain/requirements/requirement';
import { addDays, localDate } from '@gruppstart/domain/shared/local-date';
import { FIELDS_OF_WORK } from '@gruppstart/domain/shared/vocabulary/fields-of-work';
import { NEAR_OCCUPATIONS, OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILL_LEVELS, SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import type { MatchCandidate, MatchInput, MatchPlace, TravelToUnit } from '@gruppstart/matching/model';
import {
  anInput,
  aPlace,
  aStart,
  asking,
  candidateId,
  placeId,
  unitId,
} from '@gruppstart/matching/test-support/inputs';
import { randomNumbers } from '@gruppstart/matching/test-support/random-problems';

export interface InputShape {
  readonly candidates: number;
  readonly places: number;
  /** Seats of the next start; the one after it, looked ahead to, has as many. */
  readonly startSeats: number;
  readonly seed: number;
}

const PLACES_PER_UNIT = 8;
const AREAS = 40;
const FIRST_START = localDate('2027-01-11');
/** Of a hundred cells of a candidate file so many are empty: unknown. */
const UNKNOWN_PERCENT = 12;
const LEVELS: readonly LanguageLevel[] = LANGUAGE_LEVELS;
const ASKED_LEVELS = ['A2', 'B1', 'B1', 'B2'] as const;
const SHARES = [50, 75, 75, 100] as const;
const WORKING_TIMES_USUAL: readonly (readonly WorkingTime[])[] = [
  ['day'],
  ['day'],
  ['day', 'evening'],
  ['day', 'evening', 'weekend'],
];
const MORNING = { fromMinute: 8 * 60, toMinute: 12 * 60 } as const;

/** A municipality's or a region's worth of invented people and places, the same at every call with the same shape. */
export const generatedInput = ({ candidates, places, startSeats, seed }: InputShape): MatchInput => {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const chance = (percent: number): boolean => below(100) < percent;
  const oneOf = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const someOf = <T>(values: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: below(most + 1) }, () => oneOf(values))),
  ];
  const known = <T>(make: () => T): T | null => (chance(UNKNOWN_PERCENT) ? null : make());
  const units = Math.max(1, Math.ceil(places / PLACES_PER_UNIT));
  const mornings = (): WeeklySpan[] =>
    chance(25) ? someOf([1, 2, 3, 4, 5], 2).map((weekday) => ({ weekday, ...MORNING })) : [];

  const candidate = (number: number): MatchCandidate => ({
    candidateId: candidateId(number),
    enrolledSince: known(() => addDays(FIRST_START, -30 - below(900))),
    availableFrom: known(() => addDays(FIRST_START, below(60) - 45)),
    shareFromPercent: known(() => oneOf([25, 50, 50, 75])),
    shareToPercent: known(() => oneOf([75, 100, 100])),
    workingTimes: known(() => [...oneOf(WORKING_TIMES_USUAL)]),
    engagements: known(mornings),
    licences: known(() => (chance(45) ? ['B'] : [])),
    swedish: known(() => oneOf(LEVELS)),
    languages: known(() =>
      someOf(['arabiska', 'tigrinja', 'somaliska', 'polska'], 2).map((language) => ({ language, level: null })),
    ),
    skills: known(() => someOf(SKILLS, 8).map(({ id }) => ({ skillId: id, level: known(() => oneOf(SKILL_LEVELS)) }))),
    experience: known(() => someOf(OCCUPATIONS, 3).map(({ id }) => ({ occupationId: id, years: below(8) }))),
    knownItems: [],
    wishes: known(() => someOf(FIELDS_OF_WORK, 3).map((field) => ({ kind: 'field' as const, field }))),
    maxTravelMinutes: known(() => oneOf([30, 45, 60, 90])),
    hasCar: known(() => chance(40)),
    travelRow: chance(3) ? null : below(AREAS),
    assignedCohortId: null,
    missedStarts: 0,
    keptAt: null,
  });

  const subject = (): RequirementSubject => {
    switch (below(5)) {
      case 0:
        return { kind: 'swedish', minLevel: oneOf(ASKED_LEVELS) };
      case 1:
        return { kind: 'licence', licence: 'B' };
      case 2:
        return { kind: 'experience', occupationId: oneOf(OCCUPATIONS).id, minYears: 1 + below(3) };
      default:
        return { kind: 'skill', skillId: oneOf(SKILLS).id, minLevel: known(() => oneOf(SKILL_LEVELS)) };
    }
  };

  const place = (number: number): MatchPlace => {
    const unit = number % units;
    return {
      ...aPlace(number),
      placeId: placeId(number),
      unitId: unitId(unit + 1),
      unitName: `Enhet ${unit + 1}`,
      field: oneOf(FIELDS_OF_WORK),
      seats: 1 + below(2),
      sharePercent: oneOf(SHARES),
      workingTimes: [...oneOf(WORKING_TIMES_USUAL)],
      weeklyHours: mornings(),
      opensFrom: addDays(FIRST_START, below(40) - 25),
      closesAfter: chance(10) ? addDays(FIRST_START, 20 + below(40)) : null,
      requirements: Array.from({ length: below(5) }, () => asking(subject(), oneOf(REQUIREMENT_STRENGTHS))),
      occupationId: oneOf(OCCUPATIONS).id,
    };
  };

  const travelTo = (unit: number): TravelToUnit => {
    const carMinutes = known(() => 5 + below(55));
    return {
      unitId: unitId(unit + 1),
      carMinutes,
      busMinutes: carMinutes === null ? null : Math.round(carMinutes * 1.7) + 8,
    };
  };

  return anInput({
    starts: [
      aStart(1, { seats: startSeats }),
      aStart(2, {
        startDate: addDays(FIRST_START, 14),
        firstWorkingDay: addDays(FIRST_START, 28),
        seats: startSeats,
        preliminary: true,
      }),
    ],
    candidates: Array.from({ length: candidates }, (_, index) => candidate(index + 1)),
    places: Array.from({ length: places }, (_, index) => place(index + 1)),
    travel: Array.from({ length: AREAS }, () => Array.from({ length: units }, (_, unit) => travelTo(unit))),
    skillsTaught: SKILLS.slice(0, 3).map(({ id }) => ({ skillId: id, seats: null })),
    nearOccupations: NEAR_OCCUPATIONS,
  });
};
