import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '@gruppstart/infra/build/project-paths';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const FOLDER = join(PROJECT.build, 'emulator');
const MADE_FOR = join(FOLDER, 'made-for');
/** The emulator's own minimum. */
const OLDEST_MINOR = 10;
const INSTALL_SECONDS = 300;

/** Where the interpreter with the emulator is; there only after `ensurePythonEnvironment`. */
export const PYTHON = join(FOLDER, 'venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** The deploy test cannot run on this machine, and why, in both languages. */
export class NoEmulatorError extends Error {
  override readonly name = 'NoEmulatorError';

  constructor(swedish: string, english: string) {
    super(`${swedish}\n${english}`);
  }
}

const isRightPython = (command: string): boolean => {
  const code = `import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, ${OLDEST_MINOR}) else 1)`;
  return spawnSync(command, ['-c', code], { stdio: 'ignore' }).status === 0;
};

const run = (command: string, args: readonly string[]): string | null => {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: INSTALL_SECONDS * 1000 });
  return status === 0 ? null : (error?.message ?? stderr).trim().split('\n').slice(-5).join('\n');
};

/**
 * Makes a Python environment of the project's own with the pinned emulator in it, unless it is there for exactly these
 * pins. Throws NoEmulatorError when there is no Python or a package is not to be had.
 */
export const ensurePythonEnvironment = (tell: (line: string) => void): void => {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  if (existsSync(PYTHON) && existsSync(MADE_FOR) && readFileSync(MADE_FOR, 'utf8') === wanted) return;
  const python = ['python3', 'python'].find(isRightPython);
  if (python === undefined) {
    throw new NoEmulatorError(
      `Det finns ingen Python 3.${OLDEST_MINOR} eller nyare med venv och pip här. Installera den, och kör om. Bara npm run test:deploy behöver den.`,
      `There is no Python 3.${OLDEST_MINOR} or newer with venv and pip here. Install it, and run again. Only npm run test:deploy needs it.`,
    );
  }
  tell('Installing the emulator (once)');
  rmSync(FOLDER, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:'];
  const failure =
    run(python, ['-m', 'venv', join(FOLDER, 'venv')]) ?? run(PYTHON, [...pip, '--require-hashes', '-r', REQUIREMENTS]);
  if (failure !== null) {
    throw new NoEmulatorError(
      `Emulatorn kunde inte installeras med pip från test/deploy/requirements.txt: finns nätet eller paketförrådet? Det här sade pip:\n${failure}`,
      'The emulator could not be installed with pip from test/deploy/requirements.txt: is the network or the package index there? Above is what pip said.',
    );
  }
  writeFileSync(MADE_FOR, wanted);
};
