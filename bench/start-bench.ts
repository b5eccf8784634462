import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureBuild, REPOSITORY_ROOT } from '@gruppstart/local/build';
import { timeBatch } from './batch-bench.ts';
import { atMost, type Bench } from './bench.ts';
import { copyAssembly } from './cloud/copy-assembly.ts';
import { startCloudProcess } from './cloud/start-cloud-process.ts';
import { interleave, median, spread } from './measure.ts';
import { scriptSteps } from './script-steps.ts';

const STARTS = 5;
const GOAL_SECONDS = 10;
const GIVE_UP_AFTER_MS = 60_000;
/** What `npm start` prints when the API can be used. */
const ADDRESS = /is running: (http:\S+)/;
/** What the build prints when it had something to do: such a start is not what is measured. */
const REBUILT = 'Built in';

/** A port that is free with its two neighbours, as the command takes them. */
const freePorts = async (): Promise<number> => {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 30_000);
    const free = await Promise.all([base, base + 1, base + 2].map(isFree));
    if (free.every(Boolean)) return base;
  }
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Settles with everything printed once `found` matches it. Rejects when the process ends first or takes too long. */
const printed = (child: ChildProcess, found: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`No address in time:\n${output}`)), GIVE_UP_AFTER_MS);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (!found.test(output)) return;
        clearTimeout(timer);
        resolve(output);
      });
    }
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`npm start ended with code ${code}:\n${output}`));
    });
  });

const run = async (steps: readonly (readonly string[])[], args: readonly string[]): Promise<ChildProcess> => {
  const [last = [], ...before] = steps.toReversed();
  for (const step of before.toReversed()) {
    await ended(spawn(process.execPath, step, { cwd: REPOSITORY_ROOT, stdio: 'ignore' }));
  }
  return spawn(process.execPath, [...last, ...args], { cwd: REPOSITORY_ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
};

/** Seconds from the command to the printed address; null when the build had to be made anew. */
const startOnce = async (dataDir: string, tell: (line: string) => void): Promise<number | null> => {
  const steps = await scriptSteps('start');
  const port = await freePorts();
  const startedAtMs = performance.now();
  const child = await run(steps, ['--port', String(port), '--data', dataDir]);
  try {
    const output = await printed(child, ADDRESS);
    const seconds = (performance.now() - startedAtMs) / 1000;
    const rebuilt = output.includes(REBUILT);
    tell(`${seconds.toFixed(2)} s${rebuilt ? ', but somebody has changed the sources: not counted' : ''}`);
    return rebuilt ? null : seconds;
  } finally {
    child.kill('SIGINT');
    await ended(child);
  }
};

const ATTEMPTS = 3;

const startCounted = async (dataDir: () => string, tell: (line: string) => void): Promise<number> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const seconds = await startOnce(dataDir(), tell);
    if (seconds !== null) return seconds;
  }
  throw new Error('The sources are being changed; the start of an unchanged build cannot be measured now');
};

export const startBench: Bench = {
  name: 'start',
  title: 'the command of npm start until it prints its address, the build being up to date',
  run: async ({ tell, folder }) => {
    await ensureBuild(tell);
    const kept = join(folder, 'kept');
    tell('filling the data that are kept with a batch');
    const assemblyDirectory = join(folder, 'cloud-assembly');
    await copyAssembly(assemblyDirectory, tell);
    const cloud = await startCloudProcess({ dataDir: kept, assemblyDirectory });
    try {
      await timeBatch(cloud);
    } finally {
      await cloud.stop();
    }
    let folders = 0;
    const fresh = (): string => {
      folders += 1;
      return join(folder, `fresh-${folders}`);
    };
    const seconds = await interleave(STARTS, {
      kept: () =>
        startCounted(
          () => kept,
          (line) => tell(`kept data: ${line}`),
        ),
      fresh: () => startCounted(fresh, (line) => tell(`fresh data: ${line}`)),
    });
    return [
      atMost('start.kept-data', median(seconds.kept), GOAL_SECONDS, 's', spread(seconds.kept, 'starts', 2)),
      atMost('start.fresh-data', median(seconds.fresh), GOAL_SECONDS, 's', spread(seconds.fresh, 'starts', 2)),
    ];
  },
};
