import { createHash } from 'node:crypto';
import type { Blobs } from '@gruppstart/usecases/ports/senders';
import { AwsClient } from 'aws4fetch';
import { pauseBeforeRetry } from './backoff.ts';

/** From the environment of the function, as the runtime hands them out. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface BlobsConfig {
  readonly bucket: string;
  readonly region: string;
  /** AWS_ENDPOINT_URL_S3 where it is set; null: the region's own. */
  readonly endpoint: string | null;
  readonly credentials: Credentials;
}

const ATTEMPTS = 4;
/** Enough for a file of 4 MB on a slow day. */
const TIMEOUT_MS = 15_000;

const isPassing = (status: number): boolean => status >= 500 || status === 429;

/**
 * Objects over signed requests: the SDK's client for S3 alone is larger than the rest of a function. All three deeds
 * may be repeated, so they are, after a broken connection or a fault of the service.
 */
export const makeBlobs = ({ bucket, region, endpoint, credentials }: BlobsConfig): Blobs => {
  const client = new AwsClient({ ...credentials, service: 's3', region, retries: 0 });
  const base =
    endpoint === null ? `https://${bucket}.s3.${region}.amazonaws.com` : `${endpoint.replace(/\/$/, '')}/${bucket}`;
  const urlOf = (key: string): string => `${base}/${key.split('/').map(encodeURIComponent).join('/')}`;

  const requestOnce = async (method: 'GET' | 'PUT' | 'DELETE', key: string, content: Uint8Array | null) => {
    const signed = await client.sign(urlOf(key), {
      method,
      headers: {
        'X-Amz-Content-Sha256': createHash('sha256')
          .update(content ?? '')
          .digest('hex'),
      },
      ...(content === null ? {} : { body: new Uint8Array(content) }),
    });
    const response = await fetch(signed, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    // Read within the try: a body may break off as a connection may.
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
  };

  const request = async (method: 'GET' | 'PUT' | 'DELETE', key: string, content: Uint8Array | null = null) => {
    let broken: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await pauseBeforeRetry(attempt);
      try {
        const answer = await requestOnce(method, key, content);
        if (!isPassing(answer.status)) return answer;
        broken = `status ${answer.status}`;
      } catch (thrown) {
        broken = thrown;
      }
    }
    throw new Error(`${method} of an object did not succeed in ${ATTEMPTS} tries`, { cause: broken });
  };

  /** The code of S3's answer, e.g. AccessDenied; nothing else of the body, which repeats the key. */
  const unexpected = (method: string, { status, body }: { status: number; body: Uint8Array }): Error => {
    const code = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(Buffer.from(body).toString('utf8'))?.[1] ?? 'no code';
    return new Error(`${method} of an object was answered with ${status} (${code})`);
  };

  return {
    put: async (key, content) => {
      const answer = await request('PUT', key, content);
      if (answer.status !== 200) throw unexpected('PUT', answer);
    },
    get: async (key) => {
      const answer = await request('GET', key);
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw unexpected('GET', answer);
      return answer.body;
    },
    delete: async (key) => {
      const answer = await request('DELETE', key);
      if (answer.status !== 204 && answer.status !== 200 && answer.status !== 404) throw unexpected('DELETE', answer);
    },
  };
};
