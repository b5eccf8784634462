import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { FunctionModel } from '../template/model.ts';
import { handlerOf } from '../template/read-model.ts';
import { type ExecutionEnvironment, startEnvironment } from './execution-environment.ts';
import type { FunctionLog } from './function-log.ts';
import type { InvocationOutcome } from './outcome.ts';

/** All execution environments of one function. */
export interface FunctionPool {
  readonly name: string;
  /** Never rejects: every way an invocation can end is an outcome. */
  invoke(event: unknown): Promise<InvocationOutcome>;
  /** Invocations that could start at once. */
  free(): number;
  workerCount(): number;
  /** When the longest idle worker was last used (machine time); null when none is idle. */
  idleSinceMs(): number | null;
  /** Ends the longest idle worker; false when none is idle. */
  retireIdle(): boolean;
  /** Waits for what is under way, at most ten seconds, then ends all workers. */
  stop(): Promise<void>;
}

export interface PoolOptions {
  readonly model: FunctionModel;
  readonly environment: Readonly<Record<string, string>>;
  readonly clockOffset: SharedArrayBuffer;
  readonly log: FunctionLog;
  /** Environments at once; the template's reserved concurrency can only lower it. */
  readonly maxWorkers: number;
  /** Invocations that may wait for a free environment before further ones are throttled. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  /** Called before a worker is made, so that the fleet can end an idle one elsewhere. */
  readonly beforeStart: () => void;
}

/** Lambda gives the loading of a bundle ten seconds, apart from the function's own timeout. */
const INIT_TIMEOUT_MS = 10_000;

/**
 * How long a stop waits for what is under way. What is cut off then is not lost: its message is still in the queue, its
 * caller gets an error.
 */
export const STOP_PATIENCE_MS = 10_000;

interface Idle {
  readonly environment: ExecutionEnvironment;
  readonly sinceMs: number;
}

interface Waiting {
  readonly start: () => void;
  readonly timer: NodeJS.Timeout;
}

export function createFunctionPool(options: PoolOptions): FunctionPool {
  const { model, log, maxWaiting, maxWaitMs } = options;
  const limit = Math.max(1, Math.min(options.maxWorkers, model.reservedConcurrency ?? options.maxWorkers));
  const { file, exportName } = handlerOf(model);
  const timeoutMs = model.timeoutSeconds * 1000;
  const idle: Idle[] = [];
  const waiting: Waiting[] = [];
  const alive = new Set<ExecutionEnvironment>();
  let busy = 0;
  let stopping = false;
  let whenQuiet: (() => void) | null = null;

  const start = (): ExecutionEnvironment => {
    options.beforeStart();
    const environment = startEnvironment({
      start: {
        handlerUrl: pathToFileURL(file).href,
        exportName,
        functionName: model.name,
        functionArn: model.arn,
        memoryMb: model.memoryMb,
        clockOffset: options.clockOffset,
      },
      environment: options.environment,
      memoryMb: model.memoryMb,
      log,
      initTimeoutMs: INIT_TIMEOUT_MS,
    });
    alive.add(environment);
    return environment;
  };

  const takeIdle = (): ExecutionEnvironment | null => {
    // The most recently used one: the others grow cold and can be retired.
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (last.environment.isAlive()) return last.environment;
      alive.delete(last.environment);
    }
    return null;
  };

  const release = (environment: ExecutionEnvironment): void => {
    busy -= 1;
    if (environment.isAlive()) idle.push({ environment, sinceMs: Date.now() });
    else alive.delete(environment);
    const next = waiting.shift();
    if (next !== undefined) {
      clearTimeout(next.timer);
      next.start();
    } else if (busy === 0) {
      whenQuiet?.();
    }
  };

  const run = async (event: string): Promise<InvocationOutcome> => {
    busy += 1;
    const environment = takeIdle() ?? start();
    const started = await environment.started;
    if (!started.ok) {
      release(environment);
      return { kind: 'crashed', reason: started.reason };
    }
    const requestId = randomUUID();
    const deadlineMachineMs = Date.now() + timeoutMs;
    const outcome = await environment.invoke({ kind: 'invoke', event, requestId, deadlineMachineMs }, timeoutMs);
    release(environment);
    return outcome;
  };

  return {
    name: model.name,
    async invoke(event) {
      const text = JSON.stringify(event);
      if (stopping || waiting.length >= maxWaiting) return { kind: 'throttled' };
      if (busy < limit) return run(text);
      return new Promise((resolve) => {
        const entry: Waiting = {
          start: () => void run(text).then(resolve),
          timer: setTimeout(() => {
            waiting.splice(waiting.indexOf(entry), 1);
            resolve({ kind: 'throttled' });
          }, maxWaitMs),
        };
        waiting.push(entry);
      });
    },
    free: () => Math.max(0, limit - busy),
    workerCount: () => alive.size,
    idleSinceMs: () => idle[0]?.sinceMs ?? null,
    retireIdle() {
      const oldest = idle.shift();
      if (oldest === undefined) return false;
      alive.delete(oldest.environment);
      void oldest.environment.stop();
      return true;
    },
    async stop() {
      stopping = true;
      if (busy > 0) {
        const quiet = new Promise<void>((resolve) => {
          whenQuiet = resolve;
        });
        await Promise.race([quiet, pause(Math.min(timeoutMs, STOP_PATIENCE_MS))]);
      }
      await Promise.all([...alive].map((environment) => environment.stop()));
      alive.clear();
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
