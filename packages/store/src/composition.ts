import { QUEUES } from '@gruppstart/contracts/queue-messages';
import * as z from 'zod';
import { readAwsEnvironment } from './aws-environment.ts';
import { makeBlobs } from './blobs.ts';
import { makeDynamodb } from './dynamodb-client.ts';
import { makeOutbox } from './outbox.ts';
import { makeSqs } from './sqs-client.ts';
import { makeStore } from './store.ts';
import { makeWorld } from './world.ts';

/** The environment of a function as its template sets it. Read once, at the start, and handed down. */
export type Environment = Readonly<Record<string, string | undefined>>;

const Name = z.string().min(3).max(2048);
const Tables = z.object({ CORE_TABLE: Name, AUDIT_TABLE: Name });
const Queues = z.object({ INTAKE_QUEUE_URL: z.url().optional(), MATCHING_QUEUE_URL: z.url().optional() });
const Bucket = z.object({ BUCKET: Name });

/** What sending needs: the table of the outbox and the clock, without the audit table. */
export const senderPartsFrom = (environment: Environment) => {
  const { CORE_TABLE } = Tables.pick({ CORE_TABLE: true }).parse(environment);
  const aws = readAwsEnvironment(environment);
  return { aws, coreTable: CORE_TABLE, dynamodb: makeDynamodb(aws.dynamodb), world: makeWorld() };
};
export type SenderParts = ReturnType<typeof senderPartsFrom>;

/** The tables of a function, its store and its clock. Throws when the template has set something wrong. */
export const storeFrom = (environment: Environment) => {
  const { AUDIT_TABLE } = Tables.parse(environment);
  const parts = senderPartsFrom(environment);
  return {
    ...parts,
    auditTable: AUDIT_TABLE,
    store: makeStore({
      dynamodb: parts.dynamodb,
      coreTable: parts.coreTable,
      auditTable: AUDIT_TABLE,
      now: () => parts.world.now(),
    }),
  };
};

/** The outbox, with the queues that this function may send to. */
export const outboxFrom = (
  environment: Environment,
  { aws, coreTable, dynamodb, world }: SenderParts,
  onFailure: (cause: unknown, messages: number) => void,
) => {
  const urls = Queues.parse(environment);
  const addressOf = { intake: urls.INTAKE_QUEUE_URL, matching: urls.MATCHING_QUEUE_URL };
  const queueUrls = Object.fromEntries(
    QUEUES.flatMap((queue) => (addressOf[queue] === undefined ? [] : [[queue, addressOf[queue]]])),
  );
  return makeOutbox({ sqs: makeSqs(aws.sqs), dynamodb, coreTable, queueUrls, now: () => world.now(), onFailure });
};

export const blobsFrom = (environment: Environment) =>
  makeBlobs({ ...readAwsEnvironment(environment).s3, bucket: Bucket.parse(environment).BUCKET });
