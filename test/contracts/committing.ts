/** Committing changes and the answers to expect, for the contracts of changes. */
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Change, CommitResult, Store } from '@gruppstart/usecases/ports/store';
import { aTransaction } from './builders.ts';

export const OK: CommitResult = { ok: true };
export const refused = (why: 'missing' | 'exists' | 'stale' | 'full', changeIndex = 0): CommitResult => ({
  ok: false,
  refusal: { kind: 'change-refused', changeIndex, why },
});

export const commit = (store: Store, tenant: TenantId, ...changes: readonly Change[]) =>
  store.commit(tenant, aTransaction(changes));

/** As a caller does it: again while others are in the way. */
export const commitThroughConflicts = async (store: Store, tenant: TenantId, change: Change): Promise<CommitResult> => {
  for (;;) {
    const result = await commit(store, tenant, change);
    if (result.ok || result.refusal.kind !== 'conflict') return result;
  }
};
