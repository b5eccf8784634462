import { LocalDate } from '@gruppstart/domain/shared/local-date';
import { BilingualText } from '@gruppstart/domain/shared/text';
import { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import * as z from 'zod';

/** A time on the clock in Stockholm, `08:30`. */
export const ClockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .brand<'ClockTime'>();
export type ClockTime = z.infer<typeof ClockTime>;

/** Minutes after midnight: 510 for 08:30. */
export const minuteOfDay = (time: ClockTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** What a session of the introduction is about. */
export const SESSION_KINDS = [
  'information',
  'workplace',
  'employment-terms',
  'work-environment',
  'hygiene',
  'secrecy',
  'fire-safety',
  'first-aid',
  'conduct',
  'ergonomics',
  'trade',
  'digital',
  'language',
  'study-visit',
  'unit-meeting',
  'individual-talk',
] as const;
export const SessionKind = z.enum(SESSION_KINDS);
export type SessionKind = z.infer<typeof SessionKind>;

/** What a kind is called on screens. */
export const SESSION_KIND_LABELS: Readonly<Record<SessionKind, BilingualText>> = {
  information: { sv: 'Information', en: 'Information' },
  workplace: { sv: 'Arbetsplatskunskap', en: 'How a workplace works' },
  'employment-terms': { sv: 'Anställning och villkor', en: 'Terms of employment' },
  'work-environment': { sv: 'Arbetsmiljö', en: 'Work environment' },
  hygiene: { sv: 'Hygien', en: 'Hygiene' },
  secrecy: { sv: 'Sekretess', en: 'Secrecy' },
  'fire-safety': { sv: 'Brandskydd', en: 'Fire safety' },
  'first-aid': { sv: 'Första hjälpen', en: 'First aid' },
  conduct: { sv: 'Bemötande', en: 'Meeting people' },
  ergonomics: { sv: 'Ergonomi', en: 'Ergonomics' },
  trade: { sv: 'Yrkesteknik', en: 'Practical skills' },
  digital: { sv: 'Digitala verktyg', en: 'Digital tools' },
  language: { sv: 'Yrkessvenska', en: 'Swedish at work' },
  'study-visit': { sv: 'Studiebesök', en: 'Study visit' },
  'unit-meeting': { sv: 'Möte på arbetsplatsen', en: 'Meeting at the workplace' },
  'individual-talk': { sv: 'Enskilt samtal', en: 'Individual talk' },
};

const TimeSpan = z.strictObject({ start: ClockTime, end: ClockTime });

/**
 * One session of a template. `mandatory`: a certificate of it is needed before the first shift. `recommended`: the
 * unit may ask for it, but no start waits for it. `skillId`: the skill a participant can tick off afterwards. `seats`: how
 * many of the cohort there is room for; null for all of them, as every mandatory session must have.
 */
export const ProgrammeSession = z
  .strictObject({
    ...TimeSpan.shape,
    title: BilingualText,
    kind: SessionKind,
    skillId: SkillId.nullable(),
    mandatory: z.boolean(),
    recommended: z.boolean(),
    seats: z.int().min(0).max(40).nullable(),
  })
  .refine((session) => session.start < session.end, { path: ['end'], message: 'a session must end after its start' })
  .refine((session) => !(session.mandatory && session.recommended), {
    path: ['recommended'],
    message: 'a session is mandatory or recommended, not both',
  })
  .refine((session) => !session.mandatory || session.seats === null, {
    path: ['seats'],
    message: 'a mandatory session has room for the whole cohort',
  });
export type ProgrammeSession = z.infer<typeof ProgrammeSession>;

/** The sessions of one course day in the order of the clock, without overlap. */
export const ProgrammeDay = z
  .strictObject({ sessions: z.array(ProgrammeSession).min(1).max(9) })
  .refine(
    ({ sessions }) =>
      sessions.every((session, index) => index === 0 || (sessions[index - 1]?.end ?? '') <= session.start),
    { path: ['sessions'], message: 'sessions must follow each other without overlap' },
  );
export type ProgrammeDay = z.infer<typeof ProgrammeDay>;

/**
 * The plan of an introduction, counted in course days and not tied to any date. Dated: a cohort keeps the template that
 * was valid on its start, by `id`. `validTo` is the last day, null while nobody has replaced the template.
 */
export const ProgrammeTemplate = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,59}$/),
    name: BilingualText,
    validFrom: LocalDate,
    validTo: LocalDate.nullable(),
    lunch: TimeSpan.refine((lunch) => lunch.start < lunch.end, {
      path: ['end'],
      message: 'lunch must end after it starts',
    }),
    days: z.array(ProgrammeDay).min(1).max(60),
  })
  .refine((template) => template.validTo === null || template.validFrom <= template.validTo, {
    path: ['validTo'],
    message: 'validTo must not come before validFrom',
  });
export type ProgrammeTemplate = z.infer<typeof ProgrammeTemplate>;

/** The template valid on a day, or null. Where two overlap, the one that began later holds. */
export const programmeOn = (templates: readonly ProgrammeTemplate[], day: LocalDate): ProgrammeTemplate | null =>
  templates
    .filter((template) => template.validFrom <= day && (template.validTo === null || day <= template.validTo))
    .reduce<ProgrammeTemplate | null>(
      (latest, template) => (latest !== null && latest.validFrom >= template.validFrom ? latest : template),
      null,
    );

/** A skill that can be gained, and by how many of a cohort; null: by all of them. */
export interface SkillTaught {
  readonly skillId: SkillId;
  readonly seats: number | null;
}

/**
 * The skills that participants can gain during the introduction, each once, in a fixed order. Who needs a skill goes to one
 * of its sessions, so their seats add up; one session for everybody is enough for all.
 */
export const skillsTaught = (template: ProgrammeTemplate): readonly SkillTaught[] => {
  const seatsOf = new Map<SkillId, number | null>();
  for (const { skillId, seats } of template.days.flatMap((day) => day.sessions)) {
    if (skillId === null) continue;
    const known = seatsOf.get(skillId) ?? 0;
    seatsOf.set(skillId, seats === null || seatsOf.get(skillId) === null ? null : known + seats);
  }
  return [...seatsOf].map(([skillId, seats]) => ({ skillId, seats })).sort((a, b) => (a.skillId < b.skillId ? -1 : 1));
};

/** Minutes taught in a session; the part that falls on the template's lunch is not counted. */
export const taughtMinutes = (session: ProgrammeSession, lunch: ProgrammeTemplate['lunch']): number => {
  const start = minuteOfDay(session.start);
  const end = minuteOfDay(session.end);
  const lunchOverlap = Math.min(end, minuteOfDay(lunch.end)) - Math.max(start, minuteOfDay(lunch.start));
  return end - start - Math.max(0, lunchOverlap);
};
