import * as z from 'zod';
import { PersonRecord } from '../intake/person.ts';
import { UserId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Proposal } from './proposal.ts';

/** How much of a person a unit has been told, each level with what the one before it holds. */
export const DISCLOSURE_LEVELS = ['contact', 'support-needs'] as const;
export const DisclosureLevel = z.enum(DISCLOSURE_LEVELS);
export type DisclosureLevel = z.infer<typeof DisclosureLevel>;

export const DISCLOSURE_REASONS = ['meeting-agreed', 'visit-agreed', 'person-agreed'] as const;
export const DisclosureReason = z.enum(DISCLOSURE_REASONS);
export type DisclosureReason = z.infer<typeof DisclosureReason>;

/** Contact is given when the two are to meet; support needs only when the person says so. */
export const DISCLOSURE_REASONS_FOR: Readonly<Record<DisclosureLevel, readonly DisclosureReason[]>> = {
  contact: ['meeting-agreed', 'visit-agreed'],
  'support-needs': ['person-agreed'],
};

/** Utlämnande: that a unit was told who a proposed person is, by whom and why. What was told is sealed elsewhere. */
export const Disclosure = z.strictObject({
  level: DisclosureLevel,
  reason: DisclosureReason,
  disclosedBy: UserId,
  disclosedAt: Instant,
});
export type Disclosure = z.infer<typeof Disclosure>;

/** All that a unit may be told of a person before hiring: never the number, the day of birth or the measure. */
export const DisclosedPerson = z.strictObject({
  ...PersonRecord.pick({ givenName: true, familyName: true, phone: true, email: true }).shape,
  /** Null: not disclosed, which says nothing of whether there are any. */
  supportNeeds: PersonRecord.shape.supportNeeds.nullable(),
});
export type DisclosedPerson = z.infer<typeof DisclosedPerson>;

export const disclosedPerson = (person: PersonRecord, level: DisclosureLevel): DisclosedPerson => ({
  givenName: person.givenName,
  familyName: person.familyName,
  phone: person.phone,
  email: person.email,
  supportNeeds: level === 'support-needs' ? person.supportNeeds : null,
});

export type DisclosureRefusal =
  /** An admission promises no place: there is no unit to tell anything. */
  | 'no-unit-asked'
  | 'already-declined'
  /** Somebody has said no: nobody is to meet. */
  | 'answer-is-no'
  | 'reason-does-not-fit'
  /** Support needs come after name and contact. */
  | 'contact-first';

/** Whether so much may be disclosed of a proposal now, and the proposal with the disclosure noted. */
export const disclose = (proposal: Proposal, disclosure: Disclosure): Result<Proposal, DisclosureRefusal> => {
  if (proposal.purpose !== 'placement') return err('no-unit-asked');
  if (proposal.decision?.verdict === 'declined') return err('already-declined');
  if (!proposal.decision && Object.values(proposal.answers).some((given) => given?.answer === 'no')) {
    return err('answer-is-no');
  }
  if (!DISCLOSURE_REASONS_FOR[disclosure.level].includes(disclosure.reason)) return err('reason-does-not-fit');
  if (disclosure.level === 'support-needs' && proposal.disclosure === null) return err('contact-first');
  return ok({ ...proposal, disclosure });
};
