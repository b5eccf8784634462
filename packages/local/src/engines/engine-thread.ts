import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CALLS_DIRECTORY_VARIABLE } from '../recording/call-recorder.ts';
import type { EngineCallMessage, EngineCallName, EngineCalls, EngineMessage, EngineStart } from './engine-calls.ts';

/** The embedded engines in a thread of their own, with the addresses of those that need nothing from the template. */
export interface EngineThread {
  readonly dynamodbUrl: string;
  /** SQS and S3. */
  readonly queuesUrl: string;
  /** Rejects with the engine's own error. */
  call<N extends EngineCallName>(
    name: N,
    ...args: Parameters<EngineCalls[N]>
  ): Promise<Awaited<ReturnType<EngineCalls[N]>>>;
  stop(): Promise<void>;
}

/**
 * In a thread, so that a write to disk never holds up the gateway, and so that their heap has a limit: left to itself V8
 * keeps some 150 MB of garbage where 30 MB are in use.
 */
const HEAP_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 };

export async function startEngineThread(options: EngineStart): Promise<EngineThread> {
  const named = process.env[CALLS_DIRECTORY_VARIABLE];
  const start: EngineStart = named === undefined || named === '' ? options : { callsDirectory: named, ...options };
  const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), {
    workerData: start,
    execArgv: [],
    resourceLimits: HEAP_LIMITS,
  });
  const waiting = new Map<
    number,
    { readonly resolve: (result: unknown) => void; readonly reject: (error: unknown) => void }
  >();
  let nextId = 0;
  // An 'error' before the first message rejects here, with the thread's own error; a later one ends the process.
  const [first]: EngineMessage[] = await once(worker, 'message');
  if (first?.kind !== 'started') throw new Error('the engines did not start');
  worker.on('message', (message: EngineMessage) => {
    if (message.kind === 'started') return;
    const waiter = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'done') waiter?.resolve(message.result);
    else waiter?.reject(message.error);
  });
  const send = (name: EngineCallName, ...args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      nextId += 1;
      waiting.set(nextId, { resolve, reject });
      worker.postMessage({ id: nextId, name, args } satisfies EngineCallMessage);
    });
  return {
    dynamodbUrl: first.dynamodbUrl,
    queuesUrl: first.queuesUrl,
    // The thread answers each call with that call's own result.
    call: send as EngineThread['call'],
    async stop() {
      const exited = once(worker, 'exit');
      await send('stop');
      await exited;
    },
  };
}
