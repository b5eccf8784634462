import type { Grant } from '@gruppstart/contracts/grant';
import type { AuditEntry, Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Gives or changes dated grants. Only an operator reaches this; a grant that is to end is given again with its last day. */
export const giveGrants =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (grants: readonly Grant[], correlationId: string): Promise<void> => {
    const { store, world } = deps;
    for (const grant of grants) {
      const entry: AuditEntry = {
        eventId: world.newId('event'),
        at: world.now(),
        actor: 'system',
        deed: 'grant-given',
        subjects: [grant.id, grant.userId],
        facts: { role: grant.role, validFrom: grant.validFrom, validTo: grant.validTo },
        correlationId,
      };
      const committed = await store.commit(grant.tenant, {
        changes: [{ change: 'save-grant', grant }],
        mark: null,
        audit: [entry],
        messages: [],
      });
      if (!committed.ok) throw new Error(`Grant ${grant.id} could not be kept: ${committed.refusal.kind}`);
    }
  };
