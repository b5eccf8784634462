import type { BatchToTake } from '@gruppstart/contracts/queue-messages';
import { getBatch, listBatches, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import { batchStatus } from '@gruppstart/domain/intake/batch';
import type { BatchId, TenantId } from '@gruppstart/domain/shared/ids';
import { OfficeId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { allPages } from '@gruppstart/usecases/all-pages';
import { listBatchesOfOffice, listRowsOfBatch, readBatch } from '@gruppstart/usecases/intake/read-intake';
import { receiveBatch } from '@gruppstart/usecases/intake/receive-batch';
import { takeBatch } from '@gruppstart/usecases/intake/take-batch';
import { blobKeys } from '@gruppstart/usecases/ports/senders';
import { describe, expect, test } from 'vitest';
import { fileOfPeople } from '../builders/candidate-files.ts';
import {
  type Acting,
  aDeed,
  COORDINATOR,
  caseworkerAt,
  done,
  dyingAtCommit,
  expectRefusal,
  NOW,
  worldAt,
} from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { aBatchToTake, aMark, aTenant } from '../contracts/builders.ts';

const environment = useEnvironment();
const HERE = OfficeId.parse('af-101');
const THERE = OfficeId.parse('af-102');
const HANDLAGGARE = caseworkerAt(HERE);

const deps = () => {
  const { store, blobs, newVault, outboxAt } = environment();
  return { store, blobs, vault: newVault(), outbox: outboxAt(NOW), world: worldAt() };
};
const send = (
  tenant: TenantId,
  bytes: Uint8Array,
  { office = null, acting = { permission: HANDLAGGARE } }: { office?: OfficeId | null; acting?: Acting } = {},
) => receiveBatch(deps())(aDeed(tenant, acting), { bytes, officeId: office, ignoreUnknownColumns: false });
const sent = async (tenant: TenantId, bytes: Uint8Array) => done(await send(tenant, bytes)).value;
const messageOf = (tenant: TenantId, batchId: BatchId, fromRow = 0): BatchToTake =>
  aBatchToTake(tenant, { batchId, fromRow });
const fileIsThere = async (tenant: TenantId, id: BatchId) =>
  (await environment().blobs.get(blobKeys.upload(tenant, id))) !== null;
const candidatesOf = (tenant: TenantId) =>
  allPages((page) => environment().store.list(tenant, { list: 'candidates' }, page));
const stored = async (tenant: TenantId, id: BatchId) => {
  const batch = await environment().store.get(tenant, 'batch', id);
  if (!batch) throw new Error('The batch is gone');
  return batch;
};
/** 3 people, the second with a wrong check digit. */
const THREE = () => fileOfPeople(3, (index) => (index === 1 ? { personalNumber: '19700926-9974' } : {}));

describe('a batch that is received', () => {
  test('is kept with its file, and a message is sent to take its rows', async () => {
    const tenant = aTenant();
    const bytes = THREE();
    const batch = await sent(tenant, bytes);
    expect(batch).toMatchObject({
      officeId: HERE,
      sentBy: 'samordnare',
      receivedAt: NOW,
      rows: 3,
      sizeBytes: bytes.byteLength,
      finishedAt: null,
      counts: null,
    });
    expect(await environment().blobs.get(blobKeys.upload(tenant, batch.id))).toEqual(bytes);
    expect(await environment().received('intake', tenant, 1)).toMatchObject([
      { kind: 'batch-to-take', batchId: batch.id, fromRow: 0, correlationId: 'req-1' },
    ]);
    expect(await environment().unsentOf(tenant)).toEqual([]);
    expect(await environment().auditOf(tenant)).toMatchObject([
      { deed: 'batch-received', facts: { rows: 3, officeId: HERE } },
    ]);
  });

  test.each([
    ['a header without names', 'Referens;Personnummer\nR-1;19700926-9973'],
    ['a column of forbidden data', 'Referens;Personnummer;Förnamn;Efternamn;Diagnos\nR-1;19700926-9973;Anna;Ek;x'],
    ['nothing', ''],
  ])('with %s is refused and nothing is kept', async (_what, text) => {
    const tenant = aTenant();
    const refused = await send(tenant, new TextEncoder().encode(text));
    expectRefusal(refused, sendBatch, 'file-refused');
    expect(JSON.stringify(refused)).not.toMatch(/Anna|9973/);
    expect(
      await allPages((page) => environment().store.list(tenant, { list: 'batches-of-office', officeId: HERE }, page)),
    ).toEqual([]);
    expect(await environment().unsentOf(tenant)).toEqual([]);
  });

  test('twice with one key is one batch, and the second file does not stay', async () => {
    const tenant = aTenant();
    const mark = aMark();
    const made: string[] = [];
    const parts = deps();
    const world = {
      ...parts.world,
      newId: (kind: Parameters<typeof parts.world.newId>[0]) => {
        const id = parts.world.newId(kind);
        if (kind === 'batch') made.push(id);
        return id;
      },
    };
    const again = () =>
      receiveBatch({ ...parts, world })(
        { ...aDeed(tenant, { permission: HANDLAGGARE }), mark: () => mark },
        { bytes: THREE(), officeId: null, ignoreUnknownColumns: false },
      );
    expect((await again()).ok).toBe(true);
    expect(await again()).toEqual({ ok: false, error: { code: 'already-done' } });
    const kept = await Promise.all(made.map((id) => environment().blobs.get(`uploads/${tenant}/${id}`)));
    expect(kept.map((bytes) => bytes !== null)).toEqual([true, false]);
  });
});

describe('which office sends', () => {
  test.each([
    ['the only one', [HERE], null, HERE],
    ['the one that is named', [HERE, THERE], THERE, THERE],
    ['none is clear of two', [HERE, THERE], null, 'office-unclear'],
    ['none at all', [], null, 'office-unclear'],
    ['another’s', [HERE], THERE, 'not-permitted'],
  ] as const)('%s: %j naming %s gives %s', async (_what, offices, office, expected) => {
    const result = await send(aTenant(), THREE(), { office, acting: { permission: caseworkerAt(...offices) } });
    if (result.ok) expect(result.value.value.officeId).toBe(expected);
    else expectRefusal(result, sendBatch, expected === 'not-permitted' ? 'not-permitted' : 'office-unclear');
    expect(result.ok).toBe(expected === HERE || expected === THERE);
  });

  test('reads its own batches, a coordinator every office’s, by name', async () => {
    const tenant = aTenant();
    const { id } = await sent(tenant, THREE());
    const page = { limit: 10, cursor: null };
    const listed = async (acting: Acting, office: OfficeId | null) => {
      const result = await listBatchesOfOffice(deps())(aDeed(tenant, acting), office, page);
      return result.ok ? result.value.items.map(({ value }) => value.id) : result.error.code;
    };
    expect(await listed({ permission: HANDLAGGARE }, null)).toEqual([id]);
    expect(await listed({ permission: caseworkerAt(HERE, THERE) }, null)).toBe('office-unclear');
    expect(await listed({ permission: caseworkerAt(THERE) }, HERE)).toBe('not-permitted');
    expect(await listed({ permission: COORDINATOR }, HERE)).toEqual([id]);
    expect(await listed({ permission: COORDINATOR }, null)).toBe('office-unclear');
    const strange = await listBatchesOfOffice(deps())(aDeed(tenant, { permission: HANDLAGGARE }), null, {
      limit: 10,
      cursor: 'x',
    });
    expectRefusal(strange, listBatches, 'cursor-invalid');
    expectRefusal(
      await readBatch(deps())(aDeed(tenant, { permission: caseworkerAt(THERE) }), id),
      getBatch,
      'not-found',
    );
    expectRefusal(await readBatch(deps())(aDeed(aTenant()), id), getBatch, 'not-found');
  });
});

describe('taking a batch', () => {
  test('gives every row its outcome, counts them, and deletes the file', async () => {
    const tenant = aTenant();
    const { id } = await sent(tenant, THREE());
    await takeBatch(deps())(messageOf(tenant, id));
    const { value } = await stored(tenant, id);
    expect(value).toMatchObject({
      finishedAt: NOW,
      counts: { rows: 3, created: 2, updated: 0, unchanged: 0, rejected: 1 },
    });
    expect(await fileIsThere(tenant, id)).toBe(false);
    expect(await candidatesOf(tenant)).toHaveLength(2);
    const reading = aDeed(tenant, { permission: HANDLAGGARE });
    const rows = done(await listRowsOfBatch(deps())(reading, id, null, { limit: 10, cursor: null })).items;
    expect(rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'created'],
      [3, 'rejected'],
      [4, 'created'],
    ]);
    expect(rows[1]).toMatchObject({ error: { column: 'Personnummer', code: 'personal-number-check-digit' } });
    const onlyRejected = done(
      await listRowsOfBatch(deps())(reading, id, 'rejected', { limit: 10, cursor: null }),
    ).items;
    expect(onlyRejected).toEqual([rows[1]]);
  });

  test('again, when it is finished, changes nothing and clears what was left', async () => {
    const tenant = aTenant();
    const { id } = await sent(tenant, THREE());
    await takeBatch(deps())(messageOf(tenant, id));
    const before = await stored(tenant, id);
    await environment().blobs.put(blobKeys.upload(tenant, id), THREE());
    await takeBatch(deps())(messageOf(tenant, id));
    expect(await stored(tenant, id)).toEqual(before);
    expect(await fileIsThere(tenant, id)).toBe(false);
  });

  test.each([1, 3, 6, 7])('goes on where a crash at write %i left it: nothing lost, nothing twice', async (failing) => {
    const tenant = aTenant();
    const { id } = await sent(tenant, fileOfPeople(6));
    const parts = deps();
    await expect(
      takeBatch({ ...parts, store: dyingAtCommit(parts.store, failing) })(messageOf(tenant, id)),
    ).rejects.toThrow('the worker died');
    expect((await stored(tenant, id)).value.finishedAt).toBeNull();
    expect(await fileIsThere(tenant, id)).toBe(true);
    await takeBatch(deps())(messageOf(tenant, id));
    expect((await stored(tenant, id)).value.counts).toMatchObject({
      rows: 6,
      created: 6,
      updated: 0,
      unchanged: 0,
      rejected: 0,
    });
    expect(await candidatesOf(tenant)).toHaveLength(6);
    const created = (await environment().auditOf(tenant)).filter(({ deed }) => deed === 'candidate-created');
    expect(created).toHaveLength(6);
  });

  test('passes over rows that have their outcome without looking anybody up again', async () => {
    const tenant = aTenant();
    const { id } = await sent(tenant, fileOfPeople(2));
    const parts = deps();
    const dying = { ...parts, store: dyingAtCommit(parts.store, 3) };
    await expect(takeBatch(dying)(messageOf(tenant, id))).rejects.toThrow('the worker died');
    const shut = { ...parts.vault, blindIndex: async () => Promise.reject(new Error('looked up')) };
    await takeBatch({ ...parts, vault: shut })(messageOf(tenant, id));
    expect((await stored(tenant, id)).value.counts).toMatchObject({ rows: 2, created: 2 });
  });

  test('delivered twice at once ends as once', async () => {
    const tenant = aTenant();
    const { id } = await sent(tenant, fileOfPeople(6));
    const both = await Promise.allSettled([
      takeBatch(deps())(messageOf(tenant, id)),
      takeBatch(deps())(messageOf(tenant, id)),
    ]);
    // One may find the other's file already gone; its message then comes again.
    expect(both.map(({ status }) => status)).toContain('fulfilled');
    await takeBatch(deps())(messageOf(tenant, id));
    expect((await stored(tenant, id)).value.counts).toMatchObject({ rows: 6, created: 6 });
    expect(await candidatesOf(tenant)).toHaveLength(6);
  });

  test.each([
    ['a batch that does not exist', async (tenant: TenantId) => aBatchToTake(tenant), 'does not exist'],
    [
      'a batch of another organisation',
      async () => messageOf(aTenant(), (await sent(aTenant(), THREE())).id),
      'does not exist',
    ],
    [
      'a file that is gone',
      async (tenant: TenantId) => {
        const { id } = await sent(tenant, THREE());
        await environment().blobs.delete(blobKeys.upload(tenant, id));
        return messageOf(tenant, id);
      },
      'is gone',
    ],
  ])('%s fails the message', async (_what, make, why) => {
    await expect(takeBatch(deps())(await make(aTenant()))).rejects.toThrow(why);
  });
});

describe('a batch of more rows than one message takes', () => {
  /** Almost all rows are refused at once, to be quick. */
  const LARGE = () => fileOfPeople(203, (index) => (index % 50 === 0 ? {} : { givenName: '' }));

  test('goes on with a second message, which no failure on the way can lose, and is finished only then', async () => {
    const tenant = aTenant();
    const { id } = await sent(tenant, LARGE());
    await environment().received('intake', tenant, 1);
    const first = messageOf(tenant, id);
    const parts = { ...deps(), outbox: environment().outboxAt(NOW, []) };

    const later = worldAt('2026-12-01T08:20:00.000Z');
    await takeBatch({ ...parts, world: later })(first);
    expect((await stored(tenant, id)).value).toMatchObject({
      takenRows: 200,
      progressAt: later.now(),
      finishedAt: null,
    });
    expect(await environment().unsentOf(tenant), 'not sent, it waits for the schedule').toHaveLength(1);
    await takeBatch(parts)(first);
    expect((await stored(tenant, id)).value.progressAt, 'a repetition is no progress').toBe(later.now());
    expect(await environment().unsentOf(tenant), 'made again, it is the same one').toHaveLength(1);

    const busy = { ...parts.store, commit: async () => ({ ok: false, refusal: { kind: 'conflict' } }) as const };
    await expect(takeBatch({ ...parts, store: busy })(first), 'not kept, the first comes again').rejects.toThrow(
      'conflict',
    );

    await takeBatch(deps())(first);
    const [next] = await environment().received('intake', tenant, 1);
    expect(next).toMatchObject({ kind: 'batch-to-take', batchId: id, fromRow: 200 });
    await takeBatch(deps())(messageOf(tenant, id, 200));
    expect((await stored(tenant, id)).value.counts).toMatchObject({ rows: 203, created: 5, rejected: 198 });
    expect(await fileIsThere(tenant, id)).toBe(false);
  });

  test('whose message was given up shows as stalled, and goes on when the message is sent again', async () => {
    const tenant = aTenant();
    const { id } = await sent(tenant, LARGE());
    const late = Instant.parse('2026-12-01T09:00:00.000Z');
    const statusNow = async (now: Instant) => batchStatus((await stored(tenant, id)).value, now);
    const dying = { ...deps(), store: dyingAtCommit(environment().store, 3) };
    await expect(takeBatch(dying)(messageOf(tenant, id))).rejects.toThrow('the worker died');
    expect([await statusNow(NOW), await statusNow(late)]).toEqual(['working', 'stalled']);

    await takeBatch({ ...deps(), world: worldAt(late) })(messageOf(tenant, id));
    expect(await statusNow(late)).toBe('working');
    await takeBatch({ ...deps(), world: worldAt(late) })(messageOf(tenant, id, 200));
    expect(await statusNow(late)).toBe('finished');
    expect((await stored(tenant, id)).value).toMatchObject({ takenRows: 203, counts: { rows: 203 } });
  });

  test('delivered out of order is failed until every row has its outcome', async () => {
    const tenant = aTenant();
    const { id } = await sent(tenant, LARGE());
    await expect(takeBatch(deps())(messageOf(tenant, id, 200))).rejects.toThrow('3 of 203 rows');
    expect(await fileIsThere(tenant, id)).toBe(true);
  });
});
