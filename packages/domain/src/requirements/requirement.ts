import * as z from 'zod';
import { LicenceClass } from '../intake/driving-licence.ts';
import { LanguageLevel } from '../intake/language-level.ts';
import { OccupationId } from '../shared/vocabulary/occupations.ts';
import { SkillId, SkillLevel } from '../shared/vocabulary/skills.ts';

/** ska / kan läras under introduktionen / meriterande. */
export const REQUIREMENT_STRENGTHS = ['must', 'learnable', 'wish'] as const;
export const RequirementStrength = z.enum(REQUIREMENT_STRENGTHS);
export type RequirementStrength = z.infer<typeof RequirementStrength>;

/** What is asked. Each kind reads one fact of the matching profile. */
export const RequirementSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('skill'), skillId: SkillId, minLevel: SkillLevel.nullable() }),
  z.strictObject({ kind: z.literal('swedish'), minLevel: LanguageLevel }),
  z.strictObject({
    kind: z.literal('language'),
    language: z.string().regex(/^[\p{L}][\p{L} '-]{1,39}$/u),
    minLevel: LanguageLevel.nullable(),
  }),
  z.strictObject({ kind: z.literal('licence'), licence: LicenceClass }),
  z.strictObject({ kind: z.literal('experience'), occupationId: OccupationId, minYears: z.int().min(0).max(40) }),
]);
export type RequirementSubject = z.infer<typeof RequirementSubject>;

/** A `must` carries the manager's reason: it shuts people out, so somebody answers for it. */
export const Requirement = z
  .strictObject({
    subject: RequirementSubject,
    strength: RequirementStrength,
    /** A blank is no reason. */
    reason: z.string().min(3).max(200).regex(/\S/).optional(),
  })
  .refine((requirement) => requirement.strength !== 'must' || requirement.reason !== undefined, {
    path: ['reason'],
    message: 'must-needs-reason',
  });
export type Requirement = z.infer<typeof Requirement>;
