import { TABLES } from '@gruppstart/store/tables';
import { type AwsCall, fieldOf, ID_SHAPE, type Place, textOf } from './aws-call.ts';

/** Parts of a TransactWriteItems and the rights that each needs (DynamoDB Developer Guide, "Using IAM with transactions"). */
const TRANSACTION_PARTS = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
} as const;

const TABLE_PARTITION_KEYS = TABLES.map(({ partitionKey }) => partitionKey);
/** Those that a Query may name: of a table or of an index. */
const PARTITION_KEYS = [
  ...TABLE_PARTITION_KEYS,
  ...TABLES.flatMap(({ indexes }) => indexes.map(({ partitionKey }) => partitionKey)),
];

/** A partition that is a word of our own, such as a ledger's, and never one of a tenant or a person. */
const OPEN_PARTITION = /^[A-Z]+(-[A-Z]+)*$/;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

const shapeOf = (attribute: unknown): string => {
  const partition = textOf(attribute, 'S');
  return OPEN_PARTITION.test(partition) ? partition : ID_SHAPE;
};

/** The partitions of keys or items. */
const partitionsOf = (...keys: readonly unknown[]): readonly string[] =>
  keys.flatMap((key) =>
    entriesOf(key)
      .filter(([name]) => TABLE_PARTITION_KEYS.includes(name))
      .map(([, attribute]) => shapeOf(attribute)),
  );

/** The partition that a Query names: `#partition = :partition AND …`. */
const queriedPartitions = (body: unknown): readonly string[] => {
  const equalities = textOf(body, 'KeyConditionExpression').matchAll(/([#\w]+)\s*=\s*(:\w+)/g);
  return [...equalities].flatMap(([, name = '', value = '']) => {
    const attribute = textOf(fieldOf(body, 'ExpressionAttributeNames'), name) || name;
    if (!PARTITION_KEYS.includes(attribute)) return [];
    return [shapeOf(fieldOf(fieldOf(body, 'ExpressionAttributeValues'), value))];
  });
};

/** What IAM is asked about one request to DynamoDB. Of items, keys and conditions only the shape of the partition stays. */
export function dynamodbCalls(operationName: string, body: unknown, { region, accountId }: Place): readonly AwsCall[] {
  const on = (action: string, table: string, partitions: readonly string[], index = ''): AwsCall => ({
    action: `dynamodb:${action}`,
    resource:
      (table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${accountId}:table/${table}`) +
      (index === '' ? '' : `/index/${index}`),
    context: partitions.length === 0 ? {} : { 'dynamodb:LeadingKeys': [...new Set(partitions)].toSorted() },
  });
  switch (operationName) {
    case 'TransactWriteItems':
      return listOf(fieldOf(body, 'TransactItems')).flatMap((item) =>
        Object.entries(TRANSACTION_PARTS).flatMap(([name, action]) => {
          const part = fieldOf(item, name);
          if (part === undefined) return [];
          return [on(action, textOf(part, 'TableName'), partitionsOf(fieldOf(part, 'Key'), fieldOf(part, 'Item')))];
        }),
      );
    case 'TransactGetItems':
      return listOf(fieldOf(body, 'TransactItems')).map((item) => {
        const part = fieldOf(item, 'Get');
        return on('GetItem', textOf(part, 'TableName'), partitionsOf(fieldOf(part, 'Key')));
      });
    case 'BatchGetItem':
      return entriesOf(fieldOf(body, 'RequestItems')).map(([table, asked]) =>
        on(operationName, table, partitionsOf(...listOf(fieldOf(asked, 'Keys')))),
      );
    case 'BatchWriteItem':
      return entriesOf(fieldOf(body, 'RequestItems')).map(([table, writes]) => {
        const written = listOf(writes).flatMap((write) => [
          fieldOf(fieldOf(write, 'PutRequest'), 'Item'),
          fieldOf(fieldOf(write, 'DeleteRequest'), 'Key'),
        ]);
        return on(operationName, table, partitionsOf(...written));
      });
    case 'Query':
      // A Query of an index needs the right to the index, and none to its table.
      return [on(operationName, textOf(body, 'TableName'), queriedPartitions(body), textOf(body, 'IndexName'))];
    default: {
      const partitions = partitionsOf(fieldOf(body, 'Key'), fieldOf(body, 'Item'));
      return [on(operationName, textOf(body, 'TableName'), partitions, textOf(body, 'IndexName'))];
    }
  }
}
