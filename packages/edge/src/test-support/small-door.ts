import { createHash } from 'node:crypto';
import { Grant } from '@gruppstart/contracts/grant';
import { defineRoute, type Route } from '@gruppstart/contracts/route';
import { PageQuery, pageOf } from '@gruppstart/contracts/routes/shared-shapes';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { ok, type Result } from '@gruppstart/domain/shared/result';
import type { Deed, Refusal } from '@gruppstart/usecases/deed';
import type { IdempotencyMark, IdempotencyMarkKey, Store } from '@gruppstart/usecases/ports/store';
import type { World } from '@gruppstart/usecases/ports/world';
import * as z from 'zod';
import { makeDoor } from '../http/door.ts';
import { type BoundRoute, bind, type DoorAnswer, type RouteRequest } from '../http/handler.ts';
import { makeLog } from '../log.ts';

/** A door with a few invented routes, over a store that is a plain object: what the edge does, without the rest. */
const ThingId = z.string().regex(/^thing_[a-z]{2,10}$/);
const Thing = z.strictObject({ id: ThingId, title: z.string() });
const ThingInput = z.strictObject({
  title: z.string().min(2).max(20),
  seats: z.int().min(0).max(50),
  kind: z.enum(['day', 'night']).optional(),
  spans: z.array(z.strictObject({ from: z.int() })).optional(),
});
const params = z.strictObject({ thingId: ThingId });
const common = { door: 'cohorts', summary: 'A thing', access: { coordinator: 'tenant' } } as const;
const write = { ...common, scope: 'cohorts.write' } as const;
const answers = { 200: { description: 'The thing', schema: Thing, headers: ['ETag'] } } as const;

export const readThing = defineRoute({
  ...common,
  id: 'readThing',
  method: 'GET',
  path: '/v1/things/{thingId}',
  scope: 'cohorts.read',
  params,
  answers,
});
export const listThings = defineRoute({
  ...common,
  id: 'listThings',
  method: 'GET',
  path: '/v1/things',
  scope: 'cohorts.read',
  query: PageQuery.extend({ kind: z.enum(['day', 'night']).optional() }),
  answers: { 200: { description: 'Things', schema: pageOf(Thing), headers: ['Link'] } },
});
export const createThing = defineRoute({
  ...write,
  id: 'createThing',
  method: 'POST',
  path: '/v1/things',
  body: { kind: 'json', schema: ThingInput },
  answers: { 201: { description: 'The thing', schema: Thing, headers: ['ETag', 'Location'] } },
});
export const putThing = defineRoute({
  ...write,
  id: 'putThing',
  method: 'PUT',
  path: '/v1/things/{thingId}',
  params,
  body: { kind: 'json', schema: ThingInput },
  ifMatch: 'when-existing',
  answers,
});
export const changeThing = defineRoute({
  ...write,
  id: 'changeThing',
  method: 'PATCH',
  path: '/v1/things/{thingId}',
  params,
  body: { kind: 'json', schema: ThingInput.partial() },
  ifMatch: 'required',
  answers,
});
export const closeThing = defineRoute({
  ...write,
  id: 'closeThing',
  method: 'POST',
  path: '/v1/things/{thingId}/closing',
  params,
  query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
  body: { kind: 'json', schema: ThingInput },
  ifMatch: 'required',
  answers,
});
export const MAX_FILE = 2048;
export const sendFile = defineRoute({
  ...write,
  id: 'sendFile',
  method: 'POST',
  path: '/v1/files',
  body: { kind: 'file', mediaTypes: ['application/octet-stream', 'multipart/form-data'], maxBytes: MAX_FILE },
  answers: { 202: { description: 'Taken', schema: z.strictObject({ bytes: z.int() }) } },
});
export const readFeed = defineRoute({
  ...common,
  id: 'readFeed',
  method: 'GET',
  path: '/v1/feed.ics',
  scope: 'cohorts.read',
  answers: { 200: { description: 'A feed', schema: z.string(), mediaType: 'text/calendar; charset=utf-8' } },
});
const ROUTES: readonly Route[] = [
  readThing,
  listThings,
  createThing,
  putThing,
  changeThing,
  closeThing,
  sendFile,
  readFeed,
];

export const A_THING = { id: 'thing_aa', title: 'En sak' } as const;
export const GOOD_INPUT = { title: 'En sak', seats: 2 } as const;
export const NOW = '2026-12-01T08:00:00.000Z';
export const CLAIMS = { sub: 'samordnare', tenant: 'soderhamn' } as const;

const usualAnswer = (route: Route): DoorAnswer => {
  const [status = '200'] = Object.keys(route.answers);
  const bodies: Readonly<Record<string, unknown>> = {
    listThings: { items: [A_THING], nextCursor: null },
    sendFile: { bytes: 1 },
    readFeed: 'BEGIN:VCALENDAR',
  };
  return { status: Number(status), body: bodies[route.id] ?? A_THING, version: 3 };
};

/** What a request may carry. */
export type Sent = string | Uint8Array<ArrayBuffer> | FormData | Blob;

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Sent;
  /** Null: the gateway names no caller. */
  readonly claims?: Readonly<Record<string, unknown>> | null;
  readonly event?: unknown;
}

export interface DoorChanges {
  readonly grants?: Store['grantsOf'];
  readonly findMark?: Store['findMark'];
  /** What a route does instead of answering with A_THING. */
  readonly run?: Readonly<
    Record<string, (deed: Deed<unknown>, request: RouteRequest<Route>) => Promise<Result<unknown, Refusal>>>
  >;
  readonly answer?: Readonly<Record<string, (value: unknown) => DoorAnswer>>;
  readonly isOpen?: () => Promise<boolean>;
}

export const aGrant = (changes: Readonly<Record<string, unknown>> = {}): Grant =>
  Grant.parse({
    id: 'grant_01jd4z8w6k3v9r5t2q7n0m1pxy',
    tenant: CLAIMS.tenant,
    userId: CLAIMS.sub,
    role: 'coordinator',
    unitIds: [],
    offices: [],
    deputyFor: null,
    mayResolveProtected: false,
    validFrom: '2026-01-01',
    validTo: null,
    ...changes,
  });

export const markId = ({ userId, route, key }: IdempotencyMarkKey): string => `${userId} ${route} ${key}`;

export const smallDoor = (changes: DoorChanges = {}) => {
  const lines: string[] = [];
  const deeds: { readonly route: string; readonly deed: Deed<unknown>; readonly request: RouteRequest<Route> }[] = [];
  const marks = new Map<string, IdempotencyMark>();
  const clock = { now: Instant.parse(NOW) };
  const world: World = {
    now: () => clock.now,
    newId: (kind) => `${kind}-1`,
    newSeed: () => '0'.repeat(64),
    sha256: (content) => createHash('sha256').update(content).digest('hex'),
  };
  const keepMark = (mark: IdempotencyMark | null): void => {
    if (mark) marks.set(markId(mark), mark);
  };
  const bound = ROUTES.map(
    (route): BoundRoute =>
      bind(
        route,
        async (deed, request) => {
          deeds.push({ route: route.id, deed, request });
          const done = await (changes.run?.[route.id] ?? (async () => ok(null)))(deed, request);
          if (done.ok) keepMark(deed.mark(done.value));
          return done;
        },
        (value) => changes.answer?.[route.id]?.(value) ?? usualAnswer(route),
      ),
  );
  const door = makeDoor({
    routes: ROUTES,
    bound,
    world,
    isOpen: changes.isOpen ?? null,
    log: makeLog('small', (line) => lines.push(line)),
    store: {
      grantsOf: changes.grants ?? (async () => [aGrant()]),
      findMark: changes.findMark ?? (async (_tenant, key) => marks.get(markId(key)) ?? null),
    },
  });
  const call = async (path: string, { method = 'GET', headers, body, claims = CLAIMS, event }: Call = {}) => {
    const request = new Request(`https://door.example${path}`, {
      method,
      ...(headers ? { headers: { ...headers } } : {}),
      ...(body === undefined ? {} : { body }),
    });
    const gatewayEvent = {
      requestContext: { requestId: 'req-1', ...(claims ? { authorizer: { jwt: { claims } } } : {}) },
    };
    return door.fetch(request, { event: event ?? gatewayEvent });
  };
  /** A JSON request with whatever a good one needs. */
  const send = (method: string, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    call(path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1', ...headers },
    });
  return { call, send, deeds, lines, marks, clock, routes: ROUTES, bound };
};

const ProblemSeen = z.looseObject({
  status: z.int(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  detailEn: z.string(),
  correlationId: z.string(),
  errors: z.array(
    z.looseObject({ pointer: z.string(), code: z.string(), detail: z.looseObject({ sv: z.string(), en: z.string() }) }),
  ),
});
/** The problem document of an answer; its status is the answer's own. */
export const problemOf = async (response: Response) => {
  const problem = ProblemSeen.parse(await response.json());
  if (problem.status !== response.status) throw new Error(`Says ${problem.status}, answered ${response.status}`);
  if (response.headers.get('content-type') !== 'application/problem+json') throw new Error('Not a problem document');
  return problem;
};
export const codeOf = async (response: Response): Promise<string> =>
  response.ok ? `ok ${response.status}` : (await problemOf(response)).code;
