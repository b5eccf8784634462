import type { CallRecorder } from '../recording/call-recorder.ts';
import { objectCalls } from '../recording/object-calls.ts';
import { queueCalls } from '../recording/queue-calls.ts';
import type { QueueModel } from '../template/model.ts';
import { type FauxqsRequest, openFauxqs, type Persistence, type SqsQueue } from './fauxqs-internals.ts';

/** The laptop's SQS and S3, on one port of the loopback interface. */
export interface QueueEngine {
  readonly url: string;
  readonly port: number;
  /** Makes the queue, or brings one that exists to what the template says; messages in it stay. */
  ensureQueue(queue: QueueModel): void;
  ensureBucket(name: string): void;
  /**
   * Makes every message visible that was being handled when the laptop last stopped: whoever held it is gone. Returns
   * how many. The try is given back: the whole laptop went down, which says nothing of the message.
   */
  releaseInFlight(): number;
  stop(): Promise<void>;
}

export interface QueueEngineOptions {
  /** Null keeps everything in memory. */
  readonly dataDir: string | null;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly region: string;
  readonly accountId: string;
  /** Multiplies every visibility timeout, for tests that cannot wait for minutes. The shortest is one second. */
  readonly visibilityScale?: number;
  /** Keeps which function asked for what; left out, nothing is kept. */
  readonly recorder?: CallRecorder;
}

export async function startQueueEngine(options: QueueEngineOptions): Promise<QueueEngine> {
  const { dataDir, region, accountId, visibilityScale = 1 } = options;
  const { stores, persistence, app } = await openFauxqs(dataDir, region);
  if (persistence !== null) mendPersistence(persistence);
  for (const queue of stores.sqsStore.allQueues()) moveAtomically(queue, persistence);
  const { recorder } = options;
  if (recorder !== undefined) {
    app.addHook('onResponse', async (request, { statusCode }) => recordRequest(recorder, request, statusCode));
  }
  const address = await app.listen({ port: options.port ?? 0, host: '127.0.0.1' });
  const port = Number(new URL(address).port);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    ensureQueue(model) {
      const attributes = queueAttributes(model, visibilityScale);
      const known = stores.sqsStore.getQueueByName(model.name);
      if (known !== undefined) {
        known.setAttributes(attributes);
        return;
      }
      // Never the engine's own kind of address: its host name resolves on no machine.
      const queue = stores.sqsStore.createQueue(model.name, `${url}/${accountId}/${model.name}`, model.arn, attributes);
      moveAtomically(queue, persistence);
    },
    ensureBucket: (name) => stores.s3Store.createBucket(name),
    releaseInFlight() {
      let released = 0;
      for (const queue of stores.sqsStore.allQueues()) {
        for (const held of queue.inflightMessages.values()) {
          held.visibilityDeadline = 0;
          held.message.approximateReceiveCount = Math.max(0, held.message.approximateReceiveCount - 1);
          released += 1;
        }
        queue.processTimers();
      }
      return released;
    },
    async stop() {
      await app.close();
      persistence?.close();
    },
  };
}

/** SQS and S3 share a port; only SQS says in a header what it is asked for. */
function recordRequest(
  recorder: CallRecorder,
  { method, url, headers, body }: FauxqsRequest,
  statusCode: number,
): void {
  const header = (name: string): string => String(headers[name] ?? '');
  const operationName = header('x-amz-target').split('.')[1];
  const copySource = header('x-amz-copy-source');
  recorder.record(header('authorization') || url, () =>
    operationName === undefined
      ? objectCalls({ method, url, statusCode, ...(copySource === '' ? {} : { copySource }) })
      : queueCalls(operationName, body, recorder.place),
  );
}

function queueAttributes(model: QueueModel, visibilityScale: number): Record<string, string> {
  return {
    VisibilityTimeout: String(Math.max(1, Math.round(model.visibilityTimeoutSeconds * visibilityScale))),
    MessageRetentionPeriod: String(model.retentionSeconds),
    DelaySeconds: String(model.delaySeconds),
    // An empty policy takes an earlier one away.
    RedrivePolicy:
      model.redrive === null
        ? ''
        : JSON.stringify({
            deadLetterTargetArn: model.redrive.targetArn,
            maxReceiveCount: model.redrive.maxReceiveCount,
          }),
  };
}

function mendPersistence(persistence: Persistence): void {
  // Survives the death of this process, which is what can happen on a laptop; a power cut may cost the last moments.
  persistence.db.exec('PRAGMA synchronous = NORMAL');
  // Version 2.4.1 writes null into a column that forbids it, so a message could never be made visible before its time.
  const makeReady = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => {
    makeReady.run(messageId);
  };
}

/**
 * A message moves to the dead-letter queue by a delete and an insert. One transaction around both, or a crash between
 * them would lose it.
 */
function moveAtomically(queue: SqsQueue, persistence: Persistence | null): void {
  if (persistence === null) return;
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (...args) => {
    queue.processTimers();
    if (queue.messages.length === 0) return dequeue(...args);
    let result: unknown;
    persistence.transaction(() => {
      result = dequeue(...args);
    });
    return result;
  };
}
