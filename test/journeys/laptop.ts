import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { callAws } from '@gruppstart/local/aws-json';
import { giveDemoGrants } from '@gruppstart/local/demo/give-demo-grants';
import { ACCOUNT_ID, type LaptopCloud, REGION, startLaptopCloud } from '@gruppstart/local/laptop-cloud';
import { makeBlobs } from '@gruppstart/store/blobs';
import { makeDynamodb } from '@gruppstart/store/dynamodb-client';
import { makeStore } from '@gruppstart/store/store';
import * as z from 'zod';
import { copyAssembly } from '../../bench/cloud/copy-assembly.ts';
import { BEGINS, type EnvironmentWishes, type Inside, type JourneyEnvironment } from './environment.ts';
import { expectNoPersonalData, logsIn, textsKept } from './log-sink.ts';
import { parseLine, signerOf, tablesSeen } from './looking-inside.ts';
import { rememberTokens } from './remembered-tokens.ts';

/** 180 and 360 s before a message comes again become four and seven. */
const QUICK_RETRY_SCALE = 0.02;
const CREDENTIALS = { accessKeyId: 'laptop', secretAccessKey: 'laptop', sessionToken: 'laptop' };

// Lambda runs in UTC; threads take the time zone from the process.
process.env.TZ = 'UTC';

const Received = z.object({ Messages: z.array(z.object({ Body: z.string() })).default([]) });

const lookInside = async (cloud: LaptopCloud): Promise<Inside> => {
  const at = (endpoint: string) => ({ region: REGION, endpoint, credentials: CREDENTIALS });
  const dynamodb = makeDynamodb(at(cloud.endpoints.dynamodb));
  const nameOf = (word: string): string => {
    const table = cloud.model.tables.find(({ name }) => name.includes(word));
    if (!table) throw new Error(`The template has no ${word} table`);
    return table.name;
  };
  const tables = { coreTable: nameOf('Core'), auditTable: nameOf('Audit') };
  const sqs = (action: string, queue: string, input: object): Promise<unknown> =>
    callAws(cloud.endpoints.sqs, 'sqs', action, {
      QueueUrl: `${cloud.endpoints.sqs}/${ACCOUNT_ID}/${queue}`,
      ...input,
    });
  const [bucket] = cloud.model.buckets;
  if (!bucket) throw new Error('The template has no bucket');
  return {
    issuer: cloud.issuer,
    ...(await signerOf(join(cloud.dataDir, 'login'))),
    ...tablesSeen(dynamodb, tables),
    async invoke(functionName, event) {
      const outcome = await cloud.invoke(functionName, event);
      if (outcome.kind !== 'answered') throw new Error(`${functionName}: ${JSON.stringify(outcome)}`);
      return outcome.payload;
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
      ...tables,
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
  const inside = await lookInside(cloud);
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
    inside,
    async close() {
      const kept = await textsKept(
        inside,
        cloud.model.queues.map(({ name }) => name),
      );
      await cloud.stop();
      const printed = await logsIn(join(cloud.dataDir, 'logs'));
      await rm(folder, { recursive: true, force: true });
      expectNoPersonalData([...printed, ...kept]);
    },
  };
};
