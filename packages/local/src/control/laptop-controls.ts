import type { InvocationOutcome } from '../functions/outcome.ts';

/** Levers that exist on the laptop only: time, schedules, and a look at the queues. */
export interface LaptopControls {
  /** The laptop's clock. */
  nowMs(): number;
  /** Moves the clock for everybody at once, fires what became due, and deletes what expired. */
  moveClock(move: { readonly toMs: number } | { readonly byDays: number }): Promise<void>;
  /** Runs a schedule's function now and waits for it; null for an unknown name. */
  fireSchedule(name: string): Promise<InvocationOutcome | null>;
  queueDepths(): Promise<readonly QueueDepth[]>;
  status(): LaptopStatus;
}

export interface QueueDepth {
  readonly queue: string;
  /** True when other queues send here what could not be handled. */
  readonly isDeadLetter: boolean;
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface LaptopStatus {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly dataDir: string;
  readonly now: string;
  readonly schedules: readonly string[];
  readonly workers: number;
  readonly memoryMb: number;
}
