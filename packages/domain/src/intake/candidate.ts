import * as z from 'zod';
import { BatchId, CandidateId, OfficeId, ReferralId, UserId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';
import { MatchingProfile } from './matching-profile.ts';

/** A person, once per tenant, without anything that says who it is: name, number and contact are in the vault. */
export const Candidate = z.strictObject({
  id: CandidateId,
  profile: MatchingProfile,
  unmatchedSkills: z.array(z.string().max(80)).max(20),
  interpreterLanguage: z.string().max(40).nullable(),
  /** True for sekretessmarkering and skyddad folkbokföring alike: only named users may learn who it is. */
  isProtected: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  /** When the person was erased: the id stays so that runs and numbers hold, and leads to nobody. */
  erasedAt: Instant.nullable(),
});
export type Candidate = z.infer<typeof Candidate>;

/** Who sent a person. */
export const REFERRERS = [
  'arbetsformedlingen',
  'labour-market-unit',
  'social-services',
  'lss',
  'forsakringskassan',
  'self',
] as const;
export const Referrer = z.enum(REFERRERS);
export type Referrer = z.infer<typeof Referrer>;

/** Anvisning: one sending of a person, by one caseworker, under the sender's own reference. A person has many over time. */
export const Referral = z.strictObject({
  id: ReferralId,
  candidateId: CandidateId,
  referrer: Referrer,
  officeId: OfficeId,
  caseworker: UserId,
  /** Null once the person is erased. */
  reference: z.string().min(1).max(60).nullable(),
  batchId: BatchId,
  referredAt: Instant,
});
export type Referral = z.infer<typeof Referral>;
