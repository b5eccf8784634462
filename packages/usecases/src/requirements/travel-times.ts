import type { BulkRow } from '@gruppstart/contracts/routes/shared-shapes';
import type { TravelTime } from '@gruppstart/domain/requirements/travel';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, type Refusal, refusalOf } from '../deed.ts';
import type { Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** A transaction holds 100 items; the audit entry and the mark take two. */
const ROWS_PER_TRANSACTION = 90;

/**
 * Keeps travel minutes, row by row. A row for a unit that does not exist is refused alone. Several transactions when
 * there are many rows; setting the same minutes again changes nothing, so a retry is safe.
 */
export const setTravelTimes =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (deed: Deed<readonly BulkRow[]>, rows: readonly TravelTime[]): Promise<Result<readonly BulkRow[], Refusal>> => {
    const { store, world } = deps;
    const { tenant } = deed.actor;
    const units = await store.getMany(tenant, 'unit', [...new Set(rows.map(({ unitId }) => unitId))]);
    const known = new Set(units.map(({ value }) => value.id));
    const answers = rows.map(({ postcode, unitId }): BulkRow => {
      const id = `${postcode}/${unitId}`;
      return known.has(unitId)
        ? { id, ok: true, createdId: null }
        : { id, ok: false, code: 'unit-unknown', detail: 'Enheten finns inte.', detailEn: 'The unit does not exist.' };
    });
    const kept = rows.filter(({ unitId }) => known.has(unitId));
    const chunks = Array.from({ length: Math.max(1, Math.ceil(kept.length / ROWS_PER_TRANSACTION)) }, (_, index) =>
      kept.slice(index * ROWS_PER_TRANSACTION, (index + 1) * ROWS_PER_TRANSACTION),
    );
    for (const [index, chunk] of chunks.entries()) {
      const last = index === chunks.length - 1;
      const committed = await store.commit(tenant, {
        changes: chunk.map((travelTime) => ({ change: 'save-travel-time', travelTime })),
        mark: last ? deed.mark(answers) : null,
        audit: last ? [auditOf(world, deed, 'travel-times-set', [], { rows: kept.length })] : [],
        messages: [],
      });
      if (!committed.ok) return err(refusalOf(committed.refusal));
    }
    return ok(answers);
  };
