import * as z from 'zod';
import { LocalDate } from '../shared/local-date.ts';
import { MeasureFamily } from './measure.ts';

/** What a person needs at work, never why. Other needs are talked about (`other-talk`), not written. */
export const SUPPORT_NEEDS = [
  'seated-work',
  'calm-environment',
  'hearing-support',
  'screen-support',
  'breaks',
  'other-talk',
] as const;
export const SupportNeed = z.enum(SUPPORT_NEEDS);
export type SupportNeed = z.infer<typeof SupportNeed>;

export const SUPPORT_NEED_LABELS: Readonly<Record<SupportNeed, { readonly sv: string; readonly en: string }>> = {
  'seated-work': { sv: 'sittande arbete', en: 'seated work' },
  'calm-environment': { sv: 'lugn miljö', en: 'calm environment' },
  'hearing-support': { sv: 'hörselstöd', en: 'hearing support' },
  'screen-support': { sv: 'skärmstöd', en: 'screen support' },
  breaks: { sv: 'pauser', en: 'breaks' },
  'other-talk': { sv: 'annat: samtal', en: 'other: talk' },
};

/** Skatteverket's two kinds of protected personal data that a file may state. */
export const PROTECTION_KINDS = ['none', 'secrecy-marking', 'protected-registration'] as const;
export const ProtectionKind = z.enum(PROTECTION_KINDS);
export type ProtectionKind = z.infer<typeof ProtectionKind>;

/** Twelve digits ÅÅÅÅMMDDNNNN with a right check digit; a coordination number has 60 added to the day. */
export const PersonalNumber = z
  .string()
  .regex(/^(19|20)\d{10}$/)
  .brand<'PersonalNumber'>();
export type PersonalNumber = z.infer<typeof PersonalNumber>;

/** What only the vault holds about a person. Every field is personal data and sealed under the person's own key. */
export const PersonRecord = z.strictObject({
  personalNumber: PersonalNumber.nullable(),
  birthDate: LocalDate.nullable(),
  givenName: z.string().min(1).max(80),
  familyName: z.string().min(1).max(80),
  phone: z.string().min(5).max(40).nullable(),
  email: z.email().max(120).nullable(),
  possibleMeasures: z.array(MeasureFamily).max(5),
  measureValidUntil: LocalDate.nullable(),
  supportNeeds: z.array(SupportNeed).max(6),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

export const PERSONAL_FIELDS = [
  'personalNumber',
  'birthDate',
  'givenName',
  'familyName',
  'phone',
  'email',
  'possibleMeasures',
  'measureValidUntil',
  'supportNeeds',
] as const satisfies readonly (keyof PersonRecord)[];
export const PersonalField = z.enum(PERSONAL_FIELDS);
export type PersonalField = z.infer<typeof PersonalField>;
