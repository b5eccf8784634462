import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { callAws } from '../aws-json.ts';
import { readMessages } from '../sqs-event.ts';
import type { QueueModel } from '../template/model.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { type QueueEngine, startQueueEngine } from './queue-engine.ts';

const SETTINGS = { region: 'eu-north-1', accountId: '000000000000' } as const;
const ARN = 'arn:aws:sqs:eu-north-1:000000000000:';

const queue = (name: string, more: Partial<QueueModel> = {}): QueueModel => ({
  name,
  arn: `${ARN}${name}`,
  visibilityTimeoutSeconds: 300,
  retentionSeconds: 345_600,
  delaySeconds: 0,
  redrive: null,
  ...more,
});

async function start(dataDir: string | null): Promise<QueueEngine> {
  const engine = await startQueueEngine({ dataDir, ...SETTINGS });
  onTestFinished(() => engine.stop().catch(() => {}));
  return engine;
}

function sqs(engine: QueueEngine, action: string, name: string, input: object = {}): Promise<unknown> {
  return callAws(engine.url, 'sqs', action, { QueueUrl: `${engine.url}/000000000000/${name}`, ...input });
}

const receive = async (engine: QueueEngine, name: string, more: object = {}) =>
  readMessages(
    await sqs(engine, 'ReceiveMessage', name, {
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      ...more,
    }),
  );

test('messages and files outlive a stop', async () => {
  const dataDir = await temporaryDirectory();
  const first = await start(dataDir);
  first.ensureQueue(queue('work'));
  first.ensureBucket('files');
  await sqs(first, 'SendMessage', 'work', { MessageBody: 'kept' });
  await fetch(`${first.url}/files/a/b.txt`, { method: 'PUT', body: 'text' });
  await first.stop();
  const second = await start(dataDir);
  second.ensureQueue(queue('work'));
  second.ensureBucket('files');
  expect((await receive(second, 'work')).map(({ body }) => body)).toEqual(['kept']);
  expect(await (await fetch(`${second.url}/files/a/b.txt`)).text()).toBe('text');
});

test('what was being handled at the last stop comes back at once, and the try is given back', async () => {
  const dataDir = await temporaryDirectory();
  const first = await start(dataDir);
  first.ensureQueue(queue('work'));
  await sqs(first, 'SendMessage', 'work', { MessageBody: 'held' });
  await receive(first, 'work');
  await first.stop();
  const second = await start(dataDir);
  expect(await receive(second, 'work')).toEqual([]);
  expect(second.releaseInFlight()).toBe(1);
  const [message] = await receive(second, 'work');
  expect(message).toMatchObject({ body: 'held', attributes: { ApproximateReceiveCount: '1' } });
});

test('a message may be made visible before its time', async () => {
  const engine = await start(await temporaryDirectory());
  engine.ensureQueue(queue('work'));
  await sqs(engine, 'SendMessage', 'work', { MessageBody: 'again' });
  const [first] = await receive(engine, 'work');
  await sqs(engine, 'ChangeMessageVisibility', 'work', { ReceiptHandle: first?.receiptHandle, VisibilityTimeout: 0 });
  expect(await receive(engine, 'work')).toMatchObject([
    { body: 'again', attributes: { ApproximateReceiveCount: '2' } },
  ]);
});

test('a dead letter is on disk in its new queue and in no other', async () => {
  const dataDir = await temporaryDirectory();
  const first = await start(dataDir);
  first.ensureQueue(queue('dead'));
  first.ensureQueue(queue('work', { redrive: { targetArn: `${ARN}dead`, maxReceiveCount: 1 } }));
  await sqs(first, 'SendMessage', 'work', { MessageBody: 'poison' });
  await receive(first, 'work', { VisibilityTimeout: 0 });
  expect(await receive(first, 'work')).toEqual([]);
  await first.stop();
  const second = await start(dataDir);
  expect(await receive(second, 'work')).toEqual([]);
  expect((await receive(second, 'dead')).map(({ body }) => body)).toEqual(['poison']);
});

test('a queue that exists takes the template’s new settings and keeps its messages', async () => {
  const engine = await start(null);
  engine.ensureQueue(queue('work', { redrive: { targetArn: `${ARN}dead`, maxReceiveCount: 3 } }));
  await sqs(engine, 'SendMessage', 'work', { MessageBody: 'kept' });
  engine.ensureQueue(queue('work', { visibilityTimeoutSeconds: 7 }));
  const { Attributes } = (await sqs(engine, 'GetQueueAttributes', 'work', { AttributeNames: ['All'] })) as {
    Attributes: Record<string, string>;
  };
  expect(Attributes).toMatchObject({ VisibilityTimeout: '7', ApproximateNumberOfMessages: '1' });
  expect(Attributes).not.toHaveProperty('RedrivePolicy');
});

test('nobody outside this machine can reach it', async () => {
  const engine = await start(null);
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  if (outside === undefined) {
    // A machine without a network has no outside to try from; the address it listens on still says so.
    expect(engine.url).toContain('127.0.0.1');
    return;
  }
  const refused = await new Promise<string>((resolve) => {
    const probe = request({ host: outside.address, port: engine.port, path: '/health' }, () => resolve('answered'));
    probe.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    probe.end();
  });
  expect(refused).toBe('ECONNREFUSED');
});
