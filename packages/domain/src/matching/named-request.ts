import * as z from 'zod';
import { CandidateId, CohortId, NamedRequestId, PlaceId, UnitId, UserId, WhatIfId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';
import { err, ok, type Result } from '../shared/result.ts';

export const REQUEST_VERDICTS = ['granted', 'refused'] as const;
export const RequestVerdict = z.enum(REQUEST_VERDICTS);
export type RequestVerdict = z.infer<typeof RequestVerdict>;

/** Why a request was granted or refused. Codes only: what a person is like is never written down here. */
export const REQUEST_REASONS = [
  'worth-the-cost',
  'wish-of-the-person',
  'agreed-between-units',
  'costs-others-too-much',
  'requirement-not-met',
  'person-declined',
  'other-plan',
] as const;
export const RequestReason = z.enum(REQUEST_REASONS);
export type RequestReason = z.infer<typeof RequestReason>;

/** Which reasons may stand behind which verdict. */
export const REQUEST_REASONS_FOR: Readonly<Record<RequestVerdict, readonly RequestReason[]>> = {
  granted: ['worth-the-cost', 'wish-of-the-person', 'agreed-between-units'],
  refused: ['costs-others-too-much', 'requirement-not-met', 'person-declined', 'other-plan'],
};

/** What a coordinator decided, and which computed cost lay before them. */
export const RequestDecision = z.strictObject({
  verdict: RequestVerdict,
  reason: RequestReason,
  /** Null: refused before any cost was known. */
  costShown: WhatIfId.nullable(),
  /** The start that the cost is about, and so the only one that a grant is for; null when there was none. */
  cohortId: CohortId.nullable(),
  decidedBy: UserId,
  decidedAt: Instant,
});
export type RequestDecision = z.infer<typeof RequestDecision>;

/**
 * A unit asks for a person by name, which here is the person's id. There is one request at a time for a person and a
 * place; asked anew after it was refused or taken back, it begins from the beginning.
 */
export const NamedRequest = z.strictObject({
  id: NamedRequestId,
  unitId: UnitId,
  placeId: PlaceId,
  candidateId: CandidateId,
  requestedBy: UserId,
  requestedAt: Instant,
  /** The question to a run of what it costs the others; null as long as no run holds both the person and the place. */
  costAskedBy: WhatIfId.nullable(),
  withdrawnAt: Instant.nullable(),
  decision: RequestDecision.nullable(),
});
export type NamedRequest = z.infer<typeof NamedRequest>;

export const REQUEST_STATUSES = ['open', 'withdrawn', ...REQUEST_VERDICTS] as const;
export const RequestStatus = z.enum(REQUEST_STATUSES);
export type RequestStatus = z.infer<typeof RequestStatus>;

/** A request that was taken back stays so, whatever had been decided. */
export const requestStatus = ({ withdrawnAt, decision }: NamedRequest): RequestStatus => {
  if (withdrawnAt !== null) return 'withdrawn';
  return decision?.verdict ?? 'open';
};

/** What is known of the cost: nothing yet, that the person cannot have the place at all, or what it costs. */
export type KnownCost = 'unknown' | 'impossible' | 'known';

export type RequestRefusal =
  | 'request-closed'
  /** Whoever asked does not decide. */
  | 'four-eyes'
  | 'conflict-of-interest'
  | 'reason-does-not-fit'
  | 'cost-unknown'
  | 'not-possible';

/**
 * Decides on an open request. Two pairs of eyes: never by whoever asked, nor with a conflict of interest. Nobody is
 * given a place before what it costs the others has been worked out; a refusal needs no cost.
 */
export const decideOnRequest = (
  request: NamedRequest,
  decision: RequestDecision,
  declaresNoConflict: boolean,
  cost: KnownCost,
): Result<NamedRequest, RequestRefusal> => {
  if (requestStatus(request) !== 'open') return err('request-closed');
  if (decision.decidedBy === request.requestedBy) return err('four-eyes');
  if (!declaresNoConflict) return err('conflict-of-interest');
  if (!REQUEST_REASONS_FOR[decision.verdict].includes(decision.reason)) return err('reason-does-not-fit');
  if (decision.verdict === 'granted' && cost === 'unknown') return err('cost-unknown');
  if (decision.verdict === 'granted' && cost === 'impossible') return err('not-possible');
  return ok({ ...request, decision });
};
