import {
  type CancellationReason,
  type DynamoDBClient,
  TransactGetItemsCommand,
  TransactionCanceledException,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Dynamodb, startDynamodb } from './start-dynamodb.ts';
import {
  clientFor,
  createTables,
  get,
  increaseIn,
  keyOf,
  PEOPLE,
  PLACES,
  put,
  putIn,
  refusalOf,
  transact,
} from './testing.ts';

let dynamodb: Dynamodb;
let client: DynamoDBClient;
let nowMs = Date.parse('2026-12-01T08:00:00Z');

beforeAll(async () => {
  dynamodb = await startDynamodb({ dataDir: null, readClockMs: () => nowMs });
  client = clientFor(dynamodb.url);
  await createTables(client);
});
afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});

const check = (id: string, ConditionExpression: string): TransactWriteItem => ({
  ConditionCheck: {
    TableName: PEOPLE,
    Key: keyOf(id),
    ConditionExpression,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
const remove = (id: string): TransactWriteItem => ({ Delete: { TableName: PEOPLE, Key: keyOf(id) } });

async function cancellationOf(request: Promise<unknown>): Promise<{ message: string; reasons: CancellationReason[] }> {
  const refusal = await refusalOf(request);
  if (!(refusal instanceof TransactionCanceledException)) throw refusal;
  return { message: refusal.message, reasons: refusal.CancellationReasons ?? [] };
}

describe('TransactWriteItems', () => {
  it('applies puts, updates, deletes and checks in two tables together', async () => {
    await put(client, 'all-old', { seats: { N: '4' } });
    await put(client, 'all-gone');
    await transact(client, [
      putIn('all-new', { seats: { N: '1' } }),
      increaseIn('all-old'),
      increaseIn('all-other', PLACES),
      remove('all-gone'),
      check('all-absent', 'attribute_not_exists(pk)'),
    ]);
    expect((await get(client, 'all-new'))?.seats?.N).toBe('1');
    expect((await get(client, 'all-old'))?.seats?.N).toBe('5');
    expect((await get(client, 'all-other', PLACES))?.seats?.N).toBe('1');
    expect(await get(client, 'all-gone')).toBeUndefined();
    expect(await get(client, 'all-absent')).toBeUndefined();
  });

  it('changes nothing when one condition fails, and gives one reason for each item', async () => {
    await put(client, 'one-taken', { state: { S: 'taken' } });
    const { message, reasons } = await cancellationOf(
      transact(client, [
        putIn('one-first'),
        check('one-taken', 'attribute_not_exists(pk)'),
        increaseIn('one-third', PLACES),
        {
          Put: {
            TableName: PEOPLE,
            Item: keyOf('one-taken-2'),
            ConditionExpression: 'attribute_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ]),
    );
    expect(message).toBe(
      'Transaction cancelled, please refer cancellation reasons for specific reasons ' +
        '[None, ConditionalCheckFailed, None, ConditionalCheckFailed]',
    );
    expect(reasons).toEqual([
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { ...keyOf('one-taken'), state: { S: 'taken' } },
      },
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ]);
    expect(await get(client, 'one-first')).toBeUndefined();
    expect(await get(client, 'one-third', PLACES)).toBeUndefined();
  });

  const schemaMismatch = 'The provided key element does not match the schema';
  const wrongKey = { pk: { N: '1' }, sk: { S: 'profile' } };
  test.each<[string, () => TransactWriteItem, string]>([
    [
      'a put with a key of the wrong type',
      () => ({ Put: { TableName: PEOPLE, Item: wrongKey } }),
      'One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N',
    ],
    [
      'a put without its sort key',
      () => ({ Put: { TableName: PEOPLE, Item: { pk: { S: 'a' } } } }),
      'One or more parameter values were invalid: Missing the key sk in the item',
    ],
    ['a delete with a key of the wrong type', () => ({ Delete: { TableName: PEOPLE, Key: wrongKey } }), schemaMismatch],
    [
      'a check with half a key',
      () => ({
        ConditionCheck: { TableName: PEOPLE, Key: { pk: { S: 'a' } }, ConditionExpression: 'attribute_exists(pk)' },
      }),
      schemaMismatch,
    ],
    [
      'a put with an index key of the wrong type',
      () => putIn('reason', { queue: { N: '5' } }),
      'One or more parameter values were invalid: Type mismatch for Index Key queue Expected: S Actual: N IndexName: by-queue',
    ],
    [
      'an update that adds to a text',
      () => increaseIn('reason-text'),
      'An operand in the update expression has an incorrect data type',
    ],
    [
      'an update that makes an item too large',
      () => ({
        Update: {
          TableName: PEOPLE,
          Key: keyOf('reason-large'),
          UpdateExpression: 'SET more = :more',
          ExpressionAttributeValues: { ':more': { S: 'x'.repeat(10_000) } },
        },
      }),
      'Item size to update has exceeded the maximum allowed size',
    ],
  ])('is cancelled by %s, with its reason', async (_name, item, message) => {
    await put(client, 'reason-text', { seats: { S: 'four' } });
    await put(client, 'reason-large', { pad: { S: 'x'.repeat(400_000) } });
    const { reasons } = await cancellationOf(transact(client, [putIn('reason-neighbour'), item()]));
    expect(reasons).toEqual([{ Code: 'None' }, { Code: 'ValidationError', Message: message }]);
    expect(await get(client, 'reason-neighbour')).toBeUndefined();
  });

  const emptyKey =
    'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk';
  const emptyPk = { pk: { S: '' }, sk: { S: 'profile' } };
  const tooMany = Array.from({ length: 101 }, (_, number) => putIn(`many-${number}`));
  const heavy = (count: number) =>
    Array.from({ length: count }, (_, number) => putIn(`heavy-${number}`, { pad: { S: 'x'.repeat(400_000) } }));
  test.each<[string, () => TransactWriteItem[], string, RegExp]>([
    ['no items', () => [], 'ValidationException', /Member must have length greater than or equal to 1$/],
    [
      '101 items',
      () => tooMany,
      'ValidationException',
      /^1 validation error detected: Value '\[.+\]' at 'transactItems' .+ Member must have length less than or equal to 100$/,
    ],
    [
      'an item that is put and deleted',
      () => [putIn('refused'), remove('refused')],
      'ValidationException',
      /^Transaction request cannot include multiple operations on one item$/,
    ],
    [
      'an item that is checked and updated',
      () => [check('refused', 'attribute_not_exists(pk)'), increaseIn('refused')],
      'ValidationException',
      /^Transaction request cannot include multiple operations on one item$/,
    ],
    [
      'an entry with two operations',
      () => [{ ...putIn('refused'), ...increaseIn('refused-2') }],
      'ValidationException',
      /can only contain one of/,
    ],
    [
      'an unknown table',
      () => [putIn('refused'), putIn('refused', {}, 'nowhere')],
      'ResourceNotFoundException',
      /^Requested resource not found$/,
    ],
    [
      'a condition that cannot be parsed',
      () => [putIn('refused'), check('refused-2', 'attribute_not_exists(')],
      'ValidationException',
      /^Invalid ConditionExpression: Syntax error/,
    ],
    [
      'an empty key',
      () => [putIn('refused'), { Delete: { TableName: PEOPLE, Key: emptyPk } }],
      'ValidationException',
      new RegExp(`^${emptyKey}$`),
    ],
    [
      'an empty index key',
      () => [putIn('refused', { queue: { S: '' } })],
      'ValidationException',
      /secondary index key is not supported.+IndexName: by-queue, IndexKey: queue$/,
    ],
    [
      'an update without an expression',
      () => [{ Update: { TableName: PEOPLE, Key: keyOf('refused'), UpdateExpression: undefined } }],
      'ValidationException',
      /transactItems\.1\.member\.update\.updateExpression.+must not be null$/,
    ],
    [
      'an item over 400 KB',
      () => [putIn('refused', { pad: { S: 'x'.repeat(409_601) } })],
      'ValidationException',
      /^Item size has exceeded the maximum allowed size$/,
    ],
    ['more than 4 MB', () => heavy(11), 'ValidationException', /4 MB$/],
  ])('is refused as a whole for %s, and stores nothing', async (_name, items, name, message) => {
    const refusal = await refusalOf(transact(client, items()));
    expect(refusal.name).toBe(name);
    expect(refusal.message).toMatch(message);
    for (const id of ['refused', 'refused-2', 'heavy-0', 'many-0']) expect(await get(client, id)).toBeUndefined();
  });

  it('takes 100 items, and just under 4 MB', async () => {
    await transact(client, tooMany.slice(0, 100));
    expect(await get(client, 'many-99')).toBeDefined();
    await transact(client, heavy(10));
    expect(await get(client, 'heavy-9')).toBeDefined();
    for (const ids of [heavy(10), tooMany]) {
      await transact(
        client,
        ids.slice(0, 100).map(({ Put }) => remove(Put?.Item?.pk?.S ?? '')),
      );
    }
  });

  it('lets exactly one of many racing transactions take the last seat', async () => {
    await put(client, 'race', { seats: { N: '1' } });
    const takers = Array.from({ length: 20 }, (_, number) =>
      transact(client, [
        putIn(`race-${number}`),
        {
          Update: {
            TableName: PEOPLE,
            Key: keyOf('race'),
            UpdateExpression: 'ADD seats :less',
            ConditionExpression: 'seats >= :one',
            ExpressionAttributeValues: { ':less': { N: '-1' }, ':one': { N: '1' } },
          },
        },
      ]),
    );
    const outcomes = await Promise.allSettled(takers);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect((await get(client, 'race'))?.seats?.N).toBe('0');
    const winners = await Promise.all(takers.map((_, number) => get(client, `race-${number}`)));
    expect(winners.filter((item) => item !== undefined)).toHaveLength(1);
  });
});

describe('a ClientRequestToken', () => {
  it('makes a repeated transaction succeed without being applied again', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) await transact(client, [increaseIn('token')], 'token-a');
    expect((await get(client, 'token'))?.seats?.N).toBe('1');
  });

  it('is refused with another body', async () => {
    await transact(client, [increaseIn('token-b')], 'token-b');
    const refusal = await refusalOf(transact(client, [increaseIn('token-b'), increaseIn('token-b2')], 'token-b'));
    expect(refusal.name).toBe('IdempotentParameterMismatchException');
    expect((await get(client, 'token-b'))?.seats?.N).toBe('1');
    expect(await get(client, 'token-b2')).toBeUndefined();
  });

  it('does not hold on to a transaction that was cancelled', async () => {
    const attempt = () =>
      transact(client, [check('token-c', 'attribute_exists(pk)'), increaseIn('token-c2')], 'token-c');
    await cancellationOf(attempt());
    await put(client, 'token-c');
    await attempt();
    expect((await get(client, 'token-c2'))?.seats?.N).toBe('1');
  });

  it.each([
    ['is remembered for ten minutes', 10 * 60_000, '1'],
    ['is forgotten after ten minutes', 10 * 60_000 + 1, '2'],
  ])('%s', async (name, laterMs, seats) => {
    await transact(client, [increaseIn(name)], name.slice(0, 36));
    nowMs += laterMs;
    await transact(client, [increaseIn(name)], name.slice(0, 36));
    expect((await get(client, name))?.seats?.N).toBe(seats);
  });
});

describe('TransactGetItems', () => {
  const getIn = (id: string, TableName = PEOPLE, ProjectionExpression?: string) => ({
    Get: { TableName, Key: keyOf(id), ...(ProjectionExpression === undefined ? {} : { ProjectionExpression }) },
  });

  it('answers in the order asked, with an empty place for what is not there', async () => {
    await put(client, 'got', { seats: { N: '3' }, state: { S: 'open' } });
    const { Responses } = await client.send(
      new TransactGetItemsCommand({ TransactItems: [getIn('got-none'), getIn('got', PEOPLE, 'seats')] }),
    );
    expect(Responses).toEqual([{}, { Item: { seats: { N: '3' } } }]);
  });

  test.each([
    ['duplicates', [getIn('got'), getIn('got')], 'ValidationException'],
    ['an unknown table', [getIn('got', 'nowhere')], 'ResourceNotFoundException'],
    [
      'a key that does not fit',
      [{ Get: { TableName: PEOPLE, Key: { pk: { S: 'got' } } } }],
      'TransactionCanceledException',
    ],
    ['101 items', Array.from({ length: 101 }, (_, number) => getIn(`got-${number}`)), 'ValidationException'],
    ['none', [], 'ValidationException'],
  ])('is refused for %s', async (_name, TransactItems, name) => {
    expect((await refusalOf(client.send(new TransactGetItemsCommand({ TransactItems })))).name).toBe(name);
  });
});
