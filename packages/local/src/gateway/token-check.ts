import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import type { AuthorizerModel } from '../template/model.ts';

/** What a function may know of a token that the gateway has accepted. */
export interface VerifiedToken {
  /** All values as text, as the gateway hands them on; a list becomes `[a b]`. */
  readonly claims: Readonly<Record<string, string>>;
  /** Null on a route that asks for no scopes. */
  readonly scopes: readonly string[] | null;
}

export type TokenVerdict =
  | { readonly kind: 'accepted'; readonly token: VerifiedToken }
  /** 401 with this `www-authenticate`. */
  | { readonly kind: 'unauthorized'; readonly challenge: string }
  /** 403 with this `www-authenticate`. */
  | { readonly kind: 'forbidden'; readonly challenge: string };

export interface TokenChecker {
  /** `authorization` is the header as sent, if it was; `scopes` are the route's, of which one is enough. */
  check(
    authorization: string | undefined,
    authorizer: AuthorizerModel,
    scopes: readonly string[],
  ): Promise<TokenVerdict>;
}

export interface TokenCheckerOptions {
  /** The laptop's clock. */
  readonly nowMs: () => number;
  /** An unknown key id asks the issuer for its keys again, but not more often than this. Default 5 s. */
  readonly refetchAfterMs?: number;
}

/** A signature that was good is not checked again for this long; times and audience are, every time. */
const REMEMBER_MS = 30_000;
const REMEMBER_TOKENS = 500;

/** The gateway takes RSA signatures only. A shared secret or `none` would let anyone make tokens. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

/** Checks tokens as the HTTP API's JWT authorizer does: signature, issuer, audience or client, times, scopes. */
export function createTokenChecker({ nowMs, refetchAfterMs = 5_000 }: TokenCheckerOptions): TokenChecker {
  const keySets = new Map<string, Promise<JWTVerifyGetKey>>();
  const keySetOf = (issuer: string): Promise<JWTVerifyGetKey> => {
    const known = keySets.get(issuer);
    if (known !== undefined) return known;
    const found = discoverKeys(issuer, refetchAfterMs);
    keySets.set(issuer, found);
    // An issuer that was down is asked again at the next request.
    found.catch(() => keySets.delete(issuer));
    return found;
  };
  const remembered = new Map<string, { readonly payload: JWTPayload; readonly untilMachineMs: number }>();
  const payloadOf = async (token: string, issuer: string): Promise<JWTPayload> => {
    const key = `${issuer} ${token}`;
    const known = remembered.get(key);
    if (known !== undefined && known.untilMachineMs > Date.now()) return known.payload;
    const payload = await verifySignature(token, issuer, await keySetOf(issuer), nowMs());
    if (remembered.size >= REMEMBER_TOKENS) remembered.clear();
    remembered.set(key, { payload, untilMachineMs: Date.now() + REMEMBER_MS });
    return payload;
  };
  return {
    async check(authorization, authorizer, scopes) {
      const token = readToken(authorization);
      if (token === null) return { kind: 'unauthorized', challenge: 'Bearer' };
      try {
        const payload = await payloadOf(token, authorizer.issuer);
        checkClaims(payload, authorizer, Math.floor(nowMs() / 1000));
        return decideScopes(payload, scopes);
      } catch (error) {
        return unauthorized(reasonOf(error));
      }
    },
  };
}

/** The scheme may be left out, as the gateway allows. */
function readToken(authorization: string | undefined): string | null {
  const token = (authorization ?? '').trim().replace(/^bearer\s+/i, '');
  return token === '' || token.toLowerCase() === 'bearer' ? null : token;
}

class TokenRefused extends Error {}

async function verifySignature(
  token: string,
  issuer: string,
  keys: JWTVerifyGetKey,
  nowMs: number,
): Promise<JWTPayload> {
  if (decodeProtectedHeader(token).kid === undefined) throw new TokenRefused('the token has no key id');
  const { payload } = await jwtVerify(token, keys, {
    algorithms: ALGORITHMS,
    issuer,
    requiredClaims: ['exp'],
    currentDate: new Date(nowMs),
  });
  return payload;
}

/** What depends on the moment and on the door; the shapes of the times have been checked with the signature. */
function checkClaims(
  { exp = 0, nbf = 0, iat = 0, ...payload }: JWTPayload,
  { audiences }: AuthorizerModel,
  now: number,
): void {
  if (exp <= now) throw new TokenRefused('the token has expired');
  if (nbf > now) throw new TokenRefused('the token is not yet valid');
  if (iat > now) throw new TokenRefused('the token was issued in the future');
  if (!audienceFits(payload, audiences)) throw new TokenRefused('the token does not have a valid audience');
}

/** `client_id` counts only in a token that names no audience. */
function audienceFits(payload: JWTPayload, allowed: readonly string[]): boolean {
  if (payload.aud !== undefined) return [payload.aud].flat().some((audience) => allowed.includes(audience));
  const clientId = payload.client_id;
  return typeof clientId === 'string' && allowed.includes(clientId);
}

function decideScopes(payload: JWTPayload, wanted: readonly string[]): TokenVerdict {
  const claims = textClaims(payload);
  if (wanted.length === 0) return { kind: 'accepted', token: { claims, scopes: null } };
  const granted = scopesOf(payload);
  const matching = wanted.filter((scope) => granted.includes(scope));
  if (matching.length > 0) return { kind: 'accepted', token: { claims, scopes: matching } };
  const list = wanted.join(' ');
  const challenge = `Bearer scope="${list}" error="insufficient_scope" error_description="expected scopes: [${list}]"`;
  return { kind: 'forbidden', challenge };
}

function scopesOf(payload: JWTPayload): readonly string[] {
  const found: unknown = payload.scope ?? payload.scp;
  if (typeof found === 'string') return found.split(' ');
  return Array.isArray(found) ? found.map(String) : [];
}

function textClaims(payload: JWTPayload): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `map[${Object.entries(value)
      .map(([name, item]) => `${name}:${claimText(item)}`)
      .join(' ')}]`;
  }
  return String(value);
}

function unauthorized(reason: string): TokenVerdict {
  return { kind: 'unauthorized', challenge: `Bearer scope="" error="invalid_token" error_description="${reason}"` };
}

/** Why, in words that name no part of the token. */
function reasonOf(error: unknown): string {
  if (error instanceof TokenRefused) return error.message;
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return 'the token does not have a valid issuer';
    if (error.claim === 'nbf') return 'the token is not yet valid';
    return `the claim ${error.claim} is missing or wrong`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the token signature is invalid';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'signing method is invalid';
  if (error instanceof errors.JWKSNoMatchingKey) return 'the token was signed with an unknown key';
  if (error instanceof errors.JOSEError || error instanceof TypeError) return 'the token is malformed';
  if (error instanceof IssuerUnreachable) return 'OIDC discovery endpoint communication error';
  throw error;
}

class IssuerUnreachable extends Error {}

async function discoverKeys(issuer: string, refetchAfterMs: number): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  let found: unknown;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
    found = await response.json();
  } catch (cause) {
    throw new IssuerUnreachable(`no answer from ${address}`, { cause });
  }
  if (typeof found !== 'object' || found === null || !('jwks_uri' in found) || typeof found.jwks_uri !== 'string') {
    throw new IssuerUnreachable(`${address} names no keys`);
  }
  // Two hours is how long the gateway keeps an issuer's keys.
  return createRemoteJWKSet(new URL(found.jwks_uri), { cooldownDuration: refetchAfterMs, cacheMaxAge: 2 * 3_600_000 });
}
