import { describe, expect, test } from 'vitest';
import { makeLog } from './log.ts';
import { makeQueueWorker, takerOf } from './queue/worker.ts';
import { GOOD_INPUT, problemOf, smallDoor } from './test-support/small-door.ts';

/** A gate that opens at a given question; a question costs a read of the table. */
const openingAt = (question: number) => {
  let asked = 0;
  return {
    isOpen: async () => {
      asked += 1;
      return asked >= question;
    },
    asked: () => asked,
  };
};

describe('over a table that has come back from a backup', () => {
  test('a door refuses readings and changes alike, before anything is read or done, until the gate opens', async () => {
    const granted: string[] = [];
    const { isOpen } = openingAt(3);
    const { call, send, deeds } = smallDoor({
      isOpen,
      grants: async (_tenant, userId) => {
        granted.push(userId);
        return [];
      },
    });
    for (const answer of [await call('/v1/things/thing_aa'), await send('POST', '/v1/things', GOOD_INPUT)]) {
      expect(answer.headers.get('retry-after')).toBe('60');
      expect(await problemOf(answer)).toMatchObject({ status: 503, code: 'restore-not-finished' });
    }
    expect([granted, deeds]).toEqual([[], []]);
    expect((await call('/v1/things/thing_aa')).status).toBe(403);
  });

  test('a worker fails every message, so that it stays in the queue, and takes it when the gate opens', async () => {
    const handled: string[] = [];
    const lines: string[] = [];
    const worker = makeQueueWorker({
      log: makeLog('intake-worker', (line) => lines.push(line)),
      takers: [
        takerOf(
          'batch-to-take',
          async ({ batchId }) => {
            handled.push(batchId);
          },
          () => ({}),
        ),
      ],
      isOpen: openingAt(2).isOpen,
    });
    const tail = '01jd4z8w6k3v9r5t2q7n0m1pxy';
    const body = JSON.stringify({
      v: 1,
      kind: 'batch-to-take',
      eventId: `evt_${tail}`,
      tenant: 'soderhamn',
      correlationId: 'c-1',
      batchId: `batch_${tail}`,
      fromRow: 0,
    });
    const event = { Records: [{ messageId: 'm-1', body }] };
    expect(await worker(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(handled).toEqual([]);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'warn', event: 'restore-waits', messages: 1 });
    expect(await worker(event)).toEqual({ batchItemFailures: [] });
    expect(handled).toEqual([`batch_${tail}`]);
  });

  test('without such a table nothing is asked', async () => {
    const { call } = smallDoor();
    expect((await call('/v1/things/thing_aa')).status).toBe(200);
  });
});
