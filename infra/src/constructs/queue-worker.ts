import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { NodeFunction, type NodeFunctionProps } from './node-function.ts';
import { WorkQueue } from './work-queue.ts';

export interface QueueWorkerProps extends NodeFunctionProps {
  /** Construct id and logical id of the queue. */
  readonly queueId: string;
  readonly key: IKey;
  /** Messages in one call, at most. */
  readonly batchSize: number;
  /** Calls at the same time, at most (AWS takes 2 or more). Bounds the load on the tables when much is sent at once. */
  readonly maxConcurrency: number;
}

/** A function that takes messages from a queue of its own and answers which of them failed. */
export class QueueWorker extends NodeFunction {
  readonly work: WorkQueue;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id, props);
    this.work = new WorkQueue(scope, props.queueId, { key: props.key, workerTimeoutSeconds: props.timeoutSeconds });
    // What the service's poller needs of the function's role, and no more.
    this.allow({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.work.queue.queueArn],
    });
    new EventSourceMapping(this, 'Mapping', {
      target: this.function,
      eventSourceArn: this.work.queue.queueArn,
      batchSize: props.batchSize,
      // A message is taken at once: somebody is waiting for the answer.
      maxBatchingWindow: Duration.seconds(0),
      maxConcurrency: props.maxConcurrency,
      reportBatchItemFailures: true,
    });
  }
}
