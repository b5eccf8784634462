import * as z from 'zod';
import { ProposedOutcome } from '../matching/outcome.ts';
import { RunPurpose } from '../matching/run-purpose.ts';
import { CandidateId, CohortId, DecisionId, PlaceId, ProposalId, RunId, UnitId, UserId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';
import { Answer, type Answerer } from './answer.ts';
import { Disclosure } from './disclosure.ts';

export const DECISION_VERDICTS = ['approved', 'declined'] as const;
export const DecisionVerdict = z.enum(DECISION_VERDICTS);
export type DecisionVerdict = z.infer<typeof DecisionVerdict>;

/** Why a person decided as they did. Codes only: what a person is like is never written down here. */
export const DECISION_REASONS = [
  'fits-well',
  'wish-of-the-person',
  'request-of-the-unit',
  'agreed-after-meeting',
  'person-declined',
  'unit-declined',
  'employer-declined',
  'other-plan',
  'facts-were-wrong',
] as const;
export const DecisionReason = z.enum(DECISION_REASONS);
export type DecisionReason = z.infer<typeof DecisionReason>;

/** A named person's decision on a proposal. The decider has declared no conflict of interest. */
export const Decision = z.strictObject({
  id: DecisionId,
  verdict: DecisionVerdict,
  reason: DecisionReason,
  decidedBy: UserId,
  decidedAt: Instant,
});
export type Decision = z.infer<typeof Decision>;

/** What the matcher proposes for one candidate. In an admission the place shows that a fitting seat exists; it is not promised. */
export const Proposal = z.strictObject({
  id: ProposalId,
  runId: RunId,
  purpose: RunPurpose,
  candidateId: CandidateId,
  cohortId: CohortId,
  placeId: PlaceId,
  unitId: UnitId,
  proposedAt: Instant,
  outcome: ProposedOutcome,
  answers: z.strictObject({ person: Answer.nullable(), unit: Answer.nullable(), employer: Answer.nullable() }),
  decision: Decision.nullable(),
  /** What the unit has been told of who it is; null: nothing, or no longer. */
  disclosure: Disclosure.nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

/** Whose yes a decision needs. An admission promises no place, so only the person is asked. */
export const ANSWERS_NEEDED: Readonly<Record<RunPurpose, readonly Answerer[]>> = {
  admission: ['person'],
  placement: ['person', 'unit', 'employer'],
};

export const PROPOSAL_STATUSES = ['proposed', 'meeting-asked', 'agreed', 'refused', 'approved', 'declined'] as const;
export const ProposalStatus = z.enum(PROPOSAL_STATUSES);
export type ProposalStatus = z.infer<typeof ProposalStatus>;

/** Status is derived from the answers and the decision. */
export const proposalStatus = (proposal: Proposal): ProposalStatus => {
  if (proposal.decision) return proposal.decision.verdict;
  const given = ANSWERS_NEEDED[proposal.purpose].map((who) => proposal.answers[who]?.answer ?? null);
  if (given.includes('no')) return 'refused';
  if (given.every((answer) => answer === 'yes')) return 'agreed';
  return given.includes('meet-first') ? 'meeting-asked' : 'proposed';
};
