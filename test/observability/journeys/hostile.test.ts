import { CANDIDATE_COLUMN_KEYS } from '@gruppstart/contracts/candidate-file';
import { ROUTES } from '@gruppstart/contracts/registry';
import type { Route } from '@gruppstart/contracts/route';
import { sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import { OfficeId, TenantId, UserId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { fileOf } from '@gruppstart/files/test-support/candidate-file-text';
import { makeWorld } from '@gruppstart/store/world';
import { receiveBatch } from '@gruppstart/usecases/intake/receive-batch';
import { blobKeys } from '@gruppstart/usecases/ports/senders';
import { afterAll, describe, expect, test } from 'vitest';
import { personalNumberOf } from '../../builders/candidate-files.ts';
import { someRows } from '../../journeys/candidate-files.ts';
import type { Inside } from '../../journeys/environment.ts';
import { userFor } from '../../journeys/examples.ts';
import { linesLogged } from '../../journeys/log-lines.ts';
import { findPersonalData } from '../../journeys/log-sink.ts';
import { ask, pathOf, requestFor, send, until } from '../../journeys/requests.ts';
import { KARIN } from '../../journeys/small-town.ts';
import { byId, openSmallWorld } from '../../journeys/small-world.ts';
import { HOSTILE, HOSTILE_ASCII, HOSTILE_TEXT, HOSTILE_WORD } from '../hostile-person.ts';
import { inventedPeople } from '../invented-people.ts';
import { personalDataIn } from '../personal-data.ts';

const world = await openSmallWorld();
const { environment } = world;
// Closing searches everything that was printed, queued, noted and stored; the tests here only say what each provoked.
afterAll(() => world.close());
const onLaptop = environment.inside !== null;
const insideOf = (): Inside => {
  if (environment.inside === null) throw new Error('Only where one can look inside');
  return environment.inside;
};

const DOORS = ['IntakeApiFunction', 'RequirementsApiFunction', 'CohortsApiFunction'] as const;
const KNOWN = inventedPeople();
const linesOf = async (name: string) => (await insideOf().logOf(name)).map((line) => JSON.stringify(line));
const expectClean = async (...names: readonly string[]): Promise<void> => {
  const texts = await Promise.all(names.map(async (where) => ({ where, lines: await linesOf(where) })));
  expect(findPersonalData(texts, KNOWN)).toEqual([]);
};
const eventsOf = async (name: string) => (await insideOf().logOf(name)).map(({ event }) => event);
const told = (name: string, event: string, atLeast = 1) =>
  until(
    async () => (await eventsOf(name)).filter((each) => each === event).length,
    (count) => count >= atLeast,
  );

/** The request of a route, and everything about it that a sender can write something of their own into. */
const hostileRequests = async (route: Route) => {
  const { params, query, etag } = world.ready(route);
  const good = requestFor(route, world.ready(route));
  const token = await environment.token(userFor(route), route.door);
  const json = { ...good.headers, 'content-type': 'application/json' };
  const names = Object.keys(params ?? {});
  return [
    ...names.map((name) => ({ ...good, token, path: pathOf(route, { ...params, [name]: HOSTILE_TEXT }, query) })),
    ...names.map((name) => ({ ...good, token, path: pathOf(route, { ...params, [name]: HOSTILE_WORD }, query) })),
    { ...good, token, path: `${good.path}/${encodeURIComponent(HOSTILE_TEXT)}` },
    { ...good, token, path: pathOf(route, params, { ...query, [HOSTILE_TEXT]: HOSTILE_TEXT }) },
    { ...good, token, path: pathOf(route, params, { ...query, cursor: HOSTILE_WORD, limit: HOSTILE.phone }) },
    { ...good, token: HOSTILE_WORD },
    { ...good, token: undefined, headers: { ...good.headers, authorization: HOSTILE_ASCII } },
    {
      ...good,
      token,
      method: route.method === 'GET' ? 'DELETE' : 'GET',
      body: undefined,
      path: `${good.path}?q=${HOSTILE_WORD}`,
    },
    ...(route.method === 'GET'
      ? [
          {
            ...good,
            token,
            headers: {
              'user-agent': HOSTILE_ASCII,
              referer: `https://x.example/${HOSTILE_WORD}`,
              cookie: `n=${HOSTILE_WORD}`,
            },
          },
        ]
      : [
          { ...good, token, headers: { ...good.headers, 'idempotency-key': HOSTILE_ASCII } },
          { ...good, token, headers: { ...good.headers, 'content-type': `text/${HOSTILE_WORD}` }, body: HOSTILE_TEXT },
          {
            ...good,
            token,
            headers: { ...json, ...(etag ? { 'if-match': HOSTILE_ASCII } : {}) },
            body: `{"n":"${HOSTILE_TEXT}`,
          },
          {
            ...good,
            token,
            headers: { ...json, 'idempotency-key': HOSTILE_WORD },
            body: `{"${HOSTILE_TEXT}":1,"n":"${HOSTILE_TEXT}"}`,
          },
          { ...good, token, headers: json, body: JSON.stringify([HOSTILE_TEXT]) },
          { ...good, token, headers: json, body: JSON.stringify(HOSTILE_TEXT) },
        ]),
  ];
};

describe.skipIf(!onLaptop)('a request that speaks of somebody where it should not', () => {
  test.each(byId(ROUTES))('%s leaves nothing of it in a log', async (_id, route) => {
    const requests = await hostileRequests(route);
    expect(requests.length).toBeGreaterThan(5);
    for (const request of requests) {
      const { status } = await send(environment.apiUrl, request);
      // A header that nobody reads is no reason to refuse; nothing here is our own fault.
      expect(status).toBeLessThan(500);
    }
    await expectClean(...DOORS);
  });

  test('was told of by its line all the same', async () => {
    for (const door of DOORS) {
      const lines = await linesLogged(insideOf(), door, ({ event }) => event === 'request-refused', 31);
      expect(new Set(lines.map(({ code }) => code)).size).toBeGreaterThan(4);
    }
  });
});

describe.skipIf(!onLaptop)('a file that speaks of somebody where it should not', () => {
  test('in every cell has each row told by line, column and code, and nothing else', async () => {
    const rows = CANDIDATE_COLUMN_KEYS.flatMap((key, column) =>
      [HOSTILE_TEXT, HOSTILE.personalNumber, HOSTILE.email].map((text, index) => ({
        reference: `H-${column}-${index}`,
        personalNumber: personalNumberOf(column * 3 + index),
        [key]: text,
      })),
    );
    const sent = await ask(environment, KARIN, sendBatch, { body: new Uint8Array(fileOf(rows)) });
    expect(sent.status).toBe(202);
    await world.atRest();
    await told('IntakeWorkerFunction', 'message-handled', 2);
    await expectClean('IntakeApiFunction', 'IntakeWorkerFunction');
  });

  test.each([
    ['a column', new TextEncoder().encode(`Referens;${HOSTILE_TEXT}\r\nR-1;x`)],
    ['the header', new TextEncoder().encode(HOSTILE_TEXT)],
    ['what is no table', new TextEncoder().encode(`%PDF-1.7 ${HOSTILE_TEXT}`)],
    ['a broken encoding', new Uint8Array([0xff, 0xfe, ...new TextEncoder().encode(HOSTILE_TEXT)])],
  ])('in %s is refused without it in a log', async (_where, body) => {
    const sent = await ask(environment, KARIN, sendBatch, { body: new Uint8Array(body) });
    expect(sent.status).toBe(422);
    await expectClean('IntakeApiFunction');
  });
});

/** Faults that no sender can provoke over HTTP: through the functions themselves, past the gateway. */
describe.skipIf(!onLaptop)('a fault inside a function', () => {
  const invoked = async (name: string, event: unknown): Promise<string> => {
    try {
      return await insideOf().invoke(name, event);
    } catch (error) {
      return String(error);
    }
  };

  test.each([
    ['no text in a header', { headers: { 'x-name': `${HOSTILE_TEXT}\n–` } }],
    ['no address', { headers: {}, rawPath: HOSTILE_TEXT, requestContext: { domainName: HOSTILE_TEXT } }],
    ['no method', { headers: {}, requestContext: { http: { method: HOSTILE_TEXT } } }],
    ['text for headers', { headers: HOSTILE_TEXT }],
    ['no event', HOSTILE_TEXT],
  ])('by an event with %s is told without its words', async (_what, changes) => {
    const event =
      typeof changes === 'string'
        ? changes
        : {
            version: '2.0',
            rawPath: '/v1/batches',
            rawQueryString: '',
            isBase64Encoded: false,
            ...changes,
            requestContext: {
              requestId: 'r-1',
              domainName: 'x.example',
              http: { method: 'GET', path: '/v1/batches' },
              ...('requestContext' in changes ? changes.requestContext : {}),
            },
          };
    const before = (await eventsOf('IntakeApiFunction')).length;
    const answer = await invoked('IntakeApiFunction', event);
    expect(personalDataIn(answer, KNOWN)).toEqual([]);
    await until(
      async () => (await eventsOf('IntakeApiFunction')).length,
      (count) => count > before,
    );
    await expectClean('IntakeApiFunction');
  });

  test('is told where a library would have printed it', async () => {
    const [printed] = await linesLogged(insideOf(), 'IntakeApiFunction', ({ event }) => event === 'library-printed');
    expect(printed).toMatchObject({ level: 'error', printer: 'error', frames: expect.stringMatching(/^at /) });
  });

  test.each(['IntakeWorkerFunction', 'MatcherFunction'] as const)(
    '%s tells of messages without their words',
    async (name) => {
      const Records = [
        { messageId: 'm-1', body: HOSTILE_TEXT },
        {
          messageId: 'm-2',
          body: JSON.stringify({ v: 1, kind: 'batch-to-take', tenant: HOSTILE_TEXT, name: HOSTILE_TEXT }),
        },
      ];
      expect(JSON.parse(await invoked(name, { Records }))).toEqual({
        batchItemFailures: [{ itemIdentifier: 'm-1' }, { itemIdentifier: 'm-2' }],
      });
      await told(name, 'message-unreadable', 2);
      expect(personalDataIn(await invoked(name, { Records: HOSTILE_TEXT }), KNOWN)).toEqual([]);
      await told(name, 'invocation-failed');
      await expectClean(name);
    },
  );

  test('that the worker meets in a file is told without the file', async () => {
    const { store, blobs } = insideOf();
    const tenant = TenantId.parse('soderhamn');
    const permission = {
      roles: ['caseworker' as const],
      wholeTenant: false,
      unitIds: [],
      offices: [OfficeId.parse('af-101')],
      mayResolveProtected: false,
    };
    const unsent = { flush: async () => {}, resend: async () => ({ sent: 0, failed: 0 }) };
    const good = someRows([2]);
    const received = await receiveBatch({ store, blobs, world: makeWorld(), outbox: unsent })(
      {
        actor: { tenant, userId: UserId.parse('user-9w3kd6r1xp'), permission },
        now: Instant.parse(new Date(environment.control?.nowMs() ?? 0).toISOString()),
        correlationId: 'the-file-changed',
        expected: null,
        mark: () => null,
      },
      { bytes: good, officeId: null, ignoreUnknownColumns: false },
    );
    if (!received.ok) throw new Error(received.error.code);
    const batchId = received.value.value.id;
    const message = { v: 1, tenant, eventId: makeWorld().newId('event'), correlationId: 'the-file-changed' };
    const body = JSON.stringify({ ...message, kind: 'batch-to-take', batchId, fromRow: 0 });
    const take = async () =>
      JSON.parse(await invoked('IntakeWorkerFunction', { Records: [{ messageId: 'm-9', body }] }));
    await blobs.put(blobKeys.upload(tenant, batchId), new TextEncoder().encode(`${HOSTILE_TEXT};${HOSTILE_TEXT}`));
    expect(await take()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-9' }] });
    await told('IntakeWorkerFunction', 'message-failed');
    await blobs.put(blobKeys.upload(tenant, batchId), good);
    expect(await take()).toEqual({ batchItemFailures: [] });
    await expectClean('IntakeWorkerFunction');
  });

  test('by a list of rights with somebody’s name is refused by its place in the list', async () => {
    const grant = { id: 'grant_01jd4z8w6k3v9r5t2q7n0m1pxy', tenant: 'soderhamn', userId: HOSTILE.email };
    const answer = await invoked('GrantsFunction', { grants: [grant], [HOSTILE.name]: HOSTILE_TEXT });
    expect(personalDataIn(answer, KNOWN)).toEqual([]);
    const [line] = await linesLogged(insideOf(), 'GrantsFunction', ({ event }) => event === 'grants-refused');
    expect(line).toMatchObject({
      level: 'warn',
      at: expect.stringMatching(/^\/grants\/0\//),
      faults: expect.any(Number),
    });
    await expectClean('GrantsFunction');
  });
});

describe.skipIf(!onLaptop)('an address that the product itself makes', () => {
  const lists = ROUTES.filter(
    ({ method, query }) => method === 'GET' && query !== null && 'cursor' in (query.shape ?? {}),
  );

  test('there are lists', () => {
    expect(lists.length).toBeGreaterThan(4);
  });

  test.each(byId(lists))('the next page of %s is asked for without anybody’s data', async (_id, route) => {
    const asked = world.ready(route);
    const { headers, status } = await world.sendTo(route, { ...asked, query: { ...asked.query, limit: '1' } });
    expect(status).toBe(200);
    const addresses = [headers.get('link') ?? '', headers.get('location') ?? ''];
    expect(addresses.flatMap((address) => personalDataIn(address, KNOWN))).toEqual([]);
  });
});
