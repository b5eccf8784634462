import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { PYTHON } from './python-environment.ts';
import type { RunFolder } from './run-folder.ts';

export const REGION = 'eu-north-1';
/** The emulator's own administrator; every other key is checked, signature and rights. */
export const ADMINISTRATOR = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

const START_SECONDS = 90;
const PROGRAMS = join(import.meta.dirname, 'emulator');
const Ready = z.object({ port: z.int().nullable() });

export interface Emulator {
  readonly endpoint: string;
  /** Sets the clock of the emulator and of all functions in it: so many milliseconds from the machine's. */
  setClock(offsetMs: number): void;
  stop(): Promise<void>;
}

/** Only what a program needs to be found and to have somewhere to write; nothing of the test's own. */
const plainEnvironment = (home: string): Record<string, string> => ({
  // The functions run on the Node of this project, which is the Lambda runtime's version.
  PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(':'),
  HOME: home,
  AWS_ACCESS_KEY_ID: ADMINISTRATOR.accessKeyId,
  AWS_SECRET_ACCESS_KEY: ADMINISTRATOR.secretAccessKey,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_EC2_METADATA_DISABLED: 'true',
  PYTHONDONTWRITEBYTECODE: '1',
});

/** The environment in which a command speaks with an emulator as its administrator, and with nothing else. */
export const administratorEnvironment = (run: RunFolder, endpoint: string, home: string): Record<string, string> => ({
  ...plainEnvironment(home),
  AWS_ENDPOINT_URL: endpoint,
  AWS_CA_BUNDLE: run.certificate,
  NODE_EXTRA_CA_CERTS: run.certificate,
  AWS_CONFIG_FILE: join(home, 'no-config'),
  AWS_SHARED_CREDENTIALS_FILE: join(home, 'no-credentials'),
});

const firstLine = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('The emulator has no standard output');
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_SECONDS * 1000);
  try {
    for await (const line of lines) return line;
    throw new Error('The emulator ended before it answered');
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Starts an empty emulator on a free port of 127.0.0.1 with rights checked and TLS spoken. It ends, with every function
 * in it, when `stop` is called or this process is gone.
 */
export const startEmulator = async (run: RunFolder): Promise<Emulator> => {
  const folder = mkdtempSync(join(run.folder, 'emulator-'));
  const clockFile = join(folder, 'clock');
  const clock = openSync(clockFile, 'w');
  // Eight bytes in one write at the start: whoever reads at the same time reads either the old or the new.
  const setClock = (milliseconds: number): void => {
    writeSync(clock, new BigInt64Array([BigInt(Math.round(milliseconds))]), 0, 8, 0);
  };
  setClock(0);
  const home = join(folder, 'own');
  mkdirSync(home);
  const nodeClock = pathToFileURL(join(PROGRAMS, 'clock.mjs')).href;
  const program = join(PROGRAMS, 'emulator.py');
  const child = spawn(PYTHON, [program, folder, run.certificate, run.key, clockFile, nodeClock, REGION], {
    env: plainEnvironment(home),
    // A process group of its own, which the program ends as a whole when this pipe closes.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const { port } = Ready.parse(JSON.parse(await firstLine(child)));
  if (port === null) throw new Error('The emulator does not answer');
  child.stdout?.resume();
  return {
    endpoint: `https://127.0.0.1:${port}`,
    setClock,
    async stop() {
      child.stdin?.end();
      await ended;
      closeSync(clock);
    },
  };
};
