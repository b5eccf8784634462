/** The HTTP side of the AWS JSON protocols: one POST with the operation in `x-amz-target`, JSON in and out. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';

/** DynamoDB's limit for a request; more is answered with 413. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
/** Longer than the SDK keeps an idle connection, so that the server never closes one that is about to be used. */
const KEEP_ALIVE_MS = 120_000;

const CORAL = 'com.amazon.coral.service#';

export interface JsonAnswer {
  statusCode: number;
  body: unknown;
}

export interface JsonService {
  /** What a GET answers, so that one can see that the service is up. */
  greeting: string;
  /** Prefixes of `x-amz-target`, for example `TrentService`. */
  targets: readonly string[];
  knows(operationName: string): boolean;
  /** Called for requests that carry an AWS signature. What it throws is answered with 500. */
  answer(operationName: string, body: unknown): Promise<JsonAnswer>;
  /** Told of each request before it is answered, with its `Authorization` header. */
  observe?(authorization: string, operationName: string, body: unknown): void;
}

export interface JsonServer {
  url: string;
  port: number;
  /** Finishes the requests under way and closes. */
  stop(): Promise<void>;
}

/**
 * Serves on 127.0.0.1. Signatures are required and not verified: any key pair will do.
 * @param port 0 takes a free one
 * @throws when the port is taken (code EADDRINUSE)
 */
export async function serveJson(service: JsonService, port: number): Promise<JsonServer> {
  const underWay = new Set<Promise<void>>();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const handling = handle(service, request, response).catch((error) => {
      // A caller that went away in the middle of its request is no fault of ours.
      if (!request.destroyed) console.error(error);
      response.destroy();
    });
    underWay.add(handling);
    handling.finally(() => underWay.delete(handling));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const boundPort = portOf(server);
  return {
    url: `http://127.0.0.1:${boundPort}`,
    port: boundPort,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      await Promise.all(underWay);
      server.closeAllConnections();
      await closed;
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

async function handle(service: JsonService, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('x-amzn-RequestId', randomBytes(26).toString('hex').toUpperCase());
  const body = await readBody(request);
  if (body === null) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  if (request.method === 'GET') {
    response.writeHead(200).end(service.greeting);
    return;
  }
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (request.method !== 'POST' || !/^application\/(json|x-amz-json-1\.[01])$/.test(contentType)) {
    response.writeHead(404).end('<UnknownOperationException/>\n');
    return;
  }
  const { statusCode, body: answer } = await answerOf(service, request, body);
  const text = JSON.stringify(answer);
  response.writeHead(statusCode, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'x-amz-crc32': crc32(text),
  });
  response.end(text);
}

async function answerOf(service: JsonService, request: IncomingMessage, text: string): Promise<JsonAnswer> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refused('SerializationException');
  }
  if (typeof body !== 'object' || body === null) return refused('SerializationException');
  const [target, operationName, ...rest] = String(request.headers['x-amz-target'] ?? '').split('.');
  if (target === undefined || operationName === undefined || rest.length > 0)
    return refused('UnknownOperationException');
  if (!service.targets.includes(target) || !service.knows(operationName)) return refused('UnknownOperationException');
  const unsigned = signatureRefusal(request);
  if (unsigned !== null) return unsigned;
  service.observe?.(request.headers.authorization ?? '', operationName, body);
  try {
    return await service.answer(operationName, body);
  } catch (fault) {
    console.error(fault);
    return { statusCode: 500, body: { __type: `${CORAL}InternalServerError`, message: 'The engine failed' } };
  }
}

function signatureRefusal(request: IncomingMessage): JsonAnswer | null {
  const header = request.headers.authorization;
  if (header === undefined || !header.trim().startsWith('AWS4-')) {
    return refused('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !header.includes(`${name}=`));
  let message = missing.map((name) => `Authorization header requires '${name}' parameter. `).join('');
  if (request.headers['x-amz-date'] === undefined && request.headers.date === undefined) {
    message += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  return message === '' ? null : refused('IncompleteSignatureException', `${message}Authorization=${header}`);
}

function refused(name: string, message?: string): JsonAnswer {
  return { statusCode: 400, body: { __type: CORAL + name, ...(message === undefined ? {} : { message }) } };
}

/** The whole body as text, or null when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
