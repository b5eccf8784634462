import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PersonRecord } from '@gruppstart/domain/intake/person';
import { DisclosedPerson } from '@gruppstart/domain/proposals/disclosure';
import type { CandidateId, TenantId } from '@gruppstart/domain/shared/ids';
import { assertNever } from '@gruppstart/domain/shared/result';
import type { DisclosureVault, Identity, SealedPerson, Told, Vault } from '@gruppstart/usecases/ports/vault';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { makeCoreTable, makeTenantKeyEntity } from './entities.ts';
import { keys } from './keys.ts';
import type { EncryptionContext, Kms } from './kms-client.ts';
import { putAlone } from './put-alone.ts';
import { getOne } from './reads.ts';

export interface VaultConfig {
  readonly kms: Kms;
  /** The key that wraps all others and never leaves the service. */
  readonly keyId: string;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly coreTable: string;
}

const CIPHER = 'aes-256-gcm';
/** What NIST SP 800-38D recommends for GCM. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 1;

const personContext = (tenant: TenantId, candidate: CandidateId): EncryptionContext => ({
  tenant,
  candidate,
  use: 'person',
});
const blindIndexContext = (tenant: TenantId): EncryptionContext => ({ tenant, use: 'blind-index' });

const disclosureContext = ({ tenant, candidateId, unitId }: Told): EncryptionContext => ({
  tenant,
  candidate: candidateId,
  unit: unitId,
  use: 'disclosure',
});

const boundTo = (tenant: TenantId, candidateId: CandidateId): Buffer =>
  Buffer.from(`${tenant}|${candidateId}|${FORMAT}`);
const boundToUnit = ({ tenant, candidateId, unitId }: Told): Buffer =>
  Buffer.from(`${tenant}|${candidateId}|${unitId}|${FORMAT}`);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64');

/** The same identity always gives the same text, and no two identities do. */
const canonical = (identity: Identity): string => {
  switch (identity.kind) {
    case 'personal-number':
      return JSON.stringify([identity.kind, identity.personalNumber]);
    case 'reference':
      return JSON.stringify([identity.kind, identity.officeId, identity.reference, identity.birthDate]);
    default:
      return assertNever(identity);
  }
};

/** Seals under a key of its own, made for this one text and bound to the words of the context. */
const sealText = async (
  { kms, keyId }: Pick<VaultConfig, 'kms' | 'keyId'>,
  context: EncryptionContext,
  bound: Buffer,
  record: unknown,
): Promise<SealedPerson> => {
  const { plain, wrapped } = await kms.generateDataKey(keyId, context);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, plain, nonce).setAAD(bound);
  const text = Buffer.from(JSON.stringify(record));
  const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  return { v: FORMAT, wrappedKey: base64(wrapped), nonce: base64(nonce), sealed: base64(sealed) };
};

const openText = async (
  { kms, keyId }: Pick<VaultConfig, 'kms' | 'keyId'>,
  context: EncryptionContext,
  bound: Buffer,
  { wrappedKey, nonce, sealed }: SealedPerson,
): Promise<unknown> => {
  const plain = await kms.decrypt(keyId, fromBase64(wrappedKey), context);
  const bytes = fromBase64(sealed);
  const decipher = createDecipheriv(CIPHER, plain, fromBase64(nonce), { authTagLength: TAG_BYTES })
    .setAAD(bound)
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
  plain.fill(0);
  return JSON.parse(text.toString('utf8'));
};

/** Seals what a unit is told of a person, and opens it for that unit alone. */
export const makeDisclosureVault = (config: Pick<VaultConfig, 'kms' | 'keyId'>): DisclosureVault => ({
  seal: (told, person) => sealText(config, disclosureContext(told), boundToUnit(told), DisclosedPerson.parse(person)),
  open: async (told, sealed) =>
    DisclosedPerson.parse(await openText(config, disclosureContext(told), boundToUnit(told), sealed)),
});

/**
 * Seals persons one by one: each under a data key of its own, which KMS wraps and which lies beside what it sealed.
 * Deleting that item makes the person unreadable in every copy and backup of the sealed text alike.
 */
export const makeVault = (config: VaultConfig): Vault => {
  const { kms, keyId, dynamodb, coreTable } = config;
  const tenantKey = makeTenantKeyEntity(makeCoreTable(dynamodb, coreTable));
  const blindIndexKeys = new Map<TenantId, Promise<Buffer>>();

  const readBlindIndexKey = async (tenant: TenantId): Promise<Uint8Array | null> => {
    const item = await getOne({ dynamodb, coreTable }, keys.blindIndexKey(tenant));
    if (item === null) return null;
    const { wrappedKey } = tenantKey.build(EntityFormatter).format({ ...item });
    return kms.decrypt(keyId, wrappedKey, blindIndexContext(tenant));
  };

  const makeBlindIndexKey = async (tenant: TenantId): Promise<Uint8Array> => {
    const { plain, wrapped } = await kms.generateDataKey(keyId, blindIndexContext(tenant));
    try {
      const write = tenantKey
        .build(PutTransaction)
        .item({ ...keys.blindIndexKey(tenant), wrappedKey: wrapped })
        .options({ condition: { attr: 'pk', exists: false } });
      await putAlone(dynamodb, write);
      return plain;
    } catch (thrown) {
      if (!(thrown instanceof ConditionalCheckFailedException)) throw thrown;
      // Another was first (or it was our own put, repeated by the SDK): theirs is the key, ours is forgotten.
      const first = await readBlindIndexKey(tenant);
      if (first === null) throw new Error('The key for blind indexes disappeared', { cause: thrown });
      return first;
    }
  };

  const blindIndexKeyOf = (tenant: TenantId): Promise<Buffer> => {
    const known = blindIndexKeys.get(tenant);
    if (known) return known;
    const reading = (async () => Buffer.from((await readBlindIndexKey(tenant)) ?? (await makeBlindIndexKey(tenant))))();
    blindIndexKeys.set(tenant, reading);
    // A failure is not remembered: the next call tries again.
    reading.catch(() => blindIndexKeys.delete(tenant));
    return reading;
  };

  return {
    seal: (tenant, candidateId, person) =>
      sealText(config, personContext(tenant, candidateId), boundTo(tenant, candidateId), PersonRecord.parse(person)),

    open: async (tenant, candidateId, sealed) =>
      PersonRecord.parse(
        await openText(config, personContext(tenant, candidateId), boundTo(tenant, candidateId), sealed),
      ),

    blindIndex: async (tenant, identity) =>
      createHmac('sha256', await blindIndexKeyOf(tenant))
        .update(canonical(identity))
        .digest('hex'),
  };
};
