import { err, ok } from '@gruppstart/domain/shared/result';
import { describe, expect, test } from 'vitest';
import { A_THING, CLAIMS, codeOf, GOOD_INPUT, problemOf, smallDoor } from '../test-support/small-door.ts';

const SECRET = 'Åsa Testsson 198507099805';
const SECURITY = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

describe('an answer', () => {
  test('carries its version, place and how soon to look again', async () => {
    const door = smallDoor({
      answer: {
        createThing: () => ({
          status: 201,
          body: A_THING,
          version: 7,
          location: '/v1/things/thing_aa',
          retryAfterSeconds: 2,
        }),
      },
    });
    const response = await door.send('POST', '/v1/things', GOOD_INPUT);
    expect(response.status).toBe(201);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      etag: '"7"',
      location: '/v1/things/thing_aa',
      'retry-after': '2',
      ...SECURITY,
    });
    expect(await response.json()).toEqual(A_THING);
  });

  test('of a list leads on by a link that keeps what was asked', async () => {
    const door = smallDoor({
      answer: {
        listThings: () => ({ status: 200, body: { items: [], nextCursor: 'a/b+c' }, nextCursor: 'a/b+c' }),
      },
    });
    const first = await door.call('/v1/things?kind=day&limit=10');
    expect(first.headers.get('link')).toBe('</v1/things?kind=day&limit=10&cursor=a%2Fb%2Bc>; rel="next"');
    const second = await door.call('/v1/things?kind=day&limit=10&cursor=old');
    expect(second.headers.get('link')).toBe('</v1/things?kind=day&limit=10&cursor=a%2Fb%2Bc>; rel="next"');
    expect(door.deeds[1]?.request.query).toEqual({ kind: 'day', limit: '10', cursor: 'old' });
  });

  test('on the last page leads nowhere', async () => {
    expect((await smallDoor().call('/v1/things')).headers.get('link')).toBeNull();
  });

  test('of another media type goes out as it is', async () => {
    const response = await smallDoor().call('/v1/feed.ics');
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(await response.text()).toBe('BEGIN:VCALENDAR');
  });

  test.each([
    ['a field that is not declared', { ...A_THING, personalNumber: SECRET }],
    ['a field missing', { id: 'thing_aa' }],
    ['a field of another type', { ...A_THING, title: [SECRET] }],
  ])('with %s is our own fault: a 500 without a trace of it, also in the log', async (_what, body) => {
    const door = smallDoor({ answer: { readThing: () => ({ status: 200, body }) } });
    const response = await door.call('/v1/things/thing_aa');
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 500, code: 'fault', errors: [] });
    expect(`${JSON.stringify(problem)}${door.lines.join()}`).not.toMatch(/Testsson|19850709|personalNumber/);
    expect(door.lines).toHaveLength(1);
  });

  test('of an undeclared status is our own fault', async () => {
    const door = smallDoor({ answer: { readThing: () => ({ status: 206, body: A_THING }) } });
    expect(await codeOf(await door.call('/v1/things/thing_aa'))).toBe('fault');
  });

  test('that cannot be given stops the deed before it is kept', async () => {
    const kept: string[] = [];
    const door = smallDoor({
      run: {
        createThing: async (deed) => {
          deed.mark(null);
          kept.push('committed');
          return ok(null);
        },
      },
      answer: { createThing: () => ({ status: 201, body: { wrong: true } }) },
    });
    expect(await codeOf(await door.send('POST', '/v1/things', GOOD_INPUT))).toBe('fault');
    expect(kept).toEqual([]);
  });
});

describe('a refusal', () => {
  test('is a problem document with the deed’s own words, faults and headers', async () => {
    const errors = [{ pointer: '/seats', code: 'taken', detail: { sv: 'Upptagen', en: 'Taken' } }];
    const door = smallDoor({
      run: { createThing: async () => err({ code: 'seats-full', detail: { sv: 'Fullt', en: 'Full' }, errors }) },
    });
    const response = await door.send('POST', '/v1/things', GOOD_INPUT);
    expect(Object.fromEntries(response.headers)).toMatchObject(SECURITY);
    expect(await problemOf(response)).toMatchObject({
      type: 'urn:gruppstart:problem:seats-full',
      status: 409,
      title: 'Alla platser är tagna',
      titleEn: 'All seats are taken',
      detail: 'Fullt',
      detailEn: 'Full',
      correlationId: 'req-1',
      errors,
    });
  });
});

const named = (name: string, message = SECRET, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { name });

describe('a fault', () => {
  test.each([
    ['a plain error', named('Error')],
    ['one with a cause', named('Error', SECRET, named('SyntaxError', SECRET))],
    ['one whose text looks like frames', named('Error', `no\n    at ${SECRET} (file:1:1)\n    at ${SECRET}`)],
  ])('that is %s is a 500 that says nothing, and a log line without its text', async (_what, error) => {
    const door = smallDoor({
      run: {
        readThing: async () => {
          throw error;
        },
      },
    });
    const problem = await problemOf(await door.call('/v1/things/thing_aa'));
    expect(problem).toMatchObject({ status: 500, code: 'fault', correlationId: 'req-1' });
    expect(`${JSON.stringify(problem)}${door.lines.join()}`).not.toMatch(/Testsson|19850709/);
    expect(door.lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 'error',
        event: 'request-failed',
        correlationId: 'req-1',
        route: 'readThing',
        status: 500,
        code: 'fault',
      },
    ]);
  });

  test.each([
    ['ThrottlingException', named('ThrottlingException')],
    ['ProvisionedThroughputExceededException', named('ProvisionedThroughputExceededException')],
    ['RequestLimitExceeded', named('RequestLimitExceeded')],
    ['TimeoutError', named('TimeoutError')],
    ['a throttling that the store has wrapped', named('Error', 'not written', named('ThrottlingException'))],
    ['one wrapped twice', named('Error', 'x', named('Error', 'y', named('TimeoutError')))],
  ])('that is %s asks to try again soon', async (_what, error) => {
    const door = smallDoor({
      grants: async () => {
        throw error;
      },
    });
    const response = await door.call('/v1/things');
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await problemOf(response)).toMatchObject({ status: 503, code: 'busy' });
  });

  test('that goes round in its own causes is still only a fault', async () => {
    const error = named('Error');
    Object.assign(error, { cause: error });
    const door = smallDoor({
      grants: async () => {
        throw error;
      },
    });
    expect(await codeOf(await door.call('/v1/things'))).toBe('fault');
  });
});

/** A request as the gateway brings it: with the route that it found. */
const foundBy = (routeKey: string) => ({
  requestContext: { requestId: 'req-1', routeKey, authorizer: { jwt: { claims: CLAIMS } } },
});

describe('a wrong address or method', () => {
  test.each([
    ['DELETE', '/v1/things/thing_aa', 'GET, PUT, PATCH'],
    ['POST', '/v1/things/thing_aa', 'GET, PUT, PATCH'],
    ['DELETE', '/v1/things', 'GET, POST'],
    ['OPTIONS', '/v1/things', 'GET, POST'],
    ['GET', '/v1/files', 'POST'],
    ['PATCH', '/v1/things/thing_aa/closing', 'POST'],
  ])('%s %s is answered with the methods that work: %s', async (method, path, allow) => {
    const response = await smallDoor().call(path, { method });
    expect(response.headers.get('allow')).toBe(allow);
    expect(await problemOf(response)).toMatchObject({ status: 405, code: 'method-not-allowed' });
  });

  test.each(['/v1/other', '/v1/things/thing_aa/other', '/v1/things/', '/v1/things//closing', '/', '/v1/Things', '//'])(
    '%s is not found, whatever the method',
    async (path) => {
      const codes = ['GET', 'POST', 'DELETE'].map(async (method) => codeOf(await smallDoor().call(path, { method })));
      expect(await Promise.all(codes)).toEqual(['not-found', 'not-found', 'not-found']);
    },
  );

  test.each(['thing_a', 'thing_AA', 'THING_aa', '..', '%2e%2e', "thing_aa'--", '%ff', 'thing_aa%00'])(
    'an id of the wrong form, %s, does not exist',
    async (id) => {
      expect(await codeOf(await smallDoor().call(`/v1/things/${id}`))).toBe('not-found');
    },
  );

  test('HEAD, which the gateway brings by a route without a scope, is answered with the methods that work', async () => {
    const door = smallDoor();
    const response = await door.call('/v1/things/thing_aa', {
      method: 'HEAD',
      event: foundBy('ANY /v1/things/{rest+}'),
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, PUT, PATCH']);
    expect(door.deeds).toEqual([]);
  });

  test('a path that turns into another on the way is not served as that one, since its scope was not checked', async () => {
    const door = smallDoor();
    // What the gateway saw was /v1/things/../things: an address is made shorter when it is read.
    const dotted = { method: 'POST', event: foundBy('ANY /v1/things/{rest+}'), body: JSON.stringify(GOOD_INPUT) };
    expect(await codeOf(await door.call('/v1/things/../things', dotted))).toBe('not-found');
    expect(door.deeds).toEqual([]);
  });

  test.each(['thing_aa ', 'thing_aa#DOC', 'thing_aa?limit=1', ' thing_aa'])(
    'an id that only looks right once the address is cleaned, "%s", does not exist',
    async (thingId) => {
      const event = { ...foundBy('GET /v1/things/{thingId}'), pathParameters: { thingId } };
      expect(await codeOf(await smallDoor().call(`/v1/things/${thingId}`, { event }))).toBe('not-found');
    },
  );

  test('what the gateway found and read is served', async () => {
    const event = { ...foundBy('GET /v1/things/{thingId}'), pathParameters: { thingId: 'thing_aa' } };
    expect(await codeOf(await smallDoor().call('/v1/things/thing_aa', { event }))).toBe('ok 200');
  });
});
