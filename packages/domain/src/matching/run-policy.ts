import * as z from 'zod';
import { CandidateId, CohortId, NamedRequestId, PlaceId, RunId } from '../shared/ids.ts';
import { SeatPartKind } from './outcome.ts';

/** A pair that a coordinator has fixed before the run: kept whatever the criteria say, within the seats. */
export const Pin = z.strictObject({
  candidateId: CandidateId,
  placeId: PlaceId,
  cohortId: CohortId,
  /** What of a seat that two people share; left out: what suits the person best of what others leave. */
  seatPart: SeatPartKind.optional(),
  /** The granted request that the pin follows; left out where the coordinator pins on their own. */
  namedRequestId: NamedRequestId.optional(),
});
export type Pin = z.infer<typeof Pin>;

/** What a coordinator decides for one run, beyond the dated weights. It is stored with the run. */
export const RunPolicy = z
  .strictObject({
    pins: z.array(Pin).max(100),
    /** The most people to place at the next start: a chosen point of the trade. Null: as many as possible. */
    placeAtMost: z.int().min(0).max(1000).nullable(),
    /**
     * The run whose proposals are kept where it costs little, after a drop-out, a newcomer or a closed place. Each person
     * who moves away from what that run proposed costs so many points.
     */
    keep: z.strictObject({ runId: RunId, movedPersonCostPoints: z.int().min(0).max(1000) }).nullable(),
    /** The run whose facts are used again, so that only the policy differs. Null: the facts of today. */
    factsOf: RunId.nullable(),
  })
  .refine((policy) => new Set(policy.pins.map(({ candidateId }) => candidateId)).size === policy.pins.length, {
    path: ['pins'],
    message: 'pinned-twice',
  });
export type RunPolicy = z.infer<typeof RunPolicy>;

/** A run as most are: nothing fixed, as many as possible, the facts of today. */
export const PLAIN_POLICY: RunPolicy = { pins: [], placeAtMost: null, keep: null, factsOf: null };
