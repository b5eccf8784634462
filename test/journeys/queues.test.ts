import { randomUUID } from 'node:crypto';
import type { BatchToTake, RunToMake } from '@gruppstart/contracts/queue-messages';
import { getRun, listOutcomes, orderRun } from '@gruppstart/contracts/routes/cohorts-routes';
import { getBatch, listBatchRows, listCandidates, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import { EventId, TenantId, UserId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { makeWorld } from '@gruppstart/store/world';
import { receiveBatch } from '@gruppstart/usecases/intake/receive-batch';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { batchFile, SODERHAMN_FILE, someRows } from './candidate-files.ts';
import { type Inside, type JourneyControl, openEnvironment } from './environment.ts';
import { until } from './requests.ts';
import { ANNA, asIn, buildSmallTown, everyItem, KARIN, proposalsOf } from './small-town.ts';

const environment = await openEnvironment({ quickRetries: true });
afterAll(() => environment.close());
const as = asIn(environment);

const onLaptop = environment.inside !== null && environment.control !== null;
const insideOf = (): Inside => {
  if (environment.inside === null) throw new Error('Only on a laptop');
  return environment.inside;
};
const controlOf = (): JourneyControl => {
  if (environment.control === null) throw new Error('Only where there are levers');
  return environment.control;
};

const SODERHAMN = TenantId.parse('soderhamn');
const NOBODYS = '00000000000000000000000000';
const DEAD = { intake: 'IntakeQueueDeadLetters', matching: 'MatchingQueueDeadLetters' } as const;
const envelope = () => ({
  v: 1 as const,
  eventId: makeWorld().newId('event'),
  tenant: 'soderhamn',
  correlationId: `test-${randomUUID()}`,
});

const waitingIn = async (queue: string): Promise<number> => {
  const found = (await controlOf().queueDepths()).find((each) => each.queue === queue);
  return (found?.waiting ?? 0) + (found?.inFlight ?? 0);
};

const finished = async (batchId: string) => {
  const caseworker = await as(KARIN, 'intake');
  return until(
    async () => (await caseworker.call(getBatch, { params: { batchId } })).body,
    ({ status }) => status === 'finished',
    60,
  );
};

const candidates = async () => {
  const coordinator = await as(ANNA, 'intake');
  return everyItem(
    async (cursor) => (await coordinator.call(listCandidates, { query: { limit: '100', ...cursor } })).body,
  );
};

const deedsOf = async (deed: string, subject: string) =>
  (await insideOf().auditOf('soderhamn')).filter((entry) => entry.deed === deed && entry.subjects.includes(subject));

describe.skipIf(!onLaptop)('poison', () => {
  const poison = {
    intake: [
      'no JSON at all',
      JSON.stringify({ kind: 'batch-to-take' }),
      JSON.stringify({ ...envelope(), kind: 'run-to-make', runId: `run_${NOBODYS}` }),
      JSON.stringify({ ...envelope(), kind: 'batch-to-take', batchId: `batch_${NOBODYS}`, fromRow: 0 }),
    ],
    matching: ['{', JSON.stringify({ ...envelope(), kind: 'run-to-make', runId: `run_${NOBODYS}` })],
  };
  const neighbours: string[] = [];

  test('does not keep its neighbours from being handled', async () => {
    const caseworker = await as(KARIN, 'intake');
    const inside = insideOf();
    for (const [index, body] of poison.intake.entries()) {
      await inside.sendMessage('IntakeQueue', body);
      const file = someRows([[100], [102], [104], [108]][index] ?? []);
      neighbours.push((await caseworker.call(sendBatch, { query: {}, body: file })).body.id);
    }
    for (const body of poison.matching) await inside.sendMessage('MatchingQueue', body);
    for (const batchId of neighbours) expect((await finished(batchId)).counts).toMatchObject({ rows: 1, created: 1 });
  });

  test('lies among the dead letters after three tries, as it was sent, and nowhere else', async () => {
    await until(
      async () => [await waitingIn(DEAD.intake), await waitingIn(DEAD.matching)],
      ([intake, matching]) => intake === poison.intake.length && matching === poison.matching.length,
      40,
    );
    expect([await waitingIn('IntakeQueue'), await waitingIn('MatchingQueue')]).toEqual([0, 0]);
    expect((await insideOf().messagesIn(DEAD.intake)).toSorted()).toEqual(poison.intake.toSorted());
    expect((await insideOf().messagesIn(DEAD.matching)).toSorted()).toEqual(poison.matching.toSorted());
    for (const name of ['IntakeWorker', 'Matcher'] as const) {
      const log = await insideOf().logOf(`${name}Function`);
      const refused = log.filter(({ event }) => event === 'message-unreadable' || event === 'message-failed');
      const tries = [...Map.groupBy(refused, ({ messageId }) => messageId).values()].map((lines) => lines.length);
      expect(tries).toEqual(tries.map(() => 3));
      expect(tries).toHaveLength(name === 'Matcher' ? 2 : 4);
    }
  });

  test('has not made its neighbours be handled more than once', async () => {
    const handled = (await insideOf().logOf('IntakeWorkerFunction')).filter(({ event }) => event === 'message-handled');
    expect(handled).toHaveLength(neighbours.length);
    expect(new Set(handled.map(({ messageId }) => messageId)).size).toBe(neighbours.length);
    expect(await candidates()).toHaveLength(neighbours.length);
    for (const batchId of neighbours) {
      expect(await deedsOf('candidate-created', batchId)).toHaveLength(1);
      expect(await deedsOf('batch-finished', batchId)).toHaveLength(1);
    }
  });
});

describe.skipIf(!onLaptop)('a message that comes more than once', () => {
  test('takes a batch once', async () => {
    const before = await candidates();
    const caseworker = await as(KARIN, 'intake');
    const { id: batchId } = (await caseworker.call(sendBatch, { query: {}, body: batchFile(SODERHAMN_FILE) })).body;
    const copy = (): BatchToTake => ({ ...envelope(), kind: 'batch-to-take', batchId, fromRow: 0 }) as BatchToTake;
    await Promise.all(
      [copy(), copy(), copy()].map((message) => insideOf().sendMessage('IntakeQueue', JSON.stringify(message))),
    );
    const { counts } = await finished(batchId);
    // Those of the neighbours above are known already.
    expect(counts).toMatchObject({ rows: 120, created: 113 - before.length, unchanged: before.length, rejected: 7 });
    await until(
      () => waitingIn('IntakeQueue'),
      (waiting) => waiting === 0,
      60,
    );
    expect(await candidates()).toHaveLength(113);
    const created = await deedsOf('candidate-created', batchId);
    expect(created).toHaveLength(113 - before.length);
    expect(new Set(created.map(({ subjects }) => subjects.join(' '))).size).toBe(created.length);
    expect(await deedsOf('batch-finished', batchId)).toHaveLength(1);
    const rows = await everyItem(
      async (cursor) =>
        (await caseworker.call(listBatchRows, { params: { batchId }, query: { limit: '100', ...cursor } })).body,
    );
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 120 }, (_, index) => index + 2));
    expect(await waitingIn(DEAD.intake)).toBe(4);
  });

  test('makes a run once', async () => {
    const town = await buildSmallTown(environment);
    const coordinator = await as(ANNA, 'cohorts');
    const asked = { purpose: 'admission' as const, cohortIds: [town.laterCohortId], horizon: 0 };
    const { id: runId } = (await coordinator.call(orderRun, { body: asked })).body;
    const copy = (): RunToMake => ({ ...envelope(), kind: 'run-to-make', runId }) as RunToMake;
    await Promise.all(
      [copy(), copy()].map((message) => insideOf().sendMessage('MatchingQueue', JSON.stringify(message))),
    );
    const read = async () => (await coordinator.call(getRun, { params: { runId } })).body;
    const run = await until(read, ({ status }) => status !== 'working', 60);
    await until(
      () => waitingIn('MatchingQueue'),
      (waiting) => waiting === 0,
      60,
    );
    expect(await read()).toEqual(run);
    const { items } = (await coordinator.call(listOutcomes, { params: { runId }, query: { limit: '100' } })).body;
    expect(new Set(items.map(({ outcome }) => outcome.candidateId)).size).toBe(items.length);
    const proposed = items.filter(({ proposalId }) => proposalId !== null);
    expect(await proposalsOf(as, runId)).toHaveLength(proposed.length);
    expect(await deedsOf('run-finished', runId)).toHaveLength(1);
    expect(await waitingIn(DEAD.matching)).toBe(2);
  });
});

describe.skipIf(!onLaptop)('what was kept but never sent', () => {
  /** What the door does, up to where it dies: the transaction is there, the message has not gone out. */
  const receiveAndDie = async (): Promise<string> => {
    const { store, blobs } = insideOf();
    const receive = receiveBatch({
      store,
      blobs,
      world: makeWorld(),
      outbox: { flush: async () => {}, resend: async () => ({ sent: 0, failed: 0 }) },
    });
    const received = await receive(
      {
        actor: {
          tenant: SODERHAMN,
          userId: UserId.parse('user-9w3kd6r1xp'),
          permission: {
            roles: ['caseworker'],
            wholeTenant: true,
            unitIds: [],
            offices: [],
            mayResolveProtected: false,
          },
        },
        now: Instant.parse(new Date(controlOf().nowMs()).toISOString()),
        correlationId: 'the-door-died',
        expected: null,
        mark: () => null,
      },
      { bytes: someRows([100]), officeId: 'af-101' as never, ignoreUnknownColumns: false },
    );
    if (!received.ok) throw new Error(received.error.code);
    return received.value.value.id;
  };
  const Resent = z.object({ sent: z.int(), failed: z.int() });
  const fire = async () => Resent.parse(JSON.parse(await controlOf().fireSchedule('OutboxSchedule')));

  test('is left to its sender for half a minute, then sent by the schedule, once', async () => {
    const batchId = await receiveAndDie();
    const caseworker = await as(KARIN, 'intake');
    const read = async () => (await caseworker.call(getBatch, { params: { batchId } })).body;
    expect(await fire()).toEqual({ sent: 0, failed: 0 });
    expect((await read()).status).toBe('working');
    // Two minutes on, the schedule has been due by itself.
    await controlOf().moveClock({ byDays: 2 / (24 * 60) });
    expect((await finished(batchId)).counts).toMatchObject({ rows: 1, unchanged: 1 });
    expect(await fire()).toEqual({ sent: 0, failed: 0 });
    expect(await deedsOf('batch-finished', batchId)).toHaveLength(1);
    const items = (await insideOf().storedItems()).filter((item) => item.includes('#OUTBOX#'));
    expect(items).toEqual([]);
  });
});
