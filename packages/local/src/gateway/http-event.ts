import type { IncomingHttpHeaders } from 'node:http';
import type { RouteMatch } from './route-match.ts';
import { isTextBody } from './text-or-binary.ts';
import type { VerifiedToken } from './token-check.ts';

/** A request as the gateway read it, before any route is known. */
export interface GatewayRequest {
  readonly method: string;
  /** Decoded, as an HTTP API hands it on; a Function URL would not decode it. */
  readonly path: string;
  /** Still encoded, without the question mark. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
}

/** The event of payload format 2.0. */
export interface HttpEvent {
  readonly version: '2.0';
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly requestContext: HttpRequestContext;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface HttpRequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly authorizer?: {
    readonly jwt: { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null };
  };
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly http: {
    readonly method: string;
    readonly path: string;
    readonly protocol: string;
    readonly sourceIp: string;
    readonly userAgent: string;
  };
  readonly requestId: string;
  readonly routeKey: string;
  readonly stage: '$default';
  readonly time: string;
  readonly timeEpoch: number;
}

/** Splits a request target into what the event carries; null when the path's percent-encoding is broken (the gateway's 400). */
export function readTarget(target: string): { readonly path: string; readonly rawQuery: string } | null {
  const question = target.indexOf('?');
  const encoded = question < 0 ? target : target.slice(0, question);
  try {
    return { path: decodeURIComponent(encoded), rawQuery: question < 0 ? '' : target.slice(question + 1) };
  } catch {
    return null;
  }
}

export function buildHttpEvent(
  request: GatewayRequest,
  match: RouteMatch,
  token: VerifiedToken | null,
  context: { readonly accountId: string; readonly apiId: string; readonly requestId: string; readonly nowMs: number },
): HttpEvent {
  const { headers, cookies } = readHeaders(request.headers);
  const query = readQuery(request.rawQuery);
  const host = headers.host ?? 'localhost';
  const isText = isTextBody(headers['content-type'], headers['content-encoding']);
  const hasBody = request.body.length > 0;
  return {
    version: '2.0',
    routeKey: match.route.key,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers: {
      ...headers,
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    ...(query === null ? {} : { queryStringParameters: query }),
    ...(match.pathParameters === null ? {} : { pathParameters: match.pathParameters }),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      ...(token === null ? {} : { authorizer: { jwt: { claims: token.claims, scopes: token.scopes } } }),
      domainName: host,
      domainPrefix: host.split('.', 1)[0] ?? host,
      http: {
        method: request.method,
        path: request.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: context.requestId,
      routeKey: match.route.key,
      stage: '$default',
      time: formatTime(context.nowMs),
      timeEpoch: context.nowMs,
    },
    ...(hasBody ? { body: request.body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: hasBody && !isText,
  };
}

/** Meant for the connection to the gateway, not for the function behind it. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

function readHeaders(incoming: IncomingHttpHeaders): {
  readonly headers: Record<string, string>;
  readonly cookies: readonly string[];
} {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (const [name, value] of Object.entries(incoming)) {
    if (value === undefined || HOP_BY_HOP.has(name)) continue;
    const text = Array.isArray(value) ? value.join(',') : value;
    if (name === 'cookie') cookies.push(...text.split('; '));
    else headers[name] = text;
  }
  return { headers, cookies };
}

/** Decoded values, several of one name joined by commas; null when there are none. */
function readQuery(rawQuery: string): Record<string, string> | null {
  if (rawQuery === '') return null;
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const earlier = query.get(name);
    query.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(query);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `22/Nov/2026:02:10:00 +0000`, the log format that the gateway uses. */
function formatTime(nowMs: number): string {
  const time = new Date(nowMs);
  const [, clock = ''] = time.toISOString().slice(0, 19).split('T');
  return `${String(time.getUTCDate()).padStart(2, '0')}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:${clock} +0000`;
}
