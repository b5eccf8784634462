import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Page, PageRequest } from '@gruppstart/usecases/ports/store';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { pauseBeforeRetry } from './backoff.ts';
import { type CursorScope, decodeCursor, encodeCursor } from './cursors.ts';
import type { DocumentItem, ListScope } from './documents.ts';
import type { Entities } from './entities.ts';
import { type ItemKey, type ItemRange, tenantPrefix } from './keys.ts';

type Position = Record<string, string>;
interface Found<T> {
  readonly items: readonly T[];
  readonly lastKey: Record<string, unknown> | undefined;
}

/** A part as the table gives it back; what it holds is parsed by whoever asked. */
export interface PartItem {
  readonly pk: string;
  readonly sk: string;
  readonly part?: unknown;
}

/** Reads on until there is one item more than asked for, or no more: only then is it known whether a page is the last. */
const readPage = async <T>(
  limit: number,
  start: Position | undefined,
  query: (start: Record<string, unknown> | undefined, limit: number) => Promise<Found<T>>,
): Promise<{ readonly items: readonly T[]; readonly hasMore: boolean }> => {
  const items: T[] = [];
  let from: Record<string, unknown> | undefined = start;
  do {
    const found = await query(from, limit + 1 - items.length);
    items.push(...found.items);
    from = found.lastKey;
  } while (from !== undefined && items.length <= limit);
  return { items: items.slice(0, limit), hasMore: items.length > limit };
};

const queryParts = async (
  entities: Entities,
  range: ItemRange,
  start: Record<string, unknown> | undefined,
  limit: number | undefined,
): Promise<Found<PartItem>> => {
  const { Items = [], LastEvaluatedKey } = await entities.core
    .build(QueryCommand)
    .entities(entities.part)
    .query({ partition: range.pk, range: { beginsWith: range.prefix } })
    .options({
      consistent: true,
      ...(limit === undefined ? {} : { limit }),
      ...(start === undefined ? {} : { exclusiveStartKey: start }),
    })
    .send();
  return { items: Items, lastKey: LastEvaluatedKey };
};

/** Everything in a range, in the order of its sort keys. */
export const allParts = async (entities: Entities, range: ItemRange): Promise<readonly PartItem[]> => {
  const items: PartItem[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const found: Found<PartItem> = await queryParts(entities, range, from, undefined);
    items.push(...found.items);
    from = found.lastKey;
  } while (from !== undefined);
  return items;
};

/** A page of a range; null when the cursor belongs elsewhere. */
export const partsPage = async (
  entities: Entities,
  range: ItemRange,
  page: PageRequest,
): Promise<Page<PartItem> | null> => {
  const scope: CursorScope = { name: `${range.pk}|${range.prefix}`, prefixes: [range.prefix] };
  const position = page.cursor === null ? [] : decodeCursor(scope, page.cursor);
  if (position === null) return null;
  const [sk] = position;
  const start = sk === undefined ? undefined : { pk: range.pk, sk };
  const { items, hasMore } = await readPage(page.limit, start, (from, limit) =>
    queryParts(entities, range, from, limit),
  );
  const last = items.at(-1);
  return { items, nextCursor: hasMore && last ? encodeCursor(scope, [last.sk]) : null };
};

interface ListedItem extends DocumentItem {
  readonly sk: string;
  readonly listSk: string;
}

const queryList = async (
  entities: Entities,
  scope: ListScope,
  start: Record<string, unknown> | undefined,
  limit: number,
): Promise<Found<ListedItem>> => {
  const { Items = [], LastEvaluatedKey } = await entities.core
    .build(QueryCommand)
    .entities(entities.document)
    .query({
      index: 'lists',
      partition: scope.listPk,
      ...(scope.prefix === null ? {} : { range: { beginsWith: scope.prefix } }),
    })
    .options({
      limit,
      reverse: scope.newestFirst,
      ...(start === undefined ? {} : { exclusiveStartKey: start }),
    })
    .send();
  return { items: Items, lastKey: LastEvaluatedKey };
};

/** A page of a list; null when the cursor belongs to another list or tenant. */
export const listPage = async (
  entities: Entities,
  tenant: TenantId,
  scope: ListScope,
  page: PageRequest,
): Promise<Page<ListedItem> | null> => {
  const cursorScope: CursorScope = {
    name: `${scope.listPk}|${scope.prefix ?? ''}`,
    prefixes: [tenantPrefix(tenant), 'DOC', scope.prefix ?? ''],
  };
  const position = page.cursor === null ? [] : decodeCursor(cursorScope, page.cursor);
  if (position === null) return null;
  const [pk, sk, listSk] = position;
  const start =
    pk === undefined || sk === undefined || listSk === undefined ? undefined : { pk, sk, listPk: scope.listPk, listSk };
  const { items, hasMore } = await readPage(page.limit, start, (from, limit) =>
    queryList(entities, scope, from, limit),
  );
  const last = items.at(-1);
  return { items, nextCursor: hasMore && last ? encodeCursor(cursorScope, [last.pk, last.sk, last.listSk]) : null };
};

/** The service takes this many keys in one request. */
const BATCH_GET_KEYS = 100;
const BATCH_GET_ATTEMPTS = 8;

/** Where many items are read by key, and how an item is read out. */
export interface ManyReads<T> {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly coreTable: string;
  readonly read: (item: Record<string, unknown>) => T;
}

/** Strongly consistent. The map is by partition key, so all keys must have the same sort key; what does not exist is absent. */
export const getAll = async <T>(
  { dynamodb, coreTable, read }: ManyReads<T>,
  wanted: readonly ItemKey[],
): Promise<ReadonlyMap<string, T>> => {
  const unique = [...new Map(wanted.map((key) => [key.pk, key])).values()];
  const found = new Map<string, T>();
  for (let from = 0; from < unique.length; from += BATCH_GET_KEYS) {
    let pending: Record<string, unknown>[] = unique.slice(from, from + BATCH_GET_KEYS).map((key) => ({ ...key }));
    for (let attempt = 0; pending.length > 0; attempt += 1) {
      if (attempt === BATCH_GET_ATTEMPTS) throw new Error(`${pending.length} items were not read in ${attempt} tries`);
      if (attempt > 0) await pauseBeforeRetry(attempt);
      const { Responses = {}, UnprocessedKeys = {} } = await dynamodb.send(
        new BatchGetCommand({ RequestItems: { [coreTable]: { Keys: pending, ConsistentRead: true } } }),
      );
      for (const item of Responses[coreTable] ?? []) found.set(String(item.pk), read(item));
      pending = UnprocessedKeys[coreTable]?.Keys ?? [];
    }
  }
  return found;
};
