import type { KeptPerson, Stored } from '@gruppstart/usecases/ports/store';
import type { SealedPerson } from '@gruppstart/usecases/ports/vault';
import * as z from 'zod';

const Bytes = z.instanceof(Uint8Array);

/** Bytes rather than base64: a third smaller. */
const StoredPerson = z.object({
  version: z.int().min(1),
  format: z.literal(1),
  wrappedKey: Bytes,
  nonce: Bytes,
  sealed: Bytes,
  identities: z.array(Bytes).default([]),
});

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export const packPerson = (person: SealedPerson, identities: readonly string[]) => ({
  format: person.v,
  wrappedKey: fromBase64(person.wrappedKey),
  nonce: fromBase64(person.nonce),
  sealed: fromBase64(person.sealed),
  identities: identities.map((blindIndex) => new Uint8Array(Buffer.from(blindIndex, 'hex'))),
});

export const unpackPerson = (item: unknown): Stored<KeptPerson> => {
  const { version, format, wrappedKey, nonce, sealed, identities } = StoredPerson.parse(item);
  return {
    value: {
      v: format,
      wrappedKey: toBase64(wrappedKey),
      nonce: toBase64(nonce),
      sealed: toBase64(sealed),
      identities: identities.map((bytes) => Buffer.from(bytes).toString('hex')),
    },
    version,
    seatsTaken: 0,
  };
};
