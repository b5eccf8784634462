import * as z from 'zod';
import type { Environment, SenderParts } from './composition.ts';
import { makeKms } from './kms-client.ts';
import { makeDisclosureVault, makeVault } from './vault.ts';

const VaultKey = z.object({ VAULT_KEY_ID: z.string().min(3) });

/** The vault; only for functions that open or seal people, so that no other function carries the client for keys. */
export const vaultFrom = (environment: Environment, { aws, dynamodb, coreTable }: SenderParts) =>
  makeVault({ kms: makeKms(aws.kms), keyId: VaultKey.parse(environment).VAULT_KEY_ID, dynamodb, coreTable });

/** What was disclosed to units: sealed by one door, opened by another. Neither needs the right to persons for it. */
export const disclosuresFrom = (environment: Environment, { aws }: Pick<SenderParts, 'aws'>) =>
  makeDisclosureVault({ kms: makeKms(aws.kms), keyId: VaultKey.parse(environment).VAULT_KEY_ID });
