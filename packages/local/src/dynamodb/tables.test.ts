import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTablesCommand,
  QueryCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Dynamodb, startDynamodb } from './start-dynamodb.ts';
import { clientFor, createTables, get, increaseIn, PEOPLE, PLACES, put, refusalOf, transact } from './testing.ts';

let dataDir: string;
let dynamodb: Dynamodb;
let client: DynamoDBClient;

async function start(): Promise<void> {
  dynamodb = await startDynamodb({ dataDir });
  client = clientFor(dynamodb.url);
}
async function stop(): Promise<void> {
  client.destroy();
  await dynamodb.stop();
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gruppstart-dynamodb-'));
  await start();
  await createTables(client);
});
afterEach(async () => {
  await stop();
  await rm(dataDir, { recursive: true });
});

const expiry = (Enabled: boolean) =>
  client.send(
    new UpdateTimeToLiveCommand({
      TableName: PEOPLE,
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled },
    }),
  );

describe('a table', () => {
  it('is active as soon as it is made, and gone as soon as it is deleted', async () => {
    const described = await client.send(new DescribeTableCommand({ TableName: PEOPLE }));
    expect(described.Table?.TableStatus).toBe('ACTIVE');
    expect(described.Table?.GlobalSecondaryIndexes?.map((index) => index.IndexStatus)).toEqual(['ACTIVE']);
    expect(described.Table?.TableArn).toBe('arn:aws:dynamodb:eu-north-1:000000000000:table/people');

    await put(client, 'a', { queue: { S: 'q' }, since: { N: '1' } });
    await client.send(new DeleteTableCommand({ TableName: PEOPLE }));
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([PLACES]);
    expect((await refusalOf(get(client, 'a'))).name).toBe('ResourceNotFoundException');
    await client.send(new DeleteTableCommand({ TableName: PLACES }));
    await createTables(client);
    expect(await get(client, 'a')).toBeUndefined();
  });

  it('cannot be made twice', async () => {
    expect((await refusalOf(createTables(client))).name).toBe('ResourceInUseException');
  });

  it('keeps its items, its expiry and its request tokens over a restart', async () => {
    await put(client, 'kept', { note: { S: 'räksmörgås' } });
    await transact(client, [increaseIn('counted')], 'token');
    await expiry(true);
    await stop();
    await start();
    expect((await get(client, 'kept'))?.note?.S).toBe('räksmörgås');
    await transact(client, [increaseIn('counted')], 'token');
    expect((await get(client, 'counted'))?.seats?.N).toBe('1');
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: PEOPLE }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
  });

  it('in memory starts empty', async () => {
    const inMemory = await startDynamodb({ dataDir: null });
    const other = clientFor(inMemory.url);
    expect((await other.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    other.destroy();
    await inMemory.stop();
  });
});

describe('expiry', () => {
  it('is refused when it is already so', async () => {
    expect(await refusalOf(expiry(false))).toMatchObject({ message: 'TimeToLive is already disabled' });
    await expiry(true);
    expect(await refusalOf(expiry(true))).toMatchObject({ message: 'TimeToLive is already enabled' });
    await expiry(false);
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: PEOPLE }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });

  it('sweeps what has expired at the given second out of the table and its indexes, and nothing else', async () => {
    const now = Date.parse('2026-12-01T08:00:00Z') / 1000;
    const sixYears = 6 * 365 * 24 * 60 * 60;
    const cases = [
      { id: 'past', expiresAt: { N: String(now - 1) }, stays: false },
      { id: 'now', expiresAt: { N: String(now) }, stays: true },
      { id: 'later', expiresAt: { N: String(now + 1) }, stays: true },
      { id: 'text', expiresAt: { S: String(now - 1) }, stays: true },
      { id: 'ancient', expiresAt: { N: String(now - sixYears) }, stays: true },
    ];
    for (const { id, expiresAt } of cases) await put(client, id, { expiresAt, queue: { S: 'q' }, since: { N: '1' } });
    for (let number = 0; number < 230; number += 1)
      await put(client, `more-${number}`, { expiresAt: { N: String(now - 9) } });

    expect(await dynamodb.sweepExpired(now)).toBe(0);
    await expiry(true);
    expect(await dynamodb.sweepExpired(now)).toBe(231);
    expect(await dynamodb.sweepExpired(now)).toBe(0);
    for (const { id, stays } of cases) expect((await get(client, id)) !== undefined).toBe(stays);
    expect(await idsInIndex('by-queue')).toEqual(['ancient', 'later', 'now', 'text']);
  });
});

describe('continuous backups', () => {
  it('are remembered as they were asked for', async () => {
    const status = async () => {
      const answer = await client.send(new DescribeContinuousBackupsCommand({ TableName: PEOPLE }));
      return answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    };
    expect(await status()).toBe('DISABLED');
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName: PEOPLE,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    expect(await status()).toBe('ENABLED');
  });
});

async function idsInIndex(IndexName: string): Promise<string[]> {
  const { Items } = await client.send(
    new QueryCommand({
      TableName: PEOPLE,
      IndexName,
      KeyConditionExpression: 'queue = :q',
      ExpressionAttributeValues: { ':q': { S: 'q' } },
    }),
  );
  return (Items ?? []).map((item) => item.pk?.S ?? '').sort();
}

describe('UpdateTable', () => {
  it('adds an index that holds what was there before, and drops it again', async () => {
    await put(client, 'before', { queue: { S: 'q' } });
    await put(client, 'outside');
    const IndexName = 'by-queue-alone';
    await client.send(
      new UpdateTableCommand({
        TableName: PEOPLE,
        AttributeDefinitions: [{ AttributeName: 'queue', AttributeType: 'S' }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName,
              KeySchema: [{ AttributeName: 'queue', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          },
        ],
      }),
    );
    await put(client, 'after', { queue: { S: 'q' } });
    expect(await idsInIndex(IndexName)).toEqual(['after', 'before']);
    await client.send(
      new UpdateTableCommand({ TableName: PEOPLE, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] }),
    );
    expect((await refusalOf(idsInIndex(IndexName))).message).toContain('does not have the specified index');
  });
});

it('a port that is taken is told, and leaves the data free for the next start', async () => {
  const other = await mkdtemp(join(tmpdir(), 'gruppstart-dynamodb-'));
  const refusal = await refusalOf(startDynamodb({ dataDir: other, port: dynamodb.port }));
  expect(refusal).toMatchObject({ code: 'EADDRINUSE' });
  const next = await startDynamodb({ dataDir: other });
  await next.stop();
  await rm(other, { recursive: true });
});
