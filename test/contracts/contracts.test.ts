import { afterAll, beforeAll, describe } from 'vitest';
import { capacityContract } from './capacity-contract.ts';
import { changesContract } from './changes-contract.ts';
import { commitContract } from './commit-contract.ts';
import { disclosuresContract } from './disclosures-contract.ts';
import { documentsContract } from './documents-contract.ts';
import { type Environment, openEnvironment } from './environment.ts';
import { erasuresContract } from './erasures-contract.ts';
import { listsContract } from './lists-contract.ts';
import { blobsContract, outboxContract } from './senders-contract.ts';
import { vaultContract } from './vault-contract.ts';

/** The one suite that the embedded engines and AWS both pass: what holds on the laptop holds there. */
describe('the ports of store, over DynamoDB, SQS, S3 and KMS', () => {
  let opened: Environment | null = null;
  const environment = (): Environment => {
    if (opened === null) throw new Error('the environment is not open yet');
    return opened;
  };
  beforeAll(async () => {
    opened = await openEnvironment();
  }, 60_000);
  afterAll(() => opened?.close());

  documentsContract(environment);
  listsContract(environment);
  capacityContract(environment);
  changesContract(environment);
  commitContract(environment);
  outboxContract(environment);
  blobsContract(environment);
  vaultContract(environment);
  disclosuresContract(environment);
  erasuresContract(environment);
});
