import type { AwsCall } from '@gruppstart/local/recording/aws-call';
import { PLACE } from './concrete-template.ts';
import type { FunctionRights, TemplateRights } from './policies.ts';

/*
 * Calls that a service makes with the rights of whoever called it, and that no engine on a laptop makes: using the key
 * that the template encrypts a table, queue or bucket with, taking messages, writing logs and traces. They are worked
 * out from the template, so that a table that gets another key asks for rights to that key.
 */

/** `table/Core/index/lists` is kept in the table, an object in its bucket. */
const holderOf = (resource: string): string => {
  if (resource.startsWith('arn:aws:s3:::')) return resource.split('/')[0] ?? resource;
  return resource.replace(/\/index\/.*$/, '');
};

/** What the service binds the data key to, as CloudTrail shows it and policies may ask for. */
const encryptionContext = (service: string, holder: string): Readonly<Record<string, string>> => {
  switch (service) {
    case 'dynamodb':
      return {
        'kms:EncryptionContext:aws:dynamodb:tableName': holder.split('/').at(-1) ?? '',
        'kms:EncryptionContext:aws:dynamodb:subscriberId': PLACE.accountId,
      };
    case 's3':
      // With a bucket key, all objects are bound to the bucket.
      return { 'kms:EncryptionContext:aws:s3:arn': holder };
    default:
      return { [`kms:EncryptionContext:aws:${service}:arn`]: holder };
  }
};

/**
 * What each service does with the key. DynamoDB opens the table's key for every read and write (Developer Guide, "DynamoDB
 * encryption at rest: how it works"); S3 makes a key for what is put and opens it for what is got; SQS makes one for what
 * is sent and opens it at once to see that it is whole, and opens it for what is taken (SQS Developer Guide, "Key management").
 */
const keyActions = (action: string): readonly string[] => {
  if (action.startsWith('dynamodb:')) return ['kms:Decrypt'];
  switch (action) {
    case 's3:GetObject':
    case 'sqs:ReceiveMessage':
      return ['kms:Decrypt'];
    case 's3:PutObject':
      return ['kms:GenerateDataKey'];
    case 'sqs:SendMessage':
      return ['kms:GenerateDataKey', 'kms:Decrypt'];
    default:
      return [];
  }
};

/** The calls of the key service that a service makes on behalf of the caller of `call`. */
export const keyCallsOf = ({ keyOf }: TemplateRights, { action, resource }: AwsCall): readonly AwsCall[] => {
  const holder = holderOf(resource);
  const key = keyOf.get(holder);
  if (key === undefined) return [];
  const service = action.split(':')[0] ?? '';
  const context = encryptionContext(service, holder);
  return keyActions(action).map((keyAction) => ({
    action: keyAction,
    resource: key,
    context: { ...context, 'kms:ViaService': `${service}.${PLACE.region}.amazonaws.com` },
  }));
};

/** What Lambda does with a function's rights because the function runs at all. */
export const platformCallsOf = ({ logGroup, traces, takesFrom }: FunctionRights): readonly AwsCall[] => {
  const on = (action: string, resource: string): AwsCall => ({ action, resource, context: {} });
  const stream = `arn:aws:logs:${PLACE.region}:${PLACE.accountId}:log-group:${logGroup}:log-stream:any`;
  return [
    ...(logGroup === null ? [] : [on('logs:CreateLogStream', stream), on('logs:PutLogEvents', stream)]),
    ...(traces ? [on('xray:PutTraceSegments', '*'), on('xray:PutTelemetryRecords', '*')] : []),
    // The poller asks for the queue's settings before it takes anything (Lambda Developer Guide, "Using Lambda with SQS").
    ...takesFrom.map((queue) => on('sqs:GetQueueAttributes', queue)),
  ];
};
