import type { BatchToTake } from '@gruppstart/contracts/queue-messages';
import { describe, expect, test } from 'vitest';
import { makeLog } from '../log.ts';
import { figuresIn, metricFaults } from '../test-support/metric-line.ts';
import { makeQueueWorker, takerOf } from './worker.ts';

const TAIL = '01jd4z8w6k3v9r5t2q7n0m1pxy';
const SECRET = 'Åsa Testsson 198507099805';
const batch = (row = 0) => ({
  v: 1,
  kind: 'batch-to-take',
  eventId: `evt_${TAIL}`,
  tenant: 'soderhamn',
  correlationId: `c-${row}`,
  batchId: `batch_${TAIL}`,
  fromRow: row,
});
const run = {
  v: 1,
  kind: 'run-to-make',
  eventId: `evt_${TAIL}`,
  tenant: 'soderhamn',
  correlationId: 'c',
  runId: `run_${TAIL}`,
};
const whatIf = {
  v: 1,
  kind: 'what-if-to-answer',
  eventId: `evt_${TAIL}`,
  tenant: 'soderhamn',
  correlationId: 'c',
  whatIfId: `what_${TAIL}`,
};

const NOW = Date.parse('2026-12-01T08:00:00.000Z');
const WAITED_MS = 4321;
const attributes = { SentTimestamp: String(NOW - WAITED_MS), ApproximateReceiveCount: '2' };
const working = (handle: (message: BatchToTake) => Promise<void> = async () => {}) => {
  const lines: string[] = [];
  const handled: number[] = [];
  const log = makeLog('intake-worker', (line) => lines.push(line));
  const worker = makeQueueWorker({
    log,
    takers: [
      takerOf(
        'batch-to-take',
        async (message) => {
          await handle(message);
          handled.push(message.fromRow);
          return message.fromRow;
        },
        (fromRow) => ({ facts: { made: 'rows' }, figures: { RowsTaken: fromRow + 1 } }),
      ),
    ],
    clock: () => NOW,
  });
  const deliver = (bodies: readonly unknown[]) =>
    worker({
      Records: bodies.map((body, index) => ({
        messageId: `m-${index}`,
        body: typeof body === 'string' ? body : JSON.stringify(body),
        receiptHandle: 'r',
        attributes,
      })),
    });
  return { deliver, worker, lines, handled, said: () => lines.map((line) => JSON.parse(line)) };
};
const failures = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('a queue worker', () => {
  test('takes every message and says that none failed', async () => {
    const { deliver, handled, said } = working();
    expect(await deliver([batch(0), batch(400)])).toEqual(failures());
    expect(handled).toEqual([0, 400]);
    expect(said()).toMatchObject([
      { event: 'message-handled', messageId: 'm-0', correlationId: 'c-0' },
      { event: 'message-handled', messageId: 'm-1', correlationId: 'c-400' },
    ]);
  });

  test('says what each was about, what was done, and by how much', async () => {
    const { deliver, lines, said } = working();
    await deliver([batch(7)]);
    expect(said()).toMatchObject([
      {
        level: 'info',
        service: 'intake-worker',
        kind: 'batch-to-take',
        tenant: 'soderhamn',
        batchId: `batch_${TAIL}`,
        fromRow: 7,
        tries: 2,
        made: 'rows',
      },
    ]);
    expect(lines.flatMap(metricFaults)).toEqual([]);
    expect(figuresIn(said()[0])).toEqual({ QueueAgeMs: WAITED_MS, RowsTaken: 8 });
  });

  test('measures how long a message had waited also when it fails or cannot be read', async () => {
    const { deliver, lines, said } = working(async () => Promise.reject(new Error(SECRET)));
    await deliver([batch(0), 'no JSON']);
    expect(said().map(({ event }) => event)).toEqual(['message-failed', 'message-unreadable']);
    expect(said()[0]).toMatchObject({ correlationId: 'c-0', batchId: `batch_${TAIL}`, error: 'Error' });
    expect(lines.flatMap(metricFaults)).toEqual([]);
    expect(said().map(figuresIn)).toEqual([{ QueueAgeMs: WAITED_MS }, { QueueAgeMs: WAITED_MS }]);
  });

  test.each([
    ['was sent in the future, by another clock', { SentTimestamp: String(NOW + 10) }, { QueueAgeMs: 0 }],
    ['does not say when it was sent', {}, {}],
    ['has no attributes', undefined, {}],
  ])('takes a message that %s', async (_what, changed, age) => {
    const { worker, said } = working();
    await worker({ Records: [{ messageId: 'm', body: JSON.stringify(batch()), attributes: changed }] });
    expect(figuresIn(said()[0])).toEqual({ ...age, RowsTaken: 1 });
    expect(said()[0].tries).toBe(1);
  });

  test('takes several kinds, each in its own way, and tells of each by its id', async () => {
    const lines: string[] = [];
    const log = makeLog('matcher', (line) => lines.push(line));
    const worker = makeQueueWorker({
      log,
      takers: [
        takerOf(
          'run-to-make',
          async ({ runId }) => runId,
          () => ({ facts: { made: 'result' } }),
        ),
        takerOf(
          'what-if-to-answer',
          async ({ whatIfId }) => whatIfId,
          (told) => ({ facts: { told } }),
        ),
      ],
    });
    const bodies = [run, whatIf].map((body) => ({ messageId: body.kind, body: JSON.stringify(body) }));
    expect(await worker({ Records: bodies })).toEqual(failures());
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'message-handled', kind: 'run-to-make', runId: run.runId, made: 'result' },
      { event: 'message-handled', kind: 'what-if-to-answer', whatIfId: whatIf.whatIfId, told: whatIf.whatIfId },
    ]);
  });

  test('fails the one that failed alone, and goes on with its neighbours', async () => {
    const { deliver, handled, lines } = working(async ({ fromRow }) => {
      if (fromRow === 1) throw new Error(SECRET);
    });
    expect(await deliver([batch(0), batch(1), batch(2)])).toEqual(failures('m-1'));
    expect(handled).toEqual([0, 2]);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual([
      'message-handled',
      'message-failed',
      'message-handled',
    ]);
    expect(lines.join()).not.toContain('Testsson');
  });

  test.each([
    ['no JSON', `{"name":"${SECRET}`],
    ['empty', ''],
    ['null', 'null'],
    ['of another kind', run],
    ['of a kind that does not exist', { ...batch(), kind: 'batch-to-drop' }],
    ['of another version', { ...batch(), v: 2 }],
    ['without an organisation', { ...batch(), tenant: undefined }],
    ['with a foreign field', { ...batch(), name: SECRET }],
    ['about a negative row', { ...batch(), fromRow: -1 }],
    ['about an id of another kind', { ...batch(), batchId: run.runId }],
  ])('fails a message that is %s without touching it, so that somebody sees it', async (_what, body) => {
    const { deliver, handled, lines, said } = working();
    expect(await deliver([batch(0), body, batch(2)])).toEqual(failures('m-1'));
    expect(handled).toEqual([0, 2]);
    expect(said()[1]).toMatchObject({ level: 'warn', event: 'message-unreadable', messageId: 'm-1' });
    expect(lines.join()).not.toContain('Testsson');
  });

  test('may fail them all', async () => {
    const { deliver } = working(async () => Promise.reject(new Error('down')));
    expect(await deliver([batch(0), 'x', batch(2)])).toEqual(failures('m-0', 'm-1', 'm-2'));
  });

  test('has nothing to say about no messages', async () => {
    expect(await working().deliver([])).toEqual(failures());
  });

  test.each([null, {}, { Records: 'x' }, { Records: [{ body: '{}' }] }])(
    'does not answer for what is no event: %j',
    async (event) => {
      await expect(working().worker(event)).rejects.toThrow();
    },
  );
});
