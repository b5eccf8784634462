import type { Change, CommitResult, Transaction } from '@gruppstart/usecases/ports/store';
import { describe, expect, it } from 'vitest';
import {
  aBatchToTake,
  aCandidateId,
  aGrant,
  aHash,
  aMark,
  anAuditEntry,
  aParticipant,
  aPlace,
  aRunId,
  aTenant,
  aTransaction,
  aTravelTime,
  aUnit,
  instant,
  MARK_ENDS,
} from './builders.ts';
import type { Environment } from './environment.ts';

const OK: CommitResult = { ok: true };
const ALREADY_DONE: CommitResult = { ok: false, refusal: { kind: 'already-done' } };
const DAY_SECONDS = 86_400;

export const commitContract = (environment: () => Environment): void => {
  const store = () => environment().store;
  const travelTimes = (count: number): Change[] =>
    Array.from({ length: count }, () => ({ change: 'save-travel-time', travelTime: aTravelTime() }));

  describe('a transaction', () => {
    it('has all its effects: changes, mark, audit entries and messages', async () => {
      const tenant = aTenant();
      const unit = aUnit();
      const mark = aMark();
      const audit = [anAuditEntry(), anAuditEntry({ at: instant('2026-12-01T09:00:00.000Z'), actor: 'system' })];
      const message = aBatchToTake(tenant);
      const transaction: Transaction = {
        changes: [{ change: 'save', kind: 'unit', value: unit, expected: null }],
        mark,
        audit,
        messages: [message],
      };
      expect(await store().commit(tenant, transaction)).toEqual(OK);
      expect((await store().get(tenant, 'unit', unit.id))?.value).toEqual(unit);
      expect(await store().findMark(tenant, mark, MARK_ENDS - 1)).toEqual(mark);
      expect(await environment().auditOf(tenant)).toMatchObject(audit);
      expect(await environment().unsentOf(tenant)).toEqual([message.eventId]);
    });

    it.each([
      { position: 'first', at: 0 },
      { position: 'in the middle', at: 1 },
      { position: 'last', at: 2 },
    ])('has no effect at all when its $position change is refused, and says which', async ({ at }) => {
      const tenant = aTenant();
      const unit = aUnit();
      const claimed = aHash();
      const claim = (): Change => ({ change: 'claim-identity', blindIndex: claimed, candidateId: aCandidateId() });
      await store().commit(tenant, aTransaction([claim()]));
      const changes: Change[] = [
        { change: 'save', kind: 'unit', value: unit, expected: null },
        { change: 'save-travel-time', travelTime: aTravelTime({ postcode: '82010' }) },
      ];
      changes.splice(at, 0, claim());
      const mark = aMark();
      const transaction = { changes, mark, audit: [anAuditEntry()], messages: [aBatchToTake(tenant)] };
      expect(await store().commit(tenant, transaction)).toEqual({
        ok: false,
        refusal: { kind: 'change-refused', changeIndex: at, why: 'exists' },
      });
      expect(await store().get(tenant, 'unit', unit.id)).toBeNull();
      expect(await store().travelTimes(tenant, '82010')).toEqual([]);
      expect(await store().findMark(tenant, mark, 0)).toBeNull();
      expect(await environment().auditOf(tenant)).toEqual([]);
      expect(await environment().unsentOf(tenant)).toEqual([]);
    });

    it('names the change, not its items, when one change is several items', async () => {
      const tenant = aTenant();
      const place = aPlace({ seats: 0 });
      await store().commit(tenant, aTransaction([{ change: 'save', kind: 'place', value: place, expected: null }]));
      const candidateId = aCandidateId();
      const result = await store().commit(
        tenant,
        aTransaction([
          { change: 'save-call-list', runId: aRunId(), entries: [] },
          { change: 'add-participant', participant: aParticipant({ candidateId }) },
          { change: 'take-seat', of: 'place', id: place.id, part: 'whole' },
        ]),
      );
      expect(result).toEqual({ ok: false, refusal: { kind: 'change-refused', changeIndex: 2, why: 'full' } });
      expect(await store().membershipOf(tenant, candidateId)).toBeNull();
    });

    it('takes 100 items', async () => {
      const tenant = aTenant();
      expect(
        await store().commit(
          tenant,
          aTransaction(travelTimes(97), { mark: aMark(), audit: [anAuditEntry()], messages: [aBatchToTake(tenant)] }),
        ),
      ).toEqual(OK);
      expect(await store().travelTimes(tenant, '82630')).toHaveLength(97);
    });

    it.each([
      { what: 'more than 100 items', build: () => aTransaction(travelTimes(100), { mark: aMark() }) },
      {
        what: 'a document that its kind would not take back',
        build: () =>
          aTransaction([
            ...travelTimes(1),
            { change: 'save', kind: 'unit', value: { ...aUnit(), name: '' }, expected: null },
          ]),
      },
      {
        what: 'a part that could not be read again',
        build: () =>
          aTransaction([
            ...travelTimes(1),
            { change: 'save-travel-time', travelTime: aTravelTime({ carMinutes: -1 }) },
          ]),
      },
      { what: 'nothing', build: () => aTransaction([]) },
      {
        what: 'two changes of one item',
        build: () => {
          const save = { change: 'save', kind: 'unit', value: aUnit(), expected: null } as const;
          return aTransaction([save, save]);
        },
      },
      {
        what: 'a grant of another tenant',
        build: () => aTransaction([{ change: 'save-grant', grant: aGrant(aTenant()) }]),
      },
      { what: 'a message of another tenant', build: () => aTransaction([], { messages: [aBatchToTake(aTenant())] }) },
    ])('of $what is a fault, and nothing is kept', async ({ build }) => {
      const tenant = aTenant();
      const transaction = build();
      await expect(store().commit(tenant, transaction)).rejects.toThrow();
      expect(await store().travelTimes(tenant, '82630')).toEqual([]);
      expect(await environment().unsentOf(tenant)).toEqual([]);
    });

    it('of messages alone, or of audit entries alone, is one too', async () => {
      const tenant = aTenant();
      expect(await store().commit(tenant, aTransaction([], { messages: [aBatchToTake(tenant)] }))).toEqual(OK);
      expect(await store().commit(tenant, aTransaction([], { audit: [anAuditEntry()] }))).toEqual(OK);
      expect(await environment().unsentOf(tenant)).toHaveLength(1);
      expect(await environment().auditOf(tenant)).toHaveLength(1);
    });
  });

  describe('an idempotency mark', () => {
    it('lets the effect happen once', async () => {
      const tenant = aTenant();
      const mark = aMark();
      const place = aPlace({ seats: 5 });
      await store().commit(tenant, aTransaction([{ change: 'save', kind: 'place', value: place, expected: null }]));
      const take = () =>
        store().commit(
          tenant,
          aTransaction([{ change: 'take-seat', of: 'place', id: place.id, part: 'whole' }], { mark }),
        );
      expect(await take()).toEqual(OK);
      expect(await take()).toEqual(ALREADY_DONE);
      expect(await take()).toEqual(ALREADY_DONE);
      expect((await store().get(tenant, 'place', place.id))?.seatsTaken).toBe(1);
    });

    it('lets the effect of ten requests at once happen once', async () => {
      const tenant = aTenant();
      const mark = aMark();
      const place = aPlace({ seats: 20 });
      await store().commit(tenant, aTransaction([{ change: 'save', kind: 'place', value: place, expected: null }]));
      const results = await Promise.all(
        Array.from({ length: 10 }, () =>
          store().commit(
            tenant,
            aTransaction([{ change: 'take-seat', of: 'place', id: place.id, part: 'whole' }], { mark }),
          ),
        ),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect((await store().get(tenant, 'place', place.id))?.seatsTaken).toBe(1);
    });

    it('that is there outranks a change that would be refused', async () => {
      const tenant = aTenant();
      const mark = aMark();
      const unit = aUnit();
      const transaction = aTransaction([{ change: 'save', kind: 'unit', value: unit, expected: null }], { mark });
      expect(await store().commit(tenant, transaction)).toEqual(OK);
      expect(await store().commit(tenant, transaction)).toEqual(ALREADY_DONE);
    });

    it('is not left by a transaction that was refused', async () => {
      const tenant = aTenant();
      const mark = aMark();
      const unit = aUnit();
      const refused = aTransaction([{ change: 'save', kind: 'unit', value: unit, expected: 7 }], { mark });
      expect(await store().commit(tenant, refused)).toMatchObject({ ok: false, refusal: { why: 'missing' } });
      const right = aTransaction([{ change: 'save', kind: 'unit', value: unit, expected: null }], { mark });
      expect(await store().commit(tenant, right)).toEqual(OK);
    });

    it('keeps the first answer, for its user, route, key and tenant only', async () => {
      const tenant = aTenant();
      const mark = aMark();
      await store().commit(tenant, aTransaction([], { mark }));
      await store().commit(tenant, aTransaction([], { mark: { ...mark, answer: { ...mark.answer, status: 500 } } }));
      const find = (over: Partial<typeof mark>) => store().findMark(tenant, { ...mark, ...over }, MARK_ENDS - 1);
      expect(await find({})).toEqual(mark);
      expect(await find({ userId: aMark().userId })).toBeNull();
      expect(await find({ route: 'POST /v1/places' })).toBeNull();
      expect(await find({ key: 'another' })).toBeNull();
      expect(await store().findMark(aTenant(), mark, MARK_ENDS - 1)).toBeNull();
    });

    it.each(['nyckel med å och "citat"', 'x'.repeat(5_000), '#|#'])('may have any key: %s', async (key) => {
      const tenant = aTenant();
      const mark = aMark({ key });
      expect(await store().commit(tenant, aTransaction([], { mark }))).toEqual(OK);
      expect(await store().findMark(tenant, mark, MARK_ENDS - 1)).toEqual(mark);
    });

    it('is over at its second, whether or not the table has cleared it', async () => {
      const tenant = aTenant();
      const mark = aMark();
      await store().commit(tenant, aTransaction([], { mark }));
      expect(await store().findMark(tenant, mark, MARK_ENDS - 1)).not.toBeNull();
      expect(await store().findMark(tenant, mark, MARK_ENDS)).toBeNull();
    });

    it('can be made anew when it is over, and not a second before', async () => {
      const tenant = aTenant();
      const mark = aMark();
      const again = (epochSeconds: number) =>
        environment()
          .storeAt(instant(new Date(epochSeconds * 1_000).toISOString()))
          .commit(tenant, aTransaction([], { mark: { ...mark, expiresAtEpochSeconds: epochSeconds + DAY_SECONDS } }));
      await store().commit(tenant, aTransaction([], { mark }));
      expect(await again(MARK_ENDS - 1)).toEqual(ALREADY_DONE);
      expect(await again(MARK_ENDS)).toEqual(OK);
      expect(await again(MARK_ENDS)).toEqual(ALREADY_DONE);
    });
  });

  describe('the audit log', () => {
    it('keeps a reading as it was noted', async () => {
      const tenant = aTenant();
      const entry = anAuditEntry({ deed: 'person-read' });
      await store().appendAudit(tenant, entry);
      expect(await environment().auditOf(tenant)).toMatchObject([entry]);
      expect(await environment().auditOf(aTenant())).toEqual([]);
    });

    it('keeps the first of two entries with one event', async () => {
      const tenant = aTenant();
      const entry = anAuditEntry();
      await store().appendAudit(tenant, entry);
      await store().appendAudit(tenant, { ...entry, deed: 'something-else' });
      expect(await environment().auditOf(tenant)).toMatchObject([entry]);
      const again = store().commit(
        tenant,
        aTransaction(travelTimes(1), { audit: [{ ...entry, deed: 'something-else' }] }),
      );
      await expect(again).rejects.toThrow();
      expect(await environment().auditOf(tenant)).toMatchObject([entry]);
    });

    it('files an entry under its day in Stockholm', async () => {
      const tenant = aTenant();
      await store().appendAudit(tenant, anAuditEntry({ at: instant('2027-01-10T23:30:00.000Z') }));
      expect(await environment().auditOf(tenant)).toMatchObject([{ pk: expect.stringContaining('2027-01-11') }]);
    });
  });
};
