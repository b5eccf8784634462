import { OfficeId, type TenantId } from '@gruppstart/domain/shared/ids';
import type { DocumentList, Page, Store } from '@gruppstart/usecases/ports/store';
import { describe, expect, it } from 'vitest';
import {
  aBatch,
  aCandidate,
  aCohort,
  anEmployment,
  aPlace,
  aPlacement,
  aProposal,
  aReferral,
  aRun,
  aTenant,
  aTransaction,
  aUnit,
  aUnitId,
  aWhatIf,
  day,
  instant,
} from './builders.ts';
import type { Environment } from './environment.ts';
import { type AnyDocument, save, saveAll } from './saving.ts';

/** All ids of a list, page by page. */
const idsOf = async (store: Store, tenant: TenantId, list: DocumentList, limit: number) => {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page: Page<{ readonly value: { readonly id: string } }> | null = await store.list(tenant, list, {
      limit,
      cursor,
    });
    if (page === null) throw new Error('the store refused its own cursor');
    pages.push(page.items.map(({ value }) => value.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
};

export const listsContract = (environment: () => Environment): void => {
  const store = () => environment().store;

  describe('lists', () => {
    const unitId = aUnitId();
    const officeId = OfficeId.parse('af-202');
    const candidateId = aCandidate().id;
    const runId = aRun().id;
    const at = (hour: number) => instant(`2026-12-01T${String(hour).padStart(2, '0')}:00:00.000Z`);
    const on = (date: number) => day(`2027-01-${date}`);
    const inOrderOfId = <T extends { readonly id: string }>(values: readonly T[]): T[] =>
      [...values].sort((a, b) => (a.id < b.id ? -1 : 1));

    /** Each list with what it holds in its order, and documents of the same kind that belong elsewhere. */
    const LISTS: readonly {
      readonly list: DocumentList;
      readonly order: string;
      readonly holds: readonly AnyDocument[];
      readonly elsewhere: readonly AnyDocument[];
    }[] = [
      {
        list: { list: 'units' },
        order: 'by id',
        holds: inOrderOfId([aUnit(), aUnit(), aUnit()]).map((value) => ({ kind: 'unit', value })),
        elsewhere: [],
      },
      {
        list: { list: 'places-of-unit', unitId },
        order: 'by id',
        holds: inOrderOfId([aPlace({ unitId }), aPlace({ unitId }), aPlace({ unitId })]).map((value) => ({
          kind: 'place',
          value,
        })),
        elsewhere: [{ kind: 'place', value: aPlace() }],
      },
      {
        list: { list: 'batches-of-office', officeId },
        order: 'newest first',
        holds: [17, 12, 9].map((hour) => ({ kind: 'batch', value: aBatch({ officeId, receivedAt: at(hour) }) })),
        elsewhere: [{ kind: 'batch', value: aBatch() }],
      },
      {
        list: { list: 'candidates' },
        order: 'by id',
        holds: inOrderOfId([aCandidate(), aCandidate(), aCandidate()]).map((value) => ({ kind: 'candidate', value })),
        elsewhere: [],
      },
      {
        list: { list: 'referrals-of-candidate', candidateId },
        order: 'newest first',
        holds: [17, 12, 9].map((hour) => ({
          kind: 'referral',
          value: aReferral({ candidateId, referredAt: at(hour) }),
        })),
        elsewhere: [{ kind: 'referral', value: aReferral() }],
      },
      {
        list: { list: 'cohorts' },
        order: 'by start date',
        holds: [11, 18, 25].map((date) => ({ kind: 'cohort', value: aCohort({ startDate: on(date) }) })),
        elsewhere: [],
      },
      {
        list: { list: 'runs' },
        order: 'newest first',
        holds: [17, 12, 9].map((hour) => ({ kind: 'run', value: aRun({ orderedAt: at(hour) }) })),
        elsewhere: [],
      },
      {
        list: { list: 'what-ifs-of-run', runId },
        order: 'newest first',
        holds: [17, 12, 9].map((hour) => ({ kind: 'what-if', value: aWhatIf({ runId, askedAt: at(hour) }) })),
        elsewhere: [{ kind: 'what-if', value: aWhatIf() }],
      },
      {
        list: { list: 'proposals-of-unit', unitId },
        order: 'newest first',
        holds: [17, 12, 9].map((hour) => ({ kind: 'proposal', value: aProposal({ unitId, proposedAt: at(hour) }) })),
        elsewhere: [{ kind: 'proposal', value: aProposal() }],
      },
      {
        list: { list: 'placements' },
        order: 'by first day',
        holds: [11, 18, 25].map((date) => ({ kind: 'placement', value: aPlacement({ startDate: on(date) }) })),
        elsewhere: [],
      },
      {
        list: { list: 'employments' },
        order: 'by first day',
        holds: [11, 18, 25].map((date) => ({ kind: 'employment', value: anEmployment({ startDate: on(date) }) })),
        elsewhere: [],
      },
    ];

    it.each(LISTS)('holds $list.list $order, in pages, and nothing of others', async ({ list, holds, elsewhere }) => {
      const tenant = aTenant();
      await saveAll(store(), tenant, [...holds].reverse().concat(elsewhere));
      await saveAll(store(), aTenant(), holds);
      const ids = holds.map(({ value }) => value.id);
      await expect.poll(() => idsOf(store(), tenant, list, 10)).toEqual([ids]);
      expect(await idsOf(store(), tenant, list, 2)).toEqual([ids.slice(0, 2), ids.slice(2)]);
    });

    it('holds all places of the tenant, those of one unit together', async () => {
      const tenant = aTenant();
      const [first, second] = [aUnitId(), aUnitId()];
      const places = [first, second, first].map((id) => aPlace({ unitId: id }));
      await saveAll(
        store(),
        tenant,
        places.map((value) => ({ kind: 'place', value })),
      );
      await expect
        .poll(async () => (await idsOf(store(), tenant, { list: 'places' }, 10)).flat().sort())
        .toEqual(places.map(({ id }) => id).sort());
      const listed = await store().list(tenant, { list: 'places' }, { limit: 10, cursor: null });
      const units = listed?.items.map(({ value }) => value.unitId) ?? [];
      expect(units).toEqual([...units].sort());
    });

    it('moves a cohort whose start date changes, and keeps it once', async () => {
      const tenant = aTenant();
      const [early, late] = [aCohort({ startDate: on(11) }), aCohort({ startDate: on(18) })];
      await saveAll(store(), tenant, [
        { kind: 'cohort', value: early },
        { kind: 'cohort', value: late },
      ]);
      await store().commit(tenant, aTransaction([save({ kind: 'cohort', value: { ...early, startDate: on(25) } }, 1)]));
      await expect.poll(() => idsOf(store(), tenant, { list: 'cohorts' }, 10)).toEqual([[late.id, early.id]]);
    });

    it('is one empty page when nothing is there', async () => {
      expect(await store().list(aTenant(), { list: 'units' }, { limit: 10, cursor: null })).toEqual({
        items: [],
        nextCursor: null,
      });
    });

    it('has no next page when the last page is exactly full', async () => {
      const tenant = aTenant();
      await saveAll(
        store(),
        tenant,
        [aUnit(), aUnit()].map((value) => ({ kind: 'unit', value })),
      );
      await expect
        .poll(async () => (await idsOf(store(), tenant, { list: 'units' }, 2)).map((ids) => ids.length))
        .toEqual([2]);
    });

    it('gives seats taken and versions as reading by id does', async () => {
      const tenant = aTenant();
      const place = aPlace();
      await saveAll(store(), tenant, [{ kind: 'place', value: place }]);
      await store().commit(tenant, aTransaction([{ change: 'take-seat', of: 'place', id: place.id, part: 'whole' }]));
      await expect
        .poll(async () => (await store().list(tenant, { list: 'places' }, { limit: 1, cursor: null }))?.items)
        .toEqual([{ value: place, version: 2, seatsTaken: 1, seatsTakenSecond: 1 }]);
    });

    describe('cursors', () => {
      const someCursor = async (tenant: TenantId): Promise<string> => {
        await saveAll(store(), tenant, [
          ...[aUnit(), aUnit()].map((value) => ({ kind: 'unit', value }) as const),
          ...[aCohort(), aCohort()].map((value) => ({ kind: 'cohort', value }) as const),
        ]);
        const first = () => store().list(tenant, { list: 'units' }, { limit: 1, cursor: null });
        await expect.poll(async () => (await first())?.nextCursor).not.toBeNull();
        return (await first())?.nextCursor ?? '';
      };

      it('lead on where they come from', async () => {
        const tenant = aTenant();
        const cursor = await someCursor(tenant);
        expect((await store().list(tenant, { list: 'units' }, { limit: 1, cursor }))?.items).toHaveLength(1);
      });

      it('of another list, tenant or reading give null', async () => {
        const tenant = aTenant();
        const cursor = await someCursor(tenant);
        expect(await store().list(tenant, { list: 'cohorts' }, { limit: 1, cursor })).toBeNull();
        expect(await store().list(aTenant(), { list: 'units' }, { limit: 1, cursor })).toBeNull();
        expect(await store().batchRows(tenant, aBatch().id, { limit: 1, cursor })).toBeNull();
        expect(await store().outcomes(tenant, aRun().id, { limit: 1, cursor })).toBeNull();
      });

      it('of one unit’s places do not lead into another’s', async () => {
        const tenant = aTenant();
        const [mine, other] = [aUnitId(), aUnitId()];
        await saveAll(
          store(),
          tenant,
          [mine, mine, other].map((id) => ({ kind: 'place', value: aPlace({ unitId: id }) })),
        );
        const first = () => store().list(tenant, { list: 'places-of-unit', unitId: mine }, { limit: 1, cursor: null });
        await expect.poll(async () => (await first())?.nextCursor).not.toBeNull();
        const cursor = (await first())?.nextCursor ?? '';
        expect(await store().list(tenant, { list: 'places-of-unit', unitId: other }, { limit: 1, cursor })).toBeNull();
        expect(await store().list(tenant, { list: 'places' }, { limit: 1, cursor })).toBeNull();
      });

      const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      it.each([
        { what: 'an empty text', cursor: '' },
        { what: 'no base64', cursor: '%%%' },
        { what: 'no JSON', cursor: Buffer.from('{').toString('base64url') },
        { what: 'another shape', cursor: json({ pk: 'T#other' }) },
        { what: 'too few parts', cursor: json(['x']) },
        { what: 'a key of another tenant', cursor: json(['x', 'T#other#cand', 'DOC', 'cand']) },
        { what: 'a very long text', cursor: 'a'.repeat(100_000) },
      ])('that are $what give null', async ({ cursor }) => {
        expect(await store().list(aTenant(), { list: 'units' }, { limit: 1, cursor })).toBeNull();
        expect(await store().batchRows(aTenant(), aBatch().id, { limit: 1, cursor })).toBeNull();
      });

      it('that name a key of another tenant in the right list give null', async () => {
        const tenant = aTenant();
        const cursor = await someCursor(tenant);
        const [name, pk, ...rest]: string[] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
        const forged = json([name, pk?.replace(tenant, aTenant()), ...rest]);
        expect(await store().list(tenant, { list: 'units' }, { limit: 1, cursor: forged })).toBeNull();
      });
    });
  });
};
