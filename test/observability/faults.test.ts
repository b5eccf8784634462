import { inspect } from 'node:util';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { makeQueueWorker, takerOf } from '@gruppstart/edge/queue/worker';
import { smallDoor } from '@gruppstart/edge/test-support/small-door';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { HOSTILE, HOSTILE_TEXT, HOSTILE_WORD } from './hostile-person.ts';
import { inventedPeople } from './invented-people.ts';
import { personalDataIn } from './personal-data.ts';

const KNOWN = inventedPeople();
const $metadata = {};
const Item = { name: { S: HOSTILE_TEXT }, number: { S: HOSTILE.personalNumber } };

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

/** Errors as libraries make them, each with what it was about inside. */
const FAULTS: readonly (readonly [string, unknown])[] = [
  ['the reader of JSON', thrownBy(() => JSON.parse(HOSTILE.givenName))],
  [
    'a schema that repeats what it read',
    z.strictObject({ name: z.int() }).safeParse({ name: HOSTILE_TEXT, [HOSTILE_WORD]: 1 }, { reportInput: true }).error,
  ],
  [
    'a schema with words of its own',
    z
      .string()
      .refine(() => false, { error: HOSTILE_TEXT })
      .safeParse('x').error,
  ],
  [
    'a refused condition with the item that stood in its way',
    new ConditionalCheckFailedException({
      message: `The conditional request failed: ${HOSTILE_TEXT}`,
      Item,
      $metadata,
    }),
  ],
  [
    'a cancelled transaction with its reasons',
    new TransactionCanceledException({
      message: 'Transaction cancelled',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Message: HOSTILE_TEXT, Item }],
      $metadata,
    }),
  ],
  ['an address that is none', thrownBy(() => new URL(`//${HOSTILE_TEXT}`))],
  ['a header that is none', thrownBy(() => new Headers({ 'x-name': `${HOSTILE_TEXT}\n` }))],
  ['a file that is not there', Object.assign(new Error(`ENOENT: '${HOSTILE_WORD}'`), { path: HOSTILE_WORD })],
  ['several errors at once', new AggregateError([new Error(HOSTILE_TEXT)], HOSTILE_TEXT)],
  ['a cause under a cause', new Error('x', { cause: new Error('y', { cause: new TypeError(HOSTILE_TEXT) }) })],
  ['a name of its own', Object.assign(new Error('x'), { name: HOSTILE_WORD })],
  ['fields of its own', Object.assign(new Error('x'), { person: HOSTILE, toJSON: () => HOSTILE_TEXT })],
  ['a text', HOSTILE_TEXT],
  ['an object', { ...HOSTILE, toString: () => HOSTILE_TEXT }],
];

const isSearchable = (error: unknown): boolean =>
  personalDataIn(`${inspect(error, { depth: 9, showHidden: true })} ${String(error)}`, KNOWN).length > 0;
const clean = (lines: readonly string[]): void => {
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.flatMap((line) => personalDataIn(line, KNOWN))).toEqual([]);
};

describe('an error made by', () => {
  test.each(FAULTS)('%s does hold personal data', (_what, error) => {
    expect(isSearchable(error)).toBe(true);
  });

  test.each(FAULTS)('%s leaves none in the line of a door, or in its answer', async (_what, error) => {
    const door = smallDoor({ run: { readThing: async () => Promise.reject(error) } });
    const answer = await door.call('/v1/things/thing_aa');
    expect(answer.status).toBe(500);
    clean([...door.lines, await answer.text()]);
  });

  test.each(FAULTS)('%s leaves none in the line of a worker', async (_what, error) => {
    const lines: string[] = [];
    const work = makeQueueWorker({
      log: makeLog('matcher', (line) => lines.push(line)),
      takers: [
        takerOf(
          'run-to-make',
          () => Promise.reject(error),
          () => ({}),
        ),
      ],
    });
    const tail = '01jd4z8w6k3v9r5t2q7n0m1pxy';
    const message = { v: 1, eventId: `evt_${tail}`, tenant: 'soderhamn', correlationId: 'c' };
    const body = JSON.stringify({ ...message, kind: 'run-to-make', runId: `run_${tail}` });
    const answer = await work({ Records: [{ messageId: 'm', body }] });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'message-failed', level: 'error' });
    clean([...lines, JSON.stringify(answer)]);
  });

  test.each(FAULTS)('%s leaves none when it escapes, or is printed by a library', async (_what, error) => {
    const lines: string[] = [];
    const printed: unknown[] = [];
    const print = (...said: readonly unknown[]): void => {
      printed.push(said);
    };
    const console = { debug: print, error: print, info: print, log: print, trace: print, warn: print };
    const handler = watched(
      makeLog('grants', (line) => lines.push(line)),
      async () => {
        console.error('Error processing request:', error);
        throw error;
      },
      { environment: {}, console },
    );
    const escaped = await handler({}, {}).catch((left: unknown) => left);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['library-printed', 'invocation-failed']);
    expect(printed).toEqual([]);
    clean([...lines, inspect(escaped, { depth: 9, showHidden: true })]);
  });
});
