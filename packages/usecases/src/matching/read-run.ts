import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { CallListEntry, CandidateOutcome, PlaceOutcome } from '@gruppstart/domain/matching/outcome';
import type { CandidateId, RunId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { NOT_FOUND, type Reading, type Refusal } from '../deed.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';

type Deps = { readonly store: Store };

export const readRun =
  ({ store }: Deps) =>
  async (reading: Reading, runId: RunId): Promise<Result<Stored<MatchRun>, Refusal>> => {
    const stored = await store.get(reading.actor.tenant, 'run', runId);
    return stored ? ok(stored) : err(NOT_FOUND);
  };

export const listAllRuns =
  ({ store }: Deps) =>
  async (reading: Reading, page: PageRequest): Promise<Result<Page<Stored<MatchRun>>, Refusal>> => {
    const found = await store.list(reading.actor.tenant, { list: 'runs' }, page);
    return found ? ok(found) : err({ code: 'cursor-invalid' });
  };

/** A run shows its outcomes only when it is whole. */
export const finishedRun = async (deps: Deps, reading: Reading, runId: RunId): Promise<Result<MatchRun, Refusal>> => {
  const stored = await readRun(deps)(reading, runId);
  if (!stored.ok) return stored;
  if (stored.value.value.failure) return err({ code: 'run-failed' });
  return stored.value.value.result ? ok(stored.value.value) : err({ code: 'run-not-finished' });
};

export const readOutcomes =
  (deps: Deps) =>
  async (reading: Reading, runId: RunId, page: PageRequest): Promise<Result<Page<CandidateOutcome>, Refusal>> => {
    const run = await finishedRun(deps, reading, runId);
    if (!run.ok) return run;
    const found = await deps.store.outcomes(reading.actor.tenant, runId, page);
    return found ? ok(found) : err({ code: 'cursor-invalid' });
  };

/** One candidate's outcome, with the run that it belongs to. */
export const readOutcome =
  (deps: Deps) =>
  async (
    reading: Reading,
    runId: RunId,
    candidateId: CandidateId,
  ): Promise<Result<{ readonly run: MatchRun; readonly outcome: CandidateOutcome }, Refusal>> => {
    const run = await finishedRun(deps, reading, runId);
    if (!run.ok) return run;
    const outcome = await deps.store.outcomeOf(reading.actor.tenant, runId, candidateId);
    return outcome ? ok({ run: run.value, outcome }) : err(NOT_FOUND);
  };

export const readPlaceOutcomes =
  (deps: Deps) =>
  async (reading: Reading, runId: RunId): Promise<Result<readonly PlaceOutcome[], Refusal>> => {
    const run = await finishedRun(deps, reading, runId);
    return run.ok ? ok(await deps.store.placeOutcomes(reading.actor.tenant, runId)) : run;
  };

export const readCallList =
  (deps: Deps) =>
  async (reading: Reading, runId: RunId): Promise<Result<readonly CallListEntry[], Refusal>> => {
    const run = await finishedRun(deps, reading, runId);
    return run.ok ? ok(await deps.store.callList(reading.actor.tenant, runId)) : run;
  };
