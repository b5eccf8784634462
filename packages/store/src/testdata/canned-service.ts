import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceConfig } from '../aws-environment.ts';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `hang-up`: the connection breaks, as if the answer was lost. */
export type CannedAnswer = { readonly status: number; readonly body: unknown } | 'hang-up';

export interface CannedService {
  readonly config: ServiceConfig;
  /** In the order they came. */
  readonly received: readonly ReceivedRequest[];
  stop(): Promise<void>;
}

/**
 * A service that gives these answers one after the other, the last again and again: for what an embedded engine never
 * does (conflicts, throttling, partial answers, broken connections).
 */
export const startCannedService = async (...answers: readonly CannedAnswer[]): Promise<CannedService> => {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      const answer = answers[Math.min(received.length, answers.length) - 1];
      if (answer === undefined || answer === 'hang-up') {
        response.socket?.destroy();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    config: {
      region: 'eu-north-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    },
    received,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
