import { QueueMessage } from '@gruppstart/contracts/queue-messages';
import * as z from 'zod';
import type { Log, LogFacts } from '../log.ts';
import type { Figures } from '../metrics.ts';

const QueueEvent = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      body: z.string(),
      attributes: z.object({ SentTimestamp: z.string(), ApproximateReceiveCount: z.string() }).partial().optional(),
    }),
  ),
});

export interface PartialBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

type MessageOf<K extends QueueMessage['kind']> = Extract<QueueMessage, { kind: K }>;

const isOfKind = <K extends QueueMessage['kind']>(message: QueueMessage, kind: K): message is MessageOf<K> =>
  message.kind === kind;

const parse = (body: string): QueueMessage | null => {
  try {
    const read = QueueMessage.safeParse(JSON.parse(body));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
};

/** What the log says of a message beyond that it was handled. */
export interface Told {
  readonly facts?: LogFacts;
  readonly figures?: Figures;
}

/** What a worker does with one kind of message. */
export interface Taker {
  readonly kind: QueueMessage['kind'];
  /** Does the work; what comes back tells of it, given how long it took. */
  readonly take: (message: QueueMessage) => Promise<(durationMs: number) => Told>;
}

/** @param tell what was done, and how long it took, as the log tells it */
export const takerOf = <K extends QueueMessage['kind'], T>(
  kind: K,
  handle: (message: MessageOf<K>) => Promise<T>,
  tell: (done: T, durationMs: number) => Told,
): Taker => ({
  kind,
  take: async (message) => {
    if (!isOfKind(message, kind)) throw new Error(`A ${message.kind} is no ${kind}`);
    const done = await handle(message);
    return (durationMs) => tell(done, durationMs);
  },
});

export interface QueueWorkerParts {
  readonly log: Log;
  /** One for each kind that the queue brings; what none of them takes cannot be read here. */
  readonly takers: readonly Taker[];
  /** False while the data have come back from a backup and erasures are not yet replayed. @default - always true */
  readonly isOpen?: (() => Promise<boolean>) | null;
  /** Milliseconds since 1970. @default - the function's clock */
  readonly clock?: () => number;
}

/** The id of what the message is about. */
const subjectOf = (message: QueueMessage): LogFacts => {
  switch (message.kind) {
    case 'batch-to-take':
      return { batchId: message.batchId, fromRow: message.fromRow };
    case 'run-to-make':
      return { runId: message.runId };
    case 'what-if-to-answer':
      return { whatIfId: message.whatIfId };
  }
};

/**
 * A queue worker that answers per message: what failed comes again alone, after three tries it lies in the dead-letter
 * queue. A message that cannot be read is failed too, so that somebody sees it there; its neighbours are not touched.
 * Every message leaves one line in the log, with how long it had waited.
 */
export const makeQueueWorker =
  ({ log, takers, isOpen = null, clock = Date.now }: QueueWorkerParts) =>
  async (event: unknown): Promise<PartialBatchResponse> => {
    const { Records } = QueueEvent.parse(event);
    if (isOpen && !(await isOpen())) {
      log.warn('restore-waits', { messages: Records.length });
      return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    }
    const failed: { itemIdentifier: string }[] = [];
    for (const { messageId, body, attributes } of Records) {
      const age = { QueueAgeMs: Math.max(0, clock() - Number(attributes?.SentTimestamp)) };
      const received = { messageId, tries: Number(attributes?.ApproximateReceiveCount ?? 1) };
      const message = parse(body);
      const taker = takers.find(({ kind }) => kind === message?.kind);
      if (!message || !taker) {
        log.warn('message-unreadable', received, age);
        failed.push({ itemIdentifier: messageId });
        continue;
      }
      const { correlationId, tenant, kind } = message;
      const began = performance.now();
      const facts = (): LogFacts => ({
        correlationId,
        tenant,
        kind,
        ...subjectOf(message),
        ...received,
        durationMs: Math.round(performance.now() - began),
      });
      try {
        const tell = await taker.take(message);
        const told = tell(Math.round(performance.now() - began));
        log.info('message-handled', { ...facts(), ...told.facts }, { ...age, ...told.figures });
      } catch (error) {
        log.fault('message-failed', error, facts(), age);
        failed.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures: failed };
  };
