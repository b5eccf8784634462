import type { Throttle } from '../constructs/door-api.ts';

/*
 * How much at once. The measure is a municipality of the larger kind: 50 caseworkers, 200 unit managers and a handful
 * of coordinators. When all of them answer in the same minute, each with ten requests, that is about 45 requests a
 * second; a door answers in 20-200 ms.
 */

/** Requests that the whole API takes: four times the busiest minute, so that nobody meets it at work. */
export const STAGE_THROTTLE: Throttle = { requestsPerSecond: 200, burst: 400 };

/** Operations that cost more than a read, by operation id. Each has a limit of its own beside that of the stage. */
export const ROUTE_THROTTLES: Readonly<Record<string, Throttle>> = {
  // A file is up to 4 MB and a thousand rows; five a second are already more rows than the worker takes.
  sendBatch: { requestsPerSecond: 5, burst: 20 },
  // A run takes the matcher up to a minute, and two are carried out at a time: ten more are ten minutes of work.
  orderRun: { requestsPerSecond: 1, burst: 10 },
  // Everybody of a run and of twelve months is opened, at KMS, which has a limit for the whole account.
  getFairnessReport: { requestsPerSecond: 1, burst: 10 },
  // Each has the matcher make a run again and then another: a coordinator on the telephone asks a few a minute.
  askWhatIf: { requestsPerSecond: 1, burst: 20 },
  enterAnswer: { requestsPerSecond: 1, burst: 20 },
  // Reading free text is arithmetic, paid by the millisecond.
  draftPlaces: { requestsPerSecond: 10, burst: 20 },
  // One request may hold the whole table of a municipality, thousands of rows to write.
  setTravelTimes: { requestsPerSecond: 2, burst: 10 },
};

/** For each open path: anybody can call it, so it is bounded far below what the doors need. A page loads five files. */
export const PUBLIC_THROTTLE: Throttle = { requestsPerSecond: 20, burst: 40 };

/**
 * Executions set aside for each function when the account has them to give, and the most it may take. A door's 40 take
 * the whole stage's rate at 200 ms a request. A worker has more than its queue's highest concurrency, else the
 * service's poller is turned away and a message counts as tried.
 */
export const RESERVED = {
  'intake-api': 40,
  'requirements-api': 40,
  'cohorts-api': 40,
  docs: 10,
  'intake-worker': 10,
  matcher: 4,
  // Two sweeps at once would only send everything twice; the next minute is the retry.
  outbox: 1,
  grants: 2,
  // Two replays at once would be in each other's way.
  restore: 1,
} as const;

/** The service keeps this many of an account's executions unreserved. */
export const UNRESERVED_AT_LEAST = 100;
