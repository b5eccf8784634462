import type { MatchRun, RunFailure } from '@gruppstart/domain/matching/match-run';
import type { RunId, TenantId } from '@gruppstart/domain/shared/ids';
import { stockholmDay } from '@gruppstart/domain/shared/local-date';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { canonicalJson } from '@gruppstart/matching/canonical-json';
import { findInputFaults } from '@gruppstart/matching/input-faults';
import type { MatchInput } from '@gruppstart/matching/model';
import { ENGINE_VERSION } from '@gruppstart/matching/run-matching';
import { type Blobs, blobKeys } from '../ports/senders.ts';
import type { Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { gatherInput } from './gather-input.ts';
import { underPolicy } from './under-policy.ts';

export interface SnapshotDeps {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly world: World;
}

/** The text that lies under a hash; null when there is none. */
const snapshotAt = async (
  blobs: Blobs,
  tenant: TenantId,
  { id, snapshotHash }: Pick<MatchRun, 'id' | 'snapshotHash'>,
): Promise<string | null> => {
  const kept = snapshotHash === null ? null : await blobs.get(blobKeys.snapshot(tenant, id, snapshotHash));
  return kept && new TextDecoder().decode(kept);
};

/** What a finished run knew; null when it is gone, or written by another engine, which this one does not read. */
export const factsKept = async (blobs: Blobs, tenant: TenantId, run: MatchRun): Promise<string | null> =>
  run.result?.summary.engineVersion === ENGINE_VERSION ? snapshotAt(blobs, tenant, run) : null;

/** Whether somebody in the facts has been erased since: then nobody is looked at anew by them. */
export const holdsErased = async (store: Store, tenant: TenantId, { candidates }: MatchInput): Promise<boolean> => {
  const people = await store.getMany(
    tenant,
    'candidate',
    candidates.map(({ candidateId }) => candidateId),
  );
  return people.some(({ value }) => value.erasedAt !== null);
};

/** What an earlier run knew, to be looked at again under another policy. */
const factsOfRun = async (
  { store, blobs }: SnapshotDeps,
  tenant: TenantId,
  runId: RunId,
): Promise<Result<MatchInput, RunFailure>> => {
  const earlier = await store.get(tenant, 'run', runId);
  const snapshot = earlier && (await factsKept(blobs, tenant, earlier.value));
  if (!snapshot) return err('facts-unusable');
  const facts = JSON.parse(snapshot) as MatchInput;
  return (await holdsErased(store, tenant, facts)) ? err('facts-unusable') : ok(facts);
};

const inputOf = async (
  deps: SnapshotDeps,
  tenant: TenantId,
  run: MatchRun,
): Promise<Result<MatchInput, RunFailure>> => {
  const { store, world } = deps;
  const facts =
    run.policy.factsOf === null
      ? await gatherInput(store, tenant, run, stockholmDay(world.now()))
      : await factsOfRun(deps, tenant, run.policy.factsOf);
  if (!facts.ok) return facts;
  const input = await underPolicy(deps, tenant, run, facts.value);
  const faults = findInputFaults(input);
  if (faults.length === 0) return ok(input);
  return err(faults.every(({ code }) => code.startsWith('pin')) ? 'pins-impossible' : 'input-faulty');
};

/**
 * The run with its snapshot. The first delivery lays the facts in the bucket under their own hash and notes the hash on
 * the run; every other delivery, even one at the same moment, works on what was noted.
 */
export const withSnapshot = async (
  deps: SnapshotDeps,
  tenant: TenantId,
  stored: Stored<MatchRun>,
): Promise<Result<{ readonly run: Stored<MatchRun>; readonly snapshot: string }, RunFailure>> => {
  const { store, blobs, world } = deps;
  const { snapshotHash, id } = stored.value;
  if (snapshotHash !== null) {
    const snapshot = await snapshotAt(blobs, tenant, stored.value);
    if (snapshot === null) throw new Error(`The snapshot of run ${id} is gone`);
    return ok({ run: stored, snapshot });
  }
  const input = await inputOf(deps, tenant, stored.value);
  if (!input.ok) return input;
  const snapshot = canonicalJson(input.value);
  const hash = world.sha256(snapshot);
  await blobs.put(blobKeys.snapshot(tenant, id, hash), new TextEncoder().encode(snapshot));
  const run: MatchRun = { ...stored.value, snapshotHash: hash };
  const noted = await store.commit(tenant, {
    changes: [{ change: 'save', kind: 'run', value: run, expected: stored.version }],
    mark: null,
    audit: [],
    messages: [],
  });
  if (noted.ok) return ok({ run: { ...stored, value: run, version: stored.version + 1 }, snapshot });
  const other = await store.get(tenant, 'run', id);
  if (!other || other.value.snapshotHash === null) throw new Error(`The snapshot of run ${id} could not be noted`);
  return withSnapshot(deps, tenant, other);
};
