import type { QueueModel } from '../template/model.ts';

/** What the engines' thread is started with. */
export interface EngineStart {
  readonly dataDir: string;
  readonly region: string;
  readonly accountId: string;
  readonly visibilityScale?: number;
  /** Where the calls of the functions are recorded; left out, they are not. */
  readonly callsDirectory?: string;
}

/** What the laptop asks of the engines besides their own protocols. */
export interface EngineCalls {
  ensureQueue(queue: QueueModel): void;
  ensureBucket(name: string): void;
  releaseInFlight(): number;
  /** Answers the address of the key service. */
  startKms(keyIds: readonly string[]): Promise<string>;
  /** Deletes what has expired before the second; answers how many items. */
  sweepExpired(nowEpochSeconds: number): Promise<number>;
  stop(): Promise<void>;
}

export type EngineCallName = keyof EngineCalls;

/** To the thread. */
export interface EngineCallMessage {
  readonly id: number;
  readonly name: EngineCallName;
  readonly args: readonly unknown[];
}

/** From the thread. */
export type EngineMessage =
  | { readonly kind: 'started'; readonly dynamodbUrl: string; readonly queuesUrl: string }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown };
