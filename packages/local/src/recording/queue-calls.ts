import { type AwsCall, type Place, textOf } from './aws-call.ts';

/** Batch operations that IAM knows by the name of the single one (Service Authorization Reference, Amazon SQS). */
const SINGLE_NAMES: ReadonlyMap<string, string> = new Map([
  ['SendMessageBatch', 'SendMessage'],
  ['DeleteMessageBatch', 'DeleteMessage'],
  ['ChangeMessageVisibilityBatch', 'ChangeMessageVisibility'],
]);

/** What IAM is asked about one request to SQS. */
export function queueCalls(operationName: string, body: unknown, { region, accountId }: Place): readonly AwsCall[] {
  const queue = textOf(body, 'QueueUrl').split('/').at(-1) || textOf(body, 'QueueName');
  return [
    {
      action: `sqs:${SINGLE_NAMES.get(operationName) ?? operationName}`,
      resource: `arn:aws:sqs:${region}:${accountId}:${queue}`,
      context: {},
    },
  ];
}
