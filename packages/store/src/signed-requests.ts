import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import type { ServiceConfig } from './aws-environment.ts';
import { pauseBeforeRetry } from './backoff.ts';

/*
 * Signed requests for the services of which we use two or three operations. The SDK's client for S3 alone is larger
 * than the rest of a function, and those for SQS and KMS would take an API function over its size (README, Nuances).
 */

export interface SignedRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

export interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

const ATTEMPTS = 4;
const TOO_MANY_REQUESTS = 429;

const isPassing = ({ status }: Answer): boolean => status >= 500 || status === TOO_MANY_REQUESTS;

/**
 * Sends what may be repeated: again after a broken connection, a fault of the service, or when the caller's `again`
 * says that the answer will pass. Throws when four tries did not do.
 */
export const makeSender = (
  service: 's3' | 'sqs' | 'kms',
  { region, credentials }: Pick<ServiceConfig, 'region' | 'credentials'>,
  timeoutMs: number,
  again: (answer: Answer) => boolean = () => false,
) => {
  const client = new AwsClient({ ...credentials, service, region, retries: 0 });

  const sendOnce = async ({ method, url, headers, body }: SignedRequest): Promise<Answer> => {
    const signed = await client.sign(url, {
      method,
      headers: {
        ...headers,
        'X-Amz-Content-Sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
      },
      ...(body === null ? {} : { body: new Uint8Array(body) }),
    });
    const response = await fetch(signed, { signal: AbortSignal.timeout(timeoutMs) });
    // Read here, where it is tried again: a body may break off as a connection may.
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
  };

  return async (request: SignedRequest): Promise<Answer> => {
    let broken: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await pauseBeforeRetry(attempt);
      try {
        const answer = await sendOnce(request);
        if (!isPassing(answer) && !again(answer)) return answer;
        broken = new Error(`The answer was ${answer.status}`);
      } catch (thrown) {
        broken = thrown;
      }
    }
    throw new Error(`${request.method} to ${service} did not succeed in ${ATTEMPTS} tries`, { cause: broken });
  };
};
