import { fork } from 'node:child_process';
import { DEMO_BEGINS } from '@gruppstart/local/demo/run-demo';
import { FromCloud, type ToCloud } from './cloud-messages.ts';

/** A laptop cloud in a process of its own, with the demo users' rights given. */
export interface CloudProcess {
  readonly apiUrl: string;
  readonly issuer: string;
  moveClock(move: { readonly toMs: number }): Promise<void>;
  /** Resident memory of the whole process, its threads included: now, and at its highest so far. */
  measureMemory(): Promise<{ readonly bytes: number; readonly peakBytes: number }>;
  stop(): Promise<void>;
}

export interface CloudProcessOptions {
  readonly dataDir: string;
  readonly assemblyDirectory: string;
  /** False leaves the stage's throttling out. */
  readonly throttles?: boolean;
}

/** Starts it on free ports on the demo's first day. Rejects, with what the process said, when it cannot start or ends. */
export const startCloudProcess = async (options: CloudProcessOptions): Promise<CloudProcess> => {
  // Its standard output is ours no more than its errors are: a bench prints one result.
  const child = fork(new URL('./cloud-process.ts', import.meta.url), { stdio: ['ignore', 2, 2, 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  const ask = async (message: ToCloud): Promise<FromCloud> => {
    const reply = await new Promise<unknown>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`The cloud's process ended with code ${code}`));
      child.once('exit', onExit);
      child.once('message', (received) => {
        child.off('exit', onExit);
        resolve(received);
      });
      child.send(message);
    });
    const read = FromCloud.parse(reply);
    if (read.kind === 'failed') throw new Error(`The cloud's process failed: ${read.message}`);
    return read;
  };
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    await ask({ kind: 'stop' }).catch(() => child.kill('SIGKILL'));
    await ended;
  };

  try {
    const started = await ask({
      kind: 'start',
      dataDir: options.dataDir,
      assemblyDirectory: options.assemblyDirectory,
      atMs: Date.parse(DEMO_BEGINS),
      throttles: options.throttles !== false,
    });
    if (started.kind !== 'started') throw new Error(`The cloud's process answered ${started.kind} to start`);
    return {
      apiUrl: started.apiUrl,
      issuer: started.issuer,
      moveClock: async ({ toMs }) => {
        await ask({ kind: 'move-clock', toMs });
      },
      measureMemory: async () => {
        const measured = await ask({ kind: 'measure-memory' });
        if (measured.kind !== 'memory') throw new Error(`The cloud's process answered ${measured.kind} to measure`);
        return measured;
      },
      stop,
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
};
