import type { Blobs } from '@gruppstart/usecases/ports/senders';
import type { ServiceConfig } from './aws-environment.ts';
import { type Answer, makeSender } from './signed-requests.ts';

/** Enough for a file of 4 MB on a slow day. */
const TIMEOUT_MS = 15_000;

/** Objects of one bucket. What encrypts them is the bucket's own setting. */
export const makeBlobs = ({ bucket, ...config }: ServiceConfig & { readonly bucket: string }): Blobs => {
  const send = makeSender('s3', config, TIMEOUT_MS);
  const base =
    config.endpoint === null
      ? `https://${bucket}.s3.${config.region}.amazonaws.com`
      : `${config.endpoint.replace(/\/$/, '')}/${bucket}`;
  const urlOf = (key: string): string => `${base}/${key.split('/').map(encodeURIComponent).join('/')}`;

  /** The code of S3's answer, e.g. AccessDenied; nothing else of the body, which repeats the key. */
  const unexpected = (method: string, { status, body }: Answer): Error => {
    const code = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(Buffer.from(body).toString('utf8'))?.[1] ?? 'no code';
    return new Error(`${method} of an object was answered with ${status} (${code})`);
  };

  return {
    put: async (key, content) => {
      const headers = { 'Content-Type': 'application/octet-stream' };
      const answer = await send({ method: 'PUT', url: urlOf(key), headers, body: content });
      if (answer.status !== 200) throw unexpected('PUT', answer);
    },
    get: async (key) => {
      const answer = await send({ method: 'GET', url: urlOf(key), headers: {}, body: null });
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw unexpected('GET', answer);
      return answer.body;
    },
    delete: async (key) => {
      const answer = await send({ method: 'DELETE', url: urlOf(key), headers: {}, body: null });
      if (answer.status !== 204 && answer.status !== 200 && answer.status !== 404) throw unexpected('DELETE', answer);
    },
  };
};
