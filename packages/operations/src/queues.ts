import { makeJsonService } from '@gruppstart/store/json-service';
import * as z from 'zod';

/** Where the queues are and as whom they are asked. */
export interface QueuesConfig {
  /** The address of SQS: the region's own on AWS, the running laptop's engine otherwise. */
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Only queues whose names begin so: an account may hold those of others. Empty: all. */
  readonly namePrefix: string;
}

/** A queue and the one in which its messages lie after the last try. */
export interface QueueWithDeadLetters {
  /** The name of the queue, not of its dead letters. */
  readonly name: string;
  readonly url: string;
  readonly deadLetterUrl: string;
  /** Messages that nobody holds at the moment, as the service estimates them. */
  readonly deadLetters: number;
}

export interface DeadLetter {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
}

/** The few calls that an operator needs. Each rejects when the service refuses. */
export interface Queues {
  withDeadLetters(): Promise<readonly QueueWithDeadLetters[]>;
  /** At most ten messages, held back from others for this long. An empty list: none is to be had now. */
  receive(url: string, holdSeconds: number): Promise<readonly DeadLetter[]>;
  send(url: string, body: string): Promise<void>;
  remove(url: string, letter: DeadLetter): Promise<void>;
  /** Lets go of a message at once instead of when its time is over. */
  release(url: string, letter: DeadLetter): Promise<void>;
}

const Listed = z.object({ QueueUrls: z.array(z.url()).default([]), NextToken: z.string().optional() });
const Attributes = z.object({ Attributes: z.record(z.string(), z.string()).default({}) });
const Received = z.object({
  Messages: z.array(z.object({ MessageId: z.string(), ReceiptHandle: z.string(), Body: z.string() })).default([]),
});
const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });
const Nothing = z.unknown();

const MESSAGES_AT_ONCE = 10;
/** Waiting at all is what makes SQS ask every one of its servers: a look without it may miss what is there. */
const WAIT_SECONDS = 1;

const nameOf = (urlOrArn: string): string =>
  urlOrArn.slice(Math.max(urlOrArn.lastIndexOf('/'), urlOrArn.lastIndexOf(':')) + 1);

export const makeQueues = ({ endpoint, region, credentials, namePrefix }: QueuesConfig): Queues => {
  const call = makeJsonService({ service: 'sqs', target: 'AmazonSQS', version: '1.0' }, { region, credentials });
  const ask = <T>(operation: string, input: object, output: z.ZodType<T>): Promise<T> =>
    call(new URL('/', endpoint).href, operation, input, output);

  const listUrls = async (): Promise<readonly string[]> => {
    const urls: string[] = [];
    let from: string | undefined;
    do {
      const prefix = namePrefix === '' ? {} : { QueueNamePrefix: namePrefix };
      const page = await ask(
        'ListQueues',
        { ...prefix, MaxResults: 1000, ...(from === undefined ? {} : { NextToken: from }) },
        Listed,
      );
      urls.push(...page.QueueUrls);
      from = page.NextToken;
    } while (from !== undefined);
    return urls;
  };

  return {
    withDeadLetters: async () => {
      const urls = await listUrls();
      const urlByName = new Map(urls.map((url) => [nameOf(url), url]));
      const attributesOf = async (url: string) => {
        const asked = { QueueUrl: url, AttributeNames: ['RedrivePolicy', 'ApproximateNumberOfMessages'] };
        return (await ask('GetQueueAttributes', asked, Attributes)).Attributes;
      };
      const attributes = new Map(await Promise.all(urls.map(async (url) => [url, await attributesOf(url)] as const)));
      return urls
        .flatMap((url): QueueWithDeadLetters[] => {
          const policy = attributes.get(url)?.RedrivePolicy;
          if (policy === undefined || policy === '') return [];
          const { deadLetterTargetArn } = RedrivePolicy.parse(JSON.parse(policy));
          const deadLetterUrl = urlByName.get(nameOf(deadLetterTargetArn));
          if (deadLetterUrl === undefined) return [];
          const deadLetters = Number(attributes.get(deadLetterUrl)?.ApproximateNumberOfMessages ?? '0');
          return [{ name: nameOf(url), url, deadLetterUrl, deadLetters }];
        })
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    receive: async (url, holdSeconds) => {
      const input = {
        QueueUrl: url,
        MaxNumberOfMessages: MESSAGES_AT_ONCE,
        VisibilityTimeout: holdSeconds,
        WaitTimeSeconds: WAIT_SECONDS,
      };
      const { Messages } = await ask('ReceiveMessage', input, Received);
      return Messages.map(({ MessageId, ReceiptHandle, Body }) => ({
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
      }));
    },
    send: async (url, body) => {
      await ask('SendMessage', { QueueUrl: url, MessageBody: body }, Nothing);
    },
    remove: async (url, { receiptHandle }) => {
      await ask('DeleteMessage', { QueueUrl: url, ReceiptHandle: receiptHandle }, Nothing);
    },
    release: async (url, { receiptHandle }) => {
      await ask(
        'ChangeMessageVisibility',
        { QueueUrl: url, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 },
        Nothing,
      );
    },
  };
};
