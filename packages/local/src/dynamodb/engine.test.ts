import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Engine, openEngine } from './engine.ts';

const TableName = 'places';
const keys = Array.from({ length: 100 }, (_, number) => ({ pk: { S: 'one' }, sk: { S: String(number) } }));

let dataDir: string;
let engine: Engine;

beforeEach(async () => {
  // On disk, where a batch is committed by another thread while reads go on.
  dataDir = await mkdtemp(join(tmpdir(), 'gruppstart-engine-'));
  engine = await openEngine(dataDir, Date.now);
  await engine.execute('CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
});
afterEach(async () => {
  await engine.close();
  await rm(dataDir, { recursive: true });
});

const writeAll = (mark: number) =>
  engine.execute('TransactWriteItems', {
    TransactItems: keys.map((key) => ({ Put: { TableName, Item: { ...key, mark: { N: String(mark) } } } })),
  });

interface Marked {
  mark: { N: string };
}
const marks = (items: Iterable<Marked>) => [...new Set([...items].map((item) => item.mark.N))];

it.each<[string, () => Promise<string[]>]>([
  [
    'TransactGetItems',
    async () => {
      const TransactItems = keys.map((Key) => ({ Get: { TableName, Key } }));
      const { Responses } = await engine.execute('TransactGetItems', { TransactItems });
      return marks(Object(Responses).map(({ Item }: { Item: Marked }) => Item));
    },
  ],
  [
    'BatchGetItem',
    async () => {
      const { Responses } = await engine.execute('BatchGetItem', { RequestItems: { [TableName]: { Keys: keys } } });
      return marks(Object(Responses)[TableName]);
    },
  ],
  ['Scan', async () => marks(Object((await engine.execute('Scan', { TableName })).Items))],
])('%s never sees half of a transaction that is being committed', async (_name, read) => {
  await writeAll(0);
  let writing = true;
  const writer = (async () => {
    for (let mark = 1; mark <= 150; mark += 1) await writeAll(mark);
    writing = false;
  })();
  const seen = new Set<string>();
  while (writing) {
    // Reads touch no timer and no socket, so without this the writer would never hear of its commits.
    await nextTurn();
    const found = await read();
    expect(found).toHaveLength(1);
    for (const mark of found) seen.add(mark);
  }
  await writer;
  expect(seen.size).toBeGreaterThan(1);
});
