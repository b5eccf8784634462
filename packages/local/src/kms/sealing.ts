/**
 * The cryptography of the laptop's KMS. A ciphertext is: format (1 byte), length of the key id (1 byte), key id, nonce
 * (12 bytes), tag (16 bytes), sealed bytes. It names its key, as the service's ciphertexts do.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-file.ts';

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What the caller states when sealing and must state again when opening; never secret. */
export type EncryptionContext = Readonly<Record<string, string>>;

const MAC_HASHES = {
  HMAC_SHA_224: 'sha224',
  HMAC_SHA_256: 'sha256',
  HMAC_SHA_384: 'sha384',
  HMAC_SHA_512: 'sha512',
} as const;
export type MacAlgorithm = keyof typeof MAC_HASHES;

/** One key of the file serves both uses, so each use has a key of its own derived from it. */
function derive(material: Buffer, use: 'seal' | 'mac'): Buffer {
  return Buffer.from(hkdfSync('sha256', material, Buffer.alloc(0), `gruppstart-local-kms/${use}`, 32));
}

/** The context with its names in order, and the header, so that neither can be exchanged. */
function boundData(header: Buffer, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}

export function seal(keyId: string, material: Buffer, plaintext: Buffer, context: EncryptionContext): Buffer {
  const id = Buffer.from(keyId);
  const header = Buffer.concat([Buffer.from([FORMAT, id.length]), id]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', derive(material, 'seal'), nonce);
  cipher.setAAD(boundData(header, context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), sealed]);
}

/** The key id a ciphertext names, or null when it is none of ours. */
export function keyIdOf(ciphertext: Buffer): string | null {
  const idBytes = ciphertext[1];
  if (ciphertext[0] !== FORMAT || idBytes === undefined) return null;
  if (ciphertext.length < 2 + idBytes + NONCE_BYTES + TAG_BYTES) return null;
  return ciphertext.subarray(2, 2 + idBytes).toString();
}

/** The plaintext, or null when the ciphertext is damaged, of a key unknown here, or sealed in another context. */
export function unseal(keys: KeyRing, ciphertext: Buffer, context: EncryptionContext): Buffer | null {
  const keyId = keyIdOf(ciphertext);
  const material = keyId === null ? undefined : keys.get(keyId);
  if (keyId === null || material === undefined) return null;
  const headerBytes = 2 + Buffer.byteLength(keyId);
  const nonceEnd = headerBytes + NONCE_BYTES;
  const tagEnd = nonceEnd + TAG_BYTES;
  const decipher = createDecipheriv(
    'aes-256-gcm',
    derive(material, 'seal'),
    ciphertext.subarray(headerBytes, nonceEnd),
  );
  decipher.setAAD(boundData(ciphertext.subarray(0, headerBytes), context));
  decipher.setAuthTag(ciphertext.subarray(nonceEnd, tagEnd));
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(tagEnd)), decipher.final()]);
  } catch {
    return null;
  }
}

export function mac(material: Buffer, algorithm: MacAlgorithm, message: Buffer): Buffer {
  return createHmac(MAC_HASHES[algorithm], derive(material, 'mac')).update(message).digest();
}
