import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Page, PageRequest } from '@gruppstart/usecases/ports/store';
import { pauseBeforeRetry } from './backoff.ts';
import { type CursorScope, decodeCursor, encodeCursor } from './cursors.ts';
import type { ListScope } from './documents.ts';
import { type ItemKey, type ItemRange, tenantPrefix } from './keys.ts';
import { CORE_TABLE } from './tables.ts';

/** An item as the table gives it back, and the table's own key of one. */
export type Item = Readonly<Record<string, unknown>>;
type StartKey = Record<string, unknown>;

export interface TableAccess {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly coreTable: string;
}

/** A query: one partition of the table or of an index, sort keys that begin so or lie below. */
interface Query {
  readonly index: string | null;
  readonly partition: string;
  readonly sort: { readonly beginsWith: string } | { readonly below: string } | null;
  readonly newestFirst: boolean;
  /** Fields within one attribute, when they alone are to be sent; without it whole items are. */
  readonly only?: { readonly attribute: string; readonly fields: readonly string[] };
}

const INDEX_KEYS = new Map(CORE_TABLE.indexes.map((index) => [index.name, index]));

const conditionOf = ({ index, partition, sort }: Query) => {
  const { partitionKey, sortKey } = (index === null ? CORE_TABLE : INDEX_KEYS.get(index)) ?? CORE_TABLE;
  const names = { '#partition': partitionKey };
  if (sort === null) {
    return {
      KeyConditionExpression: '#partition = :partition',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':partition': partition },
    };
  }
  const [expression, value] =
    'below' in sort ? ['#sort < :sort', sort.below] : ['begins_with(#sort, :sort)', sort.beginsWith];
  return {
    KeyConditionExpression: `#partition = :partition AND ${expression}`,
    ExpressionAttributeNames: { ...names, '#sort': sortKey },
    ExpressionAttributeValues: { ':partition': partition, ':sort': value },
  };
};

const projectionOf = ({ attribute, fields }: NonNullable<Query['only']>) => ({
  expression: fields.map((_, index) => `#attribute.#field${index}`).join(', '),
  names: {
    '#attribute': attribute,
    ...Object.fromEntries(fields.map((field, index) => [`#field${index}`, field])),
  },
});

/**
 * The first items of a query, at most `limit`. Reads on while the service has more: one answer holds 1 MB at most and
 * may be empty before the end. Strongly consistent, but for indexes, which cannot be.
 */
const queryUpTo = async (
  { dynamodb, coreTable }: TableAccess,
  query: Query,
  limit: number,
  start: StartKey | null,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const condition = conditionOf(query);
  const projection = query.only && projectionOf(query.only);
  let from: StartKey | undefined = start ?? undefined;
  do {
    const answer: QueryCommandOutput = await dynamodb.send(
      new QueryCommand({
        TableName: coreTable,
        ...(query.index === null ? { ConsistentRead: true } : { IndexName: query.index }),
        ...condition,
        ...(projection === undefined
          ? {}
          : {
              ProjectionExpression: projection.expression,
              ExpressionAttributeNames: { ...condition.ExpressionAttributeNames, ...projection.names },
            }),
        ScanIndexForward: !query.newestFirst,
        ...(Number.isFinite(limit) ? { Limit: limit - items.length } : {}),
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    items.push(...(answer.Items ?? []));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined && items.length < limit);
  return items;
};

/** One more than asked for is read: only then is it known whether a page is the last. */
const queryPage = async (
  access: TableAccess,
  query: Query,
  scope: CursorScope,
  page: PageRequest,
  attributes: readonly string[],
): Promise<Page<Item> | null> => {
  const position = page.cursor === null ? [] : decodeCursor(scope, page.cursor);
  if (position === null) return null;
  const start =
    page.cursor === null
      ? null
      : { ...scope.fixed, ...Object.fromEntries(attributes.map((name, index) => [name, position[index]])) };
  const items = await queryUpTo(access, query, page.limit + 1, start);
  const shown = items.slice(0, page.limit);
  const last = shown.at(-1);
  const isLastPage = items.length <= page.limit || last === undefined;
  return {
    items: shown,
    nextCursor: isLastPage
      ? null
      : encodeCursor(
          scope,
          attributes.map((name) => String(last[name])),
        ),
  };
};

const inRange = ({ pk, prefix }: ItemRange): Query => ({
  index: null,
  partition: pk,
  sort: { beginsWith: prefix },
  newestFirst: false,
});

export const getOne = async ({ dynamodb, coreTable }: TableAccess, key: ItemKey): Promise<Item | null> => {
  const { Item: item } = await dynamodb.send(
    new GetCommand({ TableName: coreTable, Key: { ...key }, ConsistentRead: true }),
  );
  return item ?? null;
};

/** Everything in a range, in the order of its sort keys. */
export const allInRange = (access: TableAccess, range: ItemRange): Promise<readonly Item[]> =>
  queryUpTo(access, inRange(range), Number.POSITIVE_INFINITY, null);

/** Of everything in a range some fields of one attribute: little is sent and parsed of items that are large. */
export const fieldsInRange = (
  access: TableAccess,
  range: ItemRange,
  only: NonNullable<Query['only']>,
): Promise<readonly Item[]> => queryUpTo(access, { ...inRange(range), only }, Number.POSITIVE_INFINITY, null);

/** A page of a range; null when the cursor belongs elsewhere. */
export const pageOfRange = (access: TableAccess, range: ItemRange, page: PageRequest): Promise<Page<Item> | null> => {
  const scope = { name: `${range.pk}|${range.prefix}`, prefixes: [range.prefix], fixed: { pk: range.pk } };
  return queryPage(access, inRange(range), scope, page, ['sk']);
};

/** A page of a list; null when the cursor belongs to another list or tenant. */
export const pageOfList = (
  access: TableAccess,
  tenant: TenantId,
  { listPk, prefix, newestFirst }: ListScope,
  page: PageRequest,
): Promise<Page<Item> | null> => {
  const query: Query = {
    index: 'lists',
    partition: listPk,
    sort: prefix === null ? null : { beginsWith: prefix },
    newestFirst,
  };
  const scope = {
    name: `${listPk}|${prefix ?? ''}`,
    prefixes: [tenantPrefix(tenant), 'DOC', prefix ?? ''],
    fixed: { listPk },
  };
  return queryPage(access, query, scope, page, ['pk', 'sk', 'listSk']);
};

/** Messages of one shard of the outbox that sort below, the oldest first. */
export const unsentBelow = (
  access: TableAccess,
  partition: string,
  below: string,
  limit: number,
): Promise<readonly Item[]> =>
  queryUpTo(access, { index: 'outbox', partition, sort: { below }, newestFirst: false }, limit, null);

/** The service takes this many keys in one request. */
const BATCH_GET_KEYS = 100;
const BATCH_GET_ATTEMPTS = 8;

/** Strongly consistent. The map is by partition key, so all keys must have the same sort key; what does not exist is absent. */
export const getAll = async (
  { dynamodb, coreTable }: TableAccess,
  wanted: readonly ItemKey[],
): Promise<ReadonlyMap<string, Item>> => {
  const unique = [...new Map(wanted.map((key) => [key.pk, key])).values()];
  const found = new Map<string, Item>();
  for (let from = 0; from < unique.length; from += BATCH_GET_KEYS) {
    let pending: StartKey[] = unique.slice(from, from + BATCH_GET_KEYS).map((key) => ({ ...key }));
    for (let attempt = 0; pending.length > 0; attempt += 1) {
      if (attempt === BATCH_GET_ATTEMPTS) throw new Error(`${pending.length} items were not read in ${attempt} tries`);
      if (attempt > 0) await pauseBeforeRetry(attempt);
      const { Responses = {}, UnprocessedKeys = {} } = await dynamodb.send(
        new BatchGetCommand({ RequestItems: { [coreTable]: { Keys: pending, ConsistentRead: true } } }),
      );
      for (const item of Responses[coreTable] ?? []) found.set(String(item.pk), item);
      pending = UnprocessedKeys[coreTable]?.Keys ?? [];
    }
  }
  return found;
};
