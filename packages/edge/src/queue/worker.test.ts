import type { BatchToTake } from '@gruppstart/contracts/queue-messages';
import { describe, expect, test } from 'vitest';
import { makeLog } from '../log.ts';
import { makeQueueWorker } from './worker.ts';

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

const working = (handle: (message: BatchToTake) => Promise<void> = async () => {}) => {
  const lines: string[] = [];
  const handled: number[] = [];
  const log = makeLog('intake-worker', (line) => lines.push(line));
  const worker = makeQueueWorker(log, 'batch-to-take', async (message) => {
    await handle(message);
    handled.push(message.fromRow);
  });
  const deliver = (bodies: readonly unknown[]) =>
    worker({
      Records: bodies.map((body, index) => ({
        messageId: `m-${index}`,
        body: typeof body === 'string' ? body : JSON.stringify(body),
        receiptHandle: 'r',
      })),
    });
  return { deliver, worker, lines, handled };
};
const failures = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('a queue worker', () => {
  test('takes every message and says that none failed', async () => {
    const { deliver, handled, lines } = working();
    expect(await deliver([batch(0), batch(400)])).toEqual(failures());
    expect(handled).toEqual([0, 400]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'message-handled', messageId: 'm-0', correlationId: 'c-0' },
      { event: 'message-handled', messageId: 'm-1', correlationId: 'c-400' },
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
    const { deliver, handled, lines } = working();
    expect(await deliver([batch(0), body, batch(2)])).toEqual(failures('m-1'));
    expect(handled).toEqual([0, 2]);
    expect(JSON.parse(lines[1] ?? '')).toEqual({
      level: 'warn',
      function: 'intake-worker',
      event: 'message-unreadable',
      messageId: 'm-1',
    });
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
