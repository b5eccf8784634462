import { QUEUES } from '@gruppstart/contracts/queue-messages';
import * as z from 'zod';
import { makeBlobs } from './blobs.ts';
import { makeDynamodb, makeSqs } from './clients.ts';
import { makeOutbox } from './outbox.ts';
import { makeStore } from './store.ts';
import { makeWorld } from './world.ts';

/** The environment of a function as its template sets it. Read once, at the start, and handed down. */
export type Environment = Readonly<Record<string, string | undefined>>;

const Name = z.string().min(3).max(2048);
const Tables = z.object({ AWS_REGION: Name, CORE_TABLE: Name, AUDIT_TABLE: Name });
const Queues = z.object({ INTAKE_QUEUE_URL: z.url().optional(), MATCHING_QUEUE_URL: z.url().optional() });
const Bucket = z.object({
  AWS_REGION: Name,
  BUCKET: Name,
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().min(1).optional(),
});

/** What sending needs: the table of the outbox and the clock, without the audit table. */
export const senderPartsFrom = (environment: Environment) => {
  const { AWS_REGION, CORE_TABLE } = Tables.omit({ AUDIT_TABLE: true }).parse(environment);
  return {
    region: AWS_REGION,
    coreTable: CORE_TABLE,
    dynamodb: makeDynamodb({ region: AWS_REGION }),
    world: makeWorld(),
  };
};
export type SenderParts = ReturnType<typeof senderPartsFrom>;

/** The tables of a function, its store and its clock. Throws when the template has set something wrong. */
export const storeFrom = (environment: Environment) => {
  const { AUDIT_TABLE } = Tables.parse(environment);
  const parts = senderPartsFrom(environment);
  return {
    ...parts,
    store: makeStore({ dynamodb: parts.dynamodb, coreTable: parts.coreTable, auditTable: AUDIT_TABLE }),
  };
};

/** The outbox, with the queues that this function may send to. */
export const outboxFrom = (
  environment: Environment,
  { region, coreTable, dynamodb, world }: SenderParts,
  onFailure: (cause: unknown, messages: number) => void,
) => {
  const urls = Queues.parse(environment);
  const addressOf = { intake: urls.INTAKE_QUEUE_URL, matching: urls.MATCHING_QUEUE_URL };
  const queueUrls = Object.fromEntries(
    QUEUES.flatMap((queue) => (addressOf[queue] === undefined ? [] : [[queue, addressOf[queue]]])),
  );
  return makeOutbox({ sqs: makeSqs({ region }), dynamodb, coreTable, queueUrls, now: () => world.now(), onFailure });
};

export const blobsFrom = (environment: Environment) => {
  const config = Bucket.parse(environment);
  return makeBlobs({
    bucket: config.BUCKET,
    region: config.AWS_REGION,
    endpoint: config.AWS_ENDPOINT_URL_S3 ?? null,
    credentials: {
      accessKeyId: config.AWS_ACCESS_KEY_ID,
      secretAccessKey: config.AWS_SECRET_ACCESS_KEY,
      ...(config.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: config.AWS_SESSION_TOKEN }),
    },
  });
};
