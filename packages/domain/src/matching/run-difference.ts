import * as z from 'zod';
import { CandidateId, CohortId, PlaceId, RunId } from '../shared/ids.ts';
import { SeatPartKind } from './outcome.ts';
import { RunPurpose } from './run-purpose.ts';
import { RunTotals } from './what-if.ts';

const Count = z.int().min(0);

/** Where somebody stands in a run. */
export const RunStanding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not-in-run') }),
  z.strictObject({ kind: z.literal('unplaced') }),
  z.strictObject({
    kind: z.literal('proposed'),
    cohortId: CohortId,
    placeId: PlaceId,
    seatPart: SeatPartKind,
    points: Count,
  }),
]);
export type RunStanding = z.infer<typeof RunStanding>;

/**
 * How somebody stands otherwise in the second run, those first whom it hits hardest. `moved`: another place, part of a
 * seat or start. `left` and `came`: in one of the runs only, and without a proposal there.
 */
export const PERSON_CHANGES = [
  'no-longer-proposed',
  'newly-proposed',
  'moved',
  'points-changed',
  'left',
  'came',
] as const;
export const PersonChange = z.enum(PERSON_CHANGES);
export type PersonChange = z.infer<typeof PersonChange>;

export const PersonDifference = z.strictObject({
  candidateId: CandidateId,
  change: PersonChange,
  from: RunStanding,
  to: RunStanding,
});
export type PersonDifference = z.infer<typeof PersonDifference>;

const PlaceFill = z.strictObject({
  seats: Count,
  takenBefore: Count,
  /** Seats that the run fills at any start. */
  filled: Count,
});
export const PlaceDifference = z.strictObject({
  placeId: PlaceId,
  /** Null: not in that run. */
  from: PlaceFill.nullable(),
  to: PlaceFill.nullable(),
});
export type PlaceDifference = z.infer<typeof PlaceDifference>;

/** What a policy is made of, as far as it can differ. Whose facts are used is told apart. */
export const POLICY_PARTS = ['pins', 'placeAtMost', 'keep'] as const;
export const PolicyPart = z.enum(POLICY_PARTS);
export type PolicyPart = z.infer<typeof PolicyPart>;

const versions = { from: z.string().min(1), to: z.string().min(1) };

/** Why two runs need not come out the same. */
export const RunCause = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('engine'), ...versions }),
  z.strictObject({ kind: z.literal('weights'), ...versions }),
  z.strictObject({ kind: z.literal('purpose'), from: RunPurpose, to: RunPurpose }),
  z.strictObject({ kind: z.literal('starts'), onlyFrom: z.array(CohortId), onlyTo: z.array(CohortId) }),
  z.strictObject({ kind: z.literal('policy'), parts: z.array(PolicyPart).min(1) }),
  /** The facts were taken at different times. */
  z.strictObject({ kind: z.literal('facts') }),
  /** The seed of the draw. */
  z.strictObject({ kind: z.literal('draw') }),
]);
export type RunCause = z.infer<typeof RunCause>;

/** So many people are named; how many there are in all is told by the counts. */
export const MAX_DIFFERENCES_NAMED = 1000;

/** What two finished runs come to, side by side: `from` is the first, `to` the second. */
export const RunDifference = z.strictObject({
  from: RunTotals.extend({ runId: RunId }),
  to: RunTotals.extend({ runId: RunId }),
  /** Empty: the same facts, weights and policy, so nothing else can differ. */
  causes: z.array(RunCause),
  counts: z.strictObject({
    'no-longer-proposed': Count,
    'newly-proposed': Count,
    moved: Count,
    'points-changed': Count,
    left: Count,
    came: Count,
    same: Count,
  }),
  /** By change, then by id. */
  people: z.array(PersonDifference).max(MAX_DIFFERENCES_NAMED),
  /** Places that are filled otherwise, or are in one of the runs only, by id. */
  places: z.array(PlaceDifference),
});
export type RunDifference = z.infer<typeof RunDifference>;
