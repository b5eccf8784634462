import type { Door } from '@gruppstart/contracts/roles';
import { DEMO_BATCH_CLIENT } from '@gruppstart/local/login/demo-users';
import { fetchBatchSenderToken, fetchToken } from '@gruppstart/local/login/fetch-token';
import type { JourneyEnvironment } from './environment.ts';

/** A token lives an hour of the issuer's clock. */
const TOKEN_USED_FOR_MS = 50 * 60_000;

/** Tokens of an issuer, each got once by the login's own flow and used for as long as it holds. */
export const rememberTokens = (source: { readonly issuer: string; nowMs(): number }): JourneyEnvironment['token'] => {
  const remembered = new Map<string, { readonly token: Promise<string>; readonly takenAtMs: number }>();
  return (userName: string, door: Door): Promise<string> => {
    const name = `${userName} ${door}`;
    const known = remembered.get(name);
    if (known && Math.abs(source.nowMs() - known.takenAtMs) < TOKEN_USED_FOR_MS) return known.token;
    const token =
      userName === DEMO_BATCH_CLIENT.clientId
        ? fetchBatchSenderToken({ issuer: source.issuer })
        : fetchToken({ issuer: source.issuer, userName, door });
    remembered.set(name, { token, takenAtMs: source.nowMs() });
    return token;
  };
};
