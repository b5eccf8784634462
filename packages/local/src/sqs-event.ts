/** A message as the queue handed it out. */
export interface SqsMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, SqsMessageAttribute>>;
}

export interface SqsMessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
}

/** The answer of ReceiveMessage; throws when it is not one. */
export function readMessages(answer: unknown): readonly SqsMessage[] {
  if (!isRecord(answer)) throw new Error('ReceiveMessage answered something else than an object');
  const messages = answer.Messages ?? [];
  if (!Array.isArray(messages)) throw new Error('ReceiveMessage answered something else than messages');
  return messages.map((message: unknown) => {
    if (!isRecord(message)) throw new Error('ReceiveMessage answered a message that is not an object');
    return {
      messageId: text(message.MessageId),
      receiptHandle: text(message.ReceiptHandle),
      body: text(message.Body),
      md5OfBody: text(message.MD5OfBody),
      attributes: texts(message.Attributes),
      messageAttributes: readAttributes(message.MessageAttributes),
    };
  });
}

const TIMESTAMPS: ReadonlySet<string> = new Set(['SentTimestamp', 'ApproximateFirstReceiveTimestamp']);

/** The event that a mapping sends. Times are moved to the laptop's clock, because the queue engine keeps the machine's. */
export function toSqsEvent(
  batch: readonly SqsMessage[],
  { queueArn, region, offsetMs }: { readonly queueArn: string; readonly region: string; readonly offsetMs: number },
): object {
  const shift = ([name, value]: readonly [string, string]): readonly [string, string] =>
    TIMESTAMPS.has(name) ? [name, String(Number(value) + offsetMs)] : [name, value];
  return {
    Records: batch.map((message) => ({
      ...message,
      attributes: Object.fromEntries(Object.entries(message.attributes).map(shift)),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  };
}

function readAttributes(value: unknown): Readonly<Record<string, SqsMessageAttribute>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, attribute]) => {
      if (!isRecord(attribute)) throw new Error(`message attribute ${name} is not an object`);
      const { DataType, StringValue, BinaryValue } = attribute;
      return [
        name,
        {
          dataType: text(DataType),
          ...(typeof StringValue === 'string' ? { stringValue: StringValue } : {}),
          ...(typeof BinaryValue === 'string' ? { binaryValue: BinaryValue } : {}),
        },
      ];
    }),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('ReceiveMessage left out a field of a message');
  return value;
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, String(item)])) : {};
}
