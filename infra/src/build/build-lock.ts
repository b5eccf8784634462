import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProjectPaths } from './project-paths.ts';

const POLL_MILLISECONDS = 200;

const isRunning = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
};

const isTaken = (file: string): boolean => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return false;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return true;
    throw cause;
  }
};

const holderOf = (file: string): number => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return Number.NaN;
  }
};

/** One build at a time in a checkout: a second one waits and then usually finds that nothing is left to do. */
export const withBuildLock = async <T>(
  paths: ProjectPaths,
  work: () => Promise<T>,
  tell: (line: string) => void = console.error,
): Promise<T> => {
  mkdirSync(paths.build, { recursive: true });
  const file = join(paths.build, 'lock');
  let told = false;
  while (isTaken(file)) {
    const holder = holderOf(file);
    // A process that was killed leaves its lock behind.
    if (Number.isInteger(holder) && holder > 0 && !isRunning(holder)) rmSync(file, { force: true });
    else {
      if (!told) tell('Another build is running; waiting for it.');
      told = true;
      await wait(POLL_MILLISECONDS);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
};
