import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { PROBLEMS, ProblemBody, type ProblemCode } from '@gruppstart/contracts/problem';
import { needsIdempotencyKey, type Route } from '@gruppstart/contracts/route';
import { expect } from 'vitest';
import type { JourneyEnvironment } from './environment.ts';
import { expectOfGateway } from './gateway-traits.ts';

/** A request as it goes over the wire, past every typed client. */
export interface RawRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData | undefined;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const TOO_MANY = 429;

/** Sends a request; where the gateway's limit on requests a second is reached, it waits and sends again. */
export const send = async (apiUrl: string, request: RawRequest): Promise<RawAnswer> => {
  for (;;) {
    const headers = new Headers(request.headers ?? {});
    if (request.token !== undefined) headers.set('authorization', `Bearer ${request.token}`);
    const response = await fetch(`${apiUrl}${request.path}`, {
      method: request.method,
      headers,
      redirect: 'manual',
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const answer = { status: response.status, headers: response.headers, text: await response.text() };
    if (answer.status !== TOO_MANY) return answer;
    await pause(200);
  }
};

/** What a route is asked, before anything has checked it. */
export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly etag?: string;
  /** Left out: a new one for every request that needs one. */
  readonly idempotencyKey?: string;
}

export const pathOf = (
  route: Pick<Route, 'path'>,
  params: Asked['params'] = {},
  query: Readonly<Record<string, string>> | string = {},
): string => {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
};

/** A request as the registry declares it, without a token. Bytes go as a file, everything else as JSON. */
export const requestFor = (route: Route, { params, query, body, etag, idempotencyKey }: Asked = {}): RawRequest => {
  const isFile = body instanceof Uint8Array;
  return {
    method: route.method,
    path: pathOf(route, params, query),
    headers: {
      ...(needsIdempotencyKey(route) ? { 'idempotency-key': idempotencyKey ?? randomUUID() } : {}),
      ...(etag === undefined ? {} : { 'if-match': etag }),
      ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
  };
};

/** Asks as a user and gives whatever comes back, a refusal too. */
export const ask = async (
  environment: Pick<JourneyEnvironment, 'apiUrl' | 'token'>,
  userName: string,
  route: Route,
  asked: Asked = {},
): Promise<RawAnswer> =>
  send(environment.apiUrl, { ...requestFor(route, asked), token: await environment.token(userName, route.door) });
/** Reads a refusal of our own code, and holds it to what every refusal must be. */
export const problemIn = (answer: RawAnswer): ProblemBody => {
  expect(answer.headers.get('content-type'), answer.text).toBe('application/problem+json');
  const body = ProblemBody.parse(JSON.parse(answer.text));
  expect(body.status).toBe(answer.status);
  expect(body.type).toBe(`urn:gruppstart:problem:${body.code}`);
  for (const [swedish, english] of [
    [body.title, body.titleEn],
    [body.detail, body.detailEn],
    ...body.errors.map(({ detail }) => [detail.sv, detail.en] as const),
  ]) {
    expect(swedish).toMatch(/\p{L}{2}/u);
    expect(english).toMatch(/\p{L}{2}/u);
    expect(english).not.toBe(swedish);
  }
  expectOfGateway('request-id', () => expect(body.correlationId).toBe(answer.headers.get('apigw-requestid')));
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.text).not.toMatch(/\bat \S+ \(|node_modules|\.ts:\d/);
  return body;
};

/** The refusal must be this one, with the status that the contract gives it. */
export const expectProblem = (answer: RawAnswer, code: ProblemCode): ProblemBody => {
  expect(`${answer.status} ${answer.text}`).toContain(`"code":"${code}"`);
  const body = problemIn(answer);
  expect([body.code, body.status]).toEqual([code, PROBLEMS[code].status]);
  return body;
};

/** So long between the first looks; what takes longer is looked at more seldom. */
const FIRST_PAUSE_MS = 40;
const LONGEST_PAUSE_MS = 500;

/** Looks again until it is so. Throws, with what was last seen, when it takes longer than the seconds given. */
export const until = async <T>(look: () => Promise<T>, isSo: (seen: T) => boolean, seconds = 30): Promise<T> => {
  const giveUpAtMs = Date.now() + seconds * 1000;
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > giveUpAtMs) throw new Error(`Not so after ${seconds} s: ${JSON.stringify(seen).slice(0, 500)}`);
    await pause(pauseMs);
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.2);
  }
};
