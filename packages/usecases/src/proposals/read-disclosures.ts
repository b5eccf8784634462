import { coversUnit } from '@gruppstart/access/permission';
import type { DisclosedPerson } from '@gruppstart/domain/proposals/disclosure';
import type { UnitId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, NOT_FOUND, type Reading, type Refusal } from '../deed.ts';
import type { KeptDisclosure, Store } from '../ports/store.ts';
import type { DisclosureVault } from '../ports/vault.ts';
import type { World } from '../ports/world.ts';

export interface OpenedDisclosure {
  readonly told: Omit<KeptDisclosure, 'sealed'>;
  readonly person: DisclosedPerson;
}

/** Whom a unit may know by name: one noted reading for the whole list, noted before anything is opened. */
export const listDisclosedPeople =
  (deps: { readonly store: Store; readonly world: World; readonly disclosures: Pick<DisclosureVault, 'open'> }) =>
  async (reading: Reading, unitId: UnitId): Promise<Result<readonly OpenedDisclosure[], Refusal>> => {
    const { store, world, disclosures } = deps;
    const { tenant, permission } = reading.actor;
    if (!coversUnit(permission, unitId) || !(await store.get(tenant, 'unit', unitId))) return err(NOT_FOUND);
    const kept = await store.disclosuresOfUnit(tenant, unitId);
    const subjects = [unitId, ...new Set(kept.map(({ candidateId }) => candidateId))];
    await store.appendAudit(tenant, auditOf(world, reading, 'persons-read', subjects, { purpose: 'meet-candidate' }));
    return ok(
      await Promise.all(
        kept.map(async ({ sealed, ...told }) => ({
          told,
          person: await disclosures.open({ tenant, candidateId: told.candidateId, unitId }, sealed),
        })),
      ),
    );
  };
