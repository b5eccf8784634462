import * as z from 'zod';
import { CohortId, RunId, UserId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';
import { hasStalled } from '../shared/stalled.ts';
import { Certificate, RunSummary } from './outcome.ts';
import { RunPolicy } from './run-policy.ts';
import { RunPurpose } from './run-purpose.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What makes a finished run replayable: the same snapshot, seed and rules give the same bytes. */
export const RunResult = z.strictObject({
  finishedAt: Instant,
  /** The seed behind the next start's commitment, opened by the first run that uses it. */
  seed: z.string().regex(/^[0-9a-f]{64}$/),
  /** SHA-256 over all outcomes. */
  resultHash: Sha256,
  summary: RunSummary,
  certificate: Certificate,
});
export type RunResult = z.infer<typeof RunResult>;

export const RUN_FAILURES = [
  'cohort-gone',
  'no-candidates',
  'no-places',
  /** Pins that the seats, the starts or the pool have no room for by now. */
  'pins-impossible',
  /** The facts of the run that was named are gone, hold somebody who has been erased since, or are of another engine. */
  'facts-unusable',
  'input-faulty',
  'certificate-failed',
] as const;
export const RunFailure = z.enum(RUN_FAILURES);
export type RunFailure = z.infer<typeof RunFailure>;

/** One matching for named starts. All runs of a start are listed, so that nobody can rerun until it suits. */
export const MatchRun = z.strictObject({
  id: RunId,
  purpose: RunPurpose,
  /** In date order. */
  cohortIds: z.array(CohortId).min(1).max(12),
  /** How many later starts are looked at beyond the named ones; what is said of them is preliminary. */
  horizon: z.int().min(0).max(12),
  policy: RunPolicy,
  orderedBy: UserId,
  orderedAt: Instant,
  /**
   * SHA-256 over the snapshot that the engine was given, as it lies in the bucket under this hash. Noted before anything
   * of the result is kept, so that two deliveries of one order never mix their facts; null until it is taken.
   */
  snapshotHash: Sha256.nullable(),
  result: RunResult.nullable(),
  failure: RunFailure.nullable(),
});
export type MatchRun = z.infer<typeof MatchRun>;

export const RUN_STATUSES = ['working', 'stalled', 'finished', 'failed'] as const;
export const RunStatus = z.enum(RUN_STATUSES);
export type RunStatus = z.infer<typeof RunStatus>;

/** A run is made in one go, so it has stalled when it was ordered long ago and has not ended. */
export const runStatus = (run: MatchRun, now: Instant): RunStatus => {
  if (run.failure) return 'failed';
  if (run.result) return 'finished';
  return hasStalled(run.orderedAt, now) ? 'stalled' : 'working';
};
