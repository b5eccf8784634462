import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Door } from '@gruppstart/contracts/roles';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { callAws } from '@gruppstart/local/aws-json';
import { giveDemoGrants } from '@gruppstart/local/demo/give-demo-grants';
import { ACCOUNT_ID, type LaptopCloud, REGION, startLaptopCloud } from '@gruppstart/local/laptop-cloud';
import { DEMO_BATCH_CLIENT } from '@gruppstart/local/login/demo-users';
import { fetchBatchSenderToken, fetchToken } from '@gruppstart/local/login/fetch-token';
import { loadLoginKeys } from '@gruppstart/local/login/login-keys';
import { makeBlobs } from '@gruppstart/store/blobs';
import { makeDynamodb } from '@gruppstart/store/dynamodb-client';
import { makeStore } from '@gruppstart/store/store';
import * as z from 'zod';
import { copyAssembly } from '../../bench/cloud/copy-assembly.ts';
import type { AuditRow, EnvironmentWishes, Inside, JourneyEnvironment } from './environment.ts';

/** Eight in the morning in Sweden, six weeks before the first start. */
const BEGINS = '2026-12-01T08:00:00+01:00';
/** A token lives an hour of the laptop's clock. */
const TOKEN_USED_FOR_MS = 50 * 60_000;
/** 180 and 360 s before a message comes again become four and seven. */
const QUICK_RETRY_SCALE = 0.02;
const CREDENTIALS = { accessKeyId: 'laptop', secretAccessKey: 'laptop', sessionToken: 'laptop' };

// Lambda runs in UTC; threads take the time zone from the process.
process.env.TZ = 'UTC';

const rememberTokens = (cloud: LaptopCloud) => {
  const remembered = new Map<string, { readonly token: Promise<string>; readonly takenAtMs: number }>();
  return (userName: string, door: Door): Promise<string> => {
    const name = `${userName} ${door}`;
    const known = remembered.get(name);
    if (known && Math.abs(cloud.nowMs() - known.takenAtMs) < TOKEN_USED_FOR_MS) return known.token;
    const token =
      userName === DEMO_BATCH_CLIENT.clientId
        ? fetchBatchSenderToken({ issuer: cloud.issuer })
        : fetchToken({ issuer: cloud.issuer, userName, door });
    remembered.set(name, { token, takenAtMs: cloud.nowMs() });
    return token;
  };
};

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const AuditItem = z.object({
  at: z.string(),
  actor: z.string(),
  deed: z.string(),
  subjects: z.array(z.string()),
  facts: z.record(z.string(), z.unknown()),
  correlationId: z.string(),
});
const Received = z.object({ Messages: z.array(z.object({ Body: z.string() })).default([]) });
const Line = z.record(z.string(), z.unknown());

const parseLine = (line: string): Readonly<Record<string, unknown>>[] => {
  try {
    return [Line.parse(JSON.parse(line))];
  } catch {
    return [];
  }
};

const lookInside = async (cloud: LaptopCloud): Promise<Inside> => {
  const { signingKey } = await loadLoginKeys(join(cloud.dataDir, 'login'));
  const privateKey = createPrivateKey({ key: { ...signingKey }, format: 'jwk' });
  const at = (endpoint: string) => ({ region: REGION, endpoint, credentials: CREDENTIALS });
  const dynamodb = makeDynamodb(at(cloud.endpoints.dynamodb));
  const nameOf = (word: string): string => {
    const table = cloud.model.tables.find(({ name }) => name.includes(word));
    if (!table) throw new Error(`The template has no ${word} table`);
    return table.name;
  };
  const scan = async (TableName: string): Promise<readonly Record<string, unknown>[]> => {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const answer = await dynamodb.send(
        new ScanCommand({ TableName, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
      );
      items.push(...(answer.Items ?? []));
      from = answer.LastEvaluatedKey;
    } while (from);
    return items;
  };
  const sqs = (action: string, queue: string, input: object): Promise<unknown> =>
    callAws(cloud.endpoints.sqs, 'sqs', action, {
      QueueUrl: `${cloud.endpoints.sqs}/${ACCOUNT_ID}/${queue}`,
      ...input,
    });
  const [bucket] = cloud.model.buckets;
  if (!bucket) throw new Error('The template has no bucket');
  return {
    issuer: cloud.issuer,
    publicKeyPem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    sign(claims, header = {}) {
      const head = base64url({ alg: 'RS256', kid: signingKey.kid, typ: 'at+jwt', ...header });
      const signed = `${head}.${base64url(claims)}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
    async invoke(functionName, event) {
      const outcome = await cloud.invoke(functionName, event);
      if (outcome.kind !== 'answered') throw new Error(`${functionName}: ${JSON.stringify(outcome)}`);
      return outcome.payload;
    },
    storedItems: async () => (await scan(nameOf('Core'))).map((item) => JSON.stringify(item)).toSorted(),
    async auditOf(tenant) {
      const items = (await scan(nameOf('Audit'))).filter(({ pk }) => String(pk).startsWith(`T#${tenant}#`));
      return items
        .toSorted((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1))
        .map((item): AuditRow => AuditItem.parse(item));
    },
    async sendMessage(queue, body) {
      await sqs('SendMessage', queue, { MessageBody: body });
    },
    async messagesIn(queue) {
      const answer = await sqs('ReceiveMessage', queue, { MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
      return Received.parse(answer).Messages.map(({ Body }) => Body);
    },
    logOf: async (functionName) =>
      (await readFile(join(cloud.dataDir, 'logs', `${functionName}.log`), 'utf8')).split('\n').flatMap(parseLine),
    store: makeStore({
      dynamodb,
      coreTable: nameOf('Core'),
      auditTable: nameOf('Audit'),
      now: () => Instant.parse(new Date(cloud.nowMs()).toISOString()),
    }),
    blobs: makeBlobs({ bucket: bucket.name, ...at(cloud.endpoints.s3) }),
  };
};

/** A laptop cloud of its own for one file of journeys, with the demo users' rights and nothing else in it. */
export const openEnvironment = async (wishes: EnvironmentWishes): Promise<JourneyEnvironment> => {
  const folder = await mkdtemp(join(tmpdir(), 'journey-'));
  // A copy: whoever builds anew while the journeys run would take the functions away from under them.
  const assemblyDirectory = join(folder, 'assembly');
  await copyAssembly(assemblyDirectory, () => {});
  const cloud = await startLaptopCloud({
    dataDir: join(folder, 'data'),
    build: false,
    assemblyDirectory,
    at: Date.parse(BEGINS),
    quiet: true,
    throttles: false,
    ...(wishes.quickRetries ? { visibilityScale: QUICK_RETRY_SCALE } : {}),
  });
  await giveDemoGrants(cloud);
  return {
    apiUrl: cloud.apiUrl,
    token: rememberTokens(cloud),
    control: {
      nowMs: () => cloud.nowMs(),
      moveClock: (move) => cloud.moveClock(move),
      async fireSchedule(name) {
        const outcome = await cloud.fireSchedule(name);
        if (outcome?.kind !== 'answered') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
        return outcome.payload;
      },
      queueDepths: () => cloud.queueDepths(),
    },
    inside: await lookInside(cloud),
    async close() {
      await cloud.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
