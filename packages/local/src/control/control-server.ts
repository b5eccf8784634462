import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { daysInMs, parseAt } from '../clock.ts';
import type { LaptopControls } from './laptop-controls.ts';

/** The laptop's own levers, on a port and behind a secret of their own: nothing here exists on the API's port. */
export interface ControlServer {
  readonly url: string;
  readonly port: number;
  /** Sent as `authorization: Bearer <secret>`; new at every start. */
  readonly secret: string;
  stop(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const BODY_LIMIT_BYTES = 10_000;

/** Rejects with the system's own error (EADDRINUSE) when the port is taken. */
export async function startControlServer(port: number, controls: LaptopControls): Promise<ControlServer> {
  const secret = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    void reply(request, secret, controls)
      .catch((error: unknown): Reply => ({ status: 500, body: { message: String(error) } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(`${JSON.stringify(body)}\n`);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the control server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    secret,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(request: IncomingMessage, secret: string, controls: LaptopControls): Promise<Reply> {
  if (!isAuthorized(request.headers.authorization, secret))
    return { status: 401, body: { message: 'the control secret is missing or wrong' } };
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const fired = /^\/schedules\/([^/]+)\/fire$/.exec(path)?.[1];
  switch (`${request.method} ${fired === undefined ? path : '/schedules/{name}/fire'}`) {
    case 'GET /status':
      return { status: 200, body: controls.status() };
    case 'GET /queues':
      return { status: 200, body: await controls.queueDepths() };
    case 'GET /clock':
      return { status: 200, body: clockBody(controls) };
    case 'POST /clock':
      return moveClock(await readJson(request), controls);
    case 'POST /schedules/{name}/fire': {
      const outcome = await controls.fireSchedule(decodeURIComponent(fired ?? ''));
      return outcome === null
        ? { status: 404, body: { message: 'no such schedule' } }
        : { status: 200, body: { outcome: outcome.kind } };
    }
    default:
      return { status: 404, body: { message: 'GET /status, /queues, /clock; POST /clock, /schedules/{name}/fire' } };
  }
}

/** A clock beyond what dates can hold would stop everything, and stay so over a restart. */
function isUsable(instantMs: number): boolean {
  return instantMs >= Date.UTC(2000, 0, 1) && instantMs < Date.UTC(2100, 0, 1);
}

const OUT_OF_TIME: Reply = { status: 400, body: { message: 'the clock goes from 2000 to 2099' } };

async function moveClock(body: unknown, controls: LaptopControls): Promise<Reply> {
  const fields = typeof body === 'object' && body !== null ? body : {};
  if ('at' in fields && typeof fields.at === 'string') {
    const instantMs = parseAt(fields.at);
    if (instantMs === null) return { status: 400, body: { message: 'at: 2026-12-01 or 2026-12-01T08:00:00Z' } };
    if (!isUsable(instantMs)) return OUT_OF_TIME;
    await controls.moveClock({ toMs: instantMs });
  } else if ('byDays' in fields && typeof fields.byDays === 'number' && Number.isFinite(fields.byDays)) {
    if (!isUsable(controls.nowMs() + daysInMs(fields.byDays))) return OUT_OF_TIME;
    await controls.moveClock({ byDays: fields.byDays });
  } else {
    return { status: 400, body: { message: 'at (a day or an instant) or byDays (a number)' } };
  }
  return { status: 200, body: clockBody(controls) };
}

function clockBody(controls: LaptopControls): object {
  return { now: new Date(controls.nowMs()).toISOString() };
}

function isAuthorized(header: string | undefined, secret: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > BODY_LIMIT_BYTES) return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
