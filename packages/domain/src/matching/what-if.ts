import * as z from 'zod';
import { RequirementSubject } from '../requirements/requirement.ts';
import { CandidateId, CohortId, PlaceId, RunId, UserId, WhatIfId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';
import { hasStalled } from '../shared/stalled.ts';
import type { RunStatus } from './match-run.ts';
import { CandidateOutcome, ProposedOutcome, SeatPartKind, UnplacedReason } from './outcome.ts';
import { ProfileAnswer } from './profile-answer.ts';
import { NewWeights } from './weights.ts';

/** What can be asked of a finished run. Nothing is changed by asking: the answer is worked out from the run's snapshot. */
export const WHAT_IF_KINDS = [
  'replay',
  'weights',
  'named-request',
  'answer',
  'repair',
  'extra-seat',
  'without-requirement',
] as const;

/** A question to a finished run: what would have come out if this one thing had been otherwise? */
export const WhatIfQuestion = z
  .discriminatedUnion('kind', [
    /** Nothing otherwise: does the run come out the same when it is made again? */
    z.strictObject({ kind: z.literal('replay') }),
    /** Other weights, as the process owner would state them, before they do. */
    z.strictObject({ kind: z.literal('weights'), weights: NewWeights }),
    /** A manager names a person: what does it cost the others? */
    z.strictObject({ kind: z.literal('named-request'), candidateId: CandidateId, placeId: PlaceId }),
    /** A person answers a question, and everybody else keeps what they have. */
    z.strictObject({ kind: z.literal('answer'), answer: ProfileAnswer }),
    /** People drop out and places close: the smallest change that mends it. */
    z.strictObject({
      kind: z.literal('repair'),
      dropOuts: z.array(CandidateId).max(100),
      closedPlaces: z.array(PlaceId).max(100),
      /** Points that each person costs who moves away from what the run proposed. */
      movedPersonCostPoints: z.int().min(0).max(1000),
    }),
    /** A place has one seat more. */
    z.strictObject({ kind: z.literal('extra-seat'), placeId: PlaceId }),
    /** A place does without one of its requirements, counted from 0. */
    z.strictObject({
      kind: z.literal('without-requirement'),
      placeId: PlaceId,
      requirementIndex: z.int().min(0).max(29),
    }),
  ])
  .meta({ id: 'WhatIfQuestion' });
export type WhatIfQuestion = z.infer<typeof WhatIfQuestion>;
export type WhatIfQuestionOf<K extends WhatIfQuestion['kind']> = Extract<WhatIfQuestion, { kind: K }>;

const Count = z.int().min(0);

/** What a run comes to. Preliminary proposals are counted too. */
export const RunTotals = z.strictObject({
  proposed: Count,
  points: Count,
  maxPoints: Count,
  /** Points in percent of what they could be at most; null without proposals. */
  fitPercent: z.int().min(0).max(100).nullable(),
});
export type RunTotals = z.infer<typeof RunTotals>;

const ProposedSeat = z.strictObject({ cohortId: CohortId, placeId: PlaceId, seatPart: SeatPartKind });
export type ProposedSeat = z.infer<typeof ProposedSeat>;

/** What is proposed to somebody in the run, and what would be instead; null: nothing. */
export const SeatChange = z.strictObject({
  candidateId: CandidateId,
  from: ProposedSeat.nullable(),
  to: ProposedSeat.nullable(),
});
export type SeatChange = z.infer<typeof SeatChange>;

/** So many people are named in each list of an answer; how many there are in all is always told. */
export const MAX_NAMED = 50;
export const SeatChanges = z.strictObject({ count: Count, first: z.array(SeatChange).max(MAX_NAMED) });
export type SeatChanges = z.infer<typeof SeatChanges>;

/** What would be otherwise for people, compared with the run. */
export const Consequences = z.strictObject({
  before: RunTotals,
  after: RunTotals,
  newlyProposed: SeatChanges,
  noLongerProposed: SeatChanges,
  /** To another place, part of a seat or start. */
  moved: SeatChanges,
});
export type Consequences = z.infer<typeof Consequences>;

/** Why a named person cannot be given the place at all. */
export const REQUEST_HINDRANCES = ['place-full', 'start-full', 'other-rule'] as const;
export const RequestHindrance = z.enum(REQUEST_HINDRANCES);
export type RequestHindrance = z.infer<typeof RequestHindrance>;

export const WhatIfAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('replay') }),
  z.strictObject({ kind: z.literal('weights'), consequences: Consequences }),
  z.strictObject({
    kind: z.literal('named-request'),
    /** What the run proposed to the person. */
    from: ProposedSeat.nullable(),
    request: z.discriminatedUnion('possible', [
      z.strictObject({
        possible: z.literal(true),
        /** The person at the place: every criterion with its verdict. */
        outcome: ProposedOutcome,
        /** Why the run would not have proposed the pair by itself; empty: the person may have the place. */
        obstacles: z.array(UnplacedReason),
        /** For the others; the totals are of everybody. */
        consequences: Consequences,
      }),
      z.strictObject({ possible: z.literal(false), hindrance: RequestHindrance }),
    ]),
  }),
  z.strictObject({ kind: z.literal('answer'), before: CandidateOutcome, after: CandidateOutcome }),
  /** For those who are left: who dropped out is in none of the lists. */
  z.strictObject({ kind: z.literal('repair'), consequences: Consequences }),
  z.strictObject({ kind: z.literal('extra-seat'), consequences: Consequences }),
  z.strictObject({
    kind: z.literal('without-requirement'),
    /** What the requirement asks for. */
    subject: RequirementSubject,
    /** Candidates who may have the place at some start. */
    eligible: z.strictObject({ before: Count, after: Count }),
    consequences: Consequences,
  }),
]);
export type WhatIfAnswer = z.infer<typeof WhatIfAnswer>;
export type WhatIfAnswerOf<K extends WhatIfAnswer['kind']> = Extract<WhatIfAnswer, { kind: K }>;

export const WHAT_IF_FAILURES = [
  /** The person, place or requirement took no part in the run. */
  'not-in-run',
  /** The facts of the run are gone, hold somebody who has been erased since, or are of another engine. */
  'facts-unusable',
  'input-faulty',
  'certificate-failed',
] as const;
export const WhatIfFailure = z.enum(WHAT_IF_FAILURES);
export type WhatIfFailure = z.infer<typeof WhatIfFailure>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A question with its answer, once there is one. Kept with the run, so that what was asked can be seen afterwards. */
export const WhatIf = z.strictObject({
  id: WhatIfId,
  runId: RunId,
  question: WhatIfQuestion,
  askedBy: UserId,
  askedAt: Instant,
  result: z
    .strictObject({
      answeredAt: Instant,
      /** SHA-256 over all outcomes of the run as it was made again for the answer. */
      resultHash: Sha256,
      /** Whether that is the run's own hash, as it must be. */
      sameAsRun: z.boolean(),
      answer: WhatIfAnswer,
    })
    .nullable(),
  failure: WhatIfFailure.nullable(),
});
export type WhatIf = z.infer<typeof WhatIf>;

/** As for a run: worked out in one go, so it has stalled when it was asked long ago and has not ended. */
export const whatIfStatus = (whatIf: WhatIf, now: Instant): RunStatus => {
  if (whatIf.failure) return 'failed';
  if (whatIf.result) return 'finished';
  return hasStalled(whatIf.askedAt, now) ? 'stalled' : 'working';
};
