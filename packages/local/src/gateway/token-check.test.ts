import { createHmac } from 'node:crypto';
import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuthorizerModel } from '../template/model.ts';
import { type SmallIssuer, startSmallIssuer } from '../testing/small-issuer.ts';
import { createTokenChecker, type TokenVerdict } from './token-check.ts';

const NOW_MS = Date.parse('2026-12-01T08:00:00Z');
const NOW = NOW_MS / 1000;
const SCOPES = ['intake.write', 'intake.read'];

let issuer: SmallIssuer;
let authorizer: AuthorizerModel;
beforeAll(async () => {
  issuer = await startSmallIssuer();
  authorizer = { id: 'Intake', issuer: issuer.url, audiences: ['gruppstart-intake'] };
});
afterAll(() => issuer.stop());

function good(more: JWTPayload = {}): JWTPayload {
  return {
    iss: issuer.url,
    aud: 'gruppstart-intake',
    sub: 'user-1',
    iat: NOW - 60,
    exp: NOW + 3600,
    scope: 'openid intake.write',
    tenant: 'soderhamn',
    ...more,
  };
}

function check(authorization: string | undefined, nowMs = NOW_MS): Promise<TokenVerdict> {
  return createTokenChecker({ nowMs: () => nowMs }).check(authorization, authorizer, SCOPES);
}

/** The claims without one of them. */
function without(name: string): JWTPayload {
  const claims = good();
  delete claims[name];
  return claims;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token is accepted', () => {
  test.each<[string, () => JWTPayload]>([
    ['as the issuer makes them', () => good()],
    ['with several audiences, one of them right', () => good({ aud: ['other', 'gruppstart-intake'] })],
    ['with a client id where there is no audience', () => ({ ...without('aud'), client_id: 'gruppstart-intake' })],
    ['with its scopes in scp', () => ({ ...without('scope'), scp: ['intake.read'] })],
    ['that becomes valid at this very moment', () => good({ nbf: NOW, iat: NOW })],
  ])('%s', async (_how, claims) => {
    expect((await check(`Bearer ${await issuer.sign(claims())}`)).kind).toBe('accepted');
  });

  test('with or without the word Bearer', async () => {
    const token = await issuer.sign(good());
    expect((await check(token)).kind).toBe('accepted');
    expect((await check(`bearer ${token}`)).kind).toBe('accepted');
  });

  test('and handed on with all its claims as text and the matching scopes', async () => {
    const verdict = await check(
      `Bearer ${await issuer.sign(good({ groups: ['a', 'b'], admin: false, address: { city: 'X' } }))}`,
    );
    expect(verdict).toEqual({
      kind: 'accepted',
      token: {
        scopes: ['intake.write'],
        claims: {
          iss: issuer.url,
          aud: 'gruppstart-intake',
          sub: 'user-1',
          iat: String(NOW - 60),
          exp: String(NOW + 3600),
          scope: 'openid intake.write',
          tenant: 'soderhamn',
          groups: '[a b]',
          admin: 'false',
          address: 'map[city:X]',
        },
      },
    });
  });
});

describe('a token is refused with 401', () => {
  test.each<[string, () => Promise<string | undefined>, RegExp]>([
    ['missing', async () => undefined, /^Bearer$/],
    ['empty', async () => 'Bearer ', /^Bearer$/],
    ['not a token', async () => 'Bearer abc', /malformed/],
    ['expired', () => issuer.sign(good({ exp: NOW - 1 })), /expired/],
    ['expiring at this very moment', () => issuer.sign(good({ exp: NOW })), /expired/],
    ['without an expiry', () => issuer.sign(without('exp')), /exp/],
    ['not yet valid', () => issuer.sign(good({ nbf: NOW + 60 })), /not yet valid/],
    ['issued in the future', () => issuer.sign(good({ iat: NOW + 60 })), /future/],
    ['for another audience', () => issuer.sign(good({ aud: 'gruppstart-cohorts' })), /audience/],
    [
      'for another audience though the client fits',
      () => issuer.sign(good({ aud: 'x', client_id: 'gruppstart-intake' })),
      /audience/,
    ],
    ['without an audience', () => issuer.sign(without('aud')), /audience/],
    ['of another issuer', () => issuer.sign(good({ iss: 'http://127.0.0.1:1' })), /issuer/],
    ['without an issuer', () => issuer.sign(without('iss')), /issuer/],
    ['signed with an unknown key', () => issuer.sign(good(), { kid: 'key-9' }), /unknown key/],
    [
      'signed by somebody else under a known key id',
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(good()).setProtectedHeader({ alg: 'RS256', kid: 'key-1' }).sign(privateKey);
      },
      /signature/,
    ],
    [
      'tampered with',
      async () => {
        const [header, , signature] = (await issuer.sign(good())).split('.');
        return `${header}.${encode(good({ sub: 'user-2' }))}.${signature}`;
      },
      /signature/,
    ],
    [
      'without a signature (alg none)',
      async () => `${encode({ alg: 'none', kid: 'key-1' })}.${encode(good())}.`,
      /signing method|malformed/,
    ],
    [
      'signed with the public key as a shared secret (HS256)',
      async () => {
        const content = `${encode({ alg: 'HS256', kid: 'key-1' })}.${encode(good())}`;
        return `${content}.${createHmac('sha256', issuer.publicPem).update(content).digest('base64url')}`;
      },
      /signing method/,
    ],
    [
      'signed with an elliptic key, which the gateway does not take',
      async () => {
        const { privateKey } = await generateKeyPair('ES256');
        return new SignJWT(good()).setProtectedHeader({ alg: 'ES256', kid: 'key-1' }).sign(privateKey);
      },
      /signing method/,
    ],
    ['without a key id', async () => (await issuer.sign(good())).replace(/^[^.]+/, encode({ alg: 'RS256' })), /key id/],
    [
      'encrypted instead of signed',
      async () => `${encode({ alg: 'dir', enc: 'A256GCM', kid: 'key-1' })}.a.b.c.d`,
      /malformed/,
    ],
  ])('%s', async (_how, make, reason) => {
    const token = await make();
    const verdict = await check(token === undefined || token.startsWith('Bearer') ? token : `Bearer ${token}`);
    expect(verdict.kind).toBe('unauthorized');
    expect(verdict.kind === 'unauthorized' ? verdict.challenge : '').toMatch(reason);
  });

  test('by the laptop’s clock, not the machine’s', async () => {
    const token = `Bearer ${await issuer.sign(good())}`;
    expect((await check(token, NOW_MS + 3_599_000)).kind).toBe('accepted');
    expect((await check(token, NOW_MS + 3_600_000)).kind).toBe('unauthorized');
    expect((await check(token, NOW_MS - 86_400_000)).kind).toBe('unauthorized');
  });

  test('also when it was accepted a moment ago', async () => {
    let nowMs = NOW_MS;
    const checker = createTokenChecker({ nowMs: () => nowMs });
    const token = `Bearer ${await issuer.sign(good())}`;
    expect((await checker.check(token, authorizer, SCOPES)).kind).toBe('accepted');
    expect((await checker.check(token, { ...authorizer, audiences: ['other'] }, SCOPES)).kind).toBe('unauthorized');
    expect((await checker.check(token, authorizer, ['cohorts.read'])).kind).toBe('forbidden');
    expect((await checker.check(`${token.slice(0, -8)}AAAAAAAA`, authorizer, SCOPES)).kind).toBe('unauthorized');
    nowMs += 3_600_000;
    expect((await checker.check(token, authorizer, SCOPES)).kind).toBe('unauthorized');
    nowMs = NOW_MS - 86_400_000;
    expect((await checker.check(token, authorizer, SCOPES)).kind).toBe('unauthorized');
  });

  test('while the issuer cannot be reached, and accepted once it can', async () => {
    const checker = createTokenChecker({ nowMs: () => NOW_MS });
    const nobody = { ...authorizer, issuer: 'http://127.0.0.1:9' };
    const verdict = await checker.check(`Bearer ${await issuer.sign(good())}`, nobody, SCOPES);
    expect(verdict).toMatchObject({ kind: 'unauthorized', challenge: expect.stringMatching(/discovery endpoint/) });
    expect((await checker.check(`Bearer ${await issuer.sign(good())}`, authorizer, SCOPES)).kind).toBe('accepted');
  });
});

describe('scopes', () => {
  test('a valid token without any of the route’s scopes is refused with 403 and told which', async () => {
    expect(await check(`Bearer ${await issuer.sign(good({ scope: 'openid cohorts.write' }))}`)).toEqual({
      kind: 'forbidden',
      challenge:
        'Bearer scope="intake.write intake.read" error="insufficient_scope" error_description="expected scopes: [intake.write intake.read]"',
    });
  });

  test('a scope that only begins like the wanted one does not count', async () => {
    expect((await check(`Bearer ${await issuer.sign(good({ scope: 'intake.write.not intake' }))}`)).kind).toBe(
      'forbidden',
    );
  });

  test('a route without scopes takes any valid token', async () => {
    const verdict = await createTokenChecker({ nowMs: () => NOW_MS }).check(
      await issuer.sign(without('scope')),
      authorizer,
      [],
    );
    expect(verdict).toMatchObject({ kind: 'accepted', token: { scopes: null } });
  });
});

describe('the issuer’s keys', () => {
  test('are fetched once for many tokens', async () => {
    const checker = createTokenChecker({ nowMs: () => NOW_MS });
    const before = issuer.keyFetches();
    const token = await issuer.sign(good());
    for (let round = 0; round < 5; round += 1) await checker.check(token, authorizer, SCOPES);
    expect(issuer.keyFetches() - before).toBe(1);
  });

  test('are fetched again for an unknown key id, but not at every try', async () => {
    const own = await startSmallIssuer();
    const ownAuthorizer = { ...authorizer, issuer: own.url };
    const claims = good({ iss: own.url });
    try {
      const eager = createTokenChecker({ nowMs: () => NOW_MS, refetchAfterMs: 0 });
      const patient = createTokenChecker({ nowMs: () => NOW_MS, refetchAfterMs: 60_000 });
      const old = await own.sign(claims);
      expect((await eager.check(old, ownAuthorizer, SCOPES)).kind).toBe('accepted');
      expect((await patient.check(old, ownAuthorizer, SCOPES)).kind).toBe('accepted');
      await own.rotate();
      const fresh = await own.sign(claims);
      expect((await eager.check(fresh, ownAuthorizer, SCOPES)).kind).toBe('accepted');
      const before = own.keyFetches();
      for (let round = 0; round < 5; round += 1) {
        expect((await patient.check(fresh, ownAuthorizer, SCOPES)).kind).toBe('unauthorized');
      }
      expect(own.keyFetches()).toBe(before);
    } finally {
      await own.stop();
    }
  });
});
