import { generateKeyPair, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';

/** What the login keeps between starts: nothing about people, only what it signs with. */
export interface LoginKeys {
  /** RS256 with its private part. API Gateway's authorizer takes RSA signatures only. */
  readonly signingKey: JWK;
  /** Signs the login's own cookies. */
  readonly cookieKey: string;
}

const FILE_NAME = 'login-keys.json';
/** Read and write for the owner, nothing for anybody else: who reads this file can make tokens. */
const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** 2048 bits is what the JOSE specifications demand of RS256 as a minimum. */
const RSA_MODULUS_BITS = 2048;
const COOKIE_KEY_BYTES = 32;

const makeKeys = async (): Promise<LoginKeys> => {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: RSA_MODULUS_BITS });
  const jwk = privateKey.export({ format: 'jwk' });
  const signingKey = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' };
  return { signingKey, cookieKey: randomBytes(COOKIE_KEY_BYTES).toString('base64url') };
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isSigningKey = (value: unknown): value is JWK =>
  isRecord(value) &&
  value.kty === 'RSA' &&
  ['kid', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].every((part) => typeof value[part] === 'string');

const parseKeys = (text: string, file: string): LoginKeys => {
  const damaged = (cause?: unknown): Error =>
    new Error(
      `Inloggningens nyckelfil är skadad: ${file}. Ta bort den, så görs en ny (äldre inloggningar slutar gälla). / ` +
        `The login's key file is damaged: ${file}. Remove it and a new one is made (earlier tokens stop working).`,
      { cause },
    );
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw damaged(error);
  }
  if (!isRecord(parsed) || !isSigningKey(parsed.signingKey) || typeof parsed.cookieKey !== 'string') throw damaged();
  return { signingKey: parsed.signingKey, cookieKey: parsed.cookieKey };
};

const hasCode = (error: unknown, code: string): boolean => isRecord(error) && error.code === code;

const readIfPresent = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/** Written beside and linked into place: a crash leaves no half file, and of two who start at once the first one wins. */
const storeOnce = async (file: string, keys: LoginKeys): Promise<void> => {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: OWNER_ONLY, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
};

/**
 * The keys of this data folder, made at the first start, so that tokens survive a restart.
 * Throws, in Swedish and English, when the file is there but cannot be understood.
 */
export const loadLoginKeys = async (dataDir: string): Promise<LoginKeys> => {
  const folder = path.join(dataDir, 'login');
  const file = path.join(folder, FILE_NAME);
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  if ((await readIfPresent(file)) === undefined) await storeOnce(file, await makeKeys());
  await chmod(file, OWNER_ONLY);
  return parseKeys(await readFile(file, 'utf8'), file);
};
