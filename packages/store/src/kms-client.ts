import * as z from 'zod';
import type { ServiceConfig } from './aws-environment.ts';
import { makeJsonService } from './json-service.ts';

/** Words that a wrapped key is bound to: it opens only with the same. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** What the vault needs of KMS. */
export interface Kms {
  /** A new 256-bit key, plain and wrapped under `keyId`. */
  generateDataKey(
    keyId: string,
    context: EncryptionContext,
  ): Promise<{ readonly plain: Uint8Array; readonly wrapped: Uint8Array }>;
  /** Throws ServiceError when it was wrapped under another key, with other words, or has been changed. */
  decrypt(keyId: string, wrapped: Uint8Array, context: EncryptionContext): Promise<Uint8Array>;
}

const Base64 = z.base64().min(1);
const DataKey = z.object({ Plaintext: Base64, CiphertextBlob: Base64 });
const Decrypted = z.object({ Plaintext: Base64 });

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** In a file of its own: functions that never open a person do not carry it. */
export const makeKms = (config: ServiceConfig): Kms => {
  const call = makeJsonService({ service: 'kms', target: 'TrentService', version: '1.1' }, config);
  const url = config.endpoint ?? `https://kms.${config.region}.amazonaws.com/`;
  return {
    generateDataKey: async (keyId, context) => {
      const input = { KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: context };
      const { Plaintext, CiphertextBlob } = await call(url, 'GenerateDataKey', input, DataKey);
      return { plain: bytes(Plaintext), wrapped: bytes(CiphertextBlob) };
    },
    decrypt: async (keyId, wrapped, context) => {
      const input = {
        KeyId: keyId,
        CiphertextBlob: Buffer.from(wrapped).toString('base64'),
        EncryptionContext: context,
      };
      return bytes((await call(url, 'Decrypt', input, Decrypted)).Plaintext);
    },
  };
};
