import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeDataDirectory } from './data-directory.ts';
import { LaptopRefusal } from './laptop-refusal.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';

test('a folder is held by one run at a time, and free again when it is released', async () => {
  const path = join(await temporaryDirectory(), 'data');
  const first = await takeDataDirectory(path, false);
  const refusal = await takeDataDirectory(path, true).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(LaptopRefusal);
  expect(refusal).toMatchObject({
    swedish: expect.stringMatching(new RegExp(`används redan.*${process.pid}`)),
    english: expect.stringMatching(new RegExp(`already in use.*${process.pid}`)),
  });
  await first.release();
  await (await takeDataDirectory(path, false)).release();
});

test.each([
  ['of a process that is gone', '999999999'],
  ['that was cut short', ''],
])('a lock %s is taken over', async (_what, content) => {
  const path = await temporaryDirectory();
  await writeFile(join(path, 'laptop.lock'), content);
  await (await takeDataDirectory(path, false)).release();
});

/** A folder as the laptop leaves it, with what people may have put beside. */
async function usedFolder(): Promise<string> {
  const path = await temporaryDirectory();
  for (const folder of ['dynamodb', 'queues', 'login', 'logs', 'brev']) {
    await mkdir(join(path, folder));
    await writeFile(join(path, folder, 'x'), '1');
  }
  for (const file of ['clock.json', 'kms-keys.json', 'running.json', 'anteckningar.txt']) {
    await writeFile(join(path, file), '{}');
  }
  return path;
}

test("a fresh start takes away what earlier runs kept and leaves people's own things; another keeps it all", async () => {
  const path = await usedFolder();
  const before = await readdir(path, { recursive: true });
  await (await takeDataDirectory(path, false)).release();
  expect(await readdir(path, { recursive: true })).toEqual(before);
  const fresh = await takeDataDirectory(path, true);
  expect((await readdir(path, { recursive: true })).toSorted()).toEqual([
    'anteckningar.txt',
    'brev',
    join('brev', 'x'),
    'laptop.lock',
  ]);
  await fresh.release();
});

test.each([
  { fresh: true, names: ['brev.txt'] },
  { fresh: false, names: ['brev.txt'] },
  // Names that the laptop uses too, and that many other things do.
  { fresh: true, names: ['logs', 'login', 'running.json'] },
])("somebody else's folder with $names is refused and left alone (fresh: $fresh)", async ({ fresh, names }) => {
  const path = await temporaryDirectory();
  for (const name of names) await writeFile(join(path, name), '1');
  const refusal = await takeDataDirectory(path, fresh).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(LaptopRefusal);
  expect(refusal).toMatchObject({
    swedish: expect.stringMatching(/inte Gruppstarts.*--data/),
    english: expect.stringMatching(/not Gruppstart's.*--data/),
  });
  expect((await readdir(path)).toSorted()).toEqual(names.toSorted());
});

test('small files are kept as JSON, and a missing one is null', async () => {
  const data = await takeDataDirectory(await temporaryDirectory(), false);
  expect(await data.readJson('clock.json')).toBeNull();
  await data.writeJson('clock.json', { offsetMs: 5 });
  expect(await data.readJson('clock.json')).toEqual({ offsetMs: 5 });
  await data.remove('clock.json');
  expect(await data.readJson('clock.json')).toBeNull();
  await data.release();
});
