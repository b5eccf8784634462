import type { Route } from '@gruppstart/contracts/route';
import type { Result } from '@gruppstart/domain/shared/result';
import type { Deed, Refusal } from '@gruppstart/usecases/deed';
import type * as z from 'zod';

type ShapeOf<S> = S extends z.ZodType ? z.infer<S> : null;
type BodyOf<B> = B extends { kind: 'json'; schema: infer S }
  ? ShapeOf<S>
  : B extends { kind: 'file' }
    ? Uint8Array
    : null;

/** What was sent, read and checked against the registry's declaration. */
export interface RouteRequest<R extends Route> {
  readonly params: ShapeOf<R['params']>;
  readonly query: ShapeOf<R['query']>;
  readonly body: BodyOf<R['body']>;
}

/** What a door answers when a deed was done. */
export interface DoorAnswer {
  readonly status: number;
  /** Checked against the declared schema before it leaves: undeclared fields cannot leak. */
  readonly body: unknown;
  /** The version that the ETag is made from. */
  readonly version?: number;
  readonly location?: string;
  readonly retryAfterSeconds?: number;
  /** The cursor of the next page, for the Link header. */
  readonly nextCursor?: string | null;
}

/** A route bound to its use case: parse (by the registry), call, translate. */
export interface BoundRoute {
  readonly route: Route;
  readonly run: (deed: Deed<unknown>, request: RouteRequest<Route>) => Promise<Result<unknown, Refusal>>;
  readonly answer: (
    value: unknown,
    request: RouteRequest<Route>,
    deed: Pick<Deed<never>, 'now' | 'actor'>,
  ) => DoorAnswer;
}

/** Binds a route. The types follow the declaration; the erasure to `BoundRoute` is safe because the door only hands each function what the same route's schemas have parsed. */
export const bind = <R extends Route, T>(
  route: R,
  run: (deed: Deed<unknown>, request: RouteRequest<R>) => Promise<Result<T, Refusal>>,
  answer: (value: T, request: RouteRequest<R>, deed: Pick<Deed<never>, 'now' | 'actor'>) => DoorAnswer,
): BoundRoute => ({ route, run, answer }) as unknown as BoundRoute;
