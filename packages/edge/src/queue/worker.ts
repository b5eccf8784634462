import { QueueMessage } from '@gruppstart/contracts/queue-messages';
import * as z from 'zod';
import type { Log } from '../log.ts';

const QueueEvent = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});

export interface PartialBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

const parse = (body: string): QueueMessage | null => {
  try {
    const read = QueueMessage.safeParse(JSON.parse(body));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
};

/**
 * A queue worker that answers per message: what failed comes again alone, after three tries it lies in the dead-letter
 * queue. A message that cannot be read is failed too, so that somebody sees it there; its neighbours are not touched.
 */
export const makeQueueWorker =
  (log: Log, handle: (message: QueueMessage) => Promise<void>) =>
  async (event: unknown): Promise<PartialBatchResponse> => {
    const { Records } = QueueEvent.parse(event);
    const failed: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of Records) {
      const message = parse(body);
      if (!message) {
        log.warn('message-unreadable', { messageId });
        failed.push({ itemIdentifier: messageId });
        continue;
      }
      try {
        await handle(message);
        log.info('message-handled', { messageId, kind: message.kind, correlationId: message.correlationId });
      } catch (error) {
        log.fault('message-failed', error, { messageId, kind: message.kind, correlationId: message.correlationId });
        failed.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures: failed };
  };
