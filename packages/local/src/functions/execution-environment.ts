import { Worker } from 'node:worker_threads';
import type { FunctionLog } from './function-log.ts';
import type { InvocationOutcome, InvokeMessage, WorkerMessage, WorkerStart } from './outcome.ts';

/** One worker thread that handles one event at a time. Used up as soon as it times out, crashes or fails to start. */
export interface ExecutionEnvironment {
  /** Settles once the bundle is loaded; the text says why it could not be. */
  readonly started: Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;
  /** False from the moment the thread has ended or is condemned to. */
  isAlive(): boolean;
  /** Only one at a time, and only while alive. */
  invoke(message: InvokeMessage, timeoutMs: number): Promise<InvocationOutcome>;
  stop(): Promise<void>;
}

export interface ExecutionOptions {
  readonly start: WorkerStart;
  /** The function's own variables and nothing of the runner's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly log: FunctionLog;
  readonly initTimeoutMs: number;
}

/**
 * Short-lived objects get this much of a thread's heap. V8's own default keeps up to three times 16 MB a thread, which
 * a laptop with ten threads feels and a small request handler does not use.
 */
const YOUNG_GENERATION_MB = 4;

export function startEnvironment({
  start,
  environment,
  memoryMb,
  log,
  initTimeoutMs,
}: ExecutionOptions): ExecutionEnvironment {
  const worker = new Worker(new URL('./function-worker.mjs', import.meta.url), {
    workerData: start,
    env: { ...environment },
    // What the runner itself was started with (a test runner's hooks, an inspector) is not for the functions.
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => log.write(chunk));
  }

  let alive = true;
  let settle: ((outcome: InvocationOutcome) => void) | null = null;
  let markStarted: (result: { ok: true } | { ok: false; reason: string }) => void = () => {};
  const started = new Promise<{ ok: true } | { ok: false; reason: string }>((resolve) => {
    markStarted = resolve;
  });
  const initTimer = setTimeout(() => {
    markStarted({ ok: false, reason: 'init-timed-out' });
    void stop();
  }, initTimeoutMs);
  const finish = (outcome: InvocationOutcome): void => {
    const waiting = settle;
    settle = null;
    waiting?.(outcome);
  };
  const end = (reason: string): void => {
    if (!alive) return;
    alive = false;
    clearTimeout(initTimer);
    markStarted({ ok: false, reason });
    finish({ kind: 'crashed', reason });
  };

  worker.on('message', (message: WorkerMessage) => {
    switch (message.kind) {
      case 'ready':
        clearTimeout(initTimer);
        markStarted({ ok: true });
        break;
      case 'answered':
        finish(message);
        break;
      case 'failed':
        log.platform({
          type: 'error',
          errorType: message.errorType,
          errorMessage: message.message,
          stack: message.stack,
        });
        finish({ kind: 'failed', errorType: message.errorType, message: message.message });
        break;
    }
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'uncaught-error';
    log.platform({ type: 'crash', reason, errorMessage: error.message, stack: error.stack ?? '' });
    end(reason);
  });
  worker.on('exit', (code) => end(`exit-${code}`));

  const stop = async (): Promise<void> => {
    end('stopped');
    await worker.terminate();
  };
  return {
    started,
    isAlive: () => alive,
    stop,
    invoke(message, timeoutMs) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          log.platform({ type: 'timeout', requestId: message.requestId, timeoutMs });
          finish({ kind: 'timed-out' });
          void stop();
        }, timeoutMs);
        settle = (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        };
        worker.postMessage(message);
      });
    },
  };
}
