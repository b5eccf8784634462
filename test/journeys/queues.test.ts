import { randomUUID } from 'node:crypto';
import { BatchToTake, RunToMake, WhatIfToAnswer } from '@gruppstart/contracts/queue-messages';
import { createCohort, getRun, listOutcomes, orderRun } from '@gruppstart/contracts/routes/cohorts-routes';
import { getBatch, listBatchRows, listCandidates, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import { createPlace, putUnit } from '@gruppstart/contracts/routes/requirements-routes';
import { OfficeId, TenantId, UserId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { makeWorld } from '@gruppstart/store/world';
import { receiveBatch } from '@gruppstart/usecases/intake/receive-batch';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { someRows } from './candidate-files.ts';
import { type Inside, type JourneyControl, openEnvironment } from './environment.ts';
import { linesLogged } from './log-lines.ts';
import { until } from './requests.ts';
import { ANNA, asIn, CARE_HOME, easyPlace, everyItem, KARIN, proposalsOf } from './small-town.ts';

const environment = await openEnvironment({ quickRetries: true });
afterAll(() => environment.close());
const as = asIn(environment);

const onLaptop = environment.inside !== null && environment.control !== null;
const insideOf = (): Inside => {
  if (environment.inside === null) throw new Error('Only where one can look inside');
  return environment.inside;
};
const controlOf = (): JourneyControl => {
  if (environment.control === null) throw new Error('Only where there are levers');
  return environment.control;
};

const waitingIn = async (queue: string): Promise<number> => {
  const found = (await controlOf().queueDepths()).find((each) => each.queue === queue);
  if (!found) throw new Error(`No queue ${queue}`);
  return found.waiting + found.inFlight;
};
const isDone = (waiting: number): boolean => waiting === 0;

const finished = async (batchId: string) => {
  const caseworker = await as(KARIN, 'intake');
  const read = async () => (await caseworker.call(getBatch, { params: { batchId } })).body;
  return until(read, ({ status }) => status === 'finished', 60);
};

const candidates = async () => {
  const coordinator = await as(ANNA, 'intake');
  return everyItem(
    async (cursor) => (await coordinator.call(listCandidates, { query: { limit: '100', ...cursor } })).body,
  );
};

const entriesOf = async (deed: string, subject: string) =>
  (await insideOf().auditOf('soderhamn')).filter((entry) => entry.deed === deed && entry.subjects.includes(subject));

const NOBODYS = '00000000000000000000000000';
const envelope = () => ({
  v: 1,
  eventId: makeWorld().newId('event'),
  tenant: 'soderhamn',
  correlationId: `test-${randomUUID()}`,
});
const takeAgain = (batchId: string): string =>
  JSON.stringify(BatchToTake.parse({ ...envelope(), kind: 'batch-to-take', batchId, fromRow: 0 }));
const makeAgain = (runId: string): string =>
  JSON.stringify(RunToMake.parse({ ...envelope(), kind: 'run-to-make', runId }));

const answerAgain = (whatIfId: string): string =>
  JSON.stringify(WhatIfToAnswer.parse({ ...envelope(), kind: 'what-if-to-answer', whatIfId }));

/** What can never be handled: no JSON, no message, a message for another queue, one about what does not exist. */
const POISON = {
  IntakeQueue: ['no JSON', '{"kind":"batch-to-take"}', makeAgain(`run_${NOBODYS}`), takeAgain(`batch_${NOBODYS}`)],
  MatchingQueue: ['{', makeAgain(`run_${NOBODYS}`), answerAgain(`what_${NOBODYS}`)],
} as const;
/** Lines of Söderhamn's file, one batch each, sent between the poison. */
const NEIGHBOURS = [100, 102, 104, 108];

describe.skipIf(!onLaptop)('poison', () => {
  test('does not keep its neighbours from being handled', async () => {
    const caseworker = await as(KARIN, 'intake');
    const batchIds: string[] = [];
    for (const [index, line] of NEIGHBOURS.entries()) {
      await insideOf().sendMessage('IntakeQueue', POISON.IntakeQueue[index] ?? '');
      batchIds.push((await caseworker.call(sendBatch, { query: {}, body: someRows([line]) })).body.id);
    }
    for (const body of POISON.MatchingQueue) await insideOf().sendMessage('MatchingQueue', body);
    for (const batchId of batchIds) {
      expect((await finished(batchId)).counts).toMatchObject({ rows: 1, created: 1 });
      const [received] = await entriesOf('batch-received', batchId);
      const handled = await linesLogged(
        insideOf(),
        'IntakeWorkerFunction',
        ({ event, correlationId }) => event === 'message-handled' && correlationId === received?.correlationId,
      );
      expect(handled).toHaveLength(1);
      expect(await entriesOf('candidate-created', batchId)).toHaveLength(1);
      expect(await entriesOf('batch-finished', batchId)).toHaveLength(1);
    }
    expect(await candidates()).toHaveLength(NEIGHBOURS.length);
  });
});

describe.skipIf(!onLaptop)('a message that comes more than once', () => {
  /** The first sixty lines below the header of Söderhamn's file, of which expected.json refuses four. */
  const SIXTY = Array.from({ length: 60 }, (_, index) => index + 2);
  const TAKEN_OF_SIXTY = 56;

  test('takes a batch once', async () => {
    const before = (await candidates()).length;
    const caseworker = await as(KARIN, 'intake');
    const { id: batchId } = (await caseworker.call(sendBatch, { query: {}, body: someRows(SIXTY) })).body;
    const copies = [takeAgain(batchId), takeAgain(batchId), takeAgain(batchId)];
    await Promise.all(copies.map((copy) => insideOf().sendMessage('IntakeQueue', copy)));
    const { counts } = await finished(batchId);
    expect(counts).toMatchObject({ rows: 60, created: TAKEN_OF_SIXTY, unchanged: 0, rejected: 60 - TAKEN_OF_SIXTY });
    // And once more when all is done.
    await insideOf().sendMessage('IntakeQueue', takeAgain(batchId));
    await until(() => waitingIn('IntakeQueue'), isDone, 60);
    expect((await finished(batchId)).counts).toEqual(counts);
    expect(await candidates()).toHaveLength(before + TAKEN_OF_SIXTY);
    const created = await entriesOf('candidate-created', batchId);
    expect(created).toHaveLength(TAKEN_OF_SIXTY);
    expect(new Set(created.map(({ subjects }) => subjects.join(' '))).size).toBe(TAKEN_OF_SIXTY);
    expect(await entriesOf('batch-finished', batchId)).toHaveLength(1);
    const params = { batchId };
    const rows = await everyItem(
      async (cursor) => (await caseworker.call(listBatchRows, { params, query: { limit: '100', ...cursor } })).body,
    );
    expect(rows.map(({ line }) => line)).toEqual(SIXTY);
  });

  test('makes a run once', async () => {
    const unit = {
      name: 'Äldreboendet Solgården',
      field: 'care',
      postcode: '82630',
      municipalityCode: '2182',
    } as const;
    const units = await as(ANNA, 'requirements');
    await units.call(putUnit, { params: { unitId: CARE_HOME }, body: unit });
    await units.call(createPlace, { body: easyPlace(CARE_HOME, 12) });
    const coordinator = await as(ANNA, 'cohorts');
    const start = { name: 'Gruppstart januari', startDate: '2027-01-11', seats: 12 };
    const cohort = await coordinator.call(createCohort, { body: start });
    const asked = { purpose: 'admission' as const, cohortIds: [cohort.body.id], horizon: 0 };
    const { id: runId } = (await coordinator.call(orderRun, { body: asked })).body;
    await Promise.all([1, 2].map(() => insideOf().sendMessage('MatchingQueue', makeAgain(runId))));
    const read = async () => (await coordinator.call(getRun, { params: { runId } })).body;
    const run = await until(read, ({ status }) => status !== 'working', 60);
    await insideOf().sendMessage('MatchingQueue', makeAgain(runId));
    await until(() => waitingIn('MatchingQueue'), isDone, 60);
    expect(await read()).toEqual(run);
    const params = { runId };
    const outcomes = await everyItem(
      async (cursor) => (await coordinator.call(listOutcomes, { params, query: { limit: '100', ...cursor } })).body,
    );
    expect(outcomes).toHaveLength(NEIGHBOURS.length + TAKEN_OF_SIXTY);
    expect(new Set(outcomes.map(({ outcome }) => outcome.candidateId)).size).toBe(outcomes.length);
    expect(await proposalsOf(as, runId)).toHaveLength(12);
    expect(await entriesOf('run-finished', runId)).toHaveLength(1);
  });
});

describe.skipIf(!onLaptop)('what was kept but never sent', () => {
  /** What the door does, up to where it dies: the transaction is there, the message has not gone out. */
  const receiveAndDie = async (): Promise<string> => {
    const { store, blobs } = insideOf();
    const dead = { flush: async () => {}, resend: async () => ({ sent: 0, failed: 0 }) };
    const offices = [OfficeId.parse('af-101')];
    const received = await receiveBatch({ store, blobs, world: makeWorld(), outbox: dead })(
      {
        actor: {
          tenant: TenantId.parse('soderhamn'),
          userId: UserId.parse('user-9w3kd6r1xp'),
          permission: { roles: ['caseworker'], wholeTenant: false, unitIds: [], offices, mayResolveProtected: false },
        },
        now: Instant.parse(new Date(controlOf().nowMs()).toISOString()),
        correlationId: 'the-door-died',
        expected: null,
        mark: () => null,
      },
      { bytes: someRows([100]), officeId: null, ignoreUnknownColumns: false },
    );
    if (!received.ok) throw new Error(received.error.code);
    return received.value.value.id;
  };
  const Resent = z.object({ sent: z.int(), failed: z.int() });
  const fire = async () => Resent.parse(JSON.parse(await controlOf().fireSchedule('OutboxSchedule')));
  const unsent = async () => (await insideOf().storedItems()).filter((item) => item.includes('#OUTBOX#'));

  test('is left to its sender for half a minute, then sent by the schedule, once', async () => {
    const batchId = await receiveAndDie();
    expect(await fire()).toEqual({ sent: 0, failed: 0 });
    const caseworker = await as(KARIN, 'intake');
    expect((await caseworker.call(getBatch, { params: { batchId } })).body.status).toBe('working');
    expect(await unsent()).toHaveLength(1);
    // Two minutes on, the schedule has been due by itself.
    await controlOf().moveClock({ byDays: 2 / (24 * 60) });
    expect((await finished(batchId)).counts).toMatchObject({ rows: 1, unchanged: 1 });
    expect(await fire()).toEqual({ sent: 0, failed: 0 });
    expect(await entriesOf('batch-finished', batchId)).toHaveLength(1);
    expect(await unsent()).toEqual([]);
  });
});

describe.skipIf(!onLaptop)('poison, after three tries,', () => {
  test.each([
    ['IntakeQueue', 'IntakeWorkerFunction'],
    ['MatchingQueue', 'MatcherFunction'],
  ] as const)('of the %s lies among its dead letters as it was sent, and nothing else does', async (queue, worker) => {
    const deadLetters = `${queue}DeadLetters`;
    const sent = POISON[queue];
    await until(
      () => waitingIn(deadLetters),
      (waiting) => waiting >= sent.length,
      60,
    );
    expect((await insideOf().messagesIn(deadLetters)).toSorted()).toEqual(sent.toSorted());
    expect(await waitingIn(queue)).toBe(0);
    const refused = await linesLogged(
      insideOf(),
      worker,
      ({ event, correlationId }) =>
        event === 'message-unreadable' ||
        (event === 'message-failed' && sent.some((body) => body.includes(String(correlationId)))),
      3 * sent.length,
    );
    const tries = [...Map.groupBy(refused, ({ messageId }) => messageId).values()].map((lines) => lines.length);
    expect(tries).toEqual(sent.map(() => 3));
  });
});
