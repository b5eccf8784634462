import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueMessage } from '@gruppstart/contracts/queue-messages';
import { callAws } from '@gruppstart/local/aws-json';
import { type QueueEngine, startQueueEngine } from '@gruppstart/local/engines/queue-engine';
import type { QueueModel } from '@gruppstart/local/template/model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { runRedrive } from './cli/run-redrive.ts';
import { makeQueues, type Queues } from './queues.ts';
import { type RedriveWishes, redrive, subjectOf } from './redrive.ts';

const REGION = 'eu-north-1';
const ACCOUNT_ID = '000000000000';
const arnOf = (name: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${name}`;
const aQueue = (name: string, deadLetters: string | null): QueueModel => ({
  name,
  arn: arnOf(name),
  visibilityTimeoutSeconds: 60,
  retentionSeconds: 86_400,
  delaySeconds: 0,
  redrive: deadLetters === null ? null : { targetArn: arnOf(deadLetters), maxReceiveCount: 3 },
});

const envelope = { v: 1, tenant: 'soderhamn', correlationId: 'request-1' };
const BATCH = JSON.stringify(
  QueueMessage.parse({
    ...envelope,
    kind: 'batch-to-take',
    eventId: 'evt_01jd4z8w6k3v9r5t2q7n0m1pxy',
    batchId: 'batch_01jd4z8w6k3v9r5t2q7n0m1pxy',
    fromRow: 200,
  }),
);
const RUN = JSON.stringify(
  QueueMessage.parse({
    ...envelope,
    kind: 'run-to-make',
    eventId: 'evt_01jd4z8w6k3v9r5t2q7n0m1pxz',
    runId: 'run_01jd4z8w6k3v9r5t2q7n0m1pxy',
  }),
);
const WHAT_IF = JSON.stringify(
  QueueMessage.parse({
    ...envelope,
    kind: 'what-if-to-answer',
    eventId: 'evt_01jd4z8w6k3v9r5t2q7n0m1pxw',
    whatIfId: 'what_01jd4z8w6k3v9r5t2q7n0m1pxy',
  }),
);

const Received = z.object({ Messages: z.array(z.object({ Body: z.string() })).default([]) });
const EVERYTHING: RedriveWishes = { dryRun: false, discardUnreadable: false, queue: null };

let engine: QueueEngine;
let queues: Queues;

const sqs = (action: string, name: string, input: object) =>
  callAws(engine.url, 'sqs', action, { QueueUrl: `${engine.url}/${ACCOUNT_ID}/${name}`, ...input });
const put = async (name: string, ...bodies: readonly string[]): Promise<void> => {
  for (const MessageBody of bodies) await sqs('SendMessage', name, { MessageBody });
};
/** What can be had of a queue now; it stays there. */
const inside = async (name: string): Promise<readonly string[]> => {
  const answer = await sqs('ReceiveMessage', name, { MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
  return Received.parse(answer)
    .Messages.map(({ Body }) => Body)
    .toSorted();
};

beforeEach(async () => {
  engine = await startQueueEngine({ dataDir: null, region: REGION, accountId: ACCOUNT_ID });
  for (const name of ['IntakeDead', 'MatchingDead']) engine.ensureQueue(aQueue(name, null));
  engine.ensureQueue(aQueue('IntakeQueue', 'IntakeDead'));
  engine.ensureQueue(aQueue('MatchingQueue', 'MatchingDead'));
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  queues = makeQueues({ endpoint: engine.url, region: REGION, credentials, namePrefix: '' });
});
afterEach(() => engine.stop());

describe('a redrive', () => {
  test('sends every dead letter to the queue that it came from, and nothing is left', async () => {
    const many = Array.from({ length: 23 }, (_, row) => BATCH.replace('"fromRow":200', `"fromRow":${200 + row}`));
    await put('IntakeDead', ...many);
    await put('MatchingDead', RUN);
    const outcomes = await redrive(queues, EVERYTHING);
    expect(outcomes.filter(({ outcome }) => outcome === 'sent-again')).toHaveLength(24);
    expect([await inside('IntakeDead'), await inside('MatchingDead')]).toEqual([[], []]);
    expect(await inside('MatchingQueue')).toEqual([RUN]);
    const arrived = new Set<string>();
    for (let look = 0; look < 20 && arrived.size < 23; look += 1) {
      for (const body of await inside('IntakeQueue')) arrived.add(body);
    }
    expect([...arrived].toSorted()).toEqual(many.toSorted());
  });

  test('of one queue leaves the others as they are', async () => {
    await put('IntakeDead', BATCH);
    await put('MatchingDead', RUN);
    await redrive(queues, { ...EVERYTHING, queue: 'Matching' });
    expect([await inside('IntakeDead'), await inside('MatchingDead')]).toEqual([[BATCH], []]);
  });

  test('that only looks changes nothing, and what it saw can be had at once', async () => {
    await put('IntakeDead', BATCH, 'poison');
    const outcomes = await redrive(queues, { ...EVERYTHING, dryRun: true, discardUnreadable: true });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['left', 'left']);
    expect([await inside('IntakeDead'), await inside('IntakeQueue')]).toEqual([[BATCH, 'poison'].toSorted(), []]);
  });

  test.each(['poison', '{}', '[1]', JSON.stringify({ ...JSON.parse(RUN), kind: 'something-else' })])(
    'leaves what nobody can read (%j) unless it is told to discard it',
    async (poison) => {
      expect(subjectOf(poison)).toEqual({ kind: 'unreadable' });
      await put('IntakeDead', poison, BATCH);
      const first = await redrive(queues, EVERYTHING);
      expect(first.map(({ outcome }) => outcome).toSorted()).toEqual(['left', 'sent-again']);
      expect(await inside('IntakeDead')).toEqual([poison]);
      const second = await redrive(queues, { ...EVERYTHING, discardUnreadable: true });
      expect(second.map(({ outcome }) => outcome)).toEqual(['discarded']);
      expect([await inside('IntakeDead'), await inside('IntakeQueue')]).toEqual([[], [BATCH]]);
    },
  );

  test('that takes longer than it holds what it leaves goes on to the rest when that comes back first', async () => {
    const letterOf = (messageId: string, body: string, receiptHandle: string) => ({ messageId, body, receiptHandle });
    const poison = (from: number, look: number) =>
      Array.from({ length: 10 }, (_, index) => letterOf(`poison-${from + index}`, 'poison', `${from + index}/${look}`));
    const looks = [poison(0, 1), poison(10, 1), poison(0, 2), poison(10, 2), [letterOf('last', BATCH, 'last')]];
    const sent: string[] = [];
    const released: string[] = [];
    const slow: Queues = {
      withDeadLetters: async () => [{ name: 'IntakeQueue', url: 'q', deadLetterUrl: 'd', deadLetters: 21 }],
      receive: async () => looks.shift() ?? [],
      send: async (_url, body) => {
        sent.push(body);
      },
      remove: async () => {},
      release: async (_url, { receiptHandle }) => {
        released.push(receiptHandle);
      },
    };
    expect(await redrive(slow, EVERYTHING)).toHaveLength(21);
    expect(sent).toEqual([BATCH]);
    // Only the newest receipt of a message lets go of it.
    expect(released.toSorted()).toEqual(
      [...poison(0, 2), ...poison(10, 2)].map((each) => each.receiptHandle).toSorted(),
    );
  });

  test('that only ever sees again what it leaves comes to an end', async () => {
    const poison = { messageId: 'poison', body: 'poison', receiptHandle: 'r' };
    const endless: Queues = {
      ...queues,
      withDeadLetters: async () => [{ name: 'IntakeQueue', url: 'q', deadLetterUrl: 'd', deadLetters: 1 }],
      receive: async () => [poison],
      release: async () => {},
    };
    expect(await redrive(endless, EVERYTHING)).toHaveLength(1);
  });

  test('that breaks between sending and removing loses nothing', async () => {
    await put('IntakeDead', BATCH);
    const breaking: Queues = { ...queues, remove: () => Promise.reject(new Error('gone')) };
    await expect(redrive(breaking, EVERYTHING)).rejects.toThrow('gone');
    expect(await inside('IntakeQueue')).toEqual([BATCH]);
  });

  test('whose sending is refused leaves the message where it lay', async () => {
    await put('IntakeDead', BATCH);
    const refusing: Queues = { ...queues, send: () => Promise.reject(new Error('refused')) };
    await expect(redrive(refusing, EVERYTHING)).rejects.toThrow('refused');
    const [intake] = await queues.withDeadLetters();
    if (!intake) throw new Error('The queue is gone');
    const attributes = await sqs('GetQueueAttributes', 'IntakeDead', {
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    });
    expect(attributes).toMatchObject({ Attributes: { ApproximateNumberOfMessagesNotVisible: '1' } });
  });
});

describe('npm run redrive', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gruppstart-redrive-'));
    await writeFile(join(dataDir, 'running.json'), JSON.stringify({ queuesUrl: engine.url, region: REGION }));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const run = async (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const printed: string[] = [];
    const complaints: string[] = [];
    const exitCode = await runRedrive(args, {
      environment,
      print: (line) => printed.push(line),
      complain: (line) => complaints.push(line),
      dataDir,
    });
    return { exitCode, printed: printed.join('\n'), complaints: complaints.join('\n') };
  };

  test.each([
    [RUN, 'run-to-make soderhamn run_01jd4z8w6k3v9r5t2q7n0m1pxy'],
    [WHAT_IF, 'what-if-to-answer soderhamn what_01jd4z8w6k3v9r5t2q7n0m1pxy'],
  ])('finds the running laptop and says, by id, what it sent again: %s', async (message, said) => {
    await put('MatchingDead', message);
    expect(await run([])).toEqual({
      exitCode: 0,
      printed: `MatchingQueue: ${said} (request-1): sänt igen / sent again`,
      complaints: '',
    });
    expect((await run([])).printed).toBe('Inget ligger åt sidan. / Nothing has been put aside.');
  });

  test('prints one object with --json', async () => {
    await put('IntakeDead', BATCH);
    const { printed } = await run(['--json', '--dry-run']);
    expect(JSON.parse(printed)).toMatchObject({
      messages: [{ queue: 'IntakeQueue', outcome: 'left', subject: { id: 'batch_01jd4z8w6k3v9r5t2q7n0m1pxy' } }],
    });
  });

  test('on AWS takes region and keys from the environment, and only queues of ours', async () => {
    engine.ensureQueue(aQueue('GruppstartApp-MatchingDead', null));
    engine.ensureQueue(aQueue('GruppstartApp-MatchingQueue', 'GruppstartApp-MatchingDead'));
    await put('GruppstartApp-MatchingDead', RUN);
    await put('MatchingDead', RUN);
    const environment = {
      AWS_ACCESS_KEY_ID: 'operator',
      AWS_SECRET_ACCESS_KEY: 'operator',
      AWS_ENDPOINT_URL_SQS: engine.url,
    };
    const { exitCode, printed } = await run(['--aws'], environment);
    expect([exitCode, printed.split('\n')]).toEqual([0, [expect.stringContaining('GruppstartApp-MatchingQueue: ')]]);
    expect(await inside('MatchingDead')).toEqual([RUN]);
  });

  test.each([
    [['--aws'], 'AWS_ACCESS_KEY_ID'],
    [['--que', 'Matching'], '--que'],
    [['--queue'], '--queue'],
    [['intake'], '"intake"'],
  ])('%j is refused with what to do instead', async (args, said) => {
    const { exitCode, complaints } = await run(args);
    expect([exitCode, complaints.includes(said)]).toEqual([1, true]);
  });

  test('says that nothing runs here when nothing does', async () => {
    await rm(join(dataDir, 'running.json'));
    expect(await run([])).toMatchObject({ exitCode: 1, complaints: expect.stringContaining('npm start') });
  });

  test('finds a laptop that keeps its data elsewhere', async () => {
    await put('MatchingDead', RUN);
    const elsewhere = await mkdtemp(join(tmpdir(), 'redrive-data-'));
    await rename(join(dataDir, 'running.json'), join(elsewhere, 'running.json'));
    expect(await run(['--data', elsewhere])).toMatchObject({
      exitCode: 0,
      printed: expect.stringContaining('run-to-make'),
    });
    await rm(elsewhere, { recursive: true });
  });

  test('does not take an account without our queues for one where nothing lies aside', async () => {
    const environment = {
      AWS_ACCESS_KEY_ID: 'operator',
      AWS_SECRET_ACCESS_KEY: 'operator',
      AWS_ENDPOINT_URL_SQS: engine.url,
    };
    const refusal = { exitCode: 1, printed: '', complaints: expect.stringContaining('Check account, region') };
    expect(await run(['--aws'], environment)).toMatchObject(refusal);
    expect(await run(['--queue', 'Intakes'])).toMatchObject(refusal);
  });

  test('says what to do when the queues do not answer', async () => {
    await writeFile(join(dataDir, 'running.json'), JSON.stringify({ queuesUrl: 'http://127.0.0.1:9', region: REGION }));
    expect(await run([])).toMatchObject({ exitCode: 1, complaints: expect.stringContaining('Run again') });
  });
});
