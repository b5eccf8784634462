/** What an operation of the protocol is to the engine, and the single-item and batch operations dynalite brings. */
import type { Action, Answer, RequestData, TypeMap, Validation } from './dynalite.ts';
import { dynaliteAction, dynaliteDb, dynaliteValidation, runAction } from './dynalite.ts';
import { itemRefusal, type WriteKind } from './item-rules.ts';
import { asRefusal, Refusal, refusalName } from './refusal.ts';
import type { StoreView } from './store-view.ts';

export interface Operation extends Validation {
  /** Reads get a snapshot and run beside each other; writes run one at a time and end in one batch. */
  kind: 'read' | 'write';
  run(view: StoreView, data: RequestData, nowMs: number): Promise<Answer>;
}

/** The parameter that dynalite does not know, on every operation that takes a condition. */
export const ON_CONDITION_FAILURE: TypeMap = {
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
};

const READS = [
  'BatchGetItem',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'Query',
  'Scan',
] as const;
const TABLE_WRITES = ['CreateTable', 'DeleteTable', 'TagResource', 'UntagResource'] as const;

const toLowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function plain(kind: Operation['kind'], name: string): [string, Operation] {
  const action = dynaliteAction(toLowerFirst(name));
  return [
    name,
    { ...dynaliteValidation(toLowerFirst(name)), kind, run: (view, data) => runAction(action, view.store, data) },
  ];
}

const putItem = dynaliteAction('putItem');
const updateItem = dynaliteAction('updateItem');
const deleteItem = dynaliteAction('deleteItem');
const batchWriteItem = dynaliteAction('batchWriteItem');

/** One conditional write, alone or as part of a transaction; it leaves the view changed only as far as it got. */
export type ItemWrite = (view: StoreView, data: RequestData) => Promise<Answer>;

function itemWrite(action: Action, kind: WriteKind): ItemWrite {
  return async (view, data) => {
    try {
      const answer = await runAction(action, view.store, data);
      checkWrittenItems(view, kind);
      return answer;
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      const wantsItem = data.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
      if (refusal === null || refusalName(refusal) !== 'ConditionalCheckFailedException' || !wantsItem) throw thrown;
      const key = dynaliteDb.createKey(data.Item ?? data.Key ?? {}, view.table(data.TableName));
      const existing = view.readItem(data.TableName, key);
      throw existing === undefined ? refusal : new Refusal({ ...refusal.body, Item: existing });
    }
  };
}

function checkWrittenItems(view: StoreView, kind: WriteKind): void {
  for (const { tableName, item } of view.takeWrittenItems()) {
    const refusal = itemRefusal(view.table(tableName), item, kind);
    if (refusal !== null) throw refusal;
  }
}

export const putOne = itemWrite(putItem, 'put');
export const updateOne = itemWrite(updateItem, 'update');
export const deleteOne = itemWrite(deleteItem, 'put');

function conditional(name: string, run: ItemWrite): [string, Operation] {
  const { types, custom } = dynaliteValidation(toLowerFirst(name));
  const operation: Operation = { kind: 'write', types: { ...types, ...ON_CONDITION_FAILURE }, run };
  if (custom !== undefined) operation.custom = custom;
  return [name, operation];
}

/** Operations that dynalite answers, with what it leaves out of them. */
export const ITEM_OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ...READS.map((name) => plain('read', name)),
  ...TABLE_WRITES.map((name) => plain('write', name)),
  conditional('PutItem', putOne),
  conditional('UpdateItem', updateOne),
  conditional('DeleteItem', deleteOne),
  [
    'BatchWriteItem',
    {
      ...dynaliteValidation('batchWriteItem'),
      kind: 'write',
      run: async (view: StoreView, data: RequestData) => {
        const answer = await runAction(batchWriteItem, view.store, data);
        checkWrittenItems(view, 'put');
        return answer;
      },
    },
  ],
]);
