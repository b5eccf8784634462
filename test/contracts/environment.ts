/**
 * What the contract suite runs against: the embedded engines, or the endpoints that CONTRACT_DYNAMODB_ENDPOINT,
 * CONTRACT_SQS_ENDPOINT, CONTRACT_S3_ENDPOINT and CONTRACT_KMS_ENDPOINT name. Tables and queues are made and removed;
 * a bucket outside the engines stays, because it cannot be removed with something in it.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { PutCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import { QUEUES, type QueueName } from '@gruppstart/contracts/queue-messages';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { startDynamodb } from '@gruppstart/local/dynamodb/start-dynamodb';
import { startKms } from '@gruppstart/local/kms/start-kms';
import { makeBlobs } from '@gruppstart/store/blobs';
import { makeDynamodb } from '@gruppstart/store/dynamodb-client';
import { makeErasureLedger } from '@gruppstart/store/erasure-ledger';
import { type Kms, makeKms } from '@gruppstart/store/kms-client';
import { makeOutbox } from '@gruppstart/store/outbox';
import { restoreGateFrom } from '@gruppstart/store/restore-gate';
import { makeSqs } from '@gruppstart/store/sqs-client';
import { makeStore } from '@gruppstart/store/store';
import { AUDIT_TABLE, CORE_TABLE, TABLES, type TableDeclaration } from '@gruppstart/store/tables';
import { makeDisclosureVault, makeVault } from '@gruppstart/store/vault';
import type { ErasureLedger } from '@gruppstart/usecases/ports/erasure-ledger';
import type { Blobs, Outbox } from '@gruppstart/usecases/ports/senders';
import type { Store } from '@gruppstart/usecases/ports/store';
import type { DisclosureVault, Vault } from '@gruppstart/usecases/ports/vault';
import { AwsClient } from 'aws4fetch';
import { buildApp } from 'fauxqs';
import { NOW } from './builders.ts';

const REGION = process.env.AWS_REGION ?? 'eu-north-1';
/** The engines take any; a real service takes those of the environment. */
const CREDENTIALS = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? 'local',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? 'local',
  ...(process.env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: process.env.AWS_SESSION_TOKEN }),
};
const KEY_ID = process.env.CONTRACT_KMS_KEY_ID ?? '11111111-2222-3333-4444-555555555555';

/** Every region but the oldest wants to be named when a bucket is made. */
const BUCKET_PLACE = `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`;

/** The ports under test, and what a test needs to see that no port shows. */
export interface Environment {
  /** Its clock stands at NOW. */
  readonly store: Store;
  storeAt(now: Instant): Store;
  readonly blobs: Blobs;
  /** A vault as another process would have it: with an empty memory. */
  newVault(): Vault;
  newDisclosureVault(): DisclosureVault;
  /** Everything that is kept of a tenant in the core table, as it lies there: what a backup would hold. */
  itemsOf(tenant: TenantId): Promise<readonly Record<string, unknown>[]>;
  /** Another core table, beside the same audit table: one that has come back with these items. */
  restored(items: readonly Record<string, unknown>[]): Promise<RestoredTable>;
  readonly kms: Kms;
  readonly keyId: string;
  /** @param queues which queues it knows the address of; default all */
  outboxAt(now: Instant, queues?: readonly QueueName[], onFailure?: (cause: unknown, messages: number) => void): Outbox;
  /** The audit entries of a tenant, by time; nothing in the product can read them. */
  auditOf(tenant: TenantId): Promise<readonly Record<string, unknown>[]>;
  /** Events whose message lies unsent. */
  unsentOf(tenant: TenantId): Promise<readonly string[]>;
  /** Takes a tenant's messages from a queue until `count` have come or nothing more does. */
  received(queue: QueueName, tenant: TenantId, count: number): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

export interface RestoredTable {
  readonly store: Store;
  readonly vault: Vault;
  readonly disclosures: DisclosureVault;
  readonly ledger: ErasureLedger;
  /** All its items. */
  everything(): Promise<readonly Record<string, unknown>[]>;
  /** As another process would have it: with an empty memory. */
  newGate(): () => Promise<boolean>;
}

interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly kms: string;
  stop(): Promise<void>;
}

/** fauxqs' own `start` binds every interface; its app does not. */
const startQueuesAndBucket = async () => {
  const app = buildApp({ logger: false, defaultRegion: REGION });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, stop: () => app.close() };
};

const startEngines = async (): Promise<Endpoints> => {
  const dir = await mkdtemp(join(tmpdir(), 'contracts-'));
  const dynamodb = await startDynamodb({ dataDir: null, port: 0 });
  const kms = await startKms({ keyFile: join(dir, 'keys.json'), keyIds: [KEY_ID] });
  const queuesAndBucket = await startQueuesAndBucket();
  return {
    dynamodb: process.env.CONTRACT_DYNAMODB_ENDPOINT ?? dynamodb.url,
    sqs: process.env.CONTRACT_SQS_ENDPOINT ?? queuesAndBucket.url,
    s3: process.env.CONTRACT_S3_ENDPOINT ?? queuesAndBucket.url,
    kms: process.env.CONTRACT_KMS_ENDPOINT ?? kms.url,
    stop: async () => {
      await queuesAndBucket.stop();
      await kms.stop();
      await dynamodb.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

const stringAttribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const;
const keySchema = (partitionKey: string, sortKey: string) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];

const createTable = (declaration: TableDeclaration, TableName: string): CreateTableCommand =>
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [declaration, ...declaration.indexes]
      .flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])
      .map(stringAttribute),
    KeySchema: keySchema(declaration.partitionKey, declaration.sortKey),
    ...(declaration.indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: declaration.indexes.map((index) => ({
            IndexName: index.name,
            KeySchema: keySchema(index.partitionKey, index.sortKey),
            Projection: { ProjectionType: 'ALL' as const },
          })),
        }),
  });

const RECEIVE_SECONDS = 1;

export const openEnvironment = async (): Promise<Environment> => {
  const endpoints = await startEngines();
  const at = (endpoint: string) => ({ region: REGION, endpoint, credentials: CREDENTIALS });
  const suffix = randomUUID().slice(0, 8);
  const nameOf = (word: string): string => `contract-${word}-${suffix}`;

  const dynamodb = makeDynamodb(at(endpoints.dynamodb));
  for (const table of TABLES) {
    await dynamodb.send(createTable(table, nameOf(table.word)));
    await waitUntilTableExists({ client: dynamodb, maxWaitTime: 60, minDelay: 1 }, { TableName: nameOf(table.word) });
  }

  const sqs = new SQSClient(at(endpoints.sqs));
  const queueUrl = async (queue: QueueName): Promise<string> => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: nameOf(queue) }));
    // The embedded engine names a host that does not resolve; the path is right.
    return new URL(new URL(QueueUrl).pathname, endpoints.sqs).href;
  };
  const queueUrls = { intake: await queueUrl('intake'), matching: await queueUrl('matching') };

  const bucket = nameOf('blobs');
  const s3 = new AwsClient({ ...CREDENTIALS, service: 's3', region: REGION });
  await s3.fetch(`${endpoints.s3}/${bucket}`, { method: 'PUT', body: BUCKET_PLACE });

  const kms = makeKms(at(endpoints.kms));
  const coreTable = nameOf(CORE_TABLE.word);
  const auditTable = nameOf(AUDIT_TABLE.word);

  /** Tables made on the way, to be removed at the end. */
  const more: string[] = [];

  const scan = (TableName: string, tenant: TenantId, word: string) => scanAll(TableName, `T#${tenant}#${word}#`);
  const scanAll = async (TableName: string, prefix: string): Promise<Record<string, unknown>[]> => {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const answer: ScanCommandOutput = await dynamodb.send(
        new ScanCommand({
          TableName,
          ConsistentRead: true,
          FilterExpression: 'begins_with(pk, :prefix)',
          ExpressionAttributeValues: { ':prefix': prefix },
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        }),
      );
      items.push(...(answer.Items ?? []));
      from = answer.LastEvaluatedKey;
    } while (from !== undefined);
    return items.sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
  };

  const storeAt = (now: Instant): Store => makeStore({ dynamodb, coreTable, auditTable, now: () => now });

  return {
    store: storeAt(NOW),
    storeAt,
    blobs: makeBlobs({ bucket, ...at(endpoints.s3) }),
    newVault: () => makeVault({ kms, keyId: KEY_ID, dynamodb, coreTable }),
    newDisclosureVault: () => makeDisclosureVault({ kms, keyId: KEY_ID }),
    itemsOf: (tenant) => scanAll(coreTable, `T#${tenant}#`),
    restored: async (items) => {
      const name = `${coreTable}-${randomUUID().slice(0, 8)}`;
      await dynamodb.send(createTable(CORE_TABLE, name));
      await waitUntilTableExists({ client: dynamodb, maxWaitTime: 60, minDelay: 1 }, { TableName: name });
      more.push(name);
      for (const Item of items) await dynamodb.send(new PutCommand({ TableName: name, Item }));
      return {
        store: makeStore({ dynamodb, coreTable: name, auditTable, now: () => NOW }),
        vault: makeVault({ kms, keyId: KEY_ID, dynamodb, coreTable: name }),
        disclosures: makeDisclosureVault({ kms, keyId: KEY_ID }),
        ledger: makeErasureLedger({ dynamodb, coreTable: name, auditTable }),
        everything: () => scanAll(name, ''),
        newGate: () => {
          const gate = restoreGateFrom({ CORE_TABLE: name, CORE_TABLE_RESTORED: name }, { dynamodb });
          if (gate === null) throw new Error('A restored table has a gate');
          return gate;
        },
      };
    },
    kms,
    keyId: KEY_ID,
    outboxAt: (now, queues = QUEUES, onFailure = () => {}) =>
      makeOutbox({
        sqs: makeSqs(at(endpoints.sqs)),
        dynamodb,
        coreTable,
        queueUrls: Object.fromEntries(queues.map((queue) => [queue, queueUrls[queue]])),
        now: () => now,
        onFailure,
      }),
    auditOf: (tenant) => scan(auditTable, tenant, 'DAY'),
    unsentOf: async (tenant) =>
      (await scan(coreTable, tenant, 'OUTBOX')).map(({ pk }) => String(pk).slice(String(pk).lastIndexOf('#') + 1)),
    received: async (queue, tenant, count) => {
      const bodies: unknown[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrls[queue],
            MaxNumberOfMessages: 10,
            WaitTimeSeconds: bodies.length < count ? RECEIVE_SECONDS : 0,
          }),
        );
        if (Messages.length === 0) return bodies;
        bodies.push(...Messages.map(({ Body = '' }) => JSON.parse(Body)).filter((body) => body.tenant === tenant));
        await sqs.send(
          new DeleteMessageBatchCommand({
            QueueUrl: queueUrls[queue],
            Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
          }),
        );
      }
    },
    close: async () => {
      for (const QueueUrl of Object.values(queueUrls)) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      const tables = [...TABLES.map(({ word }) => nameOf(word)), ...more];
      for (const TableName of tables) await dynamodb.send(new DeleteTableCommand({ TableName }));
      dynamodb.destroy();
      sqs.destroy();
      await endpoints.stop();
    },
  };
};
