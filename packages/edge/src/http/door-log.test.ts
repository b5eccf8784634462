import { PROBLEM_CODES } from '@gruppstart/contracts/problem';
import { err } from '@gruppstart/domain/shared/result';
import { describe, expect, test } from 'vitest';
import { figuresIn, metricFaults } from '../test-support/metric-line.ts';
import { CLAIMS, type DoorChanges, GOOD_INPUT, problemOf, smallDoor } from '../test-support/small-door.ts';

const SECRET = 'Testsson-198507099805';
const opened = (changes: DoorChanges = {}) => {
  const door = smallDoor(changes);
  return { ...door, said: () => door.lines.map((line) => JSON.parse(line)) };
};

describe('a request leaves one line in the log', () => {
  test('that says which route answered what, for whom and how soon', async () => {
    const door = opened();
    await door.call('/v1/things/thing_aa');
    expect(door.said()).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        service: 'small',
        event: 'request-answered',
        correlationId: 'req-1',
        tenant: 'soderhamn',
        route: 'readThing',
        status: 200,
        durationMs: expect.any(Number),
      },
    ]);
  });

  test('that says when a first answer was given again', async () => {
    const door = opened();
    await door.send('POST', '/v1/things', GOOD_INPUT);
    await door.send('POST', '/v1/things', GOOD_INPUT);
    expect(door.said()).toMatchObject([
      { event: 'request-answered', route: 'createThing', status: 201 },
      { event: 'request-answered', route: 'createThing', status: 201, replayed: true },
    ]);
    expect(door.said()[0]).not.toHaveProperty('replayed');
  });

  test.each(PROBLEM_CODES)('when the deed refuses with %s, with the code and a count of one', async (code) => {
    const door = opened({ run: { createThing: async () => err({ code }) } });
    const response = await door.send('POST', '/v1/things', GOOD_INPUT);
    const problem = await problemOf(response);
    expect(door.lines).toHaveLength(1);
    expect(door.said()[0]).toMatchObject({
      event: 'request-refused',
      correlationId: problem.correlationId,
      route: 'createThing',
      status: problem.status,
      code: problem.code,
    });
    expect(door.lines.flatMap(metricFaults)).toEqual([]);
    expect(figuresIn(door.said()[0])).toEqual({ Refusals: 1 });
  });

  test.each([
    ['has no route', 'GET', '/v1/other', 'not-found'],
    ['has another method', 'DELETE', '/v1/things', 'method-not-allowed'],
  ])('when its address %s: without route, and without the address', async (_what, method, path, code) => {
    const door = opened();
    await door.call(`${path}?name=${SECRET}`, { method });
    expect(door.said()).toMatchObject([{ event: 'request-refused', route: null, code }]);
    expect(door.lines.join()).not.toContain('Testsson');
  });

  test('when it names nobody', async () => {
    const door = opened();
    await door.call('/v1/things', { claims: { ...CLAIMS, sub: `${SECRET}@example.se` } });
    expect(door.said()).toMatchObject([{ event: 'request-refused', tenant: null, code: 'tenant-missing' }]);
    expect(door.lines.join()).not.toContain('Testsson');
  });

  test('when it fails, with the same code as the answer', async () => {
    const fault = Object.assign(new Error(SECRET), { name: 'ThrottlingException' });
    const door = opened({ run: { readThing: async () => Promise.reject(fault) } });
    await door.call('/v1/things/thing_aa');
    expect(door.said()).toMatchObject([
      { level: 'error', event: 'request-failed', error: 'ThrottlingException', status: 503, code: 'busy' },
    ]);
    expect(figuresIn(door.said()[0])).toEqual({ Refusals: 1 });
    expect(door.lines.join()).not.toContain('Testsson');
  });

  test.each([
    ['path', '/v1/things/thing_aa', { method: SECRET.toUpperCase() }],
    ['path', `/v1/things/${SECRET}`, {}],
    ['query', `/v1/things?kind=${SECRET}&${SECRET}=1`, {}],
    ['cursor', `/v1/things?cursor=${SECRET}`, {}],
    ['header', '/v1/things', { method: 'POST', headers: { 'idempotency-key': `${SECRET} x`, 'if-match': SECRET } }],
    ['key', '/v1/things', { method: 'POST', headers: { 'idempotency-key': SECRET }, body: '{}' }],
    [
      'media type',
      '/v1/things',
      { method: 'POST', headers: { 'content-type': `text/${SECRET}`, 'idempotency-key': 'k' } },
    ],
    [
      'broken body',
      '/v1/things',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
        body: `{"title":"${SECRET}`,
      },
    ],
    [
      'body of another shape',
      '/v1/things',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
        body: JSON.stringify({ [SECRET]: SECRET, title: SECRET.repeat(9), seats: SECRET }),
      },
    ],
  ])('that holds nothing of a %s that holds a name: %s', async (_what, path, call) => {
    const door = opened();
    await door.call(path, call);
    expect(door.lines).toHaveLength(1);
    expect(door.lines.join().toLowerCase()).not.toMatch(/testsson|19850709/);
  });
});
