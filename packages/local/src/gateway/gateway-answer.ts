import { validateHeaderName, validateHeaderValue } from 'node:http';

/** An answer as it goes out on the wire, header names in lower case. */
export interface GatewayAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

const MESSAGES = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

export type GatewayRefusal = keyof typeof MESSAGES;

/** Who is turned away because there is too much to do may come again after this many seconds. */
const RETRY_AFTER_SECONDS: Readonly<Partial<Record<GatewayRefusal, string>>> = { 429: '1', 503: '2' };

/**
 * What the gateway says itself, without asking a function: the same body, byte by byte, as on AWS. The time after which
 * one may try again is the laptop's own addition: the HTTP API of AWS leaves it to the client to know.
 */
export function refuse(statusCode: GatewayRefusal, headers: Readonly<Record<string, string>> = {}): GatewayAnswer {
  const retryAfter = RETRY_AFTER_SECONDS[statusCode];
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      ...headers,
    },
    cookies: [],
    body: Buffer.from(JSON.stringify({ message: MESSAGES[statusCode] })),
  };
}

/** Whether HTTP has a way to write this header; the server throws at any other. */
function canBeSent(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Turns what a function returned (JSON text) into an answer. With a `statusCode` it is a full answer; anything else is
 * the body itself, sent as JSON with 200. Null when the gateway could not use it, which is its 500.
 */
export function readFunctionAnswer(payload: string): GatewayAnswer | null {
  const result: unknown = JSON.parse(payload);
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : payload;
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(body) };
  }
  const statusCode = Number(result.statusCode);
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) return null;
  const text = 'body' in result && result.body !== null && result.body !== undefined ? result.body : '';
  if (typeof text !== 'string') return null;
  const isBase64 = 'isBase64Encoded' in result && result.isBase64Encoded === true;
  const headers: Record<string, string> = {};
  if ('headers' in result && typeof result.headers === 'object' && result.headers !== null) {
    for (const [name, value] of Object.entries(result.headers)) {
      if (value !== null && value !== undefined) headers[name.toLowerCase()] = String(value);
    }
  }
  if (text !== '') headers['content-type'] ??= 'text/plain;charset=UTF-8';
  const cookies = 'cookies' in result && Array.isArray(result.cookies) ? result.cookies.map(String) : [];
  const sent = [...Object.entries(headers), ...cookies.map((cookie): [string, string] => ['set-cookie', cookie])];
  if (!sent.every(([name, value]) => canBeSent(name, value))) return null;
  return { statusCode, headers, cookies, body: Buffer.from(text, isBase64 ? 'base64' : 'utf8') };
}
