import { Agent, request } from 'node:http';

/** How the answers to one stretch of load came out. */
export interface LoadOutcome {
  readonly sent: number;
  /** Answers by status. */
  readonly byStatus: ReadonlyMap<number, number>;
  /** Refusals (429, 503) that did not say when to come again. */
  readonly withoutRetryAfter: number;
  /** Connections that broke or were never answered. */
  readonly broken: number;
  /** Good answers a second, those that came within the patience of a user. */
  readonly goodPerSecond: number;
  /** Milliseconds from sending to a good answer, ascending. */
  readonly goodMs: readonly number[];
}

/** How long somebody waits before an answer is no longer a good one. */
const PATIENCE_MS = 3_000;
/** Connections at once: enough that the server decides who waits, not the client. */
const CONNECTIONS = 512;

/**
 * Sends at a steady rate whatever comes back, as a crowd does. A closed loop would slow down with the server and hide
 * the overload.
 */
export const sendSteadily = async (
  url: URL,
  token: string,
  perSecond: number,
  milliseconds: number,
): Promise<LoadOutcome> => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const byStatus = new Map<number, number>();
  const goodMs: number[] = [];
  let withoutRetryAfter = 0;
  let broken = 0;

  const once = async (): Promise<void> => {
    let sentAtMs = performance.now();
    await new Promise<void>((resolve) => {
      const failed = (): void => {
        broken += 1;
        resolve();
      };
      request(url, { agent, headers: { authorization: `Bearer ${token}` }, timeout: 30_000 }, (response) => {
        response.once('error', failed);
        response.once('end', () => {
          const status = response.statusCode ?? 0;
          byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
          const tookMs = performance.now() - sentAtMs;
          if (status === 200 && tookMs <= PATIENCE_MS) goodMs.push(tookMs);
          if ((status === 429 || status === 503) && response.headers['retry-after'] === undefined) {
            withoutRetryAfter += 1;
          }
          resolve();
        });
        response.resume();
      })
        // Waiting for one of our own connections is not the server's doing.
        .once('socket', () => {
          sentAtMs = performance.now();
        })
        .once('error', failed)
        .end();
    });
  };

  const startedAtMs = performance.now();
  const underWay: Promise<void>[] = [];
  for (let elapsedMs = 0; elapsedMs < milliseconds; elapsedMs = performance.now() - startedAtMs) {
    const due = Math.ceil((Math.min(elapsedMs, milliseconds) * perSecond) / 1000);
    while (underWay.length < due) underWay.push(once());
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const seconds = (performance.now() - startedAtMs) / 1000;
  await Promise.all(underWay);
  agent.destroy();
  return {
    sent: underWay.length,
    byStatus,
    withoutRetryAfter,
    broken,
    goodPerSecond: goodMs.length / seconds,
    goodMs: goodMs.toSorted((a, b) => a - b),
  };
};
