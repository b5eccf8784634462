import type { BulkRow } from '@gruppstart/contracts/routes/shared-shapes';
import type { TravelTime } from '@gruppstart/domain/requirements/travel';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, type Refusal, refusalOf } from '../deed.ts';
import type { Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** A transaction holds 100 items; the audit entry and the mark take two. */
const ROWS_PER_TRANSACTION = 90;

const UNIT_UNKNOWN = {
  code: 'unit-unknown',
  detail: 'Enheten finns inte.',
  detailEn: 'The unit does not exist.',
} as const;
const ROW_REPEATED = {
  code: 'row-repeated',
  detail: 'Samma postnummer och enhet står redan tidigare i listan: den raden gäller.',
  detailEn: 'The same postcode and unit stand earlier in the list: that row holds.',
} as const;
const refused = (id: string, why: typeof UNIT_UNKNOWN | typeof ROW_REPEATED): BulkRow => ({ id, ok: false, ...why });

/**
 * Keeps travel minutes, row by row. A row for a unit that does not exist, or that stands in the list already, is refused
 * alone. Several transactions when there are many rows; setting the same minutes again changes nothing, so a retry is
 * safe.
 */
export const setTravelTimes =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (deed: Deed<readonly BulkRow[]>, rows: readonly TravelTime[]): Promise<Result<readonly BulkRow[], Refusal>> => {
    const { store, world } = deps;
    const { tenant } = deed.actor;
    const units = await store.getMany(tenant, 'unit', [...new Set(rows.map(({ unitId }) => unitId))]);
    const known = new Set(units.map(({ value }) => value.id));
    const kept = new Map<string, TravelTime>();
    const answers = rows.map((row): BulkRow => {
      const id = `${row.postcode}/${row.unitId}`;
      if (!known.has(row.unitId)) return refused(id, UNIT_UNKNOWN);
      if (kept.has(id)) return refused(id, ROW_REPEATED);
      kept.set(id, row);
      return { id, ok: true, createdId: null };
    });
    const travelTimes = [...kept.values()];
    const chunks = Array.from(
      { length: Math.max(1, Math.ceil(travelTimes.length / ROWS_PER_TRANSACTION)) },
      (_, index) => travelTimes.slice(index * ROWS_PER_TRANSACTION, (index + 1) * ROWS_PER_TRANSACTION),
    );
    for (const [index, chunk] of chunks.entries()) {
      const last = index === chunks.length - 1;
      const committed = await store.commit(tenant, {
        changes: chunk.map((travelTime) => ({ change: 'save-travel-time', travelTime })),
        mark: last ? deed.mark(answers) : null,
        audit: last ? [auditOf(world, deed, 'travel-times-set', [], { rows: travelTimes.length })] : [],
        messages: [],
      });
      if (!committed.ok) return err(refusalOf(committed.refusal));
    }
    return ok(answers);
  };
