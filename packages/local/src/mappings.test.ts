import { describe, expect, onTestFinished, test } from 'vitest';
import { callAws } from './aws-json.ts';
import { type QueueEngine, startQueueEngine } from './engines/queue-engine.ts';
import type { FunctionPool } from './functions/function-pool.ts';
import type { InvocationOutcome } from './functions/outcome.ts';
import { handledMessages, startMapping } from './mappings.ts';
import { readMessages, type SqsMessage } from './sqs-event.ts';
import type { MappingModel, QueueModel } from './template/model.ts';

const ARN = 'arn:aws:sqs:eu-north-1:000000000000:';
const ENGINE = { dataDir: null, region: 'eu-north-1', accountId: '000000000000' } as const;

interface SqsEvent {
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly messageAttributes: object;
    readonly md5OfBody: string;
    readonly eventSource: string;
    readonly eventSourceARN: string;
    readonly awsRegion: string;
  }[];
}
type Handler = (event: SqsEvent) => Promise<InvocationOutcome> | InvocationOutcome;

const answered = (value: unknown): InvocationOutcome => ({
  kind: 'answered',
  payload: JSON.stringify(value) ?? 'null',
});

interface Setup {
  readonly engine: QueueEngine;
  readonly send: (body: string) => Promise<void>;
  readonly depth: (queue: string) => Promise<number>;
  readonly deadBodies: () => Promise<readonly string[]>;
  /** Bodies of every event so far, in order of arrival. */
  readonly events: readonly (readonly string[])[];
  readonly stop: () => Promise<void>;
}

async function setUp(
  handler: Handler,
  mapping: Partial<MappingModel> = {},
  options: {
    readonly offsetMs?: number;
    readonly before?: readonly string[];
    readonly visibilityTimeoutSeconds?: number;
  } = {},
): Promise<Setup> {
  const engine = await startQueueEngine(ENGINE);
  onTestFinished(() => engine.stop());
  const queue = (name: string, redrive: QueueModel['redrive']): QueueModel => ({
    name,
    arn: `${ARN}${name}`,
    visibilityTimeoutSeconds: options.visibilityTimeoutSeconds ?? 1,
    retentionSeconds: 345_600,
    delaySeconds: 0,
    redrive,
  });
  engine.ensureQueue(queue('dead', null));
  engine.ensureQueue(queue('work', { targetArn: `${ARN}dead`, maxReceiveCount: 3 }));
  const sqs = (action: string, name: string, input: object = {}): Promise<unknown> =>
    callAws(engine.url, 'sqs', action, { QueueUrl: `${engine.url}/000000000000/${name}`, ...input });
  const send = async (body: string): Promise<void> => {
    await sqs('SendMessage', 'work', { MessageBody: body });
  };
  for (const body of options.before ?? []) await send(body);
  const events: string[][] = [];
  const pool: FunctionPool = {
    name: 'F',
    async invoke(event) {
      const sqsEvent = event as SqsEvent;
      events.push(sqsEvent.Records.map(({ body }) => body));
      return handler(sqsEvent);
    },
    free: () => 1,
    workerCount: () => 1,
    idleSinceMs: () => null,
    retireIdle: () => false,
    stop: async () => {},
  };
  const running = startMapping({
    mapping: {
      queueArn: `${ARN}work`,
      functionName: 'F',
      batchSize: 10,
      windowSeconds: 0,
      reportsBatchItemFailures: true,
      maximumConcurrency: 2,
      ...mapping,
    },
    pool,
    queueEndpoint: engine.url,
    queueUrl: `${engine.url}/000000000000/work`,
    region: 'eu-north-1',
    offsetMs: () => options.offsetMs ?? 0,
  });
  onTestFinished(() => running.stop());
  return {
    engine,
    send,
    events,
    stop: () => running.stop(),
    async depth(name) {
      const answer = (await sqs('GetQueueAttributes', name, { AttributeNames: ['All'] })) as {
        Attributes: Record<string, string>;
      };
      return (
        Number(answer.Attributes.ApproximateNumberOfMessages) +
        Number(answer.Attributes.ApproximateNumberOfMessagesNotVisible)
      );
    },
    async deadBodies() {
      return readMessages(await sqs('ReceiveMessage', 'dead', { MaxNumberOfMessages: 10, VisibilityTimeout: 0 })).map(
        ({ body }) => body,
      );
    },
  };
}

/** Waits for something to become true; the runner's own limit ends a wait that never does. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const failing =
  (...bodies: readonly string[]): Handler =>
  ({ Records }) =>
    answered({
      batchItemFailures: Records.filter(({ body }) => bodies.includes(body)).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    });

describe('a mapping', () => {
  test('hands messages over as SQS records and deletes what is handled', async () => {
    const seen: SqsEvent[] = [];
    const { send, depth } = await setUp(
      (event) => {
        seen.push(event);
        return answered(null);
      },
      {},
      { offsetMs: 1_000_000_000_000 },
    );
    await send('hello');
    await until(async () => seen.length > 0 && (await depth('work')) === 0);
    const [record] = seen[0]?.Records ?? [];
    expect(record).toMatchObject({
      body: 'hello',
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      eventSource: 'aws:sqs',
      eventSourceARN: `${ARN}work`,
      awsRegion: 'eu-north-1',
      messageAttributes: {},
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      attributes: { ApproximateReceiveCount: '1' },
    });
    // The engine stamps by the machine's clock; the record is stamped by the laptop's.
    expect(Number(record?.attributes.SentTimestamp)).toBeGreaterThan(2_500_000_000_000);
  });

  test('takes no more messages at a time than the batch size', async () => {
    const { events, depth } = await setUp(
      () => answered(null),
      { batchSize: 2, maximumConcurrency: 2 },
      { before: ['1', '2', '3', '4', '5'] },
    );
    await until(async () => (await depth('work')) === 0);
    expect(events.flat().sort()).toEqual(['1', '2', '3', '4', '5']);
    expect(Math.max(...events.map(({ length }) => length))).toBeLessThanOrEqual(2);
  });

  test('waits for a fuller batch as long as its window is', async () => {
    const { send, events, depth } = await setUp(
      () => answered(null),
      { windowSeconds: 1 },
      { visibilityTimeoutSeconds: 30 },
    );
    await send('1');
    await send('2');
    await send('3');
    await until(async () => (await depth('work')) === 0 && events.length > 0);
    expect(events).toHaveLength(1);
    expect(events[0]?.toSorted()).toEqual(['1', '2', '3']);
  });

  test('runs no more batches at once than its maximum concurrency', async () => {
    let busy = 0;
    let most = 0;
    const { events } = await setUp(
      async () => {
        busy += 1;
        most = Math.max(most, busy);
        await new Promise((resolve) => setTimeout(resolve, 50));
        busy -= 1;
        return answered(null);
      },
      { batchSize: 1, maximumConcurrency: 2 },
      { before: ['1', '2', '3', '4', '5', '6'] },
    );
    await until(() => events.length === 6 && busy === 0);
    expect(most).toBe(2);
  });

  test('keeps a poison message from its neighbours: it goes to the dead letters after three tries, they are handled once', async () => {
    const { events, depth, deadBodies } = await setUp(failing('poison'), {}, { before: ['a', 'poison', 'b'] });
    await until(async () => (await depth('dead')) === 1);
    expect(events.flat().filter((body) => body === 'poison')).toHaveLength(3);
    expect(events.flat().filter((body) => body === 'a')).toHaveLength(1);
    expect(events.flat().filter((body) => body === 'b')).toHaveLength(1);
    expect(await depth('work')).toBe(0);
    expect(await deadBodies()).toEqual(['poison']);
  });

  test.each<[string, InvocationOutcome]>([
    ['fails', { kind: 'failed', errorType: 'Error', message: 'x' }],
    ['times out', { kind: 'timed-out' }],
    ['crashes', { kind: 'crashed', reason: 'exit-1' }],
  ])('brings the whole batch again when the function %s', async (_how, outcome) => {
    let calls = 0;
    const { events, depth } = await setUp(
      () => {
        calls += 1;
        return calls === 1 ? outcome : answered(null);
      },
      { maximumConcurrency: 1 },
      { before: ['a', 'b'] },
    );
    await until(async () => (await depth('work')) === 0);
    expect(events.flat().sort()).toEqual(['a', 'a', 'b', 'b']);
  });

  test('finishes and deletes what is under way when it is stopped, and takes nothing after', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { send, events, depth, stop } = await setUp(async () => {
      await held;
      return answered(null);
    });
    await send('a');
    await until(() => events.length === 1);
    const stopping = stop();
    release();
    await stopping;
    expect(await depth('work')).toBe(0);
    await send('late');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(events.flat()).toEqual(['a']);
  });
});

describe('which messages an answer settles', () => {
  const message = (messageId: string): SqsMessage => ({
    messageId,
    receiptHandle: `r-${messageId}`,
    body: '',
    md5OfBody: '',
    attributes: {},
    messageAttributes: {},
  });
  const batch = [message('a'), message('b'), message('c')];
  const failures = (...ids: readonly unknown[]): unknown => ({
    batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
  });
  const settled = (outcome: InvocationOutcome, reports = true): readonly string[] =>
    handledMessages(batch, outcome, reports).map(({ messageId }) => messageId);

  test.each<[string, unknown, readonly string[]]>([
    ['nothing', null, ['a', 'b', 'c']],
    ['an empty answer', {}, ['a', 'b', 'c']],
    ['no failures', failures(), ['a', 'b', 'c']],
    ['null for the failures', { batchItemFailures: null }, ['a', 'b', 'c']],
    ['one failure', failures('b'), ['a', 'c']],
    ['the same failure twice', failures('b', 'b'), ['a', 'c']],
    ['all failed', failures('a', 'b', 'c'), []],
    ['an unknown message', failures('z'), []],
    ['an empty name', failures(''), []],
    ['null for a name', failures(null), []],
    ['a wrong key', { batchItemFailures: [{ id: 'a' }] }, []],
    ['failures that are no list', { batchItemFailures: 'a' }, []],
    ['text', 'done', ['a', 'b', 'c']],
  ])('%s', (_what, value, expected) => {
    expect(settled(answered(value))).toEqual(expected);
  });

  test('without the reporting of failures every answer settles all', () => {
    expect(settled(answered(failures('a')), false)).toEqual(['a', 'b', 'c']);
  });

  test.each<InvocationOutcome>([
    { kind: 'failed', errorType: 'E', message: 'x' },
    { kind: 'timed-out' },
    { kind: 'crashed', reason: 'x' },
    { kind: 'throttled' },
  ])('a function that is $kind settles none', (outcome) => {
    expect(settled(outcome)).toEqual([]);
    expect(settled(outcome, false)).toEqual([]);
  });
});
