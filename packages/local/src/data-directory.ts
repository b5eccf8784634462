import { mkdir, open, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

const LOCK = 'laptop.lock';

/** Takes the folder, making it when missing; `fresh` empties it first. Refuses while another living process holds it. */
export async function takeDataDirectory(path: string, fresh: boolean): Promise<DataDirectory> {
  await mkdir(path, { recursive: true });
  await takeLock(path);
  if (fresh) {
    const names = (await readdir(path)).filter((name) => name !== LOCK);
    await Promise.all(names.map((name) => rm(join(path, name), { recursive: true, force: true })));
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
