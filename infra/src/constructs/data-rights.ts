import { AUDIT_TABLE, CORE_TABLE, ERASURE_LEDGER } from '@gruppstart/store/tables';
import { Stack, Validations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { NodeFunction } from './node-function.ts';

/** What the data stack holds and the functions work on. */
export interface DataResources {
  readonly dataKey: IKey;
  readonly vaultKey: IKey;
  readonly coreTable: ITable;
  readonly auditTable: ITable;
  readonly bucket: IBucket;
}

/*
 * The grants of aws-cdk-lib are wider than our functions: `grantReadWriteData` adds Scan and streams, every grant on
 * a table reaches all its indexes, and a grant of a single action on something encrypted with our key gives no right
 * to the key. So the rights are written here, once for each kind of work.
 */

/** Rights to the data key that a service needs on behalf of the one who calls it. */
const KEY_RIGHTS = {
  // The list that the DynamoDB guide asks for, with its two wildcards written out.
  dynamodb: [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  read: ['kms:Decrypt'],
  write: ['kms:GenerateDataKey'],
  send: ['kms:Decrypt', 'kms:GenerateDataKey'],
} as const;

/**
 * The key behind tables, queues and bucket, only through the named service in this region: a function can never ask
 * the key itself to open anything.
 */
const allowDataKeyThrough = (
  fn: NodeFunction,
  data: DataResources,
  service: 'dynamodb' | 's3' | 'sqs',
  rights: keyof typeof KEY_RIGHTS,
): void =>
  fn.allow({
    actions: KEY_RIGHTS[rights],
    resources: [data.dataKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${Stack.of(fn).region}.amazonaws.com` } },
  });

const indexArn = (table: ITable, name: 'lists' | 'outbox'): string => {
  if (!CORE_TABLE.indexes.some((index) => index.name === name)) throw new Error(`core has no index ${name}`);
  return `${table.tableArn}/index/${name}`;
};

/** Read and write items of `core` by key and through the index `lists`. No Scan, and not the outbox index. */
export const allowCore = (fn: NodeFunction, data: DataResources): void => {
  fn.allow({
    actions: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    resources: [data.coreTable.tableArn],
  });
  fn.allow({ actions: ['dynamodb:Query'], resources: [indexArn(data.coreTable, 'lists')] });
  allowDataKeyThrough(fn, data, 'dynamodb', 'dynamodb');
  fn.setEnvironment({ [`${CORE_TABLE.word.toUpperCase()}_TABLE`]: data.coreTable.tableName });
};

/** Make a change depend on an item of `core` that it does not change itself. */
export const allowCoreChecks = (fn: NodeFunction, data: DataResources): void =>
  fn.allow({ actions: ['dynamodb:ConditionCheckItem'], resources: [data.coreTable.tableArn] });

/** Add items to `core`, and nothing else: for who reads nothing there. */
export const allowCorePuts = (fn: NodeFunction, data: DataResources): void => {
  fn.allow({ actions: ['dynamodb:PutItem'], resources: [data.coreTable.tableArn] });
  allowDataKeyThrough(fn, data, 'dynamodb', 'dynamodb');
  fn.setEnvironment({ [`${CORE_TABLE.word.toUpperCase()}_TABLE`]: data.coreTable.tableName });
};

/** Find what was not sent, over all tenants, and clear it when it is. The only function that reads the outbox index. */
export const allowOutboxSweep = (fn: NodeFunction, data: DataResources): void => {
  fn.allow({ actions: ['dynamodb:Query'], resources: [indexArn(data.coreTable, 'outbox')] });
  fn.allow({ actions: ['dynamodb:DeleteItem'], resources: [data.coreTable.tableArn] });
  allowDataKeyThrough(fn, data, 'dynamodb', 'dynamodb');
  fn.setEnvironment({ [`${CORE_TABLE.word.toUpperCase()}_TABLE`]: data.coreTable.tableName });
};

/** Read the ledger of erasures, one partition of the audit table, and nothing else there. */
export const allowErasureLedger = (fn: NodeFunction, data: DataResources): void => {
  fn.allow({
    actions: ['dynamodb:Query'],
    resources: [data.auditTable.tableArn],
    // "For all" alone would also hold for a call that names no partition.
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [ERASURE_LEDGER] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });
};

/** Add to the audit table. Nothing can read, change or remove an entry. A put in a transaction needs the same right. */
export const allowAudit = (fn: NodeFunction, data: DataResources): void => {
  fn.allow({ actions: ['dynamodb:PutItem'], resources: [data.auditTable.tableArn] });
  allowDataKeyThrough(fn, data, 'dynamodb', 'dynamodb');
  fn.setEnvironment({ [`${AUDIT_TABLE.word.toUpperCase()}_TABLE`]: data.auditTable.tableName });
};

/** The name under which the other stack exports a value: the rule checker writes its findings with it. */
const importNameOf = (value: string, owner: IBucket): string => {
  const imported: { 'Fn::ImportValue'?: unknown } = Stack.of(owner).resolve(Stack.of(owner).exportValue(value));
  return String(imported['Fn::ImportValue']);
};

export type ObjectAction = 's3:GetObject' | 's3:PutObject' | 's3:DeleteObject';

/**
 * Objects under one prefix of the bucket. Whoever reads may also list: else S3 answers 403 for an object that is no
 * longer there, and a message that came twice would look like a fault.
 */
export const allowObjects = (
  fn: NodeFunction,
  data: DataResources,
  prefix: string,
  actions: readonly ObjectAction[],
): void => {
  fn.allow({ actions, resources: [data.bucket.arnForObjects(`${prefix}*`)] });
  Validations.of(fn.role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${importNameOf(data.bucket.bucketArn, data.bucket)}/${prefix}*]`,
    reason: `An object's key is not known beforehand: the star stands for what follows ${prefix} in the bucket.`,
  });
  const reads = actions.includes('s3:GetObject');
  const writes = actions.includes('s3:PutObject');
  if (reads) fn.allow({ actions: ['s3:ListBucket'], resources: [data.bucket.bucketArn] });
  if (reads) allowDataKeyThrough(fn, data, 's3', 'read');
  if (writes) allowDataKeyThrough(fn, data, 's3', 'write');
  fn.setEnvironment({ BUCKET: data.bucket.bucketName });
};

/** Send to a queue; the sender's role must be able to make the message's data key. */
export const allowSend = (fn: NodeFunction, data: DataResources, queue: IQueue, variable: string): void => {
  fn.allow({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
  allowDataKeyThrough(fn, data, 'sqs', 'send');
  fn.setEnvironment({ [variable]: queue.queueUrl });
};

/** Take encrypted messages; the queue's own rights stand with the worker. */
export const allowTaking = (fn: NodeFunction, data: DataResources): void =>
  allowDataKeyThrough(fn, data, 'sqs', 'read');

/** What a key of the vault may be for; the store binds each to one of these words in its encryption context. */
export type VaultUse = 'person' | 'blind-index' | 'disclosure';

const VAULT_RIGHTS = {
  open: ['kms:Decrypt'],
  seal: ['kms:GenerateDataKey'],
  'seal-and-open': ['kms:Decrypt', 'kms:GenerateDataKey'],
} as const;

/** Open what is sealed for the named uses, or make keys to seal with, or both. */
export const allowVault = (
  fn: NodeFunction,
  data: DataResources,
  deeds: keyof typeof VAULT_RIGHTS,
  uses: readonly VaultUse[],
): void => {
  fn.allow({
    actions: VAULT_RIGHTS[deeds],
    resources: [data.vaultKey.keyArn],
    conditions: { StringEquals: { 'kms:EncryptionContext:use': uses } },
  });
  fn.setEnvironment({ VAULT_KEY_ID: data.vaultKey.keyId });
};
