import { expect, onTestFinished, test } from 'vitest';
import { callAws } from '../aws-json.ts';
import { startDynamodb } from '../dynamodb/start-dynamodb.ts';
import { LaptopRefusal } from '../laptop-refusal.ts';
import type { TableModel } from '../template/model.ts';
import { ensureTables } from './tables.ts';

const TABLE: TableModel = {
  name: 'Things',
  partitionKey: { name: 'pk', type: 'S' },
  sortKey: { name: 'sk', type: 'S' },
  indexes: [
    {
      name: 'lists',
      partitionKey: { name: 'listPk', type: 'S' },
      sortKey: { name: 'listSk', type: 'S' },
      projection: 'ALL',
      nonKeyAttributes: [],
    },
    {
      name: 'days',
      partitionKey: { name: 'day', type: 'S' },
      sortKey: null,
      projection: 'KEYS_ONLY',
      nonKeyAttributes: [],
    },
  ],
  timeToLiveAttribute: 'expiresAt',
};

async function startEngine() {
  const engine = await startDynamodb({ dataDir: null });
  onTestFinished(() => engine.stop());
  return engine;
}

test('a missing table is made with its keys, indexes and expiry, and can be used at once', async () => {
  const engine = await startEngine();
  await ensureTables(engine.url, [TABLE]);
  const item = { pk: { S: 'a' }, sk: { S: 'b' }, listPk: { S: 'l' }, listSk: { S: '1' }, expiresAt: { N: '100' } };
  await callAws(engine.url, 'dynamodb', 'PutItem', { TableName: 'Things', Item: item });
  const found = await callAws(engine.url, 'dynamodb', 'Query', {
    TableName: 'Things',
    IndexName: 'lists',
    KeyConditionExpression: 'listPk = :l',
    ExpressionAttributeValues: { ':l': { S: 'l' } },
  });
  expect(found).toMatchObject({ Count: 1, Items: [item] });
  expect(await engine.sweepExpired(99)).toBe(0);
  expect(await engine.sweepExpired(101)).toBe(1);
});

test('a table that exists is left as it is', async () => {
  const engine = await startEngine();
  await ensureTables(engine.url, [TABLE]);
  await callAws(engine.url, 'dynamodb', 'PutItem', { TableName: 'Things', Item: { pk: { S: 'a' }, sk: { S: 'b' } } });
  await ensureTables(engine.url, [{ ...TABLE, indexes: TABLE.indexes.toReversed() }]);
  expect(await callAws(engine.url, 'dynamodb', 'Scan', { TableName: 'Things' })).toMatchObject({ Count: 1 });
});

test.each<[string, Partial<TableModel>]>([
  ['another key', { sortKey: { name: 'other', type: 'S' } }],
  [
    'an index more',
    {
      indexes: [
        ...TABLE.indexes,
        {
          name: 'more',
          partitionKey: { name: 'm', type: 'S' },
          sortKey: null,
          projection: 'ALL',
          nonKeyAttributes: [],
        },
      ],
    },
  ],
  ['an index less', { indexes: [] }],
])('a table on disk with %s than the template stops the start', async (_what, change) => {
  const engine = await startEngine();
  await ensureTables(engine.url, [TABLE]);
  await expect(ensureTables(engine.url, [{ ...TABLE, ...change }])).rejects.toBeInstanceOf(LaptopRefusal);
});
