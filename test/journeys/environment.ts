import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Door } from '@gruppstart/contracts/roles';
import type { Blobs } from '@gruppstart/usecases/ports/senders';
import type { Store } from '@gruppstart/usecases/ports/store';

/**
 * All that a journey knows of where it runs: an address, where tokens come from and, where there are any, the levers.
 * The same journeys run against a deployed stack when JOURNEYS_ENVIRONMENT names a module that exports
 * `openEnvironment` too; what only a laptop has is null there, and the tests that need it are passed over.
 */
export interface JourneyEnvironment {
  readonly apiUrl: string;
  /** A valid access token of a user for one door, got by the login's own flow. Remembered for as long as it holds. */
  token(userName: string, door: Door): Promise<string>;
  readonly control: JourneyControl | null;
  readonly inside: Inside | null;
  close(): Promise<void>;
}

/** Eight in the morning in Sweden, six weeks before the first start: where every clock that can be set begins. */
export const BEGINS = '2026-12-01T08:00:00+01:00';

/** Levers: time, schedules, a look at the queues. */
export interface JourneyControl {
  nowMs(): number;
  moveClock(move: { readonly toMs: number } | { readonly byDays: number }): Promise<void>;
  /** What the schedule's function answered, as JSON text. */
  fireSchedule(name: string): Promise<string>;
  queueDepths(): Promise<readonly QueueDepth[]>;
}

export interface QueueDepth {
  readonly queue: string;
  readonly isDeadLetter: boolean;
  readonly waiting: number;
  readonly inFlight: number;
}

/** What only who runs the whole cloud can do and see: no user, no door. */
export interface Inside {
  readonly issuer: string;
  /** The public key that tokens are checked with, in PEM. */
  readonly publicKeyPem: string;
  /** A token with these claims and header fields, signed by the issuer's own key (RS256). */
  sign(claims: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): string;
  /** Calls a function as an operator does; its answer as JSON text. Throws when it fails. */
  invoke(functionName: string, event: unknown): Promise<string>;
  /** Every item of the core table as JSON text, sorted: two equal lists mean that nothing was stored between them. */
  storedItems(): Promise<readonly string[]>;
  /** The audit entries of a tenant by time. */
  auditOf(tenant: string): Promise<readonly AuditRow[]>;
  /** Puts text on a queue past everything that checks it. */
  sendMessage(queue: string, body: string): Promise<void>;
  /** The texts that lie in a queue; they stay there. */
  messagesIn(queue: string): Promise<readonly string[]>;
  /** What a function has printed so far, line by line, as far as it is JSON. */
  logOf(functionName: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly store: Store;
  readonly blobs: Blobs;
}

export interface AuditRow {
  readonly at: string;
  readonly actor: string;
  readonly deed: string;
  readonly subjects: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly correlationId: string;
}

/** What a journey asks of its environment before it begins. */
export interface EnvironmentWishes {
  /** Seconds instead of minutes before a failed message comes again. */
  readonly quickRetries?: boolean;
}

/** Opens an environment with empty data, at eight in the morning of 2026-12-01 where the clock can be set. */
export const openEnvironment = async (wishes: EnvironmentWishes = {}): Promise<JourneyEnvironment> => {
  const named = process.env.JOURNEYS_ENVIRONMENT;
  const module: { openEnvironment(wishes: EnvironmentWishes): Promise<JourneyEnvironment> } =
    named === undefined ? await import('./laptop.ts') : await import(pathToFileURL(resolve(named)).href);
  return module.openEnvironment(wishes);
};
