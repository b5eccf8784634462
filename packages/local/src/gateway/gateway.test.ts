import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { InvocationOutcome } from '../functions/outcome.ts';
import type { ApiModel, RouteModel } from '../template/model.ts';
import { type SmallIssuer, startSmallIssuer } from '../testing/small-issuer.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';
import type { HttpEvent } from './http-event.ts';
import { startGatewayServer } from './http-server.ts';

const NOW_MS = Date.parse('2026-12-01T08:00:00Z');

let issuer: SmallIssuer;
beforeAll(async () => {
  issuer = await startSmallIssuer();
});
afterAll(() => issuer.stop());

type Answer = (event: HttpEvent) => Promise<InvocationOutcome> | InvocationOutcome;

const answered = (value: unknown): InvocationOutcome => ({ kind: 'answered', payload: JSON.stringify(value) });
const echo: Answer = (event) => answered(event);

/** A gateway on a free port, with one function that answers as told. */
async function serve(
  answer: Answer,
  more: Partial<GatewayOptions> & { readonly routes?: readonly Partial<RouteModel>[] } = {},
): Promise<string> {
  const routes = (more.routes ?? [{ key: 'ANY /{rest+}' }, { key: 'ANY /' }]).map(
    (route): RouteModel => ({
      key: '$default',
      functionName: 'F',
      authorizer: null,
      scopes: [],
      integrationTimeoutMs: 30_000,
      ...route,
    }),
  );
  const api: ApiModel = { id: 'Api', routes, throttling: null, routeThrottling: {} };
  const server = await startGatewayServer(0);
  onTestFinished(() => server.close());
  server.open(
    createGateway({
      api,
      accountId: '000000000000',
      nowMs: () => NOW_MS,
      fleet: {
        pool: (name) => ({
          name,
          invoke: async (event) => answer(event as HttpEvent),
          free: () => 1,
          workerCount: () => 1,
          idleSinceMs: () => null,
          retireIdle: () => false,
          stop: async () => {},
        }),
      },
      ...more,
    }),
  );
  return server.url;
}

async function readEvent(url: string, init: RequestInit = {}): Promise<HttpEvent> {
  const response = await fetch(url, init);
  expect(response.status).toBe(200);
  return (await response.json()) as HttpEvent;
}

describe('the event', () => {
  test('carries path, query, headers, cookies and variables as payload format 2.0 has them', async () => {
    const url = await serve(echo, { routes: [{ key: 'GET /units/{unitId}' }] });
    const event = await readEvent(`${url}/units/a%20%C3%A5?x=1&x=2&y=%C3%A4&empty=`, {
      headers: { 'X-Thing': 'One', cookie: 'a=1; b=2', 'user-agent': 'test/1' },
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /units/{unitId}',
      rawPath: '/units/a å',
      rawQueryString: 'x=1&x=2&y=%C3%A4&empty=',
      queryStringParameters: { x: '1,2', y: 'ä', empty: '' },
      pathParameters: { unitId: 'a å' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-thing': 'One', 'x-forwarded-proto': 'https', host: new URL(url).host },
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        apiId: 'Api',
        stage: '$default',
        routeKey: 'GET /units/{unitId}',
        timeEpoch: NOW_MS,
        time: '01/Dec/2026:08:00:00 +0000',
        http: { method: 'GET', path: '/units/a å', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test/1' },
      },
    });
    expect(event.requestContext.requestId).toMatch(/.{10,}/);
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.headers).not.toHaveProperty('connection');
    expect(event).not.toHaveProperty('body');
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  test('leaves out what is not there', async () => {
    const event = await readEvent(await serve(echo));
    for (const name of ['queryStringParameters', 'pathParameters', 'cookies', 'body'])
      expect(event).not.toHaveProperty(name);
  });

  test('joins a header that comes several times', async () => {
    const url = await serve(echo);
    const event = await new Promise<HttpEvent>((resolve, reject) => {
      const request = httpRequest(
        `${url}/a`,
        {
          headers: [
            ['host', 'x'],
            ['x-many', '1'],
            ['x-many', '2'],
          ].flat(),
        },
        async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          resolve(JSON.parse(Buffer.concat(chunks).toString()) as HttpEvent);
        },
      );
      request.on('error', reject);
      request.end();
    });
    expect(event.headers['x-many']).toBe('1, 2');
  });

  test.each<[string, string | undefined, string, boolean]>([
    ['JSON as text', 'application/json', '{"å":1}', false],
    ['a file in base64', 'application/octet-stream', 'å', true],
    ['a form in base64', 'application/x-www-form-urlencoded', 'a=1', true],
  ])('carries %s', async (_what, contentType, body, isBase64Encoded) => {
    const event = await readEvent(`${await serve(echo)}/a`, {
      method: 'POST',
      body,
      headers: { 'content-type': contentType ?? '' },
    });
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe(body);
  });

  test('brings the bytes of a Windows-1252 file through untouched when it is sent as bytes', async () => {
    const bytes = Buffer.from([0xe5, 0xe4, 0xf6, 0x00, 0xff]);
    const event = await readEvent(`${await serve(echo)}/a`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(Buffer.from(event.body ?? '', 'base64').equals(bytes)).toBe(true);
  });

  test('takes names for what they are that every object of the language knows', async () => {
    const event = await readEvent(`${await serve(echo)}/a?constructor=1&toString=2&__proto__=3&__proto__=4`);
    expect(Object.entries(event.queryStringParameters ?? {})).toEqual([
      ['constructor', '1'],
      ['toString', '2'],
      ['__proto__', '3,4'],
    ]);
  });
});

describe('a guarded route', () => {
  const guarded = (): Partial<RouteModel>[] => [
    { key: 'POST /things', authorizer: { id: 'A', issuer: issuer.url, audiences: ['door'] }, scopes: ['things.write'] },
  ];
  const sign = (scope: string): Promise<string> =>
    issuer.sign({ iss: issuer.url, aud: 'door', sub: 'u', exp: NOW_MS / 1000 + 60, scope });

  test('hands the claims to the function', async () => {
    const url = await serve(echo, { routes: guarded() });
    const event = await readEvent(`${url}/things`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await sign('things.write')}` },
    });
    expect(event.requestContext.authorizer?.jwt).toMatchObject({
      claims: { sub: 'u', aud: 'door' },
      scopes: ['things.write'],
    });
  });

  test('answers without asking the function: 401 without a token, 403 without the scope', async () => {
    let asked = 0;
    const url = await serve(
      (event) => {
        asked += 1;
        return echo(event);
      },
      { routes: guarded() },
    );
    const missing = await fetch(`${url}/things`, { method: 'POST' });
    expect([missing.status, await missing.text(), missing.headers.get('www-authenticate')]).toEqual([
      401,
      '{"message":"Unauthorized"}',
      'Bearer',
    ]);
    const narrow = await fetch(`${url}/things`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await sign('things.read')}` },
    });
    expect([narrow.status, await narrow.text()]).toEqual([403, '{"message":"Forbidden"}']);
    expect(narrow.headers.get('www-authenticate')).toContain('insufficient_scope');
    expect(asked).toBe(0);
  });
});

describe('the gateway’s own answers', () => {
  test.each<[string, Partial<GatewayOptions>, Answer, number, string]>([
    [
      'a function that fails',
      {},
      () => ({ kind: 'failed', errorType: 'Error', message: 'secret' }),
      500,
      'Internal Server Error',
    ],
    ['a function that times out', {}, () => ({ kind: 'timed-out' }), 500, 'Internal Server Error'],
    ['a function that crashes', {}, () => ({ kind: 'crashed', reason: 'out-of-memory' }), 500, 'Internal Server Error'],
    ['too many invocations at once', {}, () => ({ kind: 'throttled' }), 503, 'Service Unavailable'],
    ['an answer with a status that is none', {}, () => answered({ statusCode: 'fine' }), 500, 'Internal Server Error'],
    [
      'an answer with a status that is not final',
      {},
      () => answered({ statusCode: 103 }),
      500,
      'Internal Server Error',
    ],
    [
      'an answer with a header that cannot be sent',
      {},
      () => answered({ statusCode: 200, headers: { 'x-name': 'Zoë → Åsa' } }),
      500,
      'Internal Server Error',
    ],
    [
      'an answer with a header of two lines',
      {},
      () => answered({ statusCode: 200, headers: { 'x-name': 'a\r\nx-other: b' } }),
      500,
      'Internal Server Error',
    ],
    [
      'an answer with a header that has no name',
      {},
      () => answered({ statusCode: 200, headers: { 'x name': 'a' } }),
      500,
      'Internal Server Error',
    ],
    [
      'an answer with a cookie of two lines',
      {},
      () => answered({ statusCode: 200, cookies: ['a=1\nb=2'] }),
      500,
      'Internal Server Error',
    ],
    ['a fault in the runner', {}, () => Promise.reject(new Error('broken')), 500, 'Internal Server Error'],
  ])('%s', async (_what, options, answer, status, message) => {
    const response = await fetch(`${await serve(answer, options)}/a`);
    expect([response.status, await response.text()]).toEqual([status, JSON.stringify({ message })]);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('apigw-requestid')).toMatch(/.{10,}/);
  });

  test('404 where no route is', async () => {
    const response = await fetch(`${await serve(echo, { routes: [{ key: 'GET /a' }] })}/b`);
    expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
  });

  test('503 when the function takes longer than the integration waits', async () => {
    let release: (outcome: InvocationOutcome) => void = () => {};
    const slow: Answer = () => new Promise((resolve) => (release = resolve));
    const response = await fetch(`${await serve(slow, { routes: [{ key: 'GET /a', integrationTimeoutMs: 30 }] })}/a`);
    release(answered(1));
    expect([response.status, await response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test('503 before the functions are ready', async () => {
    const server = await startGatewayServer(0);
    onTestFinished(() => server.close());
    const response = await fetch(server.url);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
  });

  test('413 for a body over ten megabytes, and the next request is answered', async () => {
    const url = await serve(echo);
    const response = await fetch(`${url}/a`, {
      method: 'POST',
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
      headers: { 'content-type': 'text/plain' },
    });
    expect([response.status, await response.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect((await fetch(`${url}/a`)).status).toBe(200);
  });

  test('503 for a body that finds no room beside others that are not finished, until they go away', async () => {
    const server = await startGatewayServer(0, { bodiesLimitBytes: 1_000 });
    onTestFinished(() => server.close());
    const begun = httpRequest(`${server.url}/a`, { method: 'POST', headers: { 'content-length': '800' } });
    begun.on('error', () => {});
    begun.write(Buffer.alloc(700));
    const send = async (bytes: number) => {
      const response = await fetch(`${server.url}/a`, { method: 'POST', body: Buffer.alloc(bytes) });
      return [response.status, response.headers.get('connection'), response.headers.get('retry-after')];
    };
    server.open(async () => ({ statusCode: 200, headers: {}, cookies: [], body: Buffer.alloc(0) }));
    await expect.poll(() => send(400)).toEqual([503, 'close', '2']);
    expect((await send(200))[0]).toBe(200);
    begun.destroy();
    await expect.poll(async () => (await send(400))[0]).toBe(200);
    expect((await send(900))[0]).toBe(200);
  });

  test('413 for a body that base64 makes too large for an invocation', async () => {
    const body = Buffer.alloc(5_000_000);
    const response = await fetch(`${await serve(echo)}/a`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(response.status).toBe(413);
  });

  test('400 for a path that cannot be decoded', async () => {
    expect((await fetch(`${await serve(echo)}/%E0%A4%A`)).status).toBe(400);
  });

  test('429 beyond the stage’s burst, and unlimited when throttling is left out', async () => {
    const api: ApiModel = {
      id: 'Api',
      throttling: { ratePerSecond: 0.001, burst: 3 },
      routeThrottling: {},
      routes: [{ key: 'GET /a', functionName: 'F', authorizer: null, scopes: [], integrationTimeoutMs: 30_000 }],
    };
    const limited = await serve(echo, { api });
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await fetch(`${limited}/a`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await fetch(`${limited}/a`)).headers.get('retry-after')).toBe('1');
    const free = await serve(echo, { api, throttles: false });
    for (let count = 0; count < 5; count += 1) expect((await fetch(`${free}/a`)).status).toBe(200);
  });

  test('429 beyond the burst of a route that has its own, which takes nothing from the others', async () => {
    const route = { functionName: 'F', authorizer: null, scopes: [], integrationTimeoutMs: 30_000 };
    const api: ApiModel = {
      id: 'Api',
      throttling: { ratePerSecond: 0.001, burst: 3 },
      routeThrottling: { 'GET /dear/{id}': { ratePerSecond: 0.001, burst: 1 } },
      routes: ['GET /dear/{id}', 'GET /cheap', 'GET /other'].map((key) => ({ ...route, key })),
    };
    const statusesOf = async (url: string): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (const path of ['/dear/1', '/dear/2', '/cheap', '/other', '/nowhere', '/cheap', '/dear/3']) {
        statuses.push((await fetch(`${url}${path}`)).status);
      }
      return statuses;
    };
    expect(await statusesOf(await serve(echo, { api }))).toEqual([200, 429, 200, 200, 404, 429, 429]);
    expect(await statusesOf(await serve(echo, { api, throttles: false }))).toEqual([200, 200, 200, 200, 404, 200, 200]);
  });
});

describe('a function’s answer', () => {
  test('becomes status, headers, cookies and body', async () => {
    const url = await serve(() =>
      answered({
        statusCode: 201,
        headers: { 'X-One': 'a', Location: '/x', 'content-type': 'text/csv' },
        cookies: ['a=1; HttpOnly', 'b=2'],
        body: 'å',
      }),
    );
    const response = await fetch(`${url}/a`);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-one')).toBe('a');
    expect(response.headers.get('location')).toBe('/x');
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
    expect(await response.text()).toBe('å');
  });

  test('in base64 goes out as bytes', async () => {
    const bytes = Buffer.from([0, 255, 128]);
    const url = await serve(() => answered({ statusCode: 200, isBase64Encoded: true, body: bytes.toString('base64') }));
    expect(Buffer.from(await (await fetch(`${url}/a`)).arrayBuffer()).equals(bytes)).toBe(true);
  });

  test.each<[string, unknown, string]>([
    ['text', 'hello', 'hello'],
    ['an object without a status', { a: 1 }, '{"a":1}'],
    ['a list', [1, 2], '[1,2]'],
  ])('that is only %s is sent as JSON with 200', async (_what, value, body) => {
    const response = await fetch(`${await serve(() => answered(value))}/a`);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      body,
    ]);
  });

  test('without a body has none, and 204 has no length', async () => {
    const response = await fetch(`${await serve(() => answered({ statusCode: 204 }))}/a`);
    expect([response.status, await response.text(), response.headers.get('content-length')]).toEqual([204, '', null]);
  });

  test('to HEAD has headers and no body', async () => {
    const response = await fetch(
      `${await serve(() => answered({ statusCode: 200, body: 'long', headers: { etag: '"1"' } }))}/a`,
      { method: 'HEAD' },
    );
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([200, '"1"', '']);
  });
});
