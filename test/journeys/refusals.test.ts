import { randomUUID } from 'node:crypto';
import { PROBLEMS, type ProblemCode } from '@gruppstart/contracts/problem';
import { problemsOf, ROUTES } from '@gruppstart/contracts/registry';
import {
  MAX_JSON_BYTES,
  METHODS,
  needsIdempotencyKey,
  type RequestBody,
  type Route,
} from '@gruppstart/contracts/route';
import { MAX_FILE_BYTES } from '@gruppstart/contracts/routes/intake-routes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openEnvironment } from './environment.ts';
import { EXAMPLES, exampleOf, FOREIGN_USER_OF, rolesOf, USER_OF, userFor } from './examples.ts';
import { type Mutation, missingFields, SECRET, unknownFields, wrongTypes } from './mutations.ts';
import {
  type Asked,
  expectProblem,
  pathOf,
  type RawAnswer,
  type RawRequest,
  requestFor,
  send,
  until,
} from './requests.ts';
import { ANNA, buildSmallTown, KARIN, OMAR, PETER, type SmallTown } from './small-town.ts';

const environment = await openEnvironment();
const { control, inside } = environment;
afterAll(() => environment.close());

let town: SmallTown;
beforeAll(async () => {
  town = await buildSmallTown(environment);
});

type JsonRoute = Route & { readonly body: Extract<RequestBody, { kind: 'json' }> };
const byId = <R extends Route>(routes: readonly R[]) => routes.map((route) => [route.id, route] as const);
const JSON_ROUTES = ROUTES.filter((route): route is JsonRoute => route.body?.kind === 'json');
const KEYED_ROUTES = ROUTES.filter(needsIdempotencyKey);
const ROUTES_WITH_IDS = ROUTES.filter(({ params }) => params !== null);
const CURSOR_ROUTES = ROUTES.filter(({ query }) => query !== null && 'cursor' in query.shape);

/** Sends a request of the route, right but for what is given here. */
const sendTo = async (route: Route, asked: Asked, changes: Partial<RawRequest> = {}, user = userFor(route)) => {
  const request = requestFor(route, asked);
  const headers = { ...request.headers, ...changes.headers };
  return send(environment.apiUrl, {
    ...request,
    token: await environment.token(user, route.door),
    ...changes,
    headers,
  });
};

/** The refusal, which must be one that the contract tells clients to expect. */
const refusedWith = (route: Route, answer: RawAnswer, code: ProblemCode) => {
  const body = expectProblem(answer, code);
  expect(problemsOf(route)).toContain(code);
  expect(answer.text).not.toContain(SECRET);
  return body;
};

/** Everything that can be read, and where one can look inside, everything that is stored. */
const allThatIsKept = async (): Promise<unknown> => {
  const read = await Promise.all(
    ROUTES.filter(({ method }) => method === 'GET').map(async (route) => {
      const { status, text } = await sendTo(route, await exampleOf(route, town));
      return [route.id, status, text.replaceAll(/^DTSTAMP:.*$/gm, '')];
    }),
  );
  return { read, stored: await inside?.storedItems() };
};

/** What is refused in this group of tests must leave nothing behind. */
const keepsNothing = (): void => {
  let before: unknown;
  beforeAll(async () => {
    before = await allThatIsKept();
  });
  afterAll(async () => {
    expect(await allThatIsKept()).toEqual(before);
  });
};

test('every route has an example that is right', async () => {
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(ROUTES.map(({ id }) => id).toSorted());
  for (const route of ROUTES.filter(({ method }) => method === 'GET')) {
    const { status, text } = await sendTo(route, await exampleOf(route, town));
    expect(`${route.id} ${status} ${text.slice(0, 300)}`).toMatch(/ 200 /);
  }
});

describe('a body', () => {
  keepsNothing();

  test.each(byId(JSON_ROUTES))('of %s that is no JSON is refused', async (_, route) => {
    const asked = await exampleOf(route, town);
    const whole = JSON.stringify(asked.body);
    for (const body of ['', '{"a":', `${whole}}`, whole.slice(0, -1), `${whole}\u0000`, "{'a': 1}", 'undefined']) {
      refusedWith(route, await sendTo(route, asked, { body }), 'json-malformed');
    }
    const notUtf8 = new Uint8Array([0x22, 0xff, 0xfe, 0x22]);
    refusedWith(route, await sendTo(route, asked, { body: notUtf8 }), 'json-malformed');
  });

  const refusesEach = async (route: JsonRoute, asked: Asked, mutations: readonly Mutation[], code?: string) => {
    for (const { pointer, body } of mutations) {
      const { errors } = refusedWith(route, await sendTo(route, { ...asked, body }), 'body-invalid');
      const pointers = errors.map((error) => error.pointer);
      // What is wrong in one branch of alternatives may be told of the field that chooses the branch.
      const near = (told: string) => told.startsWith(pointer) || pointer.startsWith(told);
      expect(pointers.some(near), `${pointer} told as ${pointers.join(' ')}`).toBe(true);
      if (code !== undefined) expect(errors.map((error) => error.code)).toContain(code);
    }
  };

  test.each(byId(JSON_ROUTES))(
    'of %s with a value of the wrong kind is refused, and the value not repeated',
    async (_, route) => {
      const asked = await exampleOf(route, town);
      await refusesEach(route, asked, wrongTypes(route.body.schema, asked.body));
    },
  );

  test.each(byId(JSON_ROUTES))('of %s without something that must be there is refused', async (_, route) => {
    const asked = await exampleOf(route, town);
    await refusesEach(route, asked, missingFields(route.body.schema, asked.body));
  });

  test.each(byId(JSON_ROUTES))('of %s with a field that nobody knows is refused', async (_, route) => {
    const asked = await exampleOf(route, town);
    const mutations = unknownFields(route.body.schema, asked.body);
    expect(mutations.length).toBeGreaterThan(0);
    await refusesEach(route, asked, mutations, 'unknown-field');
    const whole = JSON.stringify(asked.body);
    for (const field of ['__proto__', 'constructor', 'toString']) {
      const body = whole.replace('{', `{"${field}":{"isAdmin":true},`);
      refusedWith(route, await sendTo(route, asked, { body }), 'body-invalid');
    }
  });

  test.each(byId(JSON_ROUTES))('of %s over a megabyte is refused', async (_, route) => {
    const asked = await exampleOf(route, town);
    const whole = JSON.stringify(asked.body);
    const body = `${whole}${' '.repeat(MAX_JSON_BYTES + 1 - Buffer.byteLength(whole))}`;
    refusedWith(route, await sendTo(route, asked, { body }), 'body-too-large');
  });

  test.each(byId(JSON_ROUTES))('of %s of another media type is refused', async (_, route) => {
    const asked = await exampleOf(route, town);
    const body = new Uint8Array(Buffer.from(JSON.stringify(asked.body)));
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/octet-stream',
      'application/jsonx',
      'json',
    ];
    for (const type of route.method === 'PATCH' ? types : [...types, 'application/merge-patch+json']) {
      const answer = await sendTo(route, asked, { body, headers: { 'content-type': type } });
      refusedWith(route, answer, 'media-type-unsupported');
    }
    const { 'content-type': _type, ...headers } = { 'content-type': '', ...requestFor(route, asked).headers };
    const token = await environment.token(userFor(route), route.door);
    const untold = await send(environment.apiUrl, { ...requestFor(route, asked), token, body, headers });
    refusedWith(route, untold, 'media-type-unsupported');
  });

  test('nested a hundred thousand times deep is refused like any other', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const route of JSON_ROUTES) {
      const asked = await exampleOf(route, town);
      refusedWith(route, await sendTo(route, asked, { body: deep }), 'body-invalid');
    }
  });

  test('that a route does not take may still not be over a megabyte', async () => {
    const routes = ROUTES.filter(({ method, body }) => method === 'POST' && body === null);
    expect(routes.length).toBeGreaterThan(0);
    for (const route of routes) {
      const answer = await sendTo(
        route,
        { params: { cohortId: town.laterCohortId }, etag: '*' },
        { body: ' '.repeat(MAX_JSON_BYTES + 1) },
      );
      expectProblem(answer, 'body-too-large');
    }
  });
});

describe('a file', () => {
  keepsNothing();
  const [route] = ROUTES.filter(({ body }) => body?.kind === 'file');
  if (!route) throw new Error('No route takes files');
  const asked: Asked = { query: { office: 'af-101' }, body: new Uint8Array() };
  const sendFile = (body: RawRequest['body'], type?: string) =>
    sendTo(route, asked, { body, headers: type ? { 'content-type': type } : {} });
  const formWith = (...files: readonly Blob[]): FormData => {
    const form = new FormData();
    for (const [index, file] of files.entries()) form.append(`file${index}`, file, 'kandidater.csv');
    return form;
  };
  /** The form's own boundary must stand in the header, so it is sent without one of ours. */
  const sendForm = async (form: FormData) =>
    send(environment.apiUrl, {
      method: route.method,
      path: pathOf(route, {}, asked.query),
      headers: { 'idempotency-key': randomUUID() },
      token: await environment.token(KARIN, route.door),
      body: form,
    });

  test('of the largest size is looked at, one byte more is refused', async () => {
    refusedWith(route, await sendFile(new Uint8Array(MAX_FILE_BYTES)), 'file-refused');
    refusedWith(route, await sendFile(new Uint8Array(MAX_FILE_BYTES + 1)), 'body-too-large');
    const inForm = (bytes: number) => sendForm(formWith(new Blob([new Uint8Array(bytes)])));
    refusedWith(route, await inForm(MAX_FILE_BYTES), 'file-refused');
    refusedWith(route, await inForm(MAX_FILE_BYTES + 1), 'body-too-large');
  });

  test('too large for the gateway gets the gateway’s own answer', async () => {
    const answer = await sendFile(new Uint8Array(6 * MAX_JSON_BYTES));
    expect([answer.status, answer.text]).toEqual([413, '{"message":"Request Entity Too Large"}']);
  });

  test.each(['text/csv', 'text/plain', 'application/json', 'application/vnd.ms-excel'])(
    'sent as %s is refused',
    async (type) => {
      refusedWith(route, await sendFile('Referens;Personnummer', type), 'media-type-unsupported');
    },
  );

  test('that is none, or two at once, is refused', async () => {
    const words = new FormData();
    words.append('text', SECRET);
    refusedWith(route, await sendForm(words), 'body-invalid');
    const one = new Blob(['Referens']);
    refusedWith(route, await sendForm(formWith(one, one)), 'body-invalid');
    refusedWith(route, await sendFile('not a form', 'multipart/form-data; boundary=x'), 'body-invalid');
    refusedWith(route, await sendFile('not a form', 'multipart/form-data'), 'body-invalid');
  });

  test.each([
    ['nothing', ''],
    ['no header', 'AF-1;19121212-1212;Anna;Andersson\n'],
    ['an unknown column', `Referens;Personnummer;Förnamn;Efternamn;Skostorlek\nA-1;;;;\n`],
    ['no rows', 'Referens;Personnummer;Förnamn;Efternamn\n'],
    ['bytes that are no text', '\u0000\u0001\u0002\u0003'],
  ])('with %s is refused before anything is kept', async (_, text) => {
    refusedWith(route, await sendFile(new Uint8Array(Buffer.from(text))), 'file-refused');
  });

  test('for an office that is not the sender’s own is refused', async () => {
    const elsewhere = await sendTo(route, { ...asked, query: { office: 'af-103' } });
    refusedWith(route, elsewhere, 'not-permitted');
  });
});

describe('an address', () => {
  keepsNothing();
  const paths = [...Map.groupBy(ROUTES, ({ path }) => path)];

  test.each(paths)('%s answers other methods with those it takes', async (_, routes) => {
    const [route] = routes;
    if (!route) throw new Error('A path without routes');
    const declared = routes.map(({ method }) => method);
    const { params } = await exampleOf(route, town);
    const token = await environment.token(userFor(route), route.door);
    const wrong = [...METHODS, 'OPTIONS', 'HEAD'].filter((method) => !declared.some((own) => own === method));
    for (const method of wrong) {
      const answer = await send(environment.apiUrl, { method, path: pathOf(route, params), token });
      expect([method, answer.status]).toEqual([method, 405]);
      expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(declared.toSorted());
      if (method !== 'HEAD') expectProblem(answer, 'method-not-allowed');
    }
  });

  test.each(paths)('%s has nothing below it that is not declared', async (_, routes) => {
    const [route] = routes;
    if (!route) throw new Error('A path without routes');
    const { params } = await exampleOf(route, town);
    const token = await environment.token(userFor(route), route.door);
    const path = `${pathOf(route, params)}/finns/inte`;
    // Below what another door owns, the token of this door is not accepted by the gateway.
    const answer = await send(environment.apiUrl, { method: 'GET', path, token });
    if (answer.status === 401) expect(answer.text).toBe('{"message":"Unauthorized"}');
    else expectProblem(answer, 'not-found');
  });

  test('that no door owns gets the gateway’s own answer, with and without a token', async () => {
    const token = await environment.token(ANNA, 'cohorts');
    for (const path of ['/', '/v1', '/v1/', '/v2/cohorts', '/v1/cohort', '/V1/cohorts', '/v1/cohorts/', '/admin']) {
      for (const with_ of [token, undefined]) {
        const answer = await send(environment.apiUrl, { method: 'GET', path, token: with_ });
        expect([path, answer.status, answer.text]).toEqual([path, 404, '{"message":"Not Found"}']);
      }
    }
  });
});

/** Well-formed ids that nobody has, and what is no id at all. */
const UNKNOWN: Readonly<Record<string, string>> = {
  batchId: 'batch_00000000000000000000000000',
  candidateId: 'cand_00000000000000000000000000',
  referralId: 'ref_00000000000000000000000000',
  unitId: 'unit_finns-inte',
  placeId: 'place_00000000000000000000000000',
  proposalId: 'prop_00000000000000000000000000',
  cohortId: 'cohort_00000000000000000000000000',
  runId: 'run_00000000000000000000000000',
  placementId: 'plcm_00000000000000000000000000',
  employmentId: 'empl_00000000000000000000000000',
};

describe('an id', () => {
  keepsNothing();

  test.each(byId(ROUTES_WITH_IDS))('of %s that nobody has is not found', async (_, route) => {
    const asked = await exampleOf(route, town);
    const names = Object.keys(asked.params ?? {});
    // A unit that does not exist yet is registered by the same call that changes one that does.
    if (route.method === 'PUT') return;
    for (const name of names) {
      const params = { ...asked.params, [name]: UNKNOWN[name] ?? '' };
      refusedWith(route, await sendTo(route, { ...asked, params }), 'not-found');
    }
  });

  test.each(byId(ROUTES_WITH_IDS))('of %s that is none is not found', async (_, route) => {
    const asked = await exampleOf(route, town);
    for (const [name, id] of Object.entries(asked.params ?? {})) {
      const wrong = [
        'x',
        '1',
        id.toUpperCase(),
        `${id}x`,
        id.slice(0, -1),
        `${id} `,
        'åäö',
        '%',
        "' OR 1=1",
        `${id}\u0000`,
        '#DOC',
      ];
      for (const value of wrong) {
        if (route.id === 'putUnit' && /^unit_[a-z-]{3,}$/.test(value)) continue;
        const params = { ...asked.params, [name]: value };
        refusedWith(route, await sendTo(route, { ...asked, params }), 'not-found');
      }
    }
  });

  test.each(byId(ROUTES_WITH_IDS))('of %s that belongs to another municipality is not found', async (_, route) => {
    const asked = await exampleOf(route, town);
    const users = rolesOf(route).flatMap((role) => FOREIGN_USER_OF[role] ?? []);
    expect(users.length).toBeGreaterThan(0);
    for (const user of users) {
      // The other municipality may have a unit of the same name, and register it.
      if (route.method === 'PUT' && user === FOREIGN_USER_OF.coordinator) continue;
      refusedWith(route, await sendTo(route, asked, {}, user), 'not-found');
    }
  });

  test('in a body that nobody has, or that belongs to another municipality, is refused by its place', async () => {
    const asked = await Promise.all(
      (['createPlace', 'draftPlaces', 'orderRun', 'registerEmployment'] as const).map(async (id) => {
        const [route] = ROUTES.filter((each) => each.id === id);
        if (!route) throw new Error(`No route ${id}`);
        return { route, asked: await exampleOf(route, town) };
      }),
    );
    for (const each of asked) {
      const body = JSON.parse(
        JSON.stringify(each.asked.body).replaceAll(
          /unit_[a-z-]+|cohort_\w+|plcm_\w+/g,
          (id) =>
            ({ unit: UNKNOWN.unitId, cohort: UNKNOWN.cohortId, plcm: UNKNOWN.placementId })[id.split('_')[0] ?? ''] ??
            id,
        ),
      );
      const [error] = refusedWith(
        each.route,
        await sendTo(each.route, { ...each.asked, body }),
        'reference-unknown',
      ).errors;
      expect(error?.pointer).toMatch(/^\/(unitId|cohortIds\/0|placementId)$/);
      const foreigner = FOREIGN_USER_OF.coordinator;
      refusedWith(each.route, await sendTo(each.route, each.asked, {}, foreigner), 'reference-unknown');
    }
  });
});

describe('a query', () => {
  keepsNothing();

  test.each(byId(ROUTES))(
    'of %s with a parameter that nobody knows, or one given twice, is refused',
    async (_, route) => {
      const asked = await exampleOf(route, town);
      const plain = pathOf(route, asked.params);
      const more = new URLSearchParams(asked.query).toString();
      const names = Object.keys(route.query?.shape ?? {});
      const wrong = [
        'surprise=1',
        '__proto__=1',
        'surprise=1&surprise=2',
        ...names.map((name) => `${name}=1&${name}=1`),
      ];
      for (const query of wrong) {
        const path = `${plain}?${[more, query].filter((part) => part !== '').join('&')}`;
        expect(refusedWith(route, await sendTo(route, asked, { path }), 'query-invalid').errors).toHaveLength(1);
      }
    },
  );

  test.each(byId(CURSOR_ROUTES))('of %s with a number of rows that is none is refused', async (_, route) => {
    const asked = await exampleOf(route, town);
    for (const limit of ['0', '101', '-1', '1.5', 'all', '', ' 5', '1e1', '05']) {
      const answer = await sendTo(route, { ...asked, query: { ...asked.query, limit } });
      expect(refusedWith(route, answer, 'query-invalid').errors.map(({ pointer }) => pointer)).toEqual(['/limit']);
    }
  });
});

describe('a list', () => {
  const Page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });
  const pageOf = async (route: Route, asked: Asked, query: Readonly<Record<string, string>>, user?: string) => {
    const answer = await sendTo(route, { ...asked, query: { ...asked.query, ...query } }, {}, user);
    expect(`${route.id} ${answer.status} ${answer.text.slice(0, 200)}`).toMatch(/ 200 /);
    return { ...Page.parse(JSON.parse(answer.text)), link: answer.headers.get('link') };
  };

  const readInOnes = async (route: Route, asked: Asked, user?: string) => {
    const items: unknown[] = [];
    const cursors: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await pageOf(route, asked, { limit: '1', ...(cursor === null ? {} : { cursor }) }, user);
      expect(page.items.length).toBeLessThanOrEqual(1);
      items.push(...page.items);
      if (page.nextCursor === null) {
        expect(page.link).toBeNull();
        return { items, cursors };
      }
      expect(page.link).toMatch(/^<\/v1\/[^>]+>; rel="next"$/);
      expect(new URL(/<(.+)>/.exec(page.link ?? '')?.[1] ?? '', environment.apiUrl).searchParams.get('cursor')).toBe(
        page.nextCursor,
      );
      cursors.push(page.nextCursor);
      cursor = page.nextCursor;
    }
  };

  test.each(byId(CURSOR_ROUTES))(
    '%s read one by one is the same as read at once, for each who may',
    async (_, route) => {
      const asked = await exampleOf(route, town);
      for (const user of rolesOf(route).map((role) => USER_OF[role])) {
        const whole = await pageOf(route, asked, { limit: '100' }, user);
        expect(whole.nextCursor).toBeNull();
        expect((await readInOnes(route, asked, user)).items).toEqual(whole.items);
      }
    },
  );

  test.each(byId(CURSOR_ROUTES))('%s refuses a cursor that is broken, and one of any other list', async (_, route) => {
    const asked = await exampleOf(route, town);
    const query = { office: 'af-101' };
    const [firstRun, secondRun] = [town.admissionRunId, town.placementRunId];
    const others = CURSOR_ROUTES.filter((other) => other.id !== route.id);
    const foreign = await Promise.all(
      others.map(async (other) => (await readInOnes(other, await exampleOf(other, town))).cursors.slice(0, 1)),
    );
    const sameRange = ['listOutcomes', 'listProposals'];
    const cursors = foreign.flatMap((each, index) => {
      // The outcomes of a run and the proposals in them are one list, shown in two ways.
      const other = others[index]?.id ?? '';
      return sameRange.includes(route.id) && sameRange.includes(other) ? [] : each;
    });
    expect(cursors.length).toBeGreaterThan(4);
    if (sameRange.includes(route.id)) {
      const other = await readInOnes(route, { ...asked, params: { runId: secondRun } });
      expect(firstRun).not.toBe(secondRun);
      cursors.push(...other.cursors.slice(0, 1));
    }
    for (const cursor of ['x', 'e30', 'W10', 'AAAA', Buffer.from('["x"]').toString('base64url'), '%00', ...cursors]) {
      for (const user of rolesOf(route).map((role) => USER_OF[role])) {
        const answer = await sendTo(
          route,
          { ...asked, query: { ...query, ...asked.query, cursor } } satisfies Asked,
          {},
          user,
        );
        if (!('office' in (route.query?.shape ?? {}))) {
          const plain = await sendTo(route, { ...asked, query: { ...asked.query, cursor } }, {}, user);
          refusedWith(route, plain, 'cursor-invalid');
        } else refusedWith(route, answer, 'cursor-invalid');
      }
    }
  });
});

describe('a version', () => {
  keepsNothing();
  const guarded = ROUTES.filter(({ ifMatch }) => ifMatch !== 'none');

  test.each(byId(guarded))('must be named to %s', async (_, route) => {
    const { etag: _etag, ...asked } = await unspent(route);
    refusedWith(route, await sendTo(route, asked), 'precondition-required');
  });

  test.each(byId(guarded))('that %s does not have any more, or that is none, is refused', async (_, route) => {
    const asked = await unspent(route);
    for (const etag of ['"0"', '"999"', '999', 'W/"1"', '"x"', '', '"1", "2"', '""', '"-1"', '"1.0"']) {
      refusedWith(route, await sendTo(route, { ...asked, etag }), 'precondition-failed');
    }
  });

  test('cannot be named of what does not exist yet', async () => {
    for (const route of guarded.filter(({ ifMatch }) => ifMatch === 'when-existing')) {
      const asked = await exampleOf(route, town);
      const answer = await sendTo(route, { ...asked, params: { unitId: 'unit_ny-enhet' }, etag: '"1"' });
      refusedWith(route, answer, 'precondition-failed');
    }
  });

  /** Requests that are right in everything, of things that are there already: nothing is made for them. */
  const unspent = async (route: Route): Promise<Asked> => {
    switch (route.id) {
      case 'publishCohort':
        return { params: { cohortId: town.laterCohortId }, etag: '"1"' };
      case 'decideOnProposal': {
        const [proposalId = ''] = town.openAdmissions;
        const body = { verdict: 'declined', reason: 'other-plan', noConflictOfInterest: true };
        return { params: { proposalId }, body, etag: '"1"' };
      }
      default:
        return exampleOf(route, town);
    }
  };
});

describe('a request that may be repeated', () => {
  const settled = async (): Promise<void> => {
    if (control === null) return;
    const atRest = (depths: Awaited<ReturnType<typeof control.queueDepths>>) =>
      depths.every(({ isDeadLetter, waiting, inFlight }) => isDeadLetter || waiting + inFlight === 0);
    await until(() => control.queueDepths(), atRest);
  };

  test.each(byId(KEYED_ROUTES))('to %s must carry a key of the right form', async (_, route) => {
    const asked = await exampleOf(route, town);
    const { 'idempotency-key': _key, ...headers } = { 'idempotency-key': '', ...requestFor(route, asked).headers };
    const token = await environment.token(userFor(route), route.door);
    await settled();
    const before = await allThatIsKept();
    const without = await send(environment.apiUrl, { ...requestFor(route, asked), headers, token });
    refusedWith(route, without, 'idempotency-key-missing');
    for (const key of ['', ' ', 'a b', 'x'.repeat(129), 'nyckel-å', 'first, second', 'a\tb']) {
      refusedWith(route, await sendTo(route, { ...asked, idempotencyKey: key }), 'idempotency-key-malformed');
    }
    expect(await allThatIsKept()).toEqual(before);
  });

  const shown = ({ status, text, headers }: RawAnswer) => [status, text, headers.get('etag'), headers.get('location')];

  test.each(byId(KEYED_ROUTES))('to %s gets the same answer again and has its effect once', async (_, route) => {
    const asked = { ...(await exampleOf(route, town)), idempotencyKey: randomUUID() };
    const done = await sendTo(route, asked);
    expect(Object.keys(route.answers), done.text).toContain(String(done.status));
    expect(done.headers.get('idempotency-replayed')).toBeNull();
    await settled();
    const before = await allThatIsKept();
    for (let time = 0; time < 2; time += 1) {
      const again = await sendTo(route, asked);
      expect(shown(again)).toEqual(shown(done));
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    }
    const other = await sendTo(route, differing(route, asked));
    refusedWith(route, other, 'idempotency-key-reused');
    await settled();
    expect(await allThatIsKept()).toEqual(before);
  });

  /** The same key for something else: another body, or another thing where there is no body. */
  const differing = (route: Route, asked: Asked): Asked => {
    if (asked.body instanceof Uint8Array) return { ...asked, body: new Uint8Array([...asked.body, 10]) };
    if (asked.body === undefined) return { ...asked, params: { cohortId: town.laterCohortId } };
    const texts: Readonly<Record<string, unknown>> = {
      name: 'Gruppstart mars',
      title: 'Något annat',
      topic: 'talk',
      answer: 'meet-first',
      reason: 'facts-were-wrong',
      opensFrom: '2027-02-01',
      horizon: 1,
      form: 'AB',
      rows: [{ postcode: '82631', unitId: town.placements[0]?.unitId, carMinutes: 1, busMinutes: 1 }],
    };
    const body = z.record(z.string(), z.unknown()).parse(asked.body);
    const [name] = Object.keys(texts).filter((each) => each in body);
    if (name === undefined) throw new Error(`What could be asked otherwise of ${route.id}?`);
    return { ...asked, body: { ...body, [name]: texts[name] } };
  };

  test.each(['createPlace', 'createCohort', 'sendBatch', 'draftPlaces'])(
    'five times at once to %s has its effect once',
    async (id) => {
      const [route] = ROUTES.filter((each) => each.id === id);
      if (!route) throw new Error(`No route ${id}`);
      const example = await exampleOf(route, town);
      const fresh =
        id === 'draftPlaces'
          ? { ...example, body: { ...(example.body as object), unitId: 'unit_forskola-kotten' } }
          : example;
      const asked = { ...fresh, idempotencyKey: randomUUID() };
      const user = id === 'draftPlaces' ? PETER : userFor(route);
      const answers = await Promise.all(Array.from({ length: 5 }, () => sendTo(route, asked, {}, user)));
      const done = answers.filter(({ status }) => status < 300);
      expect(done.length).toBeGreaterThan(0);
      expect(new Set(done.map(({ text }) => text)).size).toBe(1);
      for (const answer of answers) if (answer.status >= 300) refusedWith(route, answer, 'request-in-flight');
      expect(shown(await sendTo(route, asked, {}, user))).toEqual(shown(done[0] ?? answers[0]!));
      await settled();
    },
  );

  test('has a key of its own user’s and its own route’s', async () => {
    const routeOf = (id: string): Route => {
      const [route] = ROUTES.filter((each) => each.id === id);
      if (!route) throw new Error(`No route ${id}`);
      return route;
    };
    const idempotencyKey = randomUUID();
    const asked = { ...(await exampleOf(routeOf('createCohort'), town)), idempotencyKey };
    const places = { ...(await exampleOf(routeOf('createPlace'), town)), idempotencyKey };
    const answers = [
      await sendTo(routeOf('createCohort'), asked),
      await sendTo(routeOf('createCohort'), asked, {}, OMAR),
      await sendTo(routeOf('createPlace'), places, {}, ANNA),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(3);
  });

  test.skipIf(control === null)('is a new one a day later', async () => {
    const [route] = ROUTES.filter(({ id }) => id === 'createCohort');
    if (!route) throw new Error('No cohorts');
    const asked = { ...(await exampleOf(route, town)), idempotencyKey: randomUUID() };
    const done = await sendTo(route, asked);
    await control?.moveClock({ byDays: 0.99 });
    expect(shown(await sendTo(route, asked))).toEqual(shown(done));
    await control?.moveClock({ byDays: 0.02 });
    const anew = await sendTo(route, asked);
    expect(anew.status).toBe(201);
    expect(anew.headers.get('location')).not.toBe(done.headers.get('location'));
  });
});

test('no refusal code of the contract is without a status in the range of refusals', () => {
  for (const { status } of Object.values(PROBLEMS)) expect(status).toBeGreaterThanOrEqual(400);
});
