import type { Grant } from '@gruppstart/contracts/grant';
import { TenantId, UserId } from '@gruppstart/domain/shared/ids';
import type { Store } from '@gruppstart/usecases/ports/store';
import * as z from 'zod';

/** What the gateway has verified about the token. Identity only: rights come from grants. */
const Claims = z.object({ sub: UserId, tenant: TenantId });

const GatewayEvent = z.object({
  pathParameters: z.record(z.string(), z.string()).nullish(),
  requestContext: z.object({
    requestId: z.string().min(1).max(80),
    routeKey: z.string().optional(),
    authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }).optional(),
  }),
});

export interface Caller {
  readonly tenant: TenantId;
  readonly userId: UserId;
}

export interface CallContext {
  readonly correlationId: string;
  /** Null when the token names no user or no organisation. */
  readonly caller: Caller | null;
  /** The gateway's route that took the request, whose scope it has checked: `GET /v1/units/{unitId}`. Null when it names none. */
  readonly routeKey: string | null;
  /** As the gateway read them from the path; null when it read none. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

/** Reads the gateway's event. A token without organisation is a login problem, not a fault. */
export const callContext = (event: unknown): CallContext => {
  const read = GatewayEvent.safeParse(event);
  if (!read.success) return { correlationId: 'unknown', caller: null, routeKey: null, pathParameters: null };
  const { requestContext, pathParameters } = read.data;
  const claims = Claims.safeParse(requestContext.authorizer?.jwt.claims ?? {});
  return {
    correlationId: requestContext.requestId,
    caller: claims.success ? { tenant: claims.data.tenant, userId: claims.data.sub } : null,
    routeKey: requestContext.routeKey ?? null,
    pathParameters: pathParameters ?? null,
  };
};

const GRANT_CACHE_MILLISECONDS = 15_000;
const GRANT_CACHE_SIZE = 500;

/**
 * The caller's grants, remembered for 15 seconds so that a busy user does not cost a second read per request. A grant
 * that is ended today works on for at most that long; its dates are compared on every request.
 */
export const makeGrantReader = (store: Pick<Store, 'grantsOf'>, nowMilliseconds: () => number) => {
  const remembered = new Map<string, { readonly grants: readonly Grant[]; readonly readAt: number }>();
  return async ({ tenant, userId }: Caller): Promise<readonly Grant[]> => {
    const key = `${tenant} ${userId}`;
    const known = remembered.get(key);
    if (known && Math.abs(nowMilliseconds() - known.readAt) < GRANT_CACHE_MILLISECONDS) return known.grants;
    const grants = await store.grantsOf(tenant, userId);
    if (remembered.size >= GRANT_CACHE_SIZE) remembered.clear();
    remembered.set(key, { grants, readAt: nowMilliseconds() });
    return grants;
  };
};
