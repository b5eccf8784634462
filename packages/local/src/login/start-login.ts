import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface LoginOptions {
  /** 0 takes any free port; the issuer then changes from start to start, and with it what old tokens are worth. */
  readonly port: number;
  /** The laptop's movable clock (`LaptopClock.offset`); left out, the login follows the machine's own. */
  readonly clockOffset?: SharedArrayBuffer;
  /** Where the signing key is kept, readable by its owner only. */
  readonly dataDir: string;
}

export interface RunningLogin {
  /** `iss` of every token; discovery is at `/.well-known/openid-configuration` below it. */
  readonly issuer: string;
  readonly port: number;
  stop(): Promise<void>;
}

export type LoginWorkerData = LoginOptions;

export type LoginWorkerMessage =
  | { readonly kind: 'ready'; readonly issuer: string; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** The login holds a few thousand short entries at most; a leak should show here and not as a slow machine. */
const MAX_HEAP_MIB = 128;
/** Open requests are cut at once, so this is only reached when the thread hangs. */
const STOP_SECONDS = 2;

const cannotListen = (port: number, code: string, message: string): Error =>
  new Error(
    code === 'EADDRINUSE'
      ? `Porten ${port} för inloggningen är upptagen: stäng det som använder den eller välj en annan. / ` +
          `The login's port ${port} is taken: close what uses it or choose another.`
      : `Inloggningen kunde inte starta på port ${port}: ${message}. / The login could not start on port ${port}: ${message}.`,
  );

/**
 * Starts the laptop's issuer on 127.0.0.1, in a thread of its own so that signing never holds up the API.
 *
 * Throws (Swedish and English) when the port is taken or the key file is damaged. A fault in the thread after the start
 * is not caught here: it ends the process, because a laptop without a login answers nothing but 401.
 */
export const startLogin = async (options: LoginOptions): Promise<RunningLogin> => {
  const worker = new Worker(new URL('./login-worker.ts', import.meta.url), {
    workerData: options satisfies LoginWorkerData,
    // What the parent was started with (test runners, inspectors) is not for this thread.
    execArgv: [],
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB },
  });
  // Standard output belongs to the command that runs us (`--json` prints one object there).
  worker.stdout.pipe(process.stderr, { end: false });

  // An 'error' before the first message rejects here, with the thread's own error.
  const [message]: LoginWorkerMessage[] = await once(worker, 'message');
  if (message?.kind !== 'ready') {
    await worker.terminate();
    throw cannotListen(options.port, message?.code ?? 'UNKNOWN', message?.message ?? '');
  }

  const stop = async (): Promise<void> => {
    const exited = once(worker, 'exit');
    worker.postMessage('stop');
    const forced = setTimeout(() => void worker.terminate(), STOP_SECONDS * 1000);
    await exited;
    clearTimeout(forced);
  };
  let stopping: Promise<void> | undefined;
  return {
    issuer: message.issuer,
    port: message.port,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
};
