import * as z from 'zod';
import { CandidateId, CohortId, ProposalId } from '../shared/ids.ts';
import { Instant, LocalDate } from '../shared/local-date.ts';

/** A shared start: a group of 12 to 16 people who begin on one day and go through ten course days together. */
export const Cohort = z.strictObject({
  id: CohortId,
  name: z.string().min(2).max(80),
  startDate: LocalDate,
  seats: z.int().min(1).max(40),
  /** The ten days of the introduction, fixed when the cohort was made. */
  courseDays: z.array(LocalDate).min(1).max(20),
  programmeVersion: z.string().min(1).max(40),
  /** SHA-256 of the seed for draws, hex: committed before any run, so that nobody can draw again until it suits. */
  seedCommitment: z.string().regex(/^[0-9a-f]{64}$/),
  publishedAt: Instant.nullable(),
});
export type Cohort = z.infer<typeof Cohort>;

export const COHORT_STATUSES = ['planned', 'published', 'introduction', 'finished'] as const;
export const CohortStatus = z.enum(COHORT_STATUSES);
export type CohortStatus = z.infer<typeof CohortStatus>;

/** Status is derived from facts and the day. */
export const cohortStatus = (cohort: Cohort, today: LocalDate): CohortStatus => {
  const lastDay = cohort.courseDays.at(-1) ?? cohort.startDate;
  if (today > lastDay) return 'finished';
  if (today >= cohort.startDate) return 'introduction';
  return cohort.publishedAt ? 'published' : 'planned';
};

/** A candidate who has been decided into a cohort. */
export const Participant = z.strictObject({
  candidateId: CandidateId,
  cohortId: CohortId,
  proposalId: ProposalId,
  since: Instant,
});
export type Participant = z.infer<typeof Participant>;
