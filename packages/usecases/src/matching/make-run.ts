import type { RunToMake } from '@gruppstart/contracts/queue-messages';
import type { MatchRun, RunFailure } from '@gruppstart/domain/matching/match-run';
import type { CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import type { TenantId, UnitId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { canonicalJson } from '@gruppstart/matching/canonical-json';
import { CertificateFailure } from '@gruppstart/matching/certificate-failure';
import type { MatchInput, RunResult } from '@gruppstart/matching/model';
import { runMatching } from '@gruppstart/matching/run-matching';
import { derivedId } from '../derived-id.ts';
import { endSuperseded } from '../ended-disclosures.ts';
import { blobKeys } from '../ports/senders.ts';
import type { Change, Documents, Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { proposalIdOf } from './proposal-id.ts';
import { type SnapshotDeps, withSnapshot } from './snapshot-of-run.ts';

export type MakeRunDeps = SnapshotDeps;

const OUTCOMES_PER_TRANSACTION = 30;
const PLACES_PER_TRANSACTION = 90;

const chunksOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Keeps part of a result. Done before by an earlier delivery of the same message means: nothing to do. */
const keep = async (store: Store, tenant: TenantId, changes: readonly Change[]): Promise<void> => {
  const committed = await store.commit(tenant, { changes, mark: null, audit: [], messages: [] });
  if (committed.ok) return;
  if (committed.refusal.kind === 'change-refused' && committed.refusal.why === 'exists') return;
  throw new Error(`A part of the result could not be kept: ${committed.refusal.kind}`);
};

/**
 * Makes the result of a snapshot again: the same text gives the same bytes. The proofs are not among them, for another
 * solver may prove the same outcomes by other prices.
 */
export const replaySnapshot = (snapshot: string): { readonly result: RunResult; readonly canonical: string } => {
  const result = runMatching(JSON.parse(snapshot) as MatchInput);
  const { proofs: _proofs, ...outcomes } = result;
  return { result, canonical: canonicalJson(outcomes) };
};

/** A result whose proof fails is an error, never a result. */
const makeResult = (snapshot: string): Result<ReturnType<typeof replaySnapshot>, RunFailure> => {
  try {
    return ok(replaySnapshot(snapshot));
  } catch (error) {
    if (error instanceof CertificateFailure) return err('certificate-failed');
    throw error;
  }
};

const proposalOf = (
  world: World,
  run: MatchRun,
  unitOf: ReadonlyMap<string, UnitId>,
  outcome: Extract<CandidateOutcome, { kind: 'proposed' }>,
): Documents['proposal'] => {
  const unitId = unitOf.get(outcome.placeId);
  if (!unitId) throw new Error(`The place ${outcome.placeId} of a proposal was not in the snapshot`);
  return {
    id: proposalIdOf(world, run.id, outcome.candidateId),
    runId: run.id,
    purpose: run.purpose,
    candidateId: outcome.candidateId,
    cohortId: outcome.cohortId,
    placeId: outcome.placeId,
    unitId,
    proposedAt: run.orderedAt,
    outcome,
    answers: { person: null, unit: null, employer: null },
    decision: null,
    disclosure: null,
  };
};

const close = async (
  { store, world }: MakeRunDeps,
  message: RunToMake,
  stored: Stored<MatchRun>,
  ended: Pick<MatchRun, 'result' | 'failure'>,
): Promise<void> => {
  const run = { ...stored.value, ...ended };
  const committed = await store.commit(message.tenant, {
    changes: [{ change: 'save', kind: 'run', value: run, expected: stored.version }],
    mark: null,
    audit: [
      {
        eventId: derivedId(world, 'event', [run.id, 'run-ended']),
        at: world.now(),
        actor: 'system',
        deed: run.failure ? 'run-failed' : 'run-finished',
        subjects: [run.id, ...run.cohortIds],
        facts: {
          failure: run.failure,
          snapshotHash: run.snapshotHash,
          resultHash: run.result?.resultHash ?? null,
          proposed: run.result?.summary.proposed ?? null,
        },
        correlationId: message.correlationId,
      },
    ],
    messages: [],
  });
  // Stale: another delivery of the same message has closed it.
  if (!committed.ok && !(committed.refusal.kind === 'change-refused' && committed.refusal.why === 'stale')) {
    throw new Error(`Run ${run.id} could not be closed: ${committed.refusal.kind}`);
  }
};

/** Whom units were told of for older proposals of the same starts: they are not to meet any more. */
const withdrawOlder = async (deps: MakeRunDeps, message: RunToMake, run: MatchRun): Promise<void> => {
  if (run.purpose !== 'placement' || run.failure) return;
  await endSuperseded(deps, message.tenant, run, message.correlationId);
};

/** What a delivery of a run's message has done: nothing left to do, a stored failure, or a result of this size. */
export type RunMade =
  | { readonly made: 'before' }
  | { readonly made: 'failure'; readonly failure: RunFailure }
  | { readonly made: 'result'; readonly candidates: number; readonly places: number };

/**
 * Makes a run: takes its snapshot once, runs the engine, keeps an outcome for every candidate and a proposal where there
 * is one, and last of all the result, by which the run becomes visible. Safe to repeat at any point.
 */
export const makeRun =
  (deps: MakeRunDeps) =>
  async (message: RunToMake): Promise<RunMade> => {
    const { store, blobs, world } = deps;
    const { tenant, runId } = message;
    const ordered = await store.get(tenant, 'run', runId);
    if (!ordered) throw new Error(`Run ${runId} does not exist`);
    if (ordered.value.result || ordered.value.failure) {
      await withdrawOlder(deps, message, ordered.value);
      return { made: 'before' };
    }
    const taken = await withSnapshot(deps, tenant, ordered);
    if (!taken.ok) {
      await close(deps, message, ordered, { result: null, failure: taken.error });
      return { made: 'failure', failure: taken.error };
    }
    const { run: stored, snapshot } = taken.value;
    // Who came second to the snapshot may find that the first has ended the run meanwhile.
    if (stored.value.result || stored.value.failure) {
      await withdrawOlder(deps, message, stored.value);
      return { made: 'before' };
    }
    const input = JSON.parse(snapshot) as MatchInput;
    const made = makeResult(snapshot);
    if (!made.ok) {
      await close(deps, message, stored, { result: null, failure: made.error });
      return { made: 'failure', failure: made.error };
    }
    const { result, canonical } = made.value;
    const unitOf = new Map(input.places.map(({ placeId, unitId }) => [placeId as string, unitId]));

    for (const chunk of chunksOf(result.candidates, OUTCOMES_PER_TRANSACTION)) {
      await keep(
        store,
        tenant,
        chunk.flatMap((outcome): Change[] => [
          { change: 'save-outcome', runId, outcome },
          // What is said of later starts is preliminary: it is shown, but nobody is asked about it yet.
          ...(outcome.kind === 'proposed' && !outcome.preliminary
            ? [
                {
                  change: 'save',
                  kind: 'proposal',
                  value: proposalOf(world, stored.value, unitOf, outcome),
                  expected: null,
                } as const,
              ]
            : []),
        ]),
      );
    }
    for (const chunk of chunksOf(result.places, PLACES_PER_TRANSACTION)) {
      await keep(
        store,
        tenant,
        chunk.map((outcome) => ({ change: 'save-place-outcome', runId, outcome })),
      );
    }
    const resultHash = world.sha256(canonical);
    await blobs.put(blobKeys.proof(tenant, runId, resultHash), new TextEncoder().encode(canonicalJson(result.proofs)));
    await keep(store, tenant, [{ change: 'save-call-list', runId, entries: result.callList }]);
    await close(deps, message, stored, {
      failure: null,
      result: {
        finishedAt: world.now(),
        seed: input.seed,
        resultHash,
        summary: result.summary,
        certificate: result.certificate,
      },
    });
    await withdrawOlder(deps, message, stored.value);
    return { made: 'result', candidates: result.candidates.length, places: result.places.length };
  };
