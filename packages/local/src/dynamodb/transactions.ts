/** TransactWriteItems and TransactGetItems, which dynalite lacks, built from its single-item actions. */
import { rememberToken, wasCommitted } from './client-request-tokens.ts';
import type {
  Answer,
  ConsumedCapacity,
  FieldType,
  Item,
  RequestData,
  TableRecord,
  TypeMap,
  Validation,
} from './dynalite.ts';
import { dynaliteAction, dynaliteDb, dynaliteValidation, runAction } from './dynalite.ts';
import { itemBytes } from './item-rules.ts';
import { deleteOne, type ItemWrite, ON_CONDITION_FAILURE, type Operation, putOne, updateOne } from './operation.ts';
import {
  asRefusal,
  type CancellationReason,
  Refusal,
  refusalName,
  transactionCanceled,
  validationRefusal,
} from './refusal.ts';
import type { StoreView } from './store-view.ts';

/** Limits of one transaction (API reference of TransactWriteItems and TransactGetItems). */
const MAX_TRANSACTION_ITEMS = 100;
const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;

/** A transactional unit of capacity costs two plain ones. */
const CAPACITY_FACTOR = 2;

const WRITES = {
  Put: { validation: dynaliteValidation('putItem'), run: putOne },
  Update: { validation: dynaliteValidation('updateItem'), run: updateOne },
  Delete: { validation: dynaliteValidation('deleteItem'), run: deleteOne },
  ConditionCheck: { validation: dynaliteValidation('deleteItem'), run: checkOne },
} as const satisfies Record<string, { validation: Validation; run: ItemWrite }>;
type WriteName = keyof typeof WRITES;
const WRITE_NAMES = ['ConditionCheck', 'Put', 'Delete', 'Update'] as const satisfies readonly WriteName[];

const required = (type: FieldType): FieldType =>
  typeof type === 'string' ? { type, notNull: true } : { ...type, notNull: true };

/** The fields of a single-item operation that a transaction takes too; the legacy parameters stay outside. */
function fields(validation: Validation, names: readonly string[], needed: readonly string[]): TypeMap {
  const picked = Object.entries(validation.types).filter(([name]) => names.includes(name));
  return Object.fromEntries(picked.map(([name, type]) => [name, needed.includes(name) ? required(type) : type]));
}

const EXPRESSION = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];

const transactItems = (children: TypeMap, element: string): FieldType => ({
  type: 'List',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: MAX_TRANSACTION_ITEMS,
  children: { type: `ValueStruct<${element}>`, children },
});

const struct = (name: WriteName | 'Get', children: TypeMap): FieldType => ({
  type: `FieldStruct<${name}>`,
  children,
});

const CAPACITY: TypeMap = { ReturnConsumedCapacity: { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] } };

const writeTypes: TypeMap = {
  ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  ...CAPACITY,
  ReturnItemCollectionMetrics: { type: 'String', enum: ['SIZE', 'NONE'] },
  TransactItems: transactItems(
    {
      ConditionCheck: struct('ConditionCheck', {
        ...fields(WRITES.ConditionCheck.validation, ['TableName', 'Key', ...EXPRESSION], ['ConditionExpression']),
        ...ON_CONDITION_FAILURE,
      }),
      Put: struct('Put', {
        ...fields(WRITES.Put.validation, ['TableName', 'Item', ...EXPRESSION], []),
        ...ON_CONDITION_FAILURE,
      }),
      Delete: struct('Delete', {
        ...fields(WRITES.Delete.validation, ['TableName', 'Key', ...EXPRESSION], []),
        ...ON_CONDITION_FAILURE,
      }),
      Update: struct('Update', {
        ...fields(
          WRITES.Update.validation,
          ['TableName', 'Key', 'UpdateExpression', ...EXPRESSION],
          ['UpdateExpression'],
        ),
        ...ON_CONDITION_FAILURE,
      }),
    },
    'TransactWriteItem',
  ),
};

const getValidation = dynaliteValidation('getItem');
const getItem = dynaliteAction('getItem');

const readTypes: TypeMap = {
  ...CAPACITY,
  TransactItems: transactItems(
    {
      Get: required(
        struct(
          'Get',
          fields(getValidation, ['TableName', 'Key', 'ProjectionExpression', 'ExpressionAttributeNames'], []),
        ),
      ),
    },
    'TransactGetItem',
  ),
};

interface Step {
  name: WriteName;
  data: RequestData;
}

/** A ConditionCheck is a write of nothing: the same key and condition rules, and the same refusals. */
async function checkOne(view: StoreView, data: RequestData): Promise<Answer> {
  const table = view.table(data.TableName);
  const key = data.Key ?? {};
  const invalidKey = dynaliteDb.validateKey(key, table);
  if (invalidKey) throw invalidKey;
  const existing = view.readItem(data.TableName, dynaliteDb.createKey(key, table));
  const failed = dynaliteDb.checkConditional(data, existing);
  if (failed) {
    const withItem = existing !== undefined && data.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    const refusal = asRefusal(failed);
    throw withItem && refusal !== null ? new Refusal({ ...refusal.body, Item: existing }) : failed;
  }
  return {
    ConsumedCapacity: { TableName: data.TableName, CapacityUnits: dynaliteDb.capacityUnits(existing, false, true) },
  };
}

function stepsOf(data: RequestData): Step[] {
  const entries = Array.isArray(data.TransactItems) ? data.TransactItems : [];
  return entries.map((entry: Record<string, RequestData | undefined>) => {
    const [name, second] = WRITE_NAMES.filter((candidate) => entry[candidate] !== undefined);
    const step = name === undefined ? undefined : entry[name];
    if (name === undefined || step === undefined || second !== undefined) {
      throw validationRefusal('TransactItems can only contain one of Check, Put, Update or Delete');
    }
    return { name, data: { ...step, ReturnConsumedCapacity: 'TOTAL' } };
  });
}

/** What can be said of a step from the request alone is refused before any step runs, and not as a cancellation. */
function parseStep(view: StoreView, validation: Validation, data: RequestData): void {
  const message = validation.custom?.(data, view.store);
  if (message) throw validationRefusal(message);
}

/** The identity of the item a step touches, or null when its key is not valid for the table. */
function targetOf(table: TableRecord, data: RequestData): string | null {
  const invalid =
    data.Item === undefined ? dynaliteDb.validateKey(data.Key ?? {}, table) : dynaliteDb.validateItem(data.Item, table);
  return invalid ? null : `${table.TableName}~${dynaliteDb.createKey(data.Item ?? data.Key ?? {}, table)}`;
}

function refuseDuplicates(view: StoreView, steps: readonly { data: RequestData }[]): void {
  const seen = new Set<string>();
  for (const { data } of steps) {
    const target = targetOf(view.table(data.TableName), data);
    if (target !== null && seen.has(target)) {
      throw validationRefusal('Transaction request cannot include multiple operations on one item');
    }
    if (target !== null) seen.add(target);
  }
}

/**
 * Faults that the service answers for the whole request even though they concern one item: those it can see in the
 * request itself. Everything else about one item becomes its cancellation reason.
 */
const WHOLE_REQUEST =
  /cannot contain an empty (string|binary) value|^Item size has exceeded|maximum size limit|size limit of/;

function reasonOf(thrown: unknown): CancellationReason {
  const refusal = asRefusal(thrown);
  if (refusal === null) throw thrown;
  const { message = '', Item: item } = refusal.body;
  const name = refusalName(refusal);
  if (name === 'ConditionalCheckFailedException') {
    const reason: CancellationReason = { Code: 'ConditionalCheckFailed', Message: message };
    return item === undefined ? reason : { ...reason, Item: toReasonItem(item) };
  }
  if (name !== 'ValidationException' || WHOLE_REQUEST.test(message)) throw refusal;
  return { Code: 'ValidationError', Message: message };
}

const toReasonItem = (item: unknown): Item => Object.fromEntries(Object.entries(item ?? {}));

async function transactWrite(view: StoreView, data: RequestData, nowMs: number): Promise<Answer> {
  const steps = stepsOf(data);
  const token = typeof data.ClientRequestToken === 'string' ? data.ClientRequestToken : null;
  // Before the expressions are parsed, because parsing notes its results in the request.
  const replayed = token !== null && wasCommitted(view, token, data, nowMs);
  if (token !== null && !replayed) rememberToken(view, token, data, nowMs);
  for (const { name, data: step } of steps) parseStep(view, WRITES[name].validation, step);
  refuseDuplicates(view, steps);
  if (replayed) return {};

  const reasons: CancellationReason[] = [];
  const capacities: Answer[] = [];
  for (const { name, data: step } of steps) {
    try {
      capacities.push(await WRITES[name].run(view, step));
      reasons.push({ Code: 'None' });
    } catch (thrown) {
      reasons.push(reasonOf(thrown));
    }
  }
  if (reasons.some((reason) => reason.Code !== 'None')) throw transactionCanceled(reasons);
  refuseOverweight(steps.map(({ data: step }) => view.readItem(step.TableName, keyOf(view, step)) ?? step.Key));
  return consumed(data, capacities);
}

const keyOf = (view: StoreView, data: RequestData): string =>
  dynaliteDb.createKey(data.Item ?? data.Key ?? {}, view.table(data.TableName));

/** @param items the items as they stand after the transaction; of a deleted one its key */
function refuseOverweight(items: readonly (Item | undefined)[]): void {
  const bytes = items.reduce((total, item) => total + (item === undefined ? 0 : itemBytes(item)), 0);
  if (bytes > MAX_TRANSACTION_BYTES) {
    throw validationRefusal('The aggregate size of the items in the transaction has exceeded the limit of 4 MB');
  }
}

function consumed(data: RequestData, answers: readonly Answer[]): Answer {
  if (data.ReturnConsumedCapacity !== 'TOTAL' && data.ReturnConsumedCapacity !== 'INDEXES') return {};
  const byTable = new Map<string, ConsumedCapacity>();
  for (const { TableName, CapacityUnits } of answers.flatMap((answer) => answer.ConsumedCapacity ?? [])) {
    const before = byTable.get(TableName)?.CapacityUnits ?? 0;
    byTable.set(TableName, { TableName, CapacityUnits: before + CAPACITY_FACTOR * CapacityUnits });
  }
  return { ConsumedCapacity: [...byTable.values()] };
}

async function transactGet(view: StoreView, data: RequestData): Promise<Answer> {
  const entries = Array.isArray(data.TransactItems) ? data.TransactItems : [];
  const gets = entries.map((entry: { Get: RequestData }) => ({
    data: { ...entry.Get, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' },
  }));
  for (const get of gets) parseStep(view, getValidation, get.data);
  refuseDuplicates(view, gets);

  const reasons: CancellationReason[] = [];
  const answers: Answer[] = [];
  for (const get of gets) {
    try {
      answers.push(await runAction(getItem, view.store, get.data));
      reasons.push({ Code: 'None' });
    } catch (thrown) {
      reasons.push(reasonOf(thrown));
    }
  }
  if (reasons.some((reason) => reason.Code !== 'None')) throw transactionCanceled(reasons);
  refuseOverweight(answers.map((answer) => answer.Item));
  return {
    Responses: answers.map(({ Item: item }) => (item === undefined ? {} : { Item: item })),
    ...consumed(data, answers),
  };
}

export const TRANSACTION_OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['TransactWriteItems', { kind: 'write', types: writeTypes, run: transactWrite }],
  ['TransactGetItems', { kind: 'read', types: readTypes, run: transactGet }],
]);
