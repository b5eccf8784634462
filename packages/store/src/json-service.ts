import * as z from 'zod';
import type { ServiceConfig } from './aws-environment.ts';
import { type Answer, makeSender } from './signed-requests.ts';

/** A service answered with an error. The code says what; the service's own words are left out, they may repeat content. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;

  constructor(operation: string, code: string) {
    super(`${operation} was answered with ${code}`);
    this.code = code;
  }
}

const TIMEOUT_MS = 5_000;
const THROTTLES = ['ThrottlingException', 'RequestThrottled', 'TooManyRequestsException'];

const ErrorBody = z.object({ __type: z.string() });

const json = ({ body }: Answer): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
};

/** `com.amazonaws.kms#InvalidCiphertextException` and `InvalidCiphertextException` are the same. */
const codeOf = (answer: Answer): string => {
  const parsed = ErrorBody.safeParse(json(answer));
  return parsed.success ? parsed.data.__type.slice(parsed.data.__type.lastIndexOf('#') + 1) : `status ${answer.status}`;
};

interface JsonProtocol {
  readonly service: 'sqs' | 'kms';
  /** What operations are prefixed with in X-Amz-Target. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
}

/** Calls of an AWS service that speaks JSON. Every operation called so must be safe to repeat. */
export const makeJsonService = (
  { service, target, version }: JsonProtocol,
  config: Pick<ServiceConfig, 'region' | 'credentials'>,
) => {
  const send = makeSender(
    service,
    config,
    TIMEOUT_MS,
    (answer) => answer.status === 400 && THROTTLES.includes(codeOf(answer)),
  );

  /** @throws ServiceError when the service refuses, ZodError when it answers what it should not */
  return async <T>(url: string, operation: string, input: object, output: z.ZodType<T>): Promise<T> => {
    const answer = await send({
      method: 'POST',
      url,
      headers: { 'Content-Type': `application/x-amz-json-${version}`, 'X-Amz-Target': `${target}.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
    });
    if (answer.status !== 200) throw new ServiceError(operation, codeOf(answer));
    return output.parse(json(answer));
  };
};
