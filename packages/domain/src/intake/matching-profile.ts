import * as z from 'zod';
import { LocalDate } from '../shared/local-date.ts';
import { FieldOfWork } from '../shared/vocabulary/fields-of-work.ts';
import { OccupationId } from '../shared/vocabulary/occupations.ts';
import { SkillId, SkillLevel } from '../shared/vocabulary/skills.ts';
import { LicenceClass } from './driving-licence.ts';
import { KnownItem } from './known-item.ts';
import { LanguageLevel, SpokenLanguage } from './language-level.ts';
import { WeeklySpan, WorkingTime } from './working-times.ts';

export const SkillHeld = z.strictObject({ skillId: SkillId, level: SkillLevel.nullable() });
export type SkillHeld = z.infer<typeof SkillHeld>;

export const Experience = z.strictObject({ occupationId: OccupationId, years: z.int().min(0).max(60) });
export type Experience = z.infer<typeof Experience>;

/** A field of work or a unit by its name, as the person wished it. */
export const Wish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('field'), field: FieldOfWork }),
  z.strictObject({ kind: z.literal('unit'), unitName: z.string().min(2).max(80) }),
]);
export type Wish = z.infer<typeof Wish>;

/**
 * What matching may know about a person: nothing protected (no name, age, sex, origin, health, measure, address).
 * `null` is unknown, an empty list is a known "none". A non-empty list is complete: what is not in it is not held.
 */
export const MatchingProfile = z.strictObject({
  /** First day with Arbetsförmedlingen; the wait is counted from here. */
  enrolledSince: LocalDate.nullable(),
  availableFrom: LocalDate.nullable(),
  /** Share of full time that the person can work, in percent. */
  shareFromPercent: z.int().min(1).max(100).nullable(),
  shareToPercent: z.int().min(1).max(100).nullable(),
  workingTimes: z.array(WorkingTime).max(4).nullable(),
  /** Fixed weekly engagements (SFI, preschool) that work must not overlap. */
  engagements: z.array(WeeklySpan).max(20).nullable(),
  licences: z.array(LicenceClass).max(14).nullable(),
  swedish: LanguageLevel.nullable(),
  languages: z.array(SpokenLanguage).max(12).nullable(),
  skills: z.array(SkillHeld).max(60).nullable(),
  experience: z.array(Experience).max(20).nullable(),
  /** What is known of single things in the four lists above where a list is not stated. */
  knownItems: z.array(KnownItem).max(200),
  /** In order of wish. */
  wishes: z.array(Wish).max(10).nullable(),
  maxTravelMinutes: z.int().min(5).max(240).nullable(),
  hasCar: z.boolean().nullable(),
  /** Five digits; never kept for a person with protected identity. Read only to look up travel minutes. */
  postcode: z
    .string()
    .regex(/^\d{5}$/)
    .nullable(),
});
export type MatchingProfile = z.infer<typeof MatchingProfile>;
