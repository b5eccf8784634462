import { callAws } from '../aws-json.ts';
import type { QueueModel } from '../template/model.ts';
import type { QueueDepth } from './laptop-controls.ts';

/** How many messages lie in each queue. */
export function readQueueDepths(
  endpoint: string,
  region: string,
  accountId: string,
  queues: readonly QueueModel[],
): Promise<readonly QueueDepth[]> {
  const deadLetterArns = new Set(queues.map(({ redrive }) => redrive?.targetArn));
  return Promise.all(
    queues.map(async ({ name, arn }) => {
      const answer = await callAws(
        endpoint,
        'sqs',
        'GetQueueAttributes',
        { QueueUrl: `${endpoint}/${accountId}/${name}`, AttributeNames: ['All'] },
        { region },
      );
      const count = (attribute: string): number => Number(readAttribute(answer, attribute));
      return {
        queue: name,
        isDeadLetter: deadLetterArns.has(arn),
        waiting: count('ApproximateNumberOfMessages'),
        inFlight: count('ApproximateNumberOfMessagesNotVisible'),
        delayed: count('ApproximateNumberOfMessagesDelayed'),
      };
    }),
  );
}

function readAttribute(answer: unknown, attribute: string): unknown {
  if (typeof answer !== 'object' || answer === null || !('Attributes' in answer)) return Number.NaN;
  const attributes: unknown = answer.Attributes;
  if (typeof attributes !== 'object' || attributes === null) return Number.NaN;
  return Object.entries(attributes).find(([name]) => name === attribute)?.[1];
}
