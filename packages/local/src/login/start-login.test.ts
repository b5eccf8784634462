import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DOORS } from '@gruppstart/contracts/roles';
import { createRemoteJWKSet, decodeJwt, errors, type JWTVerifyResult, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClock, type LaptopClock } from '../clock.ts';
import { createCookieJar } from './cookie-jar.ts';
import { DEMO_BATCH_CLIENT, DEMO_PASSWORD, DEMO_USERS } from './demo-users.ts';
import { fetchBatchSenderToken, fetchToken } from './fetch-token.ts';
import { type RunningLogin, startLogin } from './start-login.ts';
import { CALLBACK, CODE_VERIFIER, exchange, next, openForm, visit } from './testdata/browser.ts';

const HOUR_MS = 3_600_000;

let dataDir: string;
let clock: LaptopClock;
let login: RunningLogin;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gruppstart-login-'));
  clock = createClock(Date.parse('2026-12-01T08:00:00+01:00') - Date.now());
  login = await startLogin({ port: 0, clockOffset: clock.offset, dataDir });
});
afterAll(async () => {
  await login.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** As the gateway's authorizer looks at a token: signature from the published keys, issuer, audience, the laptop's time. */
const verify = (token: string, audience: string): Promise<JWTVerifyResult> =>
  jwtVerify(token, createRemoteJWKSet(new URL('/jwks', login.issuer)), {
    issuer: login.issuer,
    audience,
    algorithms: ['RS256'],
    currentDate: new Date(clock.nowMs()),
  });

const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

describe('discovery', () => {
  test('offers the code flow with PKCE and client credentials, and nothing else', async () => {
    const answer = await fetch(new URL('/.well-known/openid-configuration', login.issuer));
    expect(await answer.json()).toMatchObject({
      issuer: login.issuer,
      jwks_uri: `${login.issuer}/jwks`,
      grant_types_supported: ['authorization_code', 'client_credentials'],
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
    });
  });

  test('publishes the public half of the signing key only', async () => {
    const answer = await fetch(new URL('/jwks', login.issuer));
    const { keys } = JSON.parse(await answer.text());
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

describe('a token from the code flow', () => {
  test.each(DOORS)('fits the door %s and no other', async (door) => {
    const token = await fetchToken({ issuer: login.issuer, userName: 'anna.samordnare', door });
    const { payload, protectedHeader } = await verify(token, `gruppstart-${door}`);
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(payload).toMatchObject({
      sub: 'user-1p6gz8n3vb',
      tenant: 'soderhamn',
      scope: `${door}.read ${door}.write`,
      client_id: 'gruppstart-cli',
    });
    for (const other of DOORS.filter((each) => each !== door)) {
      await expect(verify(token, `gruppstart-${other}`)).rejects.toThrow(errors.JWTClaimValidationFailed);
    }
  });

  test.each(DEMO_USERS)('says who $userName is and which tenant it is, and no more', async (user) => {
    const token = await fetchToken({ issuer: login.issuer, userName: user.userName, door: 'cohorts' });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({ sub: user.subject, tenant: user.tenant });
    expect(Object.keys(claims).sort()).toEqual(
      ['aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'scope', 'sub', 'tenant'].sort(),
    );
  });

  test('lasts one hour of the laptop’s clock, and a new one can be had after a move', async () => {
    const token = await fetchToken({ issuer: login.issuer, userName: 'karin.handlaggare', door: 'intake' });
    const { iat = 0, exp = 0 } = decodeJwt(token);
    expect(exp - iat).toBe(3600);
    expect(new Date(iat * 1000).toISOString()).toMatch(/^2026-12-01T07:/);
    await verify(token, 'gruppstart-intake');

    clock.moveByMs(HOUR_MS + 1000);
    await expect(verify(token, 'gruppstart-intake')).rejects.toThrow(errors.JWTExpired);
    const later = await fetchToken({ issuer: login.issuer, userName: 'karin.handlaggare', door: 'intake' });
    await verify(later, 'gruppstart-intake');
  });

  test.each(['2019-03-01', '2041-06-30'])('can be had with the clock at %s, far from the machine’s', async (day) => {
    const before = clock.nowMs();
    clock.moveTo(Date.parse(day));
    try {
      const token = await fetchToken({ issuer: login.issuer, userName: 'maria.enhetschef', door: 'requirements' });
      const { payload } = await verify(token, 'gruppstart-requirements');
      expect(new Date((payload.iat ?? 0) * 1000).toISOString().slice(0, 10)).toBe(day);
    } finally {
      clock.moveTo(before);
    }
  });

  test('is not to be had twice for one code', async () => {
    const jar = createCookieJar();
    const done = await visit(jar, await openForm(login.issuer, jar), {
      userName: 'helena.hr',
      password: DEMO_PASSWORD,
    });
    const code = next(await visit(jar, next(done))).searchParams.get('code') ?? '';
    const parameters = {
      grant_type: 'authorization_code',
      client_id: 'gruppstart-console',
      redirect_uri: CALLBACK,
      code_verifier: CODE_VERIFIER,
      code,
    };
    const first = await exchange(login.issuer, parameters);
    expect(first.status).toBe(200);
    const tokens = JSON.parse(await first.text());
    // The console greets its user from the ID token; the access token that it sends on stays free of names.
    expect(decodeJwt(tokens.id_token)).toMatchObject({ name: 'Helena Norgren', tenant: 'soderhamn' });
    expect(decodeJwt(tokens.access_token)).not.toHaveProperty('name');
    const again = await exchange(login.issuer, parameters);
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('the batch sender', () => {
  test('gets a token for the intake door with its tenant and itself as subject', async () => {
    const { payload } = await verify(await fetchBatchSenderToken({ issuer: login.issuer }), 'gruppstart-intake');
    expect(payload).toMatchObject({
      sub: 'af-batch-sender',
      tenant: 'soderhamn',
      scope: 'intake.read intake.write',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  const credentials = basic(DEMO_BATCH_CLIENT.clientId, DEMO_BATCH_CLIENT.clientSecret);
  test.each([
    {
      name: 'another door',
      body: { resource: 'urn:gruppstart:cohorts' },
      authorization: credentials,
      error: 'invalid_target',
    },
    {
      name: 'another door by its scope',
      body: { scope: 'cohorts.read' },
      authorization: credentials,
      error: 'invalid_target',
    },
    {
      name: 'a door that does not exist',
      body: { resource: 'urn:gruppstart:x' },
      authorization: credentials,
      error: 'invalid_target',
    },
    {
      name: 'a wrong secret',
      body: {},
      authorization: basic(DEMO_BATCH_CLIENT.clientId, 'guess'),
      error: 'invalid_client',
    },
    {
      name: 'a person’s client',
      body: { client_id: 'gruppstart-cli' },
      authorization: undefined,
      error: 'invalid_request',
    },
  ])('is refused with $name', async ({ body, authorization, error }) => {
    const answer = await exchange(login.issuer, { grant_type: 'client_credentials', ...body }, authorization);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.json()).toMatchObject({ error });
  });

  test('who knows scopes only gets the door of the scopes', async () => {
    const answer = await exchange(
      login.issuer,
      { grant_type: 'client_credentials', scope: 'intake.read' },
      credentials,
    );
    const { payload } = await verify(JSON.parse(await answer.text()).access_token, 'gruppstart-intake');
    expect(payload.scope).toBe('intake.read');
  });
});

describe('starting and stopping', () => {
  test('a token survives a restart on the same port, with the same keys', async () => {
    const token = await fetchToken({ issuer: login.issuer, userName: 'david.dataskydd', door: 'cohorts' });
    const { port, issuer } = login;
    await login.stop();
    await login.stop();
    login = await startLogin({ port, clockOffset: clock.offset, dataDir });
    expect(login.issuer).toBe(issuer);
    await verify(token, 'gruppstart-cohorts');
  });

  test('a port that is taken is said in Swedish and English', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
      });
    });
    try {
      await expect(startLogin({ port, dataDir })).rejects.toThrow(/Porten \d+ .* är upptagen.*port \d+ is taken/s);
    } finally {
      other.close();
    }
  });
});
