import { callAws } from './aws-json.ts';
import { type FunctionPool, STOP_PATIENCE_MS } from './functions/function-pool.ts';
import type { InvocationOutcome } from './functions/outcome.ts';
import { accessKeyOf } from './recording/access-keys.ts';
import { readMessages, type SqsMessage, toSqsEvent } from './sqs-event.ts';
import type { MappingModel } from './template/model.ts';

/** Reads a queue and hands its messages to a function, as an event source mapping does. */
export interface RunningMapping {
  /** Takes no further messages and waits for the batches under way. */
  stop(): Promise<void>;
}

export interface MappingOptions {
  readonly mapping: MappingModel;
  readonly pool: FunctionPool;
  readonly queueEndpoint: string;
  readonly queueUrl: string;
  readonly region: string;
  /** Milliseconds between the laptop's clock and the machine's, by which the queue engine stamps its messages. */
  readonly offsetMs: () => number;
  readonly onFault?: (error: unknown) => void;
}

/** SQS hands out at most this many messages at a time. */
const RECEIVE_LIMIT = 10;
/** Shorter than SQS's 20 s, so that an abandoned poll at stop does not linger in the engine. */
const POLL_SECONDS = 5;
/** A mapping starts with five pollers on AWS; this is also where the laptop stops when the template sets no maximum. */
const DEFAULT_CONCURRENCY = 5;
const RETRY_AFTER_FAULT_MS = 500;

/**
 * A batch that the function answers is deleted except for what it reports as failed; a batch that it does not answer
 * (error, timeout, crash) is left whole. What is left becomes visible again after the queue's visibility timeout, and
 * the queue itself moves it to the dead-letter queue when it has been received too often.
 */
export function startMapping(options: MappingOptions): RunningMapping {
  const { mapping, pool, queueEndpoint, queueUrl, region } = options;
  const concurrency = mapping.maximumConcurrency ?? DEFAULT_CONCURRENCY;
  const stopped = new AbortController();
  const underWay = new Set<Promise<void>>();
  const sqs = (action: string, input: object, signal?: AbortSignal): Promise<unknown> =>
    callAws(
      queueEndpoint,
      'sqs',
      action,
      { QueueUrl: queueUrl, ...input },
      // The service's poller uses the rights of the function's role.
      { region, accessKeyId: accessKeyOf(pool.name), ...(signal === undefined ? {} : { signal }) },
    );

  const receive = async (wanted: number, waitSeconds: number): Promise<readonly SqsMessage[]> =>
    readMessages(
      await sqs(
        'ReceiveMessage',
        {
          MaxNumberOfMessages: Math.min(RECEIVE_LIMIT, wanted),
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        },
        stopped.signal,
      ),
    );

  const collect = async (): Promise<readonly SqsMessage[]> => {
    const batch = [...(await receive(mapping.batchSize, POLL_SECONDS))];
    if (batch.length === 0 || mapping.windowSeconds === 0) return batch;
    const closesAtMs = Date.now() + mapping.windowSeconds * 1000;
    while (batch.length < mapping.batchSize && Date.now() < closesAtMs && !stopped.signal.aborted) {
      const seconds = Math.min(POLL_SECONDS, Math.max(1, Math.floor((closesAtMs - Date.now()) / 1000)));
      // What is already in hand must be handled even when a stop cuts this poll short.
      batch.push(...(await receive(mapping.batchSize - batch.length, seconds).catch(() => [])));
    }
    return batch;
  };

  const handle = async (batch: readonly SqsMessage[]): Promise<void> => {
    const outcome = await pool.invoke(
      toSqsEvent(batch, { queueArn: mapping.queueArn, region, offsetMs: options.offsetMs() }),
    );
    const done = handledMessages(batch, outcome, mapping.reportsBatchItemFailures);
    for (let from = 0; from < done.length; from += RECEIVE_LIMIT) {
      const entries = done
        .slice(from, from + RECEIVE_LIMIT)
        .map(({ receiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle: receiptHandle }));
      await sqs('DeleteMessageBatch', { Entries: entries });
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      // A message is only taken when somebody is free to handle it: taking it counts as a try.
      if (underWay.size >= concurrency || pool.free() === 0) {
        await Promise.race([...underWay, pause(50, stopped.signal)]);
        continue;
      }
      try {
        const batch = await collect();
        if (batch.length === 0) continue;
        const work: Promise<void> = handle(batch)
          .catch((error: unknown) => options.onFault?.(error))
          .finally(() => underWay.delete(work));
        underWay.add(work);
      } catch (error) {
        if (stopped.signal.aborted) return;
        options.onFault?.(error);
        await pause(RETRY_AFTER_FAULT_MS, stopped.signal);
      }
    }
  };
  const looping = loop();
  return {
    async stop() {
      stopped.abort();
      await looping;
      await Promise.race([Promise.all(underWay), patience()]);
    },
  };
}

/** The messages that need not come again. Exported for its table of cases. */
export function handledMessages(
  batch: readonly SqsMessage[],
  outcome: InvocationOutcome,
  reportsBatchItemFailures: boolean,
): readonly SqsMessage[] {
  if (outcome.kind !== 'answered') return [];
  if (!reportsBatchItemFailures) return batch;
  const failed = readFailures(JSON.parse(outcome.payload), new Set(batch.map(({ messageId }) => messageId)));
  return failed === 'unreadable' ? [] : batch.filter(({ messageId }) => !failed.has(messageId));
}

/** An answer that names a message wrongly counts as the failure of the whole batch; no answer at all as its success. */
function readFailures(answer: unknown, known: ReadonlySet<string>): ReadonlySet<string> | 'unreadable' {
  if (answer === null || typeof answer !== 'object' || !('batchItemFailures' in answer)) return new Set();
  const failures: unknown = answer.batchItemFailures;
  if (failures === null) return new Set();
  if (!Array.isArray(failures)) return 'unreadable';
  const ids = new Set<string>();
  for (const failure of failures) {
    const id: unknown = typeof failure === 'object' && failure !== null ? failure.itemIdentifier : undefined;
    if (typeof id !== 'string' || !known.has(id)) return 'unreadable';
    ids.add(id);
  }
  return ids;
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, STOP_PATIENCE_MS).unref();
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
