import { coversUnit } from '@gruppstart/access/permission';
import type { Unit } from '@gruppstart/domain/requirements/unit';
import type { UnitId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, NOT_FOUND, type Reading, type Refusal, refusalOf, versionToChange } from '../deed.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface SavedUnit {
  readonly unit: Stored<Unit>;
  readonly created: boolean;
}

/** Registers a unit, or changes it when it exists: a change needs the version that was read. */
export const saveUnit =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (deed: Deed<SavedUnit>, unit: Unit): Promise<Result<SavedUnit, Refusal>> => {
    const { store, world } = deps;
    const { tenant, permission } = deed.actor;
    if (!coversUnit(permission, unit.id)) return err(NOT_FOUND);
    const known = await store.get(tenant, 'unit', unit.id);
    if (known && deed.expected === null) return err({ code: 'precondition-required' });
    if (!known && deed.expected !== null) return err({ code: 'precondition-failed' });
    const expected = known ? versionToChange(deed, known) : null;
    if (expected !== null && typeof expected !== 'number') return err(expected);
    const saved: SavedUnit = {
      unit: { value: unit, version: (expected ?? 0) + 1, seatsTaken: 0 },
      created: expected === null,
    };
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save', kind: 'unit', value: unit, expected }],
      mark: deed.mark(saved),
      audit: [auditOf(world, deed, saved.created ? 'unit-registered' : 'unit-changed', [unit.id])],
      messages: [],
    });
    return committed.ok ? ok(saved) : err(refusalOf(committed.refusal));
  };

export const readUnit =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, unitId: UnitId): Promise<Result<Stored<Unit>, Refusal>> => {
    if (!coversUnit(reading.actor.permission, unitId)) return err(NOT_FOUND);
    const stored = await deps.store.get(reading.actor.tenant, 'unit', unitId);
    return stored ? ok(stored) : err(NOT_FOUND);
  };

/** All units for those who reach the whole organisation; the own ones for a unit manager. */
export const listUnitsInReach =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, page: PageRequest): Promise<Result<Page<Stored<Unit>>, Refusal>> => {
    const { tenant, permission } = reading.actor;
    if (!permission.wholeTenant) return listOwnUnits(deps, reading, page);
    const found = await deps.store.list(tenant, { list: 'units' }, page);
    return found ? ok(found) : err({ code: 'cursor-invalid' });
  };

/** The own units by id; the cursor is the last one that was shown. */
const listOwnUnits = async (
  deps: { readonly store: Store },
  reading: Reading,
  { limit, cursor }: PageRequest,
): Promise<Result<Page<Stored<Unit>>, Refusal>> => {
  const { tenant, permission } = reading.actor;
  const own = permission.unitIds.toSorted();
  if (cursor !== null && !own.some((unitId) => unitId === cursor)) return err({ code: 'cursor-invalid' });
  const left = own.filter((unitId) => cursor === null || unitId > cursor);
  const shown = left.slice(0, limit);
  const items = await deps.store.getMany(tenant, 'unit', shown);
  return ok({ items, nextCursor: left.length > limit ? (shown.at(-1) ?? null) : null });
};
