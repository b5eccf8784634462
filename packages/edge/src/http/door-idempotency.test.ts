import { err, ok } from '@gruppstart/domain/shared/result';
import { describe, expect, test } from 'vitest';
import {
  A_THING,
  type Call,
  CLAIMS,
  codeOf,
  type DoorChanges,
  GOOD_INPUT,
  NOW,
  problemOf,
  smallDoor,
} from '../test-support/small-door.ts';

const counting = () => {
  let made = 0;
  const changes: DoorChanges = {
    run: { createThing: async () => ok(++made) },
    answer: {
      createThing: (value) => ({
        status: 201,
        body: { ...A_THING, title: `Nr ${String(value)}` },
        version: 1,
        location: '/v1/things/thing_aa',
      }),
    },
  };
  return smallDoor(changes);
};
const seen = async (response: Response) => ({
  status: response.status,
  body: await response.text(),
  headers: Object.fromEntries([...response.headers].filter(([name]) => name !== 'idempotency-replayed')),
  replayed: response.headers.get('idempotency-replayed'),
});

describe('a retry with the same key', () => {
  test('gets the first answer again, word for word, and nothing is done twice', async () => {
    const door = counting();
    const first = await seen(await door.send('POST', '/v1/things', GOOD_INPUT));
    const again = await seen(await door.send('POST', '/v1/things', GOOD_INPUT));
    expect(first).toMatchObject({ status: 201, replayed: null });
    expect(again).toEqual({ ...first, replayed: 'true' });
    expect(door.deeds).toHaveLength(1);
  });

  test('is kept for 24 hours, with the user, the route and what was answered', async () => {
    const door = counting();
    await door.send('POST', '/v1/things', GOOD_INPUT);
    expect([...door.marks.values()]).toEqual([
      {
        userId: CLAIMS.sub,
        route: 'createThing',
        key: 'k-1',
        requestHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        answer: {
          status: 201,
          headers: { 'content-type': 'application/json', etag: '"1"', location: '/v1/things/thing_aa' },
          body: JSON.stringify({ ...A_THING, title: 'Nr 1' }),
        },
        expiresAtEpochSeconds: Date.parse(NOW) / 1000 + 86_400,
      },
    ]);
  });

  test('is looked for with the time of now, so that an old one does not count', async () => {
    const asked: unknown[] = [];
    const door = smallDoor({
      findMark: async (tenant, key, nowEpochSeconds) => {
        asked.push([tenant, key, nowEpochSeconds]);
        return null;
      },
    });
    await door.send('POST', '/v1/things', GOOD_INPUT);
    expect(asked).toEqual([
      ['soderhamn', { userId: 'samordnare', route: 'createThing', key: 'k-1' }, Date.parse(NOW) / 1000],
    ]);
  });

  const json = (body: unknown, headers: Readonly<Record<string, string>> = {}): Call => ({
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1', ...headers },
  });
  const closing = '/v1/things/thing_aa/closing';
  test.each([
    ['another body', '/v1/things', json(GOOD_INPUT), '/v1/things', json({ ...GOOD_INPUT, seats: 3 })],
    [
      'another thing',
      closing,
      json(GOOD_INPUT, { 'if-match': '"1"' }),
      '/v1/things/thing_bb/closing',
      json(GOOD_INPUT, { 'if-match': '"1"' }),
    ],
    [
      'another version',
      closing,
      json(GOOD_INPUT, { 'if-match': '"1"' }),
      closing,
      json(GOOD_INPUT, { 'if-match': '"2"' }),
    ],
    [
      'another query',
      `${closing}?dryRun=true`,
      json(GOOD_INPUT, { 'if-match': '*' }),
      `${closing}?dryRun=false`,
      json(GOOD_INPUT, { 'if-match': '*' }),
    ],
  ])('but %s is refused', async (_what, firstPath, first, secondPath, second) => {
    const door = smallDoor();
    expect((await door.call(firstPath, first)).ok).toBe(true);
    expect(await problemOf(await door.call(secondPath, second))).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
    });
    expect(door.deeds).toHaveLength(1);
  });

  test.each([
    ['another user', { claims: { ...CLAIMS, sub: 'annan' } }],
    ['another key', { headers: { 'idempotency-key': 'k-2' } }],
  ])('of %s is a deed of its own', async (_what, changes: Call) => {
    const door = counting();
    await door.call('/v1/things', json(GOOD_INPUT));
    const call = json(GOOD_INPUT);
    await door.call('/v1/things', { ...call, ...changes, headers: { ...call.headers, ...changes.headers } });
    expect(door.deeds).toHaveLength(2);
  });

  test('on another route is a deed of its own', async () => {
    const door = smallDoor();
    await door.call('/v1/things', json(GOOD_INPUT));
    await door.call(closing, json(GOOD_INPUT, { 'if-match': '*' }));
    expect(door.deeds.map(({ route }) => route)).toEqual(['createThing', 'closeThing']);
  });

  test('a refused request keeps no mark: mended, the same key may be used', async () => {
    let full = true;
    const door = smallDoor({ run: { createThing: async () => (full ? err({ code: 'seats-full' }) : ok(null)) } });
    expect(await codeOf(await door.send('POST', '/v1/things', GOOD_INPUT))).toBe('seats-full');
    full = false;
    expect(await codeOf(await door.send('POST', '/v1/things', { ...GOOD_INPUT, seats: 9 }))).toBe('ok 201');
  });
});

describe('two at the same time', () => {
  test('the one who comes second gets the first one’s answer when that is there by then', async () => {
    const door = smallDoor({
      run: {
        createThing: async (deed) => {
          // Another process has committed between the look and the deed.
          const mark = deed.mark(null);
          if (mark) door.marks.set(`${mark.userId} ${mark.route} ${mark.key}`, mark);
          return err({ code: 'already-done' });
        },
      },
    });
    const response = await door.send('POST', '/v1/things', GOOD_INPUT);
    expect([response.status, response.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  });

  test.each(['already-done', 'request-in-flight'] as const)(
    '%s without an answer yet: wait and try again',
    async (code) => {
      const door = smallDoor({ run: { createThing: async () => err({ code }) } });
      const response = await door.send('POST', '/v1/things', GOOD_INPUT);
      expect(response.headers.get('retry-after')).toBe('2');
      expect(await problemOf(response)).toMatchObject({ status: 409, code: 'request-in-flight' });
    },
  );

  test('a lost race without a key is worth another try', async () => {
    const door = smallDoor({ run: { changeThing: async () => err({ code: 'request-in-flight' }) } });
    const response = await door.send('PATCH', '/v1/things/thing_aa', {}, { 'if-match': '"3"' });
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await problemOf(response)).toMatchObject({ status: 503, code: 'busy' });
  });
});

describe('the key', () => {
  const withKey = (key: string) => smallDoor().send('POST', '/v1/things', GOOD_INPUT, { 'idempotency-key': key });

  test.each(['k', 'a'.repeat(128), '550e8400-e29b-41d4-a716-446655440000', '"quoted"'])('%s is one', async (key) => {
    expect(await codeOf(await withKey(key))).toBe('ok 201');
  });

  test.each(['', 'a'.repeat(129), 'two words', 'one, two', 'nyckel-å'])('%j is none', async (key) => {
    expect(await codeOf(await withKey(key))).toBe('idempotency-key-malformed');
  });

  test('is not asked for, nor kept, where nothing is posted', async () => {
    const door = smallDoor();
    await door.call('/v1/things');
    await door.send('PUT', '/v1/things/thing_aa', GOOD_INPUT);
    await door.send('PATCH', '/v1/things/thing_aa', {}, { 'if-match': '*' });
    expect(door.deeds).toHaveLength(3);
    expect(door.marks.size).toBe(0);
  });
});
