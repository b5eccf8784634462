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

test('a fresh start empties the folder, another keeps it', async () => {
  const path = await temporaryDirectory();
  await mkdir(join(path, 'dynamodb'));
  await writeFile(join(path, 'dynamodb', 'x'), '1');
  await (await takeDataDirectory(path, false)).release();
  expect(await readdir(path)).toEqual(['dynamodb']);
  const fresh = await takeDataDirectory(path, true);
  expect(await readdir(path)).toEqual(['laptop.lock']);
  await fresh.release();
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
