import { randomUUID } from 'node:crypto';
import { ROUTES } from '@gruppstart/contracts/registry';
import { MAX_JSON_BYTES, type RequestBody, type Route } from '@gruppstart/contracts/route';
import { MAX_FILE_BYTES, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import { describe, expect, test } from 'vitest';
import { userFor } from '../examples.ts';
import { type Mutation, missingFields, SECRET, unknownFields, wrongTypes } from '../mutations.ts';
import { type Asked, expectProblem, pathOf, type RawRequest, requestFor, send } from '../requests.ts';
import { byId, refusedWith, type SmallWorld } from '../small-world.ts';

type JsonRoute = Route & { readonly body: Extract<RequestBody, { kind: 'json' }> };
const JSON_ROUTES = ROUTES.filter((route): route is JsonRoute => route.body?.kind === 'json');

/** Bodies and files that are wrong in themselves. */
export const bodiesAreRefused = (world: SmallWorld): void => {
  const { environment, ready, sendTo } = world;

  /** Without the header of that name, whatever the request would carry. */
  const sendWithout = async (header: string, route: Route, asked: Asked, body?: RawRequest['body']) => {
    const request = requestFor(route, asked);
    const headers = Object.fromEntries(Object.entries(request.headers ?? {}).filter(([name]) => name !== header));
    const token = await environment.token(userFor(route), route.door);
    return send(environment.apiUrl, { ...request, headers, token, ...(body === undefined ? {} : { body }) });
  };

  describe('a body', () => {
    world.keepsNothing();

    test.each(byId(JSON_ROUTES))('of %s that is no JSON is refused', async (_, route) => {
      const asked = ready(route);
      const whole = JSON.stringify(asked.body);
      for (const body of ['', '{"a":', `${whole}}`, whole.slice(0, -1), `${whole}\u0000`, "{'a': 1}", 'undefined']) {
        refusedWith(route, await sendTo(route, asked, { body }), 'json-malformed');
      }
      const half = whole.replace('":', '\\ud800":');
      refusedWith(route, await sendTo(route, asked, { body: half }), 'json-malformed');
      const latin1 = new Uint8Array(Buffer.from(whole.replace('":', 'å":'), 'latin1'));
      refusedWith(route, await sendTo(route, asked, { body: latin1 }), 'json-malformed');
    });

    const refusesEach = async (route: JsonRoute, mutations: readonly Mutation[], code?: string) => {
      for (const { pointer, body } of mutations) {
        const answer = await sendTo(route, { ...ready(route), body });
        const { errors } = refusedWith(route, answer, 'body-invalid');
        const told = errors.map((error) => error.pointer);
        // What is wrong in one of several alternatives may be told of the field that chooses among them.
        const near = (each: string) =>
          each.startsWith(pointer) || pointer.startsWith(each.slice(0, each.lastIndexOf('/')));
        expect(told.some(near), `${pointer} told as ${told.join(' ')}`).toBe(true);
        if (code !== undefined) expect(errors.map((error) => error.code)).toContain(code);
      }
    };

    test.each(byId(JSON_ROUTES))(
      'of %s with a value of the wrong kind is refused, and the value not repeated',
      async (_, route) => {
        await refusesEach(route, wrongTypes(route.body.schema, ready(route).body));
      },
    );

    test.each(byId(JSON_ROUTES))('of %s without something that must be there is refused', async (_, route) => {
      await refusesEach(route, missingFields(route.body.schema, ready(route).body));
    });

    test.each(byId(JSON_ROUTES))('of %s with a field that nobody knows is refused', async (_, route) => {
      const asked = ready(route);
      const mutations = unknownFields(route.body.schema, asked.body);
      expect(mutations.length).toBeGreaterThan(0);
      await refusesEach(route, mutations, 'unknown-field');
      for (const field of ['__proto__', 'constructor', 'toString']) {
        const body = JSON.stringify(asked.body).replace('{', `{"${field}":{"isAdmin":true},`);
        refusedWith(route, await sendTo(route, asked, { body }), 'body-invalid');
      }
    });

    test.each(byId(JSON_ROUTES))('of %s over a megabyte is refused', async (_, route) => {
      const whole = JSON.stringify(ready(route).body);
      const body = `${whole}${' '.repeat(MAX_JSON_BYTES + 1 - Buffer.byteLength(whole))}`;
      refusedWith(route, await sendTo(route, ready(route), { body }), 'body-too-large');
    });

    const TYPES = ['text/plain', 'application/octet-stream', 'application/jsonx'];
    test.each(byId(JSON_ROUTES))('of %s of another media type is refused', async (_, route) => {
      const asked = ready(route);
      const body = new Uint8Array(Buffer.from(JSON.stringify(asked.body)));
      // A PATCH may be a merge patch: it is what ours are.
      for (const type of route.method === 'PATCH' ? TYPES : [...TYPES, 'application/merge-patch+json']) {
        const answer = await sendTo(route, asked, { body, headers: { 'content-type': type } });
        refusedWith(route, answer, 'media-type-unsupported');
      }
      refusedWith(route, await sendWithout('content-type', route, asked, body), 'media-type-unsupported');
    });

    test('nested a hundred thousand times deep is refused like any other', async () => {
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      for (const route of JSON_ROUTES) {
        refusedWith(route, await sendTo(route, ready(route), { body: deep }), 'body-invalid');
      }
    });

    test('that a route does not take may still not be over a megabyte', async () => {
      const routes = ROUTES.filter(({ method, body }) => method === 'POST' && body === null);
      expect(routes.length).toBeGreaterThan(0);
      for (const route of routes) {
        const answer = await sendTo(route, ready(route), { body: ' '.repeat(MAX_JSON_BYTES + 1) });
        expectProblem(answer, 'body-too-large');
      }
    });
  });

  describe('a file', () => {
    world.keepsNothing();
    const asked: Asked = { query: { office: 'af-101' }, body: new Uint8Array() };
    const sendFile = (body: RawRequest['body'], type = 'application/octet-stream') =>
      sendTo(sendBatch, asked, { body, headers: { 'content-type': type } });
    const formWith = (...files: readonly Blob[]): FormData => {
      const form = new FormData();
      for (const [index, file] of files.entries()) form.append(`file${index}`, file, 'kandidater.csv');
      return form;
    };
    /** The form's own boundary stands in a header that only the client can write. */
    const sendForm = (form: FormData) => sendWithout('content-type', sendBatch, asked, form);

    test('of the largest size is looked at, one byte more is refused', async () => {
      refusedWith(sendBatch, await sendFile(new Uint8Array(MAX_FILE_BYTES)), 'file-refused');
      refusedWith(sendBatch, await sendFile(new Uint8Array(MAX_FILE_BYTES + 1)), 'body-too-large');
      const inForm = (bytes: number) => sendForm(formWith(new Blob([new Uint8Array(bytes)])));
      refusedWith(sendBatch, await inForm(MAX_FILE_BYTES), 'file-refused');
      refusedWith(sendBatch, await inForm(MAX_FILE_BYTES + 1), 'body-too-large');
    });

    test('too large for the gateway gets the gateway’s own answer', async () => {
      const answer = await sendFile(new Uint8Array(6 * MAX_JSON_BYTES));
      expect([answer.status, answer.text]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    });

    test.each(['text/csv', 'text/plain', 'application/json', 'application/vnd.ms-excel'])(
      'sent as %s is refused',
      async (type) => {
        refusedWith(sendBatch, await sendFile('Referens;Personnummer', type), 'media-type-unsupported');
      },
    );

    test('that is none, or two at once, is refused', async () => {
      const words = new FormData();
      words.append('text', SECRET);
      refusedWith(sendBatch, await sendForm(words), 'body-invalid');
      const one = new Blob(['Referens']);
      refusedWith(sendBatch, await sendForm(formWith(one, one)), 'body-invalid');
      refusedWith(sendBatch, await sendFile('not a form', 'multipart/form-data; boundary=x'), 'body-invalid');
      refusedWith(sendBatch, await sendFile('not a form', 'multipart/form-data'), 'body-invalid');
    });

    test.each([
      ['nothing in it', ''],
      ['no header', 'AF-1;19121212-1212;Anna;Andersson\n'],
      ['an unknown column', 'Referens;Personnummer;Förnamn;Efternamn;Skostorlek\nA-1;;;;\n'],
      ['no rows', 'Referens;Personnummer;Förnamn;Efternamn\n'],
      ['bytes that are no text', '\u0000\u0001\u0002\u0003'],
    ])('with %s is refused before anything is kept', async (_, text) => {
      refusedWith(sendBatch, await sendFile(new Uint8Array(Buffer.from(text))), 'file-refused');
    });

    test('for an office that is not the sender’s own is refused', async () => {
      const path = pathOf(sendBatch, {}, { office: 'af-103' });
      refusedWith(sendBatch, await sendTo(sendBatch, ready(sendBatch), { path }), 'not-permitted');
    });
  });

  test('a body of exactly a megabyte is taken', async () => {
    const [route] = JSON_ROUTES.filter(({ id }) => id === 'createCohort');
    if (!route) throw new Error('No cohorts');
    const whole = JSON.stringify(ready(route).body);
    const body = `${whole}${' '.repeat(MAX_JSON_BYTES - Buffer.byteLength(whole))}`;
    const idempotencyKey = randomUUID();
    expect((await sendTo(route, { ...ready(route), idempotencyKey }, { body })).status).toBe(201);
  });
};
