import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Dynamodb, startDynamodb } from './start-dynamodb.ts';
import { clientFor, createTables, get, keyOf, PEOPLE, put, refusalOf } from './testing.ts';

let dynamodb: Dynamodb;
let client: DynamoDBClient;

beforeAll(async () => {
  dynamodb = await startDynamodb({ dataDir: null });
  client = clientFor(dynamodb.url);
  await createTables(client);
});
afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});

type OnFailure = 'ALL_OLD' | 'NONE';
const conditional = (ReturnValuesOnConditionCheckFailure: OnFailure) => ({
  TableName: PEOPLE,
  ConditionExpression: '#state = :open',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':open': { S: 'open' } },
  ReturnValuesOnConditionCheckFailure,
});

const conditionalWrites: Record<string, (id: string, onFailure: OnFailure) => Promise<unknown>> = {
  PutItem: (id, onFailure) =>
    client.send(new PutItemCommand({ ...conditional(onFailure), Item: { ...keyOf(id), state: { S: 'new' } } })),
  UpdateItem: (id, onFailure) =>
    client.send(
      new UpdateItemCommand({
        ...conditional(onFailure),
        Key: keyOf(id),
        UpdateExpression: 'SET #state = :new',
        ExpressionAttributeValues: { ':open': { S: 'open' }, ':new': { S: 'new' } },
      }),
    ),
  DeleteItem: (id, onFailure) => client.send(new DeleteItemCommand({ ...conditional(onFailure), Key: keyOf(id) })),
};

describe.each(Object.entries(conditionalWrites))('%s with a condition', (name, write) => {
  const id = `condition-${name}`;

  it('is applied when the condition holds', async () => {
    await put(client, id, { state: { S: 'open' } });
    await write(id, 'ALL_OLD');
    expect((await get(client, id))?.state?.S).toBe(name === 'DeleteItem' ? undefined : 'new');
  });

  it('answers a failed condition with the item as it stands', async () => {
    await put(client, id, { state: { S: 'closed' } });
    const refusal = await refusalOf(write(id, 'ALL_OLD'));
    expect(refusal).toBeInstanceOf(ConditionalCheckFailedException);
    expect(refusal).toMatchObject({ Item: { ...keyOf(id), state: { S: 'closed' } } });
    expect((await get(client, id))?.state?.S).toBe('closed');
  });

  it('answers a failed condition without an item when there is none', async () => {
    const refusal = await refusalOf(write(`${id}-absent`, 'ALL_OLD'));
    expect(refusal).toBeInstanceOf(ConditionalCheckFailedException);
    expect(refusal).not.toHaveProperty('Item', expect.anything());
    expect(await get(client, `${id}-absent`)).toBeUndefined();
  });

  it('keeps the item to itself unless it is asked for', async () => {
    await put(client, id, { state: { S: 'closed' } });
    expect(await refusalOf(write(id, 'NONE'))).not.toHaveProperty('Item', expect.anything());
  });
});

describe('keys that may not be empty', () => {
  const emptyKey =
    'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk';
  const emptyIndexKey =
    'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
    'The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-queue, IndexKey: queue';
  const emptyIndexKeyByUpdate =
    'One or more parameter values are not valid. The update expression attempted to update a secondary index key to a ' +
    'value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.';
  const Key = { pk: { S: '' }, sk: { S: 'profile' } };
  const badItem = { ...keyOf('empty'), queue: { S: '' } };
  const update = (UpdateExpression: string, ExpressionAttributeValues: Record<string, AttributeValue>) =>
    client.send(
      new UpdateItemCommand({ TableName: PEOPLE, Key: keyOf('empty'), UpdateExpression, ExpressionAttributeValues }),
    );

  test.each<[string, () => Promise<unknown>, string]>([
    ['put', () => client.send(new PutItemCommand({ TableName: PEOPLE, Item: Key })), emptyKey],
    ['get', () => client.send(new GetItemCommand({ TableName: PEOPLE, Key })), emptyKey],
    ['delete', () => client.send(new DeleteItemCommand({ TableName: PEOPLE, Key })), emptyKey],
    ['put to an index', () => client.send(new PutItemCommand({ TableName: PEOPLE, Item: badItem })), emptyIndexKey],
    [
      'batch put to an index',
      () => client.send(new BatchWriteItemCommand({ RequestItems: { [PEOPLE]: [{ PutRequest: { Item: badItem } }] } })),
      emptyIndexKey,
    ],
    ['update to an index', () => update('SET queue = :empty', { ':empty': { S: '' } }), emptyIndexKeyByUpdate],
    [
      'computed update to an index',
      () => update('SET queue = if_not_exists(queue, :empty)', { ':empty': { S: '' } }),
      emptyIndexKeyByUpdate,
    ],
  ])('%s: refused, and nothing is stored', async (_name, request, message) => {
    expect(await refusalOf(request())).toMatchObject({ name: 'ValidationException', message });
    expect(await get(client, 'empty')).toBeUndefined();
  });

  it('takes an empty text where no key is made of it', async () => {
    await put(client, 'empty-note', { note: { S: '' } });
    expect((await get(client, 'empty-note'))?.note).toEqual({ S: '' });
  });
});

describe('the item size limit of 400 KB', () => {
  const bytesOfRest = Buffer.byteLength('pkaskprofilepad') + 0;
  const padding = (bytes: number, filler: string) => ({ pad: { S: filler.repeat(bytes / Buffer.byteLength(filler)) } });

  test.each([
    ['exactly 409,600 bytes', 409_600, 'x', true],
    ['one byte more', 409_601, 'x', false],
    ['409,601 bytes of which most are two-byte letters', 409_601, 'å', false],
  ])('%s', async (_name, bytes, filler, fits) => {
    const request = client.send(
      new PutItemCommand({
        TableName: PEOPLE,
        Item: { pk: { S: 'a' }, sk: { S: 'profile' }, ...padding(bytes - bytesOfRest, filler) },
      }),
    );
    if (fits) await expect(request).resolves.toBeDefined();
    else {
      expect(await refusalOf(request)).toMatchObject({
        name: 'ValidationException',
        message: 'Item size has exceeded the maximum allowed size',
      });
    }
  });

  it('holds for what an update makes of an item', async () => {
    await put(client, 'b', padding(400_000, 'x'));
    const update = client.send(
      new UpdateItemCommand({
        TableName: PEOPLE,
        Key: keyOf('b'),
        UpdateExpression: 'SET more = :more',
        ExpressionAttributeValues: { ':more': { S: 'å'.repeat(5_000) } },
      }),
    );
    expect(await refusalOf(update)).toMatchObject({
      name: 'ValidationException',
      message: 'Item size to update has exceeded the maximum allowed size',
    });
    expect((await get(client, 'b'))?.more).toBeUndefined();
  });
});

describe('secondary indexes', () => {
  const inQueue = (queue: string, more = {}) =>
    client.send(
      new QueryCommand({
        TableName: PEOPLE,
        IndexName: 'by-queue',
        KeyConditionExpression: 'queue = :queue',
        ExpressionAttributeValues: { ':queue': { S: queue } },
        ...more,
      }),
    );

  it('hold every item of one and the same index key, page by page', async () => {
    const count = 6_000;
    const ids = Array.from({ length: count }, (_, number) => `crowd-${number}`);
    for (let start = 0; start < count; start += 25) {
      const requests = ids.slice(start, start + 25).map((id) => ({
        PutRequest: { Item: { ...keyOf(id), queue: { S: 'crowd' }, since: { N: '7' } } },
      }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [PEOPLE]: requests } }));
    }
    const found: string[] = [];
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await inQueue('crowd', { Limit: 700, ExclusiveStartKey });
      found.push(...(page.Items ?? []).map((item) => item.pk?.S ?? ''));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    expect(found).toHaveLength(count);
    expect(new Set(found)).toEqual(new Set(ids));
  });

  it('are sparse, sorted by number, and follow updates and deletes', async () => {
    for (const [id, since] of [
      ['a', '10'],
      ['b', '-2.5'],
      ['c', '9'],
      ['d', '-30'],
    ] as const) {
      await put(client, `line-${id}`, { queue: { S: 'line' }, since: { N: since } });
    }
    await put(client, 'line-outside', { queue: { S: 'line' } });
    const order = async () => (await inQueue('line')).Items?.map((item) => item.pk?.S);
    expect(await order()).toEqual(['line-d', 'line-b', 'line-c', 'line-a']);
    await client.send(
      new UpdateItemCommand({
        TableName: PEOPLE,
        Key: keyOf('line-d'),
        UpdateExpression: 'SET since = :since',
        ExpressionAttributeValues: { ':since': { N: '11' } },
      }),
    );
    await client.send(new DeleteItemCommand({ TableName: PEOPLE, Key: keyOf('line-b') }));
    await client.send(
      new UpdateItemCommand({ TableName: PEOPLE, Key: keyOf('line-c'), UpdateExpression: 'REMOVE queue' }),
    );
    expect(await order()).toEqual(['line-a', 'line-d']);
  });
});

describe('reading many items', () => {
  it('finds by sort-key prefix and range, forwards and backwards', async () => {
    const Item = (sk: string) => ({ pk: { S: 'range' }, sk: { S: sk } });
    for (const sk of ['a#1', 'a#2', 'b#1', 'b#2', 'c#1']) {
      await client.send(new PutItemCommand({ TableName: PEOPLE, Item: Item(sk) }));
    }
    const query = async (condition: string, values: Record<string, AttributeValue>, ScanIndexForward = true) => {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: PEOPLE,
          KeyConditionExpression: `pk = :pk AND ${condition}`,
          ExpressionAttributeValues: { ':pk': { S: 'range' }, ...values },
          ScanIndexForward,
        }),
      );
      return Items?.map((item) => item.sk?.S);
    };
    expect(await query('begins_with(sk, :s)', { ':s': { S: 'a#' } })).toEqual(['a#1', 'a#2']);
    expect(await query('sk > :s', { ':s': { S: 'a#2' } }, false)).toEqual(['c#1', 'b#2', 'b#1']);
    expect(await query('sk BETWEEN :s AND :t', { ':s': { S: 'a#2' }, ':t': { S: 'b#1' } })).toEqual(['a#2', 'b#1']);
    expect(await query('sk <= :s', { ':s': { S: 'a#1' } })).toEqual(['a#1']);
  });

  it('gets a batch and leaves out what is not there', async () => {
    await put(client, 'batch-1');
    await put(client, 'batch-2');
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [PEOPLE]: { Keys: ['batch-1', 'batch-2', 'batch-3'].map(keyOf) } },
      }),
    );
    expect(new Set(Responses?.[PEOPLE]?.map((item) => item.pk?.S))).toEqual(new Set(['batch-1', 'batch-2']));
    expect(UnprocessedKeys).toEqual({});
  });

  it('scans with a filter', async () => {
    await put(client, 'scan-1', { mark: { S: 'scan' }, age: { N: '5' } });
    await put(client, 'scan-2', { mark: { S: 'scan' }, age: { N: '15' } });
    const { Items } = await client.send(
      new ScanCommand({
        TableName: PEOPLE,
        FilterExpression: 'mark = :mark AND age > :age',
        ExpressionAttributeValues: { ':mark': { S: 'scan' }, ':age': { N: '10' } },
      }),
    );
    expect(Items?.map((item) => item.pk?.S)).toEqual(['scan-2']);
  });
});

describe('the protocol', () => {
  const post = (headers: Record<string, string>, body = '{}') =>
    fetch(dynamodb.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
      body,
    });
  const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c', 'x-amz-date': 'now' };

  test.each<[string, () => Promise<Response>, number, string]>([
    ['no signature', () => post({ 'x-amz-target': 'DynamoDB_20120810.ListTables' }), 400, 'MissingAuthenticationToken'],
    [
      'half a signature',
      () => post({ 'x-amz-target': 'DynamoDB_20120810.ListTables', authorization: 'AWS4-HMAC-SHA256 Credential=a' }),
      400,
      'IncompleteSignature',
    ],
    ['no target', () => post(signed), 400, 'UnknownOperation'],
    [
      'an operation it does not have',
      () => post({ ...signed, 'x-amz-target': 'DynamoDB_20120810.ExecuteStatement' }),
      400,
      'UnknownOperation',
    ],
    [
      'a body that is not JSON',
      () => post({ ...signed, 'x-amz-target': 'DynamoDB_20120810.ListTables' }, '{'),
      400,
      'Serialization',
    ],
    ['another content type', () => post({ 'content-type': 'text/plain' }), 404, 'UnknownOperation'],
    ['a body over 16 MB', () => post(signed, 'x'.repeat(16 * 1024 * 1024 + 1)), 413, ''],
    ['a GET', () => fetch(dynamodb.url), 200, 'healthy'],
  ])('%s', async (_name, request, status, text) => {
    const response = await request();
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
  });

  it('names a missing table', async () => {
    const refusal = await refusalOf(client.send(new GetItemCommand({ TableName: 'nowhere', Key: keyOf('a') })));
    expect(refusal).toMatchObject({ name: 'ResourceNotFoundException', message: 'Requested resource not found' });
  });
});
