import * as z from 'zod';
import type { Environment, SenderParts } from './composition.ts';
import { makeKms } from './kms-client.ts';
import { makeVault } from './vault.ts';

const VaultKey = z.object({ VAULT_KEY_ID: z.string().min(3) });

/** The vault; only for functions that open or seal people, so that no other function carries the client for keys. */
export const vaultFrom = (environment: Environment, { aws, dynamodb, coreTable }: SenderParts) =>
  makeVault({ kms: makeKms(aws.kms), keyId: VaultKey.parse(environment).VAULT_KEY_ID, dynamodb, coreTable });
