import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { IndexRecord, Item, TableRecord } from './dynalite.ts';
import { indexEntry } from './index-entries.ts';

const index: IndexRecord = {
  IndexName: 'by-queue',
  KeySchema: [
    { AttributeName: 'queue', KeyType: 'HASH' },
    { AttributeName: 'since', KeyType: 'RANGE' },
  ],
  Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
};
const table: TableRecord = {
  TableName: 'people',
  TableStatus: 'ACTIVE',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'queue', AttributeType: 'S' },
    { AttributeName: 'since', AttributeType: 'N' },
  ],
  GlobalSecondaryIndexes: [index],
};
const person = (pk: string, since: number, more: Item = {}): Item => ({
  pk: { S: pk },
  queue: { S: 'q' },
  since: { N: String(since) },
  ...more,
});
const keyOf = (item: Item) => indexEntry(item, table, index)?.key ?? '';

/** Whole numbers, and fractions well inside what the service can store. */
const fractions = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((number) => Number(number.toFixed(6)));
const numbers = fc.oneof(fc.integer(), fractions);
const names = fc.string({ minLength: 1, unit: 'grapheme' });

it('entries stand in the order of their numbers', () => {
  fc.assert(
    fc.property(numbers, numbers, names, (a, b, pk) => {
      fc.pre(a !== b);
      expect(keyOf(person(pk, a)) < keyOf(person(pk, b))).toBe(a < b);
    }),
  );
});

it('two items never share an entry, and one item always finds its own', () => {
  fc.assert(
    fc.property(names, names, numbers, (a, b, since) => {
      expect(keyOf(person(a, since)) === keyOf(person(b, since))).toBe(a === b);
    }),
  );
});

it('an entry holds the keys and what the index is declared to hold, and nothing else', () => {
  const item = person('a', 1, { note: { S: 'short' }, secret: { S: 'not here' } });
  expect(indexEntry(item, table, index)?.value).toEqual(person('a', 1, { note: { S: 'short' } }));
});

it.each(['queue', 'since'])('an item without %s is not in the index', (attribute) => {
  const { [attribute]: _left, ...rest } = person('a', 1);
  expect(indexEntry(rest, table, index)).toBeNull();
});
