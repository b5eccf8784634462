import { QueueMessage } from '@gruppstart/contracts/queue-messages';
import * as z from 'zod';
import type { Log } from '../log.ts';

const QueueEvent = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});

export interface PartialBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

type MessageOf<K extends QueueMessage['kind']> = Extract<QueueMessage, { kind: K }>;

const isOfKind = <K extends QueueMessage['kind']>(message: QueueMessage, kind: K): message is MessageOf<K> =>
  message.kind === kind;

const parse = <K extends QueueMessage['kind']>(body: string, kind: K): MessageOf<K> | null => {
  try {
    const read = QueueMessage.safeParse(JSON.parse(body));
    return read.success && isOfKind(read.data, kind) ? read.data : null;
  } catch {
    return null;
  }
};

/**
 * A queue worker that answers per message: what failed comes again alone, after three tries it lies in the dead-letter
 * queue. A message that cannot be read is failed too, so that somebody sees it there; its neighbours are not touched.
 */
export const makeQueueWorker =
  <K extends QueueMessage['kind']>(log: Log, kind: K, handle: (message: MessageOf<K>) => Promise<void>) =>
  async (event: unknown): Promise<PartialBatchResponse> => {
    const { Records } = QueueEvent.parse(event);
    const failed: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of Records) {
      const message = parse(body, kind);
      if (!message) {
        log.warn('message-unreadable', { messageId });
        failed.push({ itemIdentifier: messageId });
        continue;
      }
      try {
        await handle(message);
        log.info('message-handled', { messageId, kind, correlationId: message.correlationId });
      } catch (error) {
        log.fault('message-failed', error, { messageId, kind, correlationId: message.correlationId });
        failed.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures: failed };
  };
