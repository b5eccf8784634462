import type { CandidateOutcome, PlaceOutcome, RunSummary } from '@gruppstart/domain/matching/outcome';
import type { RunStanding } from '@gruppstart/domain/matching/run-difference';
import type { RunPolicy } from '@gruppstart/domain/matching/run-policy';
import type { CandidateId, RunId } from '@gruppstart/domain/shared/ids';

/** A finished run, as far as it is compared. */
export interface ComparedRun {
  readonly runId: RunId;
  readonly policy: RunPolicy;
  readonly summary: RunSummary;
  readonly seed: string;
  readonly snapshotHash: string | null;
  /** The run that took the facts: this one, or the one whose facts it looked at again. */
  readonly factsFrom: RunId;
  readonly people: ReadonlyMap<CandidateId, RunStanding>;
  readonly places: readonly PlaceOutcome[];
}

/** Where an outcome leaves somebody. */
export const standingOf = (outcome: CandidateOutcome): RunStanding => {
  if (outcome.kind === 'unplaced') return { kind: 'unplaced' };
  const { kind, cohortId, placeId, seatPart, points } = outcome;
  return { kind, cohortId, placeId, seatPart, points };
};
