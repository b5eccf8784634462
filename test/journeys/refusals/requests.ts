import { request as requestPlain } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { catchAllPaths, ROUTES } from '@gruppstart/contracts/registry';
import { DOORS } from '@gruppstart/contracts/roles';
import { METHODS, needsIdempotencyKey } from '@gruppstart/contracts/route';
import { describe, expect, test } from 'vitest';
import { EXAMPLES, FOREIGN_USER_OF, rolesOf, userFor, usersOf } from '../examples.ts';
import { expectOfGateway } from '../gateway-traits.ts';
import { expectProblem, pathOf, requestFor, send } from '../requests.ts';
import { ANNA } from '../small-town.ts';
import { byId, refusedWith, routeOf, type SmallWorld } from '../small-world.ts';

const ROUTES_WITH_IDS = ROUTES.filter(({ params }) => params !== null);

/** Well-formed ids that nobody has. */
const UNKNOWN: Readonly<Record<string, string>> = {
  batchId: 'batch_00000000000000000000000000',
  candidateId: 'cand_00000000000000000000000000',
  referralId: 'ref_00000000000000000000000000',
  unitId: 'unit_finns-inte',
  placeId: 'place_00000000000000000000000000',
  proposalId: 'prop_00000000000000000000000000',
  cohortId: 'cohort_00000000000000000000000000',
  runId: 'run_00000000000000000000000000',
  whatIfId: 'what_00000000000000000000000000',
  placementId: 'plcm_00000000000000000000000000',
  namedRequestId: 'named_00000000000000000000000000',
  pairRuleId: 'pair_00000000000000000000000000',
  employmentId: 'empl_00000000000000000000000000',
};

/** Addresses, ids, queries, versions and keys that are wrong. */
export const requestsAreRefused = (world: SmallWorld): void => {
  const { environment, ready, sendTo } = world;

  /** Sends a POST with the path as it stands here: other clients make `a/../b` into `b` themselves. */
  const sendAsWritten = (path: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const { protocol, hostname, port } = new URL(environment.apiUrl);
      const request = protocol === 'https:' ? requestOverTls : requestPlain;
      const sent = request({ hostname, port, path, method: 'POST', headers }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      });
      sent.on('error', reject);
      sent.end(body);
    });

  test('every route has a request that is right', async () => {
    expect(Object.keys(EXAMPLES).toSorted()).toEqual(ROUTES.map(({ id }) => id).toSorted());
    for (const route of ROUTES.filter(({ method }) => method === 'GET')) {
      const { status, text } = await sendTo(route, ready(route));
      expect(`${route.id} ${status} ${text.slice(0, 300)}`).toMatch(/^\w+ 200 /);
    }
  });

  describe('an address', () => {
    world.keepsNothing();
    const paths = [...Map.groupBy(ROUTES, ({ path }) => path)].map(
      ([path, routes]) => [path, routes[0]!, routes] as const,
    );

    test.each(paths)('%s answers other methods with those it takes', async (_, route, routes) => {
      const declared = routes.map(({ method }) => method);
      const token = await environment.token(userFor(route), route.door);
      const wrong = [...METHODS, 'OPTIONS', 'HEAD'].filter((method) => !declared.some((own) => own === method));
      for (const method of wrong) {
        const answer = await send(environment.apiUrl, { method, path: pathOf(route, ready(route).params), token });
        const check = () => {
          expect([method, answer.status]).toEqual([method, 405]);
          expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(declared.toSorted());
          if (method !== 'HEAD') expectProblem(answer, 'method-not-allowed');
        };
        if (method === 'OPTIONS') expectOfGateway('options-method', check);
        else check();
      }
    });

    test.each(DOORS)('below what the door %s owns, and declared by nobody, is not found', async (door) => {
      const [route] = ROUTES.filter((each) => each.door === door);
      const token = await environment.token(userFor(route!), door);
      const below = catchAllPaths(door).filter((path) => path.endsWith('{rest+}'));
      expect(below.length).toBeGreaterThan(0);
      for (const path of below) {
        for (const rest of ['x/y/z', 'unit_x/finns/inte', '%00', 'å/ä/ö/å', `${'x'.repeat(2000)}/y/z`]) {
          const address = path.replace('{rest+}', rest);
          const answer = await send(environment.apiUrl, { method: 'GET', path: address, token });
          expectProblem(answer, 'not-found');
        }
      }
    });

    test('that becomes another when it is read is not served as that other', async () => {
      // The gateway takes these by routes without a scope: they must not lead to a deed that has one.
      const token = await environment.token(ANNA, 'requirements');
      const { body, headers } = requestFor(routeOf('createPlace'), ready(routeOf('createPlace')));
      const paths = [
        '/v1/units/../places',
        '/v1/units/%2E%2E/places',
        '/v1/units/..%2Fplaces',
        '/v1/places/x/%2E%2E',
        '/v1/places/%2e',
        '/v1/places/x/..%23',
        '/v1/places/%3Fx',
        '//v1/places',
      ];
      for (const path of paths) {
        const statusCode = await sendAsWritten(path, { ...headers, authorization: `Bearer ${token}` }, String(body));
        expect([path, statusCode]).toEqual([path, 404]);
      }
    });

    test('that no door owns gets the gateway’s own answer, with and without a token', async () => {
      const token = await environment.token(ANNA, 'cohorts');
      for (const path of ['/', '/v1', '/v1/', '/v2/cohorts', '/v1/cohort', '/V1/cohorts', '/v1/cohorts/', '/admin']) {
        for (const presented of [token, undefined]) {
          const answer = await send(environment.apiUrl, { method: 'GET', path, token: presented });
          expect([path, answer.status, answer.text]).toEqual([path, 404, '{"message":"Not Found"}']);
        }
      }
    });
  });

  describe('an id', () => {
    world.keepsNothing();

    // A unit that does not exist yet is registered by the same call that changes one that does.
    const notMaking = ROUTES_WITH_IDS.filter(({ method }) => method !== 'PUT');

    test.each(byId(notMaking))('of %s that nobody has is not found', async (_, route) => {
      const asked = ready(route);
      for (const name of Object.keys(asked.params ?? {})) {
        const params = { ...asked.params, [name]: UNKNOWN[name] ?? '' };
        for (const user of usersOf(route)) {
          refusedWith(route, await sendTo(route, { ...asked, params }, {}, user), 'not-found');
        }
      }
    });

    test.each(byId(ROUTES_WITH_IDS))('of %s that is none is not found', async (_, route) => {
      const asked = ready(route);
      for (const [name, id] of Object.entries(asked.params ?? {})) {
        const malformed = ['x', '%', id.toUpperCase(), `${id}_`, `${id} `, `${id}\u0000`];
        // Further in, these two would cut the path short, and what is left of it takes other methods.
        const cutting = route.path.endsWith(`{${name}}`) ? [`${id}#DOC`, `${id}?limit=1`] : [];
        for (const value of [...malformed, ...cutting]) {
          const answer = await sendTo(route, { ...asked, params: { ...asked.params, [name]: value } });
          refusedWith(route, answer, 'not-found');
        }
      }
    });

    test.each(byId(ROUTES_WITH_IDS))('of %s that belongs to another municipality is not found', async (_, route) => {
      const users = rolesOf(route).flatMap((role) => FOREIGN_USER_OF[role] ?? []);
      expect(users.length).toBeGreaterThan(0);
      // The other municipality may have a unit of the same name, and its coordinator may register it.
      for (const user of route.method === 'PUT'
        ? users.filter((each) => each !== FOREIGN_USER_OF.coordinator)
        : users) {
        refusedWith(route, await sendTo(route, ready(route), {}, user), 'not-found');
      }
    });

    test.each(['createPlace', 'draftPlaces', 'orderRun', 'registerEmployment'])(
      'in the body of %s that nobody has, or that belongs to another municipality, is refused by its place',
      async (id) => {
        const route = routeOf(id);
        const asked = ready(route);
        const unknown = JSON.stringify(asked.body)
          .replaceAll(/unit_[a-z-]+/g, UNKNOWN.unitId ?? '')
          .replaceAll(/cohort_\w+/g, UNKNOWN.cohortId ?? '')
          .replaceAll(/plcm_\w+/g, UNKNOWN.placementId ?? '');
        const answers = [
          await sendTo(route, asked, { body: unknown }),
          await sendTo(route, asked, {}, FOREIGN_USER_OF.coordinator),
        ];
        for (const answer of answers) {
          const [error] = refusedWith(route, answer, 'reference-unknown').errors;
          expect(error?.pointer).toMatch(/^\/(unitId|cohortIds\/0|placementId)$/);
        }
      },
    );
  });

  describe('a query', () => {
    world.keepsNothing();

    test.each(byId(ROUTES))(
      'of %s with a parameter that nobody knows, or one given twice, is refused',
      async (_, route) => {
        const asked = ready(route);
        const right = new URLSearchParams(asked.query).toString();
        const twice = Object.keys(route.query?.shape ?? { surprise: null }).map((name) => `${name}=1&${name}=1`);
        for (const query of ['surprise=1', '__proto__=1', ...twice]) {
          const search = [...(twice.includes(query) ? [] : [right]), query].filter((part) => part !== '').join('&');
          const answer = await sendTo(route, asked, { path: `${pathOf(route, asked.params)}?${search}` });
          expect(refusedWith(route, answer, 'query-invalid').errors).toHaveLength(1);
        }
      },
    );

    const limited = ROUTES.filter(({ query }) => query !== null && 'limit' in query.shape);
    test.each(byId(limited))('of %s with a number of rows that is none is refused', async (_, route) => {
      const asked = ready(route);
      for (const limit of ['0', '101', '1.5', '', '٣']) {
        const answer = await sendTo(route, { ...asked, query: { ...asked.query, limit } });
        expect(refusedWith(route, answer, 'query-invalid').errors.map(({ pointer }) => pointer)).toEqual(['/limit']);
      }
    });
  });

  describe('a version', () => {
    world.keepsNothing();
    const guarded = ROUTES.filter(({ ifMatch }) => ifMatch !== 'none');

    test.each(byId(guarded))('must be named to %s', async (_, route) => {
      const { etag: _etag, ...asked } = ready(route);
      refusedWith(route, await sendTo(route, asked), 'precondition-required');
      refusedWith(route, await sendTo(route, { ...asked, etag: '' }), 'precondition-required');
    });

    test.each(byId(guarded))('that %s does not have any more, or that is none, is refused', async (_, route) => {
      for (const etag of ['"0"', '"999"', '999', 'W/"1"', '"x"', '"1", "2"', '""', '"-1"', '"1.0"', '**']) {
        refusedWith(route, await sendTo(route, { ...ready(route), etag }), 'precondition-failed');
      }
    });

    test('cannot be named of what does not exist yet', async () => {
      const route = routeOf('putUnit');
      for (const etag of ['"1"', '*']) {
        const asked = { ...ready(route), params: { unitId: 'unit_ny-enhet' }, etag };
        refusedWith(route, await sendTo(route, asked, {}, ANNA), 'precondition-failed');
      }
    });
  });

  describe('a key that makes a request safe to repeat', () => {
    world.keepsNothing();

    test.each(byId(ROUTES.filter(needsIdempotencyKey)))(
      'must come with %s, and be of the right form',
      async (_, route) => {
        const asked = ready(route);
        const whole = requestFor(route, asked);
        const headers = Object.fromEntries(
          Object.entries(whole.headers ?? {}).filter(([name]) => name !== 'idempotency-key'),
        );
        const token = await environment.token(userFor(route), route.door);
        refusedWith(route, await send(environment.apiUrl, { ...whole, headers, token }), 'idempotency-key-missing');
        // An empty header is none once it has passed the gateway.
        refusedWith(route, await sendTo(route, { ...asked, idempotencyKey: '' }), 'idempotency-key-missing');
        // Two headers of one name arrive as one with a comma and a blank.
        for (const idempotencyKey of ['a b', 'x'.repeat(129), 'first, second', 'a\tb']) {
          refusedWith(route, await sendTo(route, { ...asked, idempotencyKey }), 'idempotency-key-malformed');
        }
      },
    );
  });
};
