import { mkdir, open, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from './build.ts';
import { LaptopRefusal } from './laptop-refusal.ts';

/** The folder that holds everything the laptop remembers, held by one process at a time. */
export interface DataDirectory {
  readonly path: string;
  /** A folder or file inside it. */
  inside(...names: readonly string[]): string;
  readJson(name: string): Promise<unknown>;
  writeJson(name: string, value: unknown, mode?: number): Promise<void>;
  remove(name: string): Promise<void>;
  release(): Promise<void>;
}

/** The data folder when none is named: the only one in which `npm run token` looks for the running laptop. */
export const DEFAULT_DATA_DIRECTORY = join(REPOSITORY_ROOT, '.gruppstart');

const LOCK = 'laptop.lock';

/** Everything that the laptop keeps here besides the lock. The only names that a fresh start takes away. */
const OWN_ENTRIES = [
  'clock.json',
  'running.json',
  'kms-keys.json',
  'kms-keys.json.new',
  'dynamodb',
  'queues',
  'login',
  'logs',
] as const;
/** One of these shows that the laptop has been here; the other names could be anybody's. The clock is always kept. */
const MARKS: readonly string[] = [LOCK, 'clock.json', 'kms-keys.json'];

/**
 * Takes the folder, making it when missing; `fresh` takes away what earlier runs kept in it, and nothing else. Throws
 * LaptopRefusal, having touched nothing, while another living process holds it, and for a folder of somebody else's.
 */
export async function takeDataDirectory(path: string, fresh: boolean): Promise<DataDirectory> {
  await mkdir(path, { recursive: true });
  await refuseForeignFolder(path);
  await takeLock(path);
  if (fresh) {
    await Promise.all(OWN_ENTRIES.map((name) => rm(join(path, name), { recursive: true, force: true })));
  }
  return {
    path,
    inside: (...names) => join(path, ...names),
    async readJson(name) {
      try {
        return JSON.parse(await readFile(join(path, name), 'utf8'));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    writeJson: (name, value, mode = 0o600) =>
      writeFile(join(path, name), `${JSON.stringify(value, null, 2)}\n`, { mode }),
    remove: (name) => rm(join(path, name), { force: true }),
    release: () => unlink(join(path, LOCK)).catch(() => {}),
  };
}

async function refuseForeignFolder(path: string): Promise<void> {
  const names = await readdir(path);
  if (names.length === 0 || names.some((name) => MARKS.includes(name))) return;
  throw new LaptopRefusal(
    `Mappen ${path} är inte tom och inte Gruppstarts, så den lämnas orörd. Välj en tom eller ny mapp med --data.`,
    `The folder ${path} is not empty and not Gruppstart's, so it is left alone. Choose an empty or new folder with --data.`,
  );
}

async function takeLock(path: string): Promise<void> {
  const file = join(path, LOCK);
  // Twice: once more after the lock of a dead process has been taken away.
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    if (isAlive(holder)) {
      throw new LaptopRefusal(
        `Mappen ${path} används redan av en annan körning (process ${holder}). Stoppa den, eller välj en annan mapp med --data.`,
        `The folder ${path} is already in use by another run (process ${holder}). Stop it, or choose another folder with --data.`,
      );
    }
    await unlink(file).catch(() => {});
  }
  throw new Error(`the lock of ${path} could not be taken`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
