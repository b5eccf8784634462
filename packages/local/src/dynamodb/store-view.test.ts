import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DynaliteOptions, dynaliteDb, type Level } from './dynalite.ts';
import { openView } from './store-view.ts';

let level: Level;
let options: DynaliteOptions;

beforeEach(async () => {
  const created = dynaliteDb.create({});
  level = created.db;
  options = created.options;
  await level.open();
});
afterEach(() => level.close());

async function all<T>(chunks: AsyncIterable<T[]>): Promise<T[]> {
  const entries: T[] = [];
  for await (const chunk of chunks) entries.push(...chunk);
  return entries;
}

it('a reading view keeps to what was committed when it was opened', async () => {
  await level.batch([{ type: 'put', key: 'a', value: 1 }]);
  const snapshot = level.snapshot();
  const view = openView(level, options, snapshot);
  await level.batch([
    { type: 'put', key: 'a', value: 2 },
    { type: 'put', key: 'b', value: 2 },
  ]);
  expect(view.read('a')).toBe(1);
  expect(view.read('b')).toBeUndefined();
  expect(await all(view.committedValues(''))).toEqual([1]);
  await snapshot.close();
});

it('a reading view refuses to write', async () => {
  const snapshot = level.snapshot();
  expect(() => openView(level, options, snapshot).write('a', 1)).toThrow('asked to write a');
  await snapshot.close();
});

it('a writing view shows its changes to itself alone until they are committed', async () => {
  await level.batch([{ type: 'put', key: 'gone', value: 1 }]);
  const view = openView(level, options);
  view.write('a', 1);
  view.erase('gone');
  expect(view.read('a')).toBe(1);
  expect(view.read('gone')).toBeUndefined();
  expect(openView(level, options).read('a')).toBeUndefined();
  await level.batch(view.seal());
  expect(openView(level, options).read('a')).toBe(1);
  expect(openView(level, options).read('gone')).toBeUndefined();
});

it('what is written to a sealed view is dropped', () => {
  const view = openView(level, options);
  view.write('a', 1);
  view.seal();
  view.write('b', 1);
  expect(view.seal()).toEqual([{ type: 'put', key: 'a', value: 1 }]);
});

it('a range ends where its prefix does', async () => {
  await level.batch(
    ['item-a~1', 'item-a~2', 'item-a-b~1', 'item-b~1'].map((key) => ({ type: 'put', key, value: key })),
  );
  expect(await all(openView(level, options).committedKeys('item-a~'))).toEqual(['1', '2']);
});
