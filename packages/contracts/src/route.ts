import type { PersonalField } from '@gruppstart/domain/intake/person';
import type * as z from 'zod';
import type { ProblemCode } from './problem.ts';
import type { Door, Purpose, Reach, Role, Scope } from './roles.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** JSON bodies are at most 1 MB; a route that takes files says its own limit. */
export const MAX_JSON_BYTES = 1_048_576;

export type RequestBody =
  | { readonly kind: 'json'; readonly schema: z.ZodType }
  | { readonly kind: 'file'; readonly mediaTypes: readonly string[]; readonly maxBytes: number };

export interface RouteAnswer {
  readonly description: string;
  /** Null: no body. */
  readonly schema: z.ZodType | null;
  /** Default `application/json`. */
  readonly mediaType?: string;
  readonly headers?: readonly AnswerHeader[];
}
export const ANSWER_HEADERS = ['ETag', 'Location', 'Retry-After', 'Link'] as const;
export type AnswerHeader = (typeof ANSWER_HEADERS)[number];

/** Who may call a route, and how far each role reaches. A role that is not listed may not. */
export type RouteAccess = Readonly<Partial<Record<Role, Reach>>>;

/**
 * One HTTP operation, declared once. Validation, OpenAPI, gateway routes and scopes, the permission matrix and typed
 * calls are all made from this; a route that is not declared does not exist.
 */
export interface Route {
  /** operationId: a verb and a glossary word, `createCohort`. */
  readonly id: string;
  readonly method: Method;
  /** With `{parameter}` for path parameters. */
  readonly path: string;
  readonly door: Door;
  readonly summary: string;
  readonly scope: Scope;
  readonly access: RouteAccess;
  readonly params: z.ZodObject | null;
  readonly query: z.ZodObject | null;
  readonly body: RequestBody | null;
  readonly answers: Readonly<Record<number, RouteAnswer>>;
  /** Refusals of this operation's own; those that any operation can answer are added by `problemsOf`. */
  readonly problems: readonly ProblemCode[];
  /** `required`: a command on an existing resource; `when-existing`: a PUT that may also create. */
  readonly ifMatch: 'required' | 'when-existing' | 'none';
  /** Personal fields that the answer may show, and why they are opened. No fields: persons are opened, and none is shown. */
  readonly personal: { readonly fields: readonly PersonalField[]; readonly purpose: Purpose } | null;
}

type Parameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Parameters<Rest>
  : never;

type RouteInput<Path extends string, Params, Query, Body, Answers> = Omit<
  Route,
  'path' | 'params' | 'query' | 'body' | 'answers' | 'problems' | 'ifMatch' | 'personal'
> & {
  readonly path: Path;
  readonly query?: Query;
  readonly body?: Body;
  readonly answers: Answers;
  readonly problems?: readonly ProblemCode[];
  readonly ifMatch?: Route['ifMatch'];
  readonly personal?: Route['personal'];
} & (Parameters<Path> extends never
    ? { readonly params?: undefined }
    : { readonly params: Params & z.ZodObject<Record<Parameters<Path>, z.ZodType>> });

/** Declares a route. The path's parameters must each have a schema. */
export const defineRoute = <
  const Path extends string,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  const Body extends RequestBody | undefined = undefined,
  const Answers extends Readonly<Record<number, RouteAnswer>> = Readonly<Record<number, RouteAnswer>>,
>(
  input: RouteInput<Path, Params, Query, Body, Answers>,
) => ({
  id: input.id,
  method: input.method,
  path: input.path,
  door: input.door,
  summary: input.summary,
  scope: input.scope,
  access: input.access,
  params: (input.params ?? null) as Params extends z.ZodObject ? Params : null,
  query: (input.query ?? null) as Query extends z.ZodObject ? Query : null,
  body: (input.body ?? null) as Body extends RequestBody ? Body : null,
  answers: input.answers,
  problems: input.problems ?? [],
  ifMatch: input.ifMatch ?? 'none',
  personal: input.personal ?? null,
});

/** Every POST carries an Idempotency-Key: a retry must be safe. */
export const needsIdempotencyKey = (route: Pick<Route, 'method'>): boolean => route.method === 'POST';
