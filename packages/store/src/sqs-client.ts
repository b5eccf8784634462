import * as z from 'zod';
import type { ServiceConfig } from './aws-environment.ts';
import { makeJsonService } from './json-service.ts';

/** What the outbox needs of SQS. */
export interface Sqs {
  /** Sends at most ten messages in one request; the positions that the queue refused, with the service's code. */
  sendBatch(
    queueUrl: string,
    bodies: readonly string[],
  ): Promise<readonly { readonly index: number; readonly code: string }[]>;
}

const Sent = z.object({
  Failed: z.array(z.object({ Id: z.string(), Code: z.string() })).optional(),
});

export const makeSqs = (config: Pick<ServiceConfig, 'region' | 'credentials'>): Sqs => {
  const call = makeJsonService({ service: 'sqs', target: 'AmazonSQS', version: '1.0' }, config);
  return {
    sendBatch: async (queueUrl, bodies) => {
      const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      // The queue's own address says where its service is, on AWS and on the laptop alike.
      const { Failed = [] } = await call(
        new URL('/', queueUrl).href,
        'SendMessageBatch',
        { QueueUrl: queueUrl, Entries },
        Sent,
      );
      return Failed.map(({ Id, Code }) => ({ index: Number(Id), code: Code }));
    },
  };
};
