import * as z from 'zod';
import { LicenceClass } from '../intake/driving-licence.ts';
import { LanguageLevel } from '../intake/language-level.ts';
import { WeeklySpan, WorkingTime } from '../intake/working-times.ts';
import { RequirementStrength, RequirementSubject } from '../requirements/requirement.ts';
import { LocalDate } from '../shared/local-date.ts';
import { OccupationId } from '../shared/vocabulary/occupations.ts';
import { SkillId, SkillLevel } from '../shared/vocabulary/skills.ts';
import { ScorePartKind } from './score.ts';
import { Verdict } from './verdict.ts';

/** The facts of the matching profile that a criterion may read; each is one question that can be asked. */
export const PROFILE_FIELDS = [
  'enrolledSince',
  'availableFrom',
  'shareFromPercent',
  'shareToPercent',
  'workingTimes',
  'engagements',
  'licences',
  'swedish',
  'languages',
  'skills',
  'experience',
  'wishes',
  'maxTravelMinutes',
  'hasCar',
] as const;
export const ProfileField = z.enum(PROFILE_FIELDS);
export type ProfileField = z.infer<typeof ProfileField>;

/** Where a value was read: a fact of the profile, the tenant's travel table, or the place itself. */
export const CRITERION_SOURCES = [...PROFILE_FIELDS, 'travel-table', 'place'] as const;
export const CriterionSource = z.enum(CRITERION_SOURCES);
export type CriterionSource = z.infer<typeof CriterionSource>;

/** Everything a person and a place are judged by, in the order they are shown when verdicts are equal. */
export const CRITERION_KINDS = [
  'availability',
  'place-window',
  'share',
  'working-times',
  'engagements',
  'travel',
  'requirement',
  'own-wishes',
] as const;
export const CriterionKind = z.enum(CRITERION_KINDS);
export type CriterionKind = z.infer<typeof CriterionKind>;

const Minutes = z.int().min(0).max(600);

const judged = {
  verdict: Verdict,
  source: CriterionSource,
  /** True when a `no` shuts the pair out. */
  excludes: z.boolean(),
  /** The score part this counts in, and how much of what was asked is met; null: not scored. */
  score: z.strictObject({ part: ScorePartKind, creditPercent: z.int().min(0).max(100) }).nullable(),
};

/** How the introduction gives a skill: to the whole cohort, or in a session with fewer seats. */
export const TAUGHT_BY = ['cohort', 'session'] as const;
export const TaughtBy = z.enum(TAUGHT_BY);
export type TaughtBy = z.infer<typeof TaughtBy>;

/** What was found for a requirement. `not-stated`: unknown. `none`: known not to be held. */
export const RequirementFound = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not-stated') }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('skill'), level: SkillLevel.nullable() }),
  z.strictObject({ kind: z.literal('language'), level: LanguageLevel.nullable() }),
  z.strictObject({ kind: z.literal('licence'), licences: z.array(LicenceClass).max(14) }),
  z.strictObject({
    kind: z.literal('experience'),
    /** Whole years in the occupation asked for. */
    years: z.int().min(0).max(1200),
    /** The nearest other occupation that was credited, with its percent; null when none was. */
    near: z
      .strictObject({
        occupationId: OccupationId,
        years: z.int().min(0).max(1200),
        percent: z.union([z.literal(75), z.literal(25)]),
      })
      .nullable(),
  }),
]);
export type RequirementFound = z.infer<typeof RequirementFound>;

/** One judged criterion with its evidence: what was asked, what was found, and where it was read. */
export const JudgedCriterion = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('availability'),
    ...judged,
    asked: z.strictObject({ startDate: LocalDate }),
    found: z.strictObject({ availableFrom: LocalDate.nullable() }),
  }),
  z.strictObject({
    kind: z.literal('place-window'),
    ...judged,
    asked: z.strictObject({ firstWorkingDay: LocalDate }),
    found: z.strictObject({ opensFrom: LocalDate, closesAfter: LocalDate.nullable() }),
  }),
  z.strictObject({
    kind: z.literal('share'),
    ...judged,
    asked: z.strictObject({ sharePercent: z.int().min(1).max(100) }),
    found: z.strictObject({
      fromPercent: z.int().min(1).max(100).nullable(),
      toPercent: z.int().min(1).max(100).nullable(),
    }),
  }),
  z.strictObject({
    kind: z.literal('working-times'),
    ...judged,
    asked: z.strictObject({ workingTimes: z.array(WorkingTime).max(4) }),
    found: z.strictObject({ workingTimes: z.array(WorkingTime).max(4).nullable() }),
  }),
  z.strictObject({
    kind: z.literal('engagements'),
    ...judged,
    asked: z.strictObject({ weeklyHours: z.array(WeeklySpan).max(21) }),
    /** The person's engagements that overlap the place's hours; null when engagements are not stated. */
    found: z.strictObject({ overlapping: z.array(WeeklySpan).max(20).nullable() }),
  }),
  z.strictObject({
    kind: z.literal('travel'),
    ...judged,
    asked: z.strictObject({ maxTravelMinutes: z.int().min(5).max(240).nullable() }),
    found: z.strictObject({
      hasCar: z.boolean().nullable(),
      carMinutes: Minutes.nullable(),
      busMinutes: Minutes.nullable(),
      /** The minutes that were compared with the limit; null when none could be. */
      minutes: Minutes.nullable(),
      nearLimit: z.boolean(),
    }),
  }),
  z.strictObject({
    kind: z.literal('requirement'),
    ...judged,
    /** Index in the place's list of requirements. */
    index: z.int().min(0).max(29),
    strength: RequirementStrength,
    asked: RequirementSubject,
    found: RequirementFound,
    /** How the introduction gives this; null: not at all. */
    taught: TaughtBy.nullable(),
  }),
  z.strictObject({
    kind: z.literal('own-wishes'),
    ...judged,
    /** How many wishes the person stated; null when not stated. */
    asked: z.strictObject({ wishes: z.int().min(0).max(10).nullable() }),
    /** The first wish that the place meets, counted from 1; null when it meets none. */
    found: z.strictObject({ wishRank: z.int().min(1).max(10).nullable() }),
  }),
]);
export type JudgedCriterion = z.infer<typeof JudgedCriterion>;

/** What a criterion is about without level or place, so that it can be counted over many places. */
export const CriterionTopic = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('availability') }),
  z.strictObject({ kind: z.literal('place-window') }),
  z.strictObject({ kind: z.literal('share') }),
  z.strictObject({ kind: z.literal('working-times') }),
  z.strictObject({ kind: z.literal('engagements') }),
  z.strictObject({ kind: z.literal('travel') }),
  z.strictObject({ kind: z.literal('own-wishes') }),
  z.strictObject({ kind: z.literal('skill'), skillId: SkillId }),
  z.strictObject({ kind: z.literal('swedish') }),
  z.strictObject({ kind: z.literal('language'), language: z.string().min(1).max(40) }),
  z.strictObject({ kind: z.literal('licence'), licence: LicenceClass }),
  z.strictObject({ kind: z.literal('experience'), occupationId: OccupationId }),
]);
export type CriterionTopic = z.infer<typeof CriterionTopic>;
