import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCookieJar } from './cookie-jar.ts';
import { DEMO_PASSWORD, DEMO_USERS } from './demo-users.ts';
import { type RunningLogin, startLogin } from './start-login.ts';
import { authorizationUrl, CALLBACK, exchange, next, openForm, visit } from './testdata/browser.ts';

let dataDir: string;
let login: RunningLogin;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gruppstart-form-'));
  login = await startLogin({ port: 0, dataDir });
});
afterAll(async () => {
  await login.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('what the login refuses', () => {
  test.each(['password', 'refresh_token', 'implicit'])('the grant type %s', async (grantType) => {
    const answer = await exchange(login.issuer, {
      grant_type: grantType,
      client_id: 'gruppstart-cli',
      username: 'anna.samordnare',
      password: DEMO_PASSWORD,
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'unsupported_grant_type' });
  });

  test.each([
    { name: 'a redirect elsewhere', changes: { redirect_uri: 'https://example.org/callback' } },
    { name: 'a redirect to another path', changes: { redirect_uri: 'http://127.0.0.1:9/other' } },
    { name: 'an unknown client', changes: { client_id: 'somebody-else' } },
  ])('$name, with a page and without sending anybody there', async ({ changes }) => {
    const answer = await visit(createCookieJar(), authorizationUrl(login.issuer, changes));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    const html = await answer.text();
    expect(html).toContain('<html lang="sv">');
    expect(html).toContain('Inloggningen kunde inte fortsätta');
    expect(html).toMatch(/<code>invalid_(redirect_uri|client)<\/code>/);
  });

  test.each([
    {
      name: 'a request without PKCE',
      changes: { code_challenge: null, code_challenge_method: null },
      error: 'invalid_request',
    },
    { name: 'a plain PKCE challenge', changes: { code_challenge_method: 'plain' }, error: 'invalid_request' },
    {
      name: 'a token straight from the front',
      changes: { response_type: 'token' },
      error: 'unsupported_response_type',
    },
    { name: 'an unknown door', changes: { resource: 'urn:gruppstart:payroll' }, error: 'invalid_target' },
  ])('$name, and tells the client why', async ({ changes, error }) => {
    const answer = await visit(createCookieJar(), authorizationUrl(login.issuer, changes));
    const callback = next(answer);
    expect(callback.origin + callback.pathname).toBe(CALLBACK);
    const told = new URLSearchParams(callback.search || callback.hash.slice(1));
    expect(told.get('error')).toBe(error);
    expect(told.get('code')).toBeNull();
  });

  test.each([
    { userName: 'anna.samordnare', password: 'wrong' },
    { userName: 'anna.samordnare', password: '' },
    { userName: 'nobody', password: DEMO_PASSWORD },
    { userName: '', password: '' },
    { userName: '"><script>alert(1)</script>', password: 'x' },
  ])('$userName with the password "$password", on a page that can be read and used again', async (form) => {
    const jar = createCookieJar();
    const url = await openForm(login.issuer, jar);
    const answer = await visit(jar, url, form);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('Användarnamnet eller lösenordet stämmer inte');
    expect(html).toContain('The user name or the password is wrong');
    expect(html).not.toContain('<script');
    const again = await visit(jar, url, { userName: 'anna.samordnare', password: DEMO_PASSWORD });
    expect(again.status).toBe(303);
  });

  test('a form that is far too large, is not a form, or is sent in another way', async () => {
    const jar = createCookieJar();
    const url = await openForm(login.issuer, jar);
    expect((await visit(jar, url, { userName: 'a'.repeat(10_000), password: 'x' })).status).toBe(400);
    const headers = { cookie: jar.header(), 'content-type': 'application/json' };
    expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(400);
    const put = await fetch(url, { method: 'PUT', headers, body: '{}' });
    expect(put.status).toBe(405);
    expect(put.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  test('a form whose login is unknown, or belongs to another browser', async () => {
    const form = await openForm(login.issuer, createCookieJar());
    for (const url of [form, new URL('/login/unknown', login.issuer)]) {
      const answer = await visit(createCookieJar(), url);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('börja om');
    }
  });
});

describe('the login page', () => {
  test('is Swedish, has labelled fields, needs no script and lists the users', async () => {
    const jar = createCookieJar();
    const answer = await visit(jar, await openForm(login.issuer, jar));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:9;");
    const html = await answer.text();
    expect(html).toContain('<html lang="sv">');
    expect(html).not.toContain('<script');
    for (const field of ['userName', 'password']) {
      expect(html).toContain(`<label for="${field}">`);
      expect(html).toContain(`<input id="${field}" name="${field}"`);
    }
    for (const user of DEMO_USERS) expect(html).toContain(`>${user.userName}</a>`);
  });

  test('fills in the name that was chosen in the list', async () => {
    const jar = createCookieJar();
    const url = await openForm(login.issuer, jar);
    url.searchParams.set('user', 'omar.samordnare');
    expect(await (await visit(jar, url)).text()).toContain('value="omar.samordnare"');
  });

  test('sets cookies without an age, since the browser’s clock may be another', async () => {
    const answer = await visit(createCookieJar(), authorizationUrl(login.issuer));
    expect(answer.headers.getSetCookie().length).toBeGreaterThan(0);
    for (const cookie of answer.headers.getSetCookie()) {
      expect(cookie).not.toMatch(/expires=|max-age=/i);
      expect(cookie).toMatch(/httponly/i);
      expect(cookie).toMatch(/samesite=lax/i);
    }
  });

  test('is not shown again in the same browser until the user has logged out', async () => {
    const jar = createCookieJar();
    const done = await visit(jar, await openForm(login.issuer, jar), {
      userName: 'omar.samordnare',
      password: DEMO_PASSWORD,
    });
    expect(next(await visit(jar, next(done))).searchParams.get('code')).not.toBeNull();

    const second = next(await visit(jar, authorizationUrl(login.issuer)));
    expect(second.searchParams.get('code')).not.toBeNull();

    const question = await (await visit(jar, new URL('/session/end', login.issuer))).text();
    expect(question).toContain('Vill du logga ut?');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question)?.[1] ?? '';
    const farewell = next(await visit(jar, new URL('/session/end/confirm', login.issuer), { xsrf, logout: 'yes' }));
    expect(await (await visit(jar, farewell)).text()).toContain('Du är utloggad');

    expect((await openForm(login.issuer, jar)).pathname).toMatch(/^\/login\//);
  });
});
