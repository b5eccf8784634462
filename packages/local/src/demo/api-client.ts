import { randomUUID } from 'node:crypto';
import { needsIdempotencyKey, type Route } from '@gruppstart/contracts/route';
import type * as z from 'zod';

type ShapeOf<S> = S extends z.ZodType ? z.input<S> : undefined;
type BodyOf<B> = B extends { kind: 'json'; schema: infer S }
  ? ShapeOf<S>
  : B extends { kind: 'file' }
    ? Uint8Array<ArrayBuffer>
    : undefined;
type AnswerOf<A> =
  A extends Readonly<Record<number, infer One>>
    ? One extends { schema: infer S }
      ? S extends z.ZodType
        ? z.output<S>
        : null
      : never
    : never;

export interface Call<R extends Route> {
  readonly params?: ShapeOf<R['params']>;
  readonly query?: ShapeOf<R['query']>;
  readonly body?: BodyOf<R['body']>;
  /** The ETag of what is changed. */
  readonly etag?: string;
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly etag: string | null;
  readonly location: string | null;
}

/** The API said no, or something else than it promised. */
export class ApiRefusal extends Error {
  readonly status: number;

  constructor(routeId: string, status: number, answer: string) {
    super(`${routeId}: ${status} ${answer.slice(0, 600)}`);
    this.name = 'ApiRefusal';
    this.status = status;
  }
}

export interface ApiClient {
  call<R extends Route>(route: R, call: Call<R>): Promise<Answer<AnswerOf<R['answers']>>>;
}

/** Typed calls made from the registry: what goes in and what comes out is what the route declares. */
export const makeApiClient = (apiUrl: string, token: string): ApiClient => ({
  async call(route, { params, query, body, etag }) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String((params as Readonly<Record<string, unknown>> | undefined)?.[name] ?? '')),
    );
    const url = new URL(path, apiUrl);
    for (const [name, value] of Object.entries((query as Readonly<Record<string, unknown>> | undefined) ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (needsIdempotencyKey(route)) headers.set('idempotency-key', randomUUID());
    if (etag !== undefined) headers.set('if-match', etag);
    const isFile = body instanceof Uint8Array;
    if (body !== undefined) headers.set('content-type', isFile ? 'application/octet-stream' : 'application/json');
    const response = await fetch(url, {
      method: route.method,
      headers,
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const declared = route.answers[response.status];
    if (!declared) throw new ApiRefusal(route.id, response.status, text);
    const isJson = (declared.mediaType ?? 'application/json') === 'application/json';
    const parsed = declared.schema === null ? null : declared.schema.parse(isJson ? JSON.parse(text) : text);
    return {
      status: response.status,
      // The route's own schema has just checked it.
      body: parsed as never,
      etag: response.headers.get('etag'),
      location: response.headers.get('location'),
    };
  },
});
