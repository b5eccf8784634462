import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Gateway } from './gateway.ts';
import { type GatewayAnswer, refuse } from './gateway-answer.ts';
import { readTarget } from './http-event.ts';

/** The socket side of the gateway. Takes connections before the functions are ready and answers 503 until then. */
export interface GatewayServer {
  readonly url: string;
  readonly port: number;
  /** From now on requests are answered by the gateway. */
  open(gateway: Gateway): void;
  /** Takes no new requests, lets those under way finish, then closes. */
  close(): Promise<void>;
}

/** What the HTTP API takes in one body. */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;
/** A client that never finishes its request does not hold up the stop for longer. */
const CLOSE_LIMIT_MS = 5_000;
/** What is read of a too large body before the connection is cut after all. */
const DRAIN_LIMIT_BYTES = 10 * BODY_LIMIT_BYTES;
/** What the HTTP API takes in request line and headers together. */
const HEADER_LIMIT_BYTES = 10_240;

/** What all unfinished bodies may take of the machine's memory together: some fifty of the largest. */
const BODIES_LIMIT_BYTES = 50 * BODY_LIMIT_BYTES;

/**
 * Listens on loopback only. Rejects with the system's own error (EADDRINUSE) when the port is taken. A body for which
 * there is no room beside others that are still coming in is a 503.
 */
export async function startGatewayServer(
  port: number,
  { bodiesLimitBytes = BODIES_LIMIT_BYTES }: { readonly bodiesLimitBytes?: number } = {},
): Promise<GatewayServer> {
  const room: Room = { freeBytes: bodiesLimitBytes };
  const notOpen: Gateway = async () => refuse(503);
  let gateway = notOpen;
  let closing = false;
  const server = createServer({ maxHeaderSize: HEADER_LIMIT_BYTES, keepAliveTimeout: 60_000 }, (request, response) => {
    void handle(request, gateway, room).then((answer) => {
      if (answer !== null) send(response, answer, closing);
    });
  });
  await listen(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    open(opened) {
      gateway = opened;
    },
    close() {
      closing = true;
      gateway = notOpen;
      return new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), CLOSE_LIMIT_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

/** Null when the client went away. */
async function handle(request: IncomingMessage, gateway: Gateway, room: Room): Promise<GatewayAnswer | null> {
  const target = readTarget(request.url ?? '/');
  if (target === null) return BAD_REQUEST;
  const body = await readBody(request, room);
  if (body === 'aborted') return null;
  if (body === 'no-room') return refuse(503, { connection: 'close' });
  if (body === 'too-large') return refuse(413, { connection: 'close' });
  return gateway({
    method: request.method ?? 'GET',
    ...target,
    headers: request.headers,
    body,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${request.httpVersion}`,
  });
}

const BAD_REQUEST: GatewayAnswer = {
  statusCode: 400,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from('{"message":"Bad Request"}'),
};

/** What is left for bodies that are coming in. */
interface Room {
  freeBytes: number;
}

/** A body over a limit is read to its end but not kept: cutting the connection would hide the answer from the client. */
function readBody(request: IncomingMessage, room: Room): Promise<Buffer | 'too-large' | 'no-room' | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let kept = 0;
    let isKept = true;
    const end = (body: Buffer | 'too-large' | 'no-room' | 'aborted'): void => {
      room.freeBytes += kept;
      kept = 0;
      resolve(body);
    };
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > DRAIN_LIMIT_BYTES) request.destroy();
      isKept &&= bytes <= BODY_LIMIT_BYTES && chunk.length <= room.freeBytes;
      if (isKept) {
        chunks.push(chunk);
        kept += chunk.length;
        room.freeBytes -= chunk.length;
      } else {
        room.freeBytes += kept;
        kept = 0;
        chunks.length = 0;
      }
    });
    request.on('end', () => {
      if (bytes > BODY_LIMIT_BYTES) end('too-large');
      else end(isKept ? Buffer.concat(chunks, bytes) : 'no-room');
    });
    request.on('close', () => end('aborted'));
    request.on('error', () => end('aborted'));
  });
}

function send(response: ServerResponse, answer: GatewayAnswer, closing: boolean): void {
  const headers: Record<string, string | string[]> = { ...answer.headers };
  // How the bytes travel is this server's business, not the function's.
  delete headers['transfer-encoding'];
  delete headers['content-length'];
  if (closing) headers.connection = 'close';
  if (answer.cookies.length > 0) headers['set-cookie'] = [...answer.cookies];
  const hasBody = answer.statusCode !== 204 && answer.statusCode !== 304;
  if (hasBody) headers['content-length'] = String(answer.body.length);
  response.writeHead(answer.statusCode, headers);
  response.end(hasBody ? answer.body : undefined);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
