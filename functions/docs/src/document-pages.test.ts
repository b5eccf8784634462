import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { documentPages } from './document-pages.ts';

const FILES: Readonly<Record<string, string>> = {
  'openapi.json': '{"openapi":"3.1.1"}',
  'swagger-ui.css': 'body{}',
  'swagger-ui-bundle.js': 'var x = 1;',
};
const asked: string[] = [];
const asset = (name: string): Buffer => {
  asked.push(name);
  const plain = FILES[name.replace(/\.gz$/, '')];
  if (plain === undefined) throw new Error(`No asset ${name}`);
  return name.endsWith('.gz') ? gzipSync(plain) : Buffer.from(plain);
};
const pages = documentPages(asset);
const GZIP = { 'accept-encoding': 'br, gzip' };

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'public, max-age=300',
};

describe('the API in words', () => {
  test('is packed for who reads gzip', async () => {
    const answer = await pages({ rawPath: '/openapi.json', headers: GZIP });
    expect(answer).toMatchObject({
      statusCode: 200,
      isBase64Encoded: true,
      headers: { ...COMMON, 'content-type': 'application/json', 'content-encoding': 'gzip', vary: 'accept-encoding' },
    });
    expect(gunzipSync(Buffer.from(answer.body, 'base64')).toString()).toBe(FILES['openapi.json']);
  });

  test.each([{}, undefined, { 'accept-encoding': 'identity' }])('is plain for who sends %j', async (headers) => {
    const answer = await pages({ rawPath: '/openapi.json', ...(headers ? { headers } : {}) });
    expect(answer).toMatchObject({ statusCode: 200, body: FILES['openapi.json'], isBase64Encoded: false });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' });
    expect(answer.headers).not.toHaveProperty('content-encoding');
  });
});

describe('the reference page', () => {
  test('loads only from its own address', async () => {
    const { body, headers } = await pages({ rawPath: '/docs' });
    const loaded = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.filter((address) => !address.startsWith('/'))).toEqual([]);
    expect(body).not.toMatch(/<script>|<style|\son\w+=/);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
  });

  test('loads nothing that is not there', async () => {
    const { body } = await pages({ rawPath: '/docs' });
    const loaded = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    const answers = await Promise.all(loaded.map((rawPath) => pages({ rawPath, headers: GZIP })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(loaded.map(() => 200));
  });

  test('says in both languages what to do without JavaScript', async () => {
    const { body } = await pages({ rawPath: '/docs' });
    expect(body).toMatch(/<noscript><p lang="sv">.+openapi\.json.+<p>.+openapi\.json/s);
  });

  test.each([
    ['/docs', 'text/html; charset=utf-8'],
    ['/docs/start.js', 'text/javascript; charset=utf-8'],
    ['/docs/swagger-ui.css', 'text/css; charset=utf-8'],
    ['/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ])('%s is %s', async (rawPath, contentType) => {
    const { headers, statusCode } = await pages({ rawPath, headers: GZIP });
    expect([statusCode, headers['content-type'], headers['x-content-type-options']]).toEqual([
      200,
      contentType,
      'nosniff',
    ]);
  });
});

test.each([
  '/',
  '/docs/',
  '/docs/other.js',
  '/docs/../index.mjs',
  '/openapi.json.gz',
  '/docs/openapi.json',
  '/docs/constructor',
  '',
])('%j is not there, and no file is read for it', async (rawPath) => {
  asked.length = 0;
  const answer = await pages({ rawPath, headers: GZIP });
  expect(answer).toMatchObject({ statusCode: 404, isBase64Encoded: false });
  expect(answer.headers).toMatchObject({ ...COMMON, 'content-type': 'text/plain; charset=utf-8' });
  expect(asked).toEqual([]);
});

test('an event without a path is answered, not thrown at', async () => {
  expect((await pages({})).statusCode).toBe(404);
});
