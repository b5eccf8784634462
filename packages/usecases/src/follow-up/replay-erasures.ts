import type { ErasureLedger, LedgerRow } from '../ports/erasure-ledger.ts';
import type { Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { eraseEarly, erasingChanges, isWhollyErased, keptOfPerson } from './erase-candidate.ts';

type Deps = { readonly store: Store; readonly world: World };

const ENTRIES_AT_ONCE = 25;

export interface Replayed {
  /** Entries gone through in this call. */
  readonly entries: number;
  /** People who were there again and are erased now. */
  readonly erased: number;
  /** False: call again; it goes on from here. */
  readonly finished: boolean;
}

/** Erases the person of one entry again. False when there is nothing to erase: not yet come, or erased already. */
const eraseAgain = async ({ store, world }: Deps, { entry }: LedgerRow, correlationId: string): Promise<boolean> => {
  const { tenant, candidateId, identities, at } = entry;
  const kept = await keptOfPerson(store, tenant, candidateId, identities);
  if (!kept) return false;
  if (isWhollyErased(kept)) return false;
  await eraseEarly(store, tenant, kept);
  const committed = await store.commit(tenant, {
    changes: await erasingChanges(store, tenant, kept, at),
    mark: null,
    audit: [
      {
        eventId: world.newId('event'),
        at: world.now(),
        actor: 'system',
        deed: 'erasure-replayed',
        subjects: [candidateId],
        facts: { ground: entry.ground, reference: entry.reference, erasedAt: at },
        correlationId,
      },
    ],
    messages: [],
  });
  if (!committed.ok) throw new Error(`${candidateId} could not be erased again: ${committed.refusal.kind}`);
  return true;
};

/**
 * Erases again everybody whom the ledger names, on a table that has come back from a backup. Entry by entry from where
 * the last call stopped; at the end of the ledger the table is opened. What has been done is found done.
 */
export const replayErasures =
  (deps: Deps & { readonly ledger: ErasureLedger }) =>
  async (atMost: number, correlationId: string): Promise<Replayed> => {
    const { ledger, world } = deps;
    let state = (await ledger.state()) ?? { position: null, entries: 0, finishedAt: null };
    let entries = 0;
    let erased = 0;
    while (entries < atMost) {
      const rows = await ledger.after(state.position, Math.min(ENTRIES_AT_ONCE, atMost - entries));
      for (const row of rows) {
        if (await eraseAgain(deps, row, correlationId)) erased += 1;
        state = { ...state, position: row.position, entries: state.entries + 1 };
      }
      entries += rows.length;
      if (rows.length === 0) {
        await ledger.saveState({ ...state, finishedAt: state.finishedAt ?? world.now() });
        return { entries, erased, finished: true };
      }
      await ledger.saveState(state);
    }
    return { entries, erased, finished: false };
  };
