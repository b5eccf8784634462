import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { ROUTES } from '@gruppstart/contracts/registry';
import { DOORS, type Door } from '@gruppstart/contracts/roles';
import type { Route } from '@gruppstart/contracts/route';
import { listCohorts } from '@gruppstart/contracts/routes/cohorts-routes';
import { listUnits } from '@gruppstart/contracts/routes/requirements-routes';
import { afterAll, describe, expect, test } from 'vitest';
import { openEnvironment } from './environment.ts';
import { expectOfGateway } from './gateway-traits.ts';
import { expectProblem, pathOf, type RawAnswer, requestFor, send } from './requests.ts';
import { ANNA } from './small-town.ts';
import { byId } from './small-world.ts';

const environment = await openEnvironment();
const { control, inside } = environment;
afterAll(() => environment.close());

const MESSAGES = { 401: 'Unauthorized', 403: 'Forbidden' } as const;

/** A request with an id in every place for one; nobody has it, but tokens are looked at first. */
const withToken = (route: Route, token: string | undefined, headers: Readonly<Record<string, string>> = {}) => {
  const params = Object.fromEntries(Object.keys(route.params?.shape ?? {}).map((name) => [name, 'x']));
  const request = requestFor(route, { params });
  return send(environment.apiUrl, { ...request, token, headers: { ...request.headers, ...headers } });
};

const expectGateway = (answer: RawAnswer, status: 401 | 403): void => {
  const body = { message: MESSAGES[status] };
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json']);
  expect(JSON.parse(answer.text)).toEqual(body);
  expectOfGateway('refusal-bytes', () => expect(answer.text).toBe(JSON.stringify(body)));
  expectOfGateway('challenge', () => expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/));
};

describe('without a token that holds', () => {
  test.each(byId(ROUTES))('%s is not reached: none, nothing in it, or the wrong scheme', async (_, route) => {
    expectGateway(await withToken(route, undefined), 401);
    for (const authorization of ['Bearer', 'Bearer ', 'Basic YTpi', 'Bearer x', 'Bearer a.b.c', 'Bearer ..']) {
      expectGateway(await withToken(route, undefined, { authorization }), 401);
    }
  });

  test.each(byId(ROUTES))('%s is not reached with the token of another door', async (_, route) => {
    for (const door of DOORS.filter((each) => each !== route.door)) {
      expectGateway(await withToken(route, await environment.token(ANNA, door)), 401);
    }
  });

  test('a machine that sends files reaches no door but its own', async () => {
    const token = await environment.token('af-batch-sender', 'intake');
    for (const route of [listCohorts, listUnits]) expectGateway(await withToken(route, token), 401);
  });

  test.each(['/v1/cohorts/x/y', '/v1/units/x/y', '/v1/candidates'])(
    '%s, which no route takes so, is not reached either',
    async (path) => {
      expectGateway(await send(environment.apiUrl, { method: 'DELETE', path }), 401);
    },
  );

  test.each(['/openapi.json', '/docs'])(
    '%s is read all the same, also with a token that does not hold',
    async (path) => {
      for (const token of [undefined, 'x.y.z']) {
        expect((await send(environment.apiUrl, { method: 'GET', path, token })).status).toBe(200);
      }
    },
  );
});

describe.skipIf(inside === null)('a token made by somebody else, or for something else', () => {
  const seconds = () => Math.floor((control?.nowMs() ?? Date.now()) / 1000);
  const claims = (more: Readonly<Record<string, unknown>> = {}) => ({
    iss: inside?.issuer,
    aud: 'gruppstart-cohorts',
    // Anna Wikander, coordinator in Söderhamn.
    sub: 'user-1p6gz8n3vb',
    tenant: 'soderhamn',
    scope: 'cohorts.read cohorts.write',
    iat: seconds() - 10,
    exp: seconds() + 600,
    ...more,
  });
  const good = () => inside?.sign(claims()) ?? '';
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const kid = () => JSON.parse(Buffer.from(good().split('.')[0] ?? '', 'base64url').toString('utf8')).kid;
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

  test('would be let in if it were right', async () => {
    expect((await withToken(listCohorts, good())).status).toBe(200);
    expect((await withToken(listCohorts, inside?.sign(claims({ aud: ['x', 'gruppstart-cohorts'] })))).status).toBe(200);
  });

  test.each<[string, () => string | undefined]>([
    ['has expired', () => inside?.sign(claims({ exp: seconds() - 1 }))],
    ['never expires', () => inside?.sign(claims({ exp: undefined }))],
    ['is not valid yet', () => inside?.sign(claims({ nbf: seconds() + 60 }))],
    ['was issued tomorrow', () => inside?.sign(claims({ iat: seconds() + 86_400 }))],
    ['is for another door', () => inside?.sign(claims({ aud: 'gruppstart-intake' }))],
    ['is for nobody', () => inside?.sign(claims({ aud: [] }))],
    ['has another issuer', () => inside?.sign(claims({ iss: 'https://login.example.invalid' }))],
    ['has an issuer that only begins the same', () => inside?.sign(claims({ iss: `${inside.issuer}/x` }))],
    ['has no issuer', () => inside?.sign(claims({ iss: undefined }))],
    ['has a key id that nobody knows', () => inside?.sign(claims(), { kid: 'unknown' })],
    ['has no key id', () => inside?.sign(claims(), { kid: undefined })],
    [
      'had its content changed',
      () => {
        const [head, , signature] = good().split('.');
        return [head, part(claims({ sub: 'user-5t2ja7q9ec' })), signature].join('.');
      },
    ],
    ['had its signature changed', () => `${good().slice(0, -6)}AAAAAA`],
    ['had its signature taken off', () => `${good().split('.').slice(0, 2).join('.')}.`],
    ['says that it needs no signature', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`],
    ['says so with a known key', () => `${part({ alg: 'none', kid: kid() })}.${part(claims())}.`],
    [
      'is signed with the public key as if it were a shared secret',
      () => {
        const signed = `${part({ alg: 'HS256', kid: kid() })}.${part(claims())}`;
        const mac = createHmac('sha256', inside?.publicKeyPem ?? '').update(signed);
        return `${signed}.${mac.digest('base64url')}`;
      },
    ],
    [
      'is signed with a stranger’s key under a known key id',
      () => {
        const signed = `${part({ alg: 'RS256', kid: kid() })}.${part(claims())}`;
        return `${signed}.${signWith('sha256', Buffer.from(signed), stranger.privateKey).toString('base64url')}`;
      },
    ],
    [
      'brings its own key',
      () => {
        const jwk = stranger.publicKey.export({ format: 'jwk' });
        const signed = `${part({ alg: 'RS256', kid: kid(), jwk })}.${part(claims())}`;
        return `${signed}.${signWith('sha256', Buffer.from(signed), stranger.privateKey).toString('base64url')}`;
      },
    ],
  ])('is not accepted when it %s', async (_, make) => {
    const token = make();
    if (token === undefined) throw new Error('No token was made');
    expectGateway(await withToken(listCohorts, token), 401);
  });

  const doorAudience = (door: Door) => ({ aud: `gruppstart-${door}` });

  test.each(byId(ROUTES))('does not reach %s without the scope', async (_, route) => {
    const others = DOORS.flatMap((door) => [`${door}.read`, `${door}.write`]).filter((scope) => scope !== route.scope);
    for (const scope of [others.join(' '), '', route.scope.toUpperCase(), `${route.scope}x`]) {
      expectGateway(await withToken(route, inside?.sign(claims({ ...doorAudience(route.door), scope }))), 403);
    }
    expectGateway(await withToken(route, inside?.sign(claims({ ...doorAudience(route.door), scope: undefined }))), 403);
  });

  test('gives its holder no rights by what it says itself', async () => {
    const more = { sub: 'user-without-grants', role: 'coordinator', roles: ['coordinator'], grants: ['coordinator'] };
    expectProblem(await withToken(listCohorts, inside?.sign(claims(more))), 'not-permitted');
  });

  test.each([
    ['no organisation', { tenant: undefined }],
    ['an organisation that is no name', { tenant: 'T#soderhamn#' }],
    ['no user', { sub: undefined }],
    ['a user that is a personal number', { sub: '19121212-1212' }],
  ])('that names %s is told so', async (_, more) => {
    expectProblem(await withToken(listCohorts, inside?.sign(claims(more))), 'tenant-missing');
  });

  test('of a user in another municipality gives nothing here', async () => {
    expectProblem(await withToken(listCohorts, inside?.sign(claims({ tenant: 'skovde' }))), 'not-permitted');
  });
});

describe.skipIf(inside === null || control === null)('a grant', () => {
  const now = () => control?.nowMs() ?? 0;
  const dayFrom = (days: number): string =>
    new Date(now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
  const ids = '0123456789abcdefghjkmnpqrs';

  const give = async (userId: string, more: Readonly<Record<string, unknown>>): Promise<void> => {
    const grant = {
      id: `grant_${ids}`,
      tenant: 'soderhamn',
      userId,
      role: 'coordinator',
      unitIds: [],
      offices: [],
      deputyFor: null,
      mayResolveProtected: false,
      validFrom: '2026-01-01',
      validTo: null,
      ...more,
    };
    expect(JSON.parse((await inside?.invoke('GrantsFunction', { grants: [grant] })) ?? '')).toEqual({ given: 1 });
  };

  const readAs = async (sub: string): Promise<RawAnswer> => {
    const seconds = Math.floor(now() / 1000);
    const token = inside?.sign({
      iss: inside.issuer,
      aud: 'gruppstart-cohorts',
      sub,
      tenant: 'soderhamn',
      scope: 'cohorts.read',
      iat: seconds,
      exp: seconds + 600,
    });
    return send(environment.apiUrl, { method: 'GET', path: pathOf(listCohorts), token });
  };

  test('that nobody has given lets nobody in', async () => {
    expectProblem(await readAs('user-nobody'), 'not-permitted');
  });

  test.each([
    ['ended yesterday', { validTo: dayFrom(-1) }, false],
    ['ends today', { validTo: dayFrom(0) }, true],
    ['begins today', { validFrom: dayFrom(0) }, true],
    ['begins tomorrow', { validFrom: dayFrom(1) }, false],
    ['is for a role without the route', { role: 'hr' }, false],
    ['is for one of the roles that have it', { role: 'auditor' }, true],
  ])('that %s: let in is %s', async (name, more, letIn) => {
    const userId = `user-${name.replaceAll(' ', '-')}`;
    await give(userId, more);
    const answer = await readAs(userId);
    if (letIn) expect(answer.status).toBe(200);
    else expectProblem(answer, 'not-permitted');
  });

  test('that is ended by being given again stops working within the quarter of a minute that it is remembered', async () => {
    await give('user-leaving', {});
    expect((await readAs('user-leaving')).status).toBe(200);
    await give('user-leaving', { validTo: dayFrom(-1) });
    await control?.moveClock({ byDays: 16 / 86_400 });
    expectProblem(await readAs('user-leaving'), 'not-permitted');
  });

  test('begins at midnight in Sweden', async () => {
    await give('user-of-tomorrow', { validFrom: '2026-12-02' });
    await control?.moveClock({ toMs: Date.parse('2026-12-01T23:59:30+01:00') });
    expectProblem(await readAs('user-of-tomorrow'), 'not-permitted');
    await control?.moveClock({ toMs: Date.parse('2026-12-02T00:00:01+01:00') });
    expect((await readAs('user-of-tomorrow')).status).toBe(200);
  });
});

test.skipIf(control === null)('a token that was right is refused an hour later', async () => {
  const token = await environment.token(ANNA, 'cohorts');
  expect((await withToken(listCohorts, token)).status).toBe(200);
  await control?.moveClock({ byDays: 61 / (24 * 60) });
  expectGateway(await withToken(listCohorts, token), 401);
  expect((await withToken(listCohorts, await environment.token(ANNA, 'cohorts'))).status).toBe(200);
});
