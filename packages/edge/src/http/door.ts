import { permissionFor } from '@gruppstart/access/permission';
import { PROBLEMS, type ProblemCode } from '@gruppstart/contracts/problem';
import type { Route } from '@gruppstart/contracts/route';
import { stockholmDay } from '@gruppstart/domain/shared/local-date';
import { type Deed, NOT_FOUND, type Refusal } from '@gruppstart/usecases/deed';
import type { IdempotencyMark, Store } from '@gruppstart/usecases/ports/store';
import type { World } from '@gruppstart/usecases/ports/world';
import { type Context, Hono } from 'hono';
import type { Log, LogFacts } from '../log.ts';
import type { BoundRoute } from './handler.ts';
import { type CallContext, callContext, makeGrantReader } from './identity.ts';
import { type PlainAnswer, plainAnswer } from './plain-answer.ts';
import { problemBody } from './problem-answer.ts';
import { readIdempotencyKey, readIfMatch, readRequest } from './read-request.ts';

export interface DoorParts {
  /** Every route that the door declares; each must be bound. */
  readonly routes: readonly Route[];
  readonly bound: readonly BoundRoute[];
  readonly store: Pick<Store, 'grantsOf' | 'findMark'>;
  readonly world: World;
  readonly log: Log;
  /** False while the data have come back from a backup and erasures are not yet replayed. @default - always true */
  readonly isOpen?: (() => Promise<boolean>) | null;
}

type Bindings = { Bindings: { readonly event?: unknown } };

const IDEMPOTENCY_HOURS = 24;
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const;

const THROTTLES = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TimeoutError',
]);

/** A cause may go round in a circle; deeper than this nobody has wrapped anything. */
const MAX_CAUSES = 5;

/** True for a throttling, also one that the store has wrapped in an error of its own. */
const isThrottle = (error: unknown, depth = 0): boolean =>
  error instanceof Error && depth < MAX_CAUSES && (THROTTLES.has(error.name) || isThrottle(error.cause, depth + 1));

const respond = (answer: PlainAnswer): Response =>
  new Response(answer.body === '' ? null : answer.body, {
    status: answer.status,
    headers: { ...answer.headers, ...SECURITY_HEADERS },
  });

/** How soon it is worth another try. */
const RETRY_AFTER_SECONDS: Readonly<Partial<Record<ProblemCode, number>>> = {
  busy: 2,
  'request-in-flight': 2,
  'restore-not-finished': 60,
};

/** An answer, and what the log says of it. */
interface Reply {
  readonly answer: PlainAnswer;
  readonly facts: LogFacts;
  readonly refused: boolean;
}

const given = (answer: PlainAnswer, facts: LogFacts = {}): Reply => ({ answer, facts, refused: false });

const problemReply = (refused: Refusal, correlationId: string, headers: Record<string, string> = {}): Reply => {
  const code = refused.code === 'already-done' ? 'request-in-flight' : refused.code;
  const seconds = RETRY_AFTER_SECONDS[code];
  const retry = seconds === undefined ? {} : { 'retry-after': String(seconds) };
  const answer = {
    status: PROBLEMS[code].status,
    headers: { 'content-type': 'application/problem+json', ...retry, ...headers },
    body: JSON.stringify(problemBody(code, correlationId, refused.detail, refused.errors)),
  };
  return { answer, facts: { code }, refused: true };
};

const segmentsOf = (path: string): readonly string[] => path.split('/');

/** Methods that a path of this door takes; empty when it has no such path. */
const allowedMethods = (routes: readonly Route[], path: string): readonly string[] => {
  const asked = segmentsOf(path);
  const fits = (route: Route): boolean => {
    const declared = segmentsOf(route.path);
    return (
      declared.length === asked.length &&
      declared.every((part, index) => (part.startsWith('{') ? asked[index] !== '' : part === asked[index]))
    );
  };
  return [...new Set(routes.filter(fits).map((route) => route.method))];
};

/**
 * One door: every declared route of it, bound to its use case. Order of the checks: who calls, may they, which headers
 * are needed, what was sent, has this been done before, then the deed. Nothing is stored before all of them.
 */
export const makeDoor = (parts: DoorParts): Hono<Bindings> => {
  const { routes, bound, store, world, log } = parts;
  const missing = routes.filter((route) => !bound.some((each) => each.route.id === route.id));
  if (missing.length > 0 || bound.length !== routes.length) {
    throw new Error(`Bound routes and registry differ (${missing.map((route) => route.id).join(', ')})`);
  }
  const grantsOf = makeGrantReader(store, () => Date.parse(world.now()));

  const replay = (mark: IdempotencyMark): Reply =>
    given({ ...mark.answer, headers: { ...mark.answer.headers, 'idempotency-replayed': 'true' } }, { replayed: true });

  /** What no route of ours takes: a method that the path does not have, or no such path. */
  const refuseUnserved = (context: Context<Bindings>, { correlationId }: CallContext): Reply => {
    const methods = allowedMethods(routes, context.req.path);
    return methods.length > 0 && !methods.includes(context.req.raw.method)
      ? problemReply({ code: 'method-not-allowed' }, correlationId, { allow: methods.join(', ') })
      : problemReply(NOT_FOUND, correlationId);
  };

  const serve = async (
    { route, run, answer }: BoundRoute,
    context: Context<Bindings>,
    call: CallContext,
  ): Promise<Reply> => {
    const { correlationId, caller, routeKey, pathParameters } = call;
    const refuse = (refused: Refusal) => problemReply(refused, correlationId);
    // A scope is checked by the gateway for the route that it found. HEAD, or a path with dots in it, comes by a route
    // without one and would be served here as something else.
    if (routeKey !== null && routeKey !== `${route.method} ${route.path}`) return refuseUnserved(context, call);
    if (!caller) return refuse({ code: 'tenant-missing' });
    if (parts.isOpen && !(await parts.isOpen())) return refuse({ code: 'restore-not-finished' });
    const now = world.now();
    const permission = permissionFor(route, await grantsOf(caller), stockholmDay(now));
    if (!permission) return refuse({ code: 'not-permitted' });
    const key = readIdempotencyKey(route, context.req.raw);
    if (!key.ok) return refuse(key.error);
    const expected = readIfMatch(route, context.req.raw);
    if (!expected.ok) return refuse(expected.error);
    // The address has been written anew on the way here: a blank at its end, or what follows a # in it, is gone from it.
    const read = await readRequest(route, context.req.raw, pathParameters ?? context.req.param());
    if (!read.ok) return refuse(read.error);

    const url = new URL(context.req.url);
    const markKey = key.value === null ? null : { userId: caller.userId, route: route.id, key: key.value };
    // Only a key is bound to what was sent with it; a plain reading is not worth two hashes.
    const requestHash = markKey
      ? world.sha256(
          `${url.pathname}?${url.searchParams.toString()}#${String(expected.value)}#${world.sha256(read.value.bytes)}`,
        )
      : '';
    const nowSeconds = Math.floor(Date.parse(now) / 1000);
    const doneBefore = async (): Promise<Reply | null> => {
      const mark = markKey ? await store.findMark(caller.tenant, markKey, nowSeconds) : null;
      if (!mark) return null;
      return mark.requestHash === requestHash ? replay(mark) : refuse({ code: 'idempotency-key-reused' });
    };
    const before = await doneBefore();
    if (before) return before;

    const actor = { tenant: caller.tenant, userId: caller.userId, permission };
    const translate = (value: unknown): PlainAnswer =>
      plainAnswer(route, answer(value, read.value.request, { now, actor }), url);
    const deed: Deed<unknown> = {
      actor,
      now,
      correlationId,
      expected: expected.value,
      mark: (value) =>
        markKey && {
          ...markKey,
          requestHash,
          answer: translate(value),
          expiresAtEpochSeconds: nowSeconds + IDEMPOTENCY_HOURS * 3600,
        },
    };
    const result = await run(deed, read.value.request);
    if (result.ok) return given(translate(result.value));
    // A retry that overlapped its own first request is refused by what that one did: it gets the first answer.
    const first = await doneBefore();
    if (first) return first;
    // A lost race without an idempotency key behind it is simply worth another try.
    if (result.error.code === 'request-in-flight' && !markKey) return refuse({ code: 'busy' });
    return refuse(result.error);
  };

  /** Does the work and writes the one line that the log has of a request. The address and the method are not in it. */
  const told =
    (route: string | null, work: (context: Context<Bindings>, call: CallContext) => Reply | Promise<Reply>) =>
    async (context: Context<Bindings>): Promise<Response> => {
      const began = performance.now();
      const call = callContext(context.env?.event);
      const { correlationId } = call;
      const factsOf = ({ answer: { status }, facts }: Reply): LogFacts => ({
        correlationId,
        tenant: call.caller?.tenant ?? null,
        route,
        status,
        durationMs: Math.round(performance.now() - began),
        ...facts,
      });
      try {
        const reply = await work(context, call);
        if (reply.refused) log.info('request-refused', factsOf(reply), { Refusals: 1 });
        else log.info('request-answered', factsOf(reply));
        return respond(reply.answer);
      } catch (error) {
        const reply = problemReply({ code: isThrottle(error) ? 'busy' : 'fault' }, correlationId);
        log.fault('request-failed', error, factsOf(reply), { Refusals: 1 });
        return respond(reply.answer);
      }
    };

  const app = new Hono<Bindings>();
  for (const each of bound) {
    const path = each.route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(
      each.route.method,
      path,
      told(each.route.id, (context, call) => serve(each, context, call)),
    );
  }
  app.notFound(told(null, refuseUnserved));
  // Only for what goes wrong outside of every route: the framework's own answer to that would print the error.
  app.onError((error, context) => told(null, () => Promise.reject(error))(context));
  return app;
};
