/**
 * The memory of TransactWriteItems' ClientRequestToken. A token is stored in the very batch of its transaction, so a
 * client that repeats a request after a crash is answered by what was really committed.
 */
import { createHash } from 'node:crypto';
import type { RequestData } from './dynalite.ts';
import { serviceRefusal } from './refusal.ts';
import type { StoreView } from './store-view.ts';

/** How long a token is remembered after its transaction: 10 minutes (API reference of TransactWriteItems). */
const TOKEN_MEMORY_MS = 10 * 60 * 1000;

const TOKEN_PREFIX = 'token~';
/** Tokens again, ordered by age, so that forgetting reads only those that are old. */
const AGE_PREFIX = 'token-age~';

interface TokenRecord {
  bodyHash: string;
  committedAtMs: number;
}

/**
 * @returns true when this very request was committed before and must not be applied again
 * @throws Refusal IdempotentParameterMismatchException when the token belongs to another request
 */
export function wasCommitted(view: StoreView, token: string, data: RequestData, nowMs: number): boolean {
  const record = view.read(TOKEN_PREFIX + token);
  if (!isTokenRecord(record) || nowMs - record.committedAtMs > TOKEN_MEMORY_MS) return false;
  if (record.bodyHash === bodyHash(data)) return true;
  throw serviceRefusal(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request.',
  );
}

export function rememberToken(view: StoreView, token: string, data: RequestData, nowMs: number): void {
  const record: TokenRecord = { bodyHash: bodyHash(data), committedAtMs: nowMs };
  view.write(TOKEN_PREFIX + token, record);
  view.write(`${AGE_PREFIX}${ageKey(nowMs)}~${token}`, token);
}

/** Erases the tokens that are too old to matter. */
export async function forgetOldTokens(view: StoreView, nowMs: number): Promise<void> {
  for await (const keys of view.committedKeys(AGE_PREFIX, { lt: ageKey(nowMs - TOKEN_MEMORY_MS) })) {
    for (const key of keys) {
      const token = key.slice(key.indexOf('~') + 1);
      view.erase(AGE_PREFIX + key);
      const record = view.read(TOKEN_PREFIX + token);
      // The same token may have been used anew after its ten minutes.
      if (isTokenRecord(record) && nowMs - record.committedAtMs > TOKEN_MEMORY_MS) view.erase(TOKEN_PREFIX + token);
    }
  }
}

const ageKey = (ms: number): string => String(Math.max(0, ms)).padStart(15, '0');

/** A digest of the request without its token; the order of fields in the body does not matter. */
function bodyHash(data: RequestData): string {
  const { ClientRequestToken: _token, ...rest } = data;
  return createHash('sha256')
    .update(JSON.stringify(rest, (_key, value: unknown) => sorted(value)))
    .digest('base64');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isTokenRecord(value: unknown): value is TokenRecord {
  return typeof value === 'object' && value !== null && 'bodyHash' in value && 'committedAtMs' in value;
}
