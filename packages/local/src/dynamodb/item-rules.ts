/** What an item must satisfy once it is known as it would be stored: its size and its index keys. */
import type { AttributeValue, IndexRecord, Item, TableRecord } from './dynalite.ts';
import { type Refusal, validationRefusal } from './refusal.ts';

/** DynamoDB's limit for one item: 400 KB, names and values, text as UTF-8. */
export const MAX_ITEM_BYTES = 400 * 1024;

/** How an item came to be written; the service words its refusals by it. */
export type WriteKind = 'put' | 'update';

/**
 * The size of an item in bytes as DynamoDB counts it (Developer Guide, "Item sizes and formats"). dynalite counts
 * UTF-16 units, which lets text with å, ä and ö grow past the limit.
 */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.SS !== undefined) return sum(value.SS.map((text) => Buffer.byteLength(text)));
  if (value.NS !== undefined) return sum(value.NS.map(numberBytes));
  if (value.BS !== undefined) return sum(value.BS.map((binary) => Buffer.byteLength(binary, 'base64')));
  if (value.L !== undefined) return 3 + sum(value.L.map((element) => 1 + valueBytes(element)));
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  return 1;
}

/** About one byte for two significant digits, plus one, plus one for a minus sign. */
function numberBytes(text: string): number {
  const digits = text.replace(/^-/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The refusal of an item that may not be stored, or null. */
export function itemRefusal(table: TableRecord, item: Item, kind: WriteKind): Refusal | null {
  if (itemBytes(item) > MAX_ITEM_BYTES) {
    return validationRefusal(
      kind === 'put'
        ? 'Item size has exceeded the maximum allowed size'
        : 'Item size to update has exceeded the maximum allowed size',
    );
  }
  for (const index of indexesOf(table)) {
    for (const { AttributeName } of index.KeySchema) {
      const refusal = indexKeyRefusal(index, AttributeName, item[AttributeName], kind);
      if (refusal !== null) return refusal;
    }
  }
  return null;
}

/** All indexes, by name: where an attribute keys several, the service names the alphabetically first. */
function indexesOf(table: TableRecord): IndexRecord[] {
  return [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].sort((a, b) =>
    a.IndexName < b.IndexName ? -1 : 1,
  );
}

function indexKeyRefusal(
  index: IndexRecord,
  attribute: string,
  value: AttributeValue | undefined,
  kind: WriteKind,
): Refusal | null {
  if (value?.S !== '' && value?.B !== '') return null;
  const empty = `The AttributeValue for a key attribute cannot contain an empty ${value.S === '' ? 'string' : 'binary'} value.`;
  return validationRefusal(
    kind === 'put'
      ? 'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
          `${empty} IndexName: ${index.IndexName}, IndexKey: ${attribute}`
      : 'One or more parameter values are not valid. The update expression attempted to update a secondary index key ' +
          `to a value that is not supported. ${empty}`,
  );
}
