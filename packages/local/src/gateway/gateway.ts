import { randomBytes } from 'node:crypto';
import type { FunctionFleet } from '../functions/function-fleet.ts';
import type { InvocationOutcome } from '../functions/outcome.ts';
import type { ApiModel, RouteModel } from '../template/model.ts';
import { type GatewayAnswer, readFunctionAnswer, refuse } from './gateway-answer.ts';
import { buildHttpEvent, type GatewayRequest } from './http-event.ts';
import { createRouteMatcher } from './route-match.ts';
import { createThrottle } from './throttle.ts';
import { createTokenChecker } from './token-check.ts';

/** Answers a request as the deployed HTTP API would. Never rejects. */
export type Gateway = (request: GatewayRequest) => Promise<GatewayAnswer>;

export interface GatewayOptions {
  readonly api: ApiModel;
  readonly fleet: Pick<FunctionFleet, 'pool'>;
  readonly accountId: string;
  /** The laptop's clock. */
  readonly nowMs: () => number;
  /** False leaves the stage's throttling out, for measuring. */
  readonly throttles?: boolean;
  readonly refetchKeysAfterMs?: number;
  readonly onFault?: (error: unknown) => void;
}

/** What an invocation may carry is less than what the gateway takes: six megabytes, and base64 costs a third. */
const EVENT_LIMIT_BYTES = 6_291_556;

export function createGateway(options: GatewayOptions): Gateway {
  const { api, fleet, accountId, nowMs } = options;
  const match = createRouteMatcher(api.routes);
  const admit = createThrottling(options.throttles === false ? null : api);
  const tokens = createTokenChecker({
    nowMs,
    ...(options.refetchKeysAfterMs === undefined ? {} : { refetchAfterMs: options.refetchKeysAfterMs }),
  });

  const answer = async (request: GatewayRequest, requestId: string): Promise<GatewayAnswer> => {
    const found = match(request.method, request.path);
    if (!admit(found?.route.key ?? null)) return refuse(429);
    if (found === null) return refuse(404);
    const { route } = found;
    const verdict =
      route.authorizer === null
        ? null
        : await tokens.check(request.headers.authorization, route.authorizer, route.scopes);
    if (verdict?.kind === 'unauthorized') return refuse(401, { 'www-authenticate': verdict.challenge });
    if (verdict?.kind === 'forbidden') return refuse(403, { 'www-authenticate': verdict.challenge });
    const event = buildHttpEvent(request, found, verdict?.token ?? null, {
      accountId,
      apiId: api.id,
      requestId,
      nowMs: nowMs(),
    });
    if ((event.body?.length ?? 0) > EVENT_LIMIT_BYTES) return refuse(413);
    const outcome = await withinIntegrationTimeout(fleet.pool(route.functionName).invoke(event), route);
    return outcome === 'too-late' ? refuse(503) : translate(outcome);
  };

  return async (request) => {
    const requestId = `${randomBytes(11).toString('base64url')}=`;
    let result: GatewayAnswer;
    try {
      result = await answer(request, requestId);
    } catch (error) {
      options.onFault?.(error);
      result = refuse(500);
    }
    return { ...result, headers: { ...result.headers, 'apigw-requestid': requestId } };
  };
}

/** A route with limits of its own has a bucket of its own; all others, and what no route takes, share the stage's. */
function createThrottling(api: ApiModel | null): (routeKey: string | null) => boolean {
  const stage = createThrottle(api?.throttling ?? null);
  const routes = new Map(
    Object.entries(api?.routeThrottling ?? {}).map(([key, limits]) => [key, createThrottle(limits)]),
  );
  return (routeKey) => (routes.get(routeKey ?? '') ?? stage).admit();
}

/** A function that is still working keeps working; only the caller stops waiting. */
async function withinIntegrationTimeout(
  outcome: Promise<InvocationOutcome>,
  { integrationTimeoutMs }: RouteModel,
): Promise<InvocationOutcome | 'too-late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'too-late'>((resolve) => {
    timer = setTimeout(() => resolve('too-late'), integrationTimeoutMs);
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}

function translate(outcome: InvocationOutcome): GatewayAnswer {
  switch (outcome.kind) {
    case 'answered':
      return readFunctionAnswer(outcome.payload) ?? refuse(500);
    case 'failed':
    case 'timed-out':
    case 'crashed':
      return refuse(500);
    case 'throttled':
      return refuse(503);
  }
}
