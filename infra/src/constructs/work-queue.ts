import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { keepLogicalId } from './stable-id.ts';

/** AWS asks for at least this many times the function's timeout, so that a slow batch is not handed out twice. */
const VISIBILITY_PER_TIMEOUT = 6;
const DAYS_IN_QUEUE = 4;
/** The age counts from when the message was first sent, so this must be well over the days in the queue. */
const DAYS_IN_DEAD_LETTER_QUEUE = 14;
export const MAX_RECEIVE_COUNT = 3;

export interface WorkQueueProps {
  readonly key: IKey;
  /** Timeout of the function that takes the messages. The visibility timeout is six times as long. */
  readonly workerTimeoutSeconds: number;
}

/** A queue whose messages are tried three times and then lie in a dead-letter queue until a person has looked. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const common = { encryption: QueueEncryption.KMS, encryptionMasterKey: props.key, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...common,
      retentionPeriod: Duration.days(DAYS_IN_DEAD_LETTER_QUEUE),
    });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      retentionPeriod: Duration.days(DAYS_IN_QUEUE),
      visibilityTimeout: Duration.seconds(VISIBILITY_PER_TIMEOUT * props.workerTimeoutSeconds),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    keepLogicalId(this.queue, id);
    keepLogicalId(this.deadLetters, `${id}DeadLetters`);
  }
}
