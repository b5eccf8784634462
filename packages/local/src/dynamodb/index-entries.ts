/**
 * The entries of secondary indexes. dynalite tells items with the same index key apart by 24 bits of a digest, so
 * among a few thousand such items one entry would overwrite another and the item vanish from the index. Here the
 * whole table key ends the entry's key.
 */
import type { DynaliteStore, IndexRecord, Item, KeySchemaElement, TableRecord } from './dynalite.ts';
import { dynaliteDb } from './dynalite.ts';

export function indexEntryKey(item: Item, table: TableRecord, keySchema: KeySchemaElement[]): string {
  return dynaliteDb.createKey(item, table, keySchema) + dynaliteDb.createKey(item, table);
}

/** The entry of an item in one index, or null when the item lacks one of the index's keys (a sparse index). */
export function indexEntry(item: Item, table: TableRecord, index: IndexRecord): { key: string; value: Item } | null {
  const indexKeys = index.KeySchema.map((element) => element.AttributeName);
  if (indexKeys.some((attribute) => item[attribute] === undefined)) return null;
  const key = indexEntryKey(item, table, index.KeySchema);
  if (index.Projection.ProjectionType === 'ALL') return { key, value: item };
  const tableKeys = table.KeySchema.map((element) => element.AttributeName);
  const value: Item = {};
  for (const attribute of [...indexKeys, ...tableKeys, ...(index.Projection.NonKeyAttributes ?? [])]) {
    const attributeValue = item[attribute];
    if (attributeValue !== undefined) value[attribute] = attributeValue;
  }
  return { key, value };
}

function updateIndexes(
  store: DynaliteStore,
  table: TableRecord,
  existingItem: Item | null | undefined,
  item: Item | null | undefined,
  callback: (error: unknown) => void,
): void {
  const indexes = [
    ...(table.GlobalSecondaryIndexes ?? []).map((index) => ({ type: 'Global', index })),
    ...(table.LocalSecondaryIndexes ?? []).map((index) => ({ type: 'Local', index })),
  ];
  // The views of the store answer at once, so nothing has to be awaited between these calls.
  const ignore = () => {};
  for (const { type, index } of indexes) {
    const indexDb = store.getIndexDb(type, table.TableName, index.IndexName);
    const before = existingItem ? indexEntry(existingItem, table, index) : null;
    const after = item ? indexEntry(item, table, index) : null;
    if (before !== null && before.key !== after?.key) indexDb.del(before.key, ignore);
    if (after !== null) indexDb.put(after.key, after.value, ignore);
  }
  callback(null);
}

/** dynalite's actions find both functions on its module, so replacing them there replaces them everywhere. */
export function installIndexEntries(): void {
  dynaliteDb.createIndexKey = indexEntryKey;
  dynaliteDb.updateIndexes = updateIndexes;
}
