import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { QUEUE_OF, QueueMessage, type QueueName } from '@gruppstart/contracts/queue-messages';
import type { EventId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import type { Outbox } from '@gruppstart/usecases/ports/senders';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { makeCoreTable, makeOutboxEntity } from './entities.ts';
import { keys, outboxKeys } from './keys.ts';
import { type Item, unsentBelow } from './reads.ts';
import type { Sqs } from './sqs-client.ts';

export interface OutboxConfig {
  readonly sqs: Sqs;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly coreTable: string;
  /** Only the queues that the function may send to; messages for others stay for the one that may. */
  readonly queueUrls: Partial<Readonly<Record<QueueName, string>>>;
  readonly now: () => Instant;
  /** Told of what could not be sent or cleared and is left for the schedule, so that the function can log it. */
  readonly onFailure?: (cause: unknown, messages: number) => void;
}

const secondsBefore = (instant: Instant, seconds: number): Instant =>
  Instant.parse(new Date(Date.parse(instant) - seconds * 1_000).toISOString());

/** The service takes this many messages in one request. */
const BATCH = 10;

export const makeOutbox = ({ sqs, dynamodb, coreTable, queueUrls, now, onFailure }: OutboxConfig): Outbox => {
  const outbox = makeOutboxEntity(makeCoreTable(dynamodb, coreTable)).build(EntityFormatter);
  const failed = (cause: unknown, count: number): void => onFailure?.(cause, count);

  /** Sends at most ten to one queue; the events that the queue has taken. */
  const sendBatch = async (queue: QueueName, messages: readonly QueueMessage[]): Promise<readonly EventId[]> => {
    const queueUrl = queueUrls[queue];
    if (queueUrl === undefined) throw new Error(`No address for the queue ${queue}`);
    const refused = await sqs.sendBatch(
      queueUrl,
      messages.map((message) => JSON.stringify(message)),
    );
    if (refused[0]) failed(new Error(`The queue ${queue} refused: ${refused[0].code}`), refused.length);
    const positions = new Set(refused.map(({ index }) => index));
    return messages.filter((_, index) => !positions.has(index)).map(({ eventId }) => eventId);
  };

  const clear = async ({ tenant, eventId }: QueueMessage): Promise<void> => {
    await dynamodb.send(new DeleteCommand({ TableName: coreTable, Key: { ...keys.outbox(tenant, eventId) } }));
  };

  /** Sends, then clears what was taken. Between the two a crash leaves a message that is sent again. */
  const deliver = async (messages: readonly QueueMessage[]): Promise<number> => {
    const taken = new Set<EventId>();
    for (const [queue, forQueue] of Map.groupBy(messages, ({ kind }) => QUEUE_OF[kind])) {
      for (let from = 0; from < forQueue.length; from += BATCH) {
        const batch = forQueue.slice(from, from + BATCH);
        try {
          for (const eventId of await sendBatch(queue, batch)) taken.add(eventId);
        } catch (thrown) {
          failed(thrown, batch.length);
        }
      }
    }
    const sent = messages.filter(({ eventId }) => taken.has(eventId));
    const cleared = await Promise.allSettled(sent.map(clear));
    const uncleared = cleared.filter((outcome) => outcome.status === 'rejected');
    if (uncleared[0]) failed(uncleared[0].reason, uncleared.length);
    return sent.length;
  };

  return {
    flush: async (_tenant, messages) => {
      await deliver(messages);
    },

    resend: async (olderThanSeconds, limit) => {
      const before = outboxKeys.before(secondsBefore(now(), olderThanSeconds));
      const found: Item[] = [];
      for (const partition of outboxKeys.partitions) {
        if (found.length === limit) break;
        found.push(...(await unsentBelow({ dynamodb, coreTable }, partition, before, limit - found.length)));
      }
      const messages = found.flatMap((item) => {
        const parsed = QueueMessage.safeParse(outbox.format({ ...item }).message);
        if (!parsed.success) failed(new Error('A stored message cannot be read', { cause: parsed.error }), 1);
        return parsed.success ? [parsed.data] : [];
      });
      const sent = await deliver(messages);
      return { sent, failed: found.length - sent };
    },
  };
};
