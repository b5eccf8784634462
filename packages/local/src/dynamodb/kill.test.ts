import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoDBClient, QueryCommand, TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { clientFor, createTables, keyOf, PEOPLE, PLACES, transact } from './testing.ts';

const KILLS = 14;
const GROUPS = 8;
const ITEMS_PER_TABLE = 5;
const TABLES = [PEOPLE, PLACES];

/** Ten items, five in each table, that every transaction of the group writes together. */
interface Group {
  name: string;
  /** The transaction last sent, and the last that was answered; they differ by one when a kill came between. */
  sent: number;
  acknowledged: number;
}

let child: ChildProcess | null = null;

async function startVictim(dataDir: string): Promise<DynamoDBClient> {
  const started = fork(join(import.meta.dirname, 'kill.victim.ts'), [dataDir], { execArgv: [] });
  child = started;
  const [url] = await Promise.race([
    once(started, 'message'),
    once(started, 'exit').then(([code]) => {
      throw new Error(`the engine did not start (exit code ${code})`);
    }),
  ]);
  return clientFor(String(url));
}

async function killVictim(client: DynamoDBClient): Promise<void> {
  const victim = child;
  if (victim === null) return;
  const exited = once(victim, 'exit');
  victim.kill('SIGKILL');
  await exited;
  child = null;
  client.destroy();
}

const members = (group: Group) =>
  TABLES.flatMap((TableName) =>
    Array.from({ length: ITEMS_PER_TABLE }, (_, number) => ({ TableName, Key: keyOf(`${group.name}-${number}`) })),
  );

/** Writes the number of the transaction to all ten items, and counts it, so that applying it twice shows. */
async function send(client: DynamoDBClient, group: Group): Promise<void> {
  const number = { N: String(group.sent) };
  await transact(
    client,
    members(group).map((member) => ({
      Update: {
        ...member,
        UpdateExpression: 'SET queue = :group, since = :number, payload = :payload ADD applied :one',
        ExpressionAttributeValues: {
          ':group': { S: group.name },
          ':number': number,
          ':payload': { S: 'x'.repeat(500) },
          ':one': { N: '1' },
        },
      },
    })),
    `${group.name}-${group.sent}`,
  );
  group.acknowledged = group.sent;
}

/** Sends transactions of one group, one after the other, until the engine dies. */
async function load(client: DynamoDBClient, group: Group): Promise<void> {
  try {
    for (;;) {
      group.sent += 1;
      await send(client, group);
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name.endsWith('Exception')) throw error;
  }
}

/** The transaction each of the ten items tells of, from the tables, from the index, and by count. */
async function numbersOf(client: DynamoDBClient, group: Group): Promise<(string | undefined)[]> {
  const { Responses = [] } = await client.send(
    new TransactGetItemsCommand({ TransactItems: members(group).map((Get) => ({ Get })) }),
  );
  const indexed = await Promise.all(
    TABLES.map((TableName) =>
      client.send(
        new QueryCommand({
          TableName,
          IndexName: 'by-queue',
          KeyConditionExpression: 'queue = :group',
          ExpressionAttributeValues: { ':group': { S: group.name } },
        }),
      ),
    ),
  );
  const entries = indexed.flatMap(({ Items }) => Items ?? []);
  expect(entries).toHaveLength(TABLES.length * ITEMS_PER_TABLE);
  return [
    ...Responses.flatMap(({ Item }) => [Item?.since?.N, Item?.applied?.N]),
    ...entries.map((entry) => entry.since?.N),
  ];
}

it(`loses and tears no transaction when it is killed ${KILLS} times under load`, { timeout: 60_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'gruppstart-kill-'));
  const groups = Array.from(
    { length: GROUPS },
    (_, number): Group => ({ name: `group-${number}`, sent: 1, acknowledged: 0 }),
  );
  const figures = { kills: 0, acknowledged: 0, unanswered: 0, ofThoseCommitted: 0, lost: 0, torn: 0, doubled: 0 };
  const startedAtMs = performance.now();
  try {
    let client = await startVictim(dataDir);
    await createTables(client);
    for (const group of groups) await send(client, group);
    for (let round = 0; round < KILLS; round += 1) {
      const running = groups.map((group) => load(client, group));
      await sleep(100 + Math.random() * 400);
      await killVictim(client);
      await Promise.all(running);
      figures.kills += 1;
      client = await startVictim(dataDir);
      for (const group of groups) {
        const numbers = new Set(await numbersOf(client, group));
        const stored = Number([...numbers][0]);
        if (numbers.size !== 1) figures.torn += 1;
        if (stored < group.acknowledged) figures.lost += 1;
        if (group.sent === group.acknowledged) continue;
        // The client never had its answer, so it asks again with the same token.
        figures.unanswered += 1;
        if (stored === group.sent) figures.ofThoseCommitted += 1;
        await send(client, group);
        if ((await numbersOf(client, group)).some((number) => number !== String(group.sent))) figures.doubled += 1;
      }
    }
    await killVictim(client);
    figures.acknowledged = groups.reduce((total, group) => total + group.acknowledged, 0);
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    console.log(`kill test: ${JSON.stringify(figures)} (10 items in 2 tables each, ${seconds} s)`);
    expect(figures).toMatchObject({ kills: KILLS, lost: 0, torn: 0, doubled: 0 });
    expect(figures.acknowledged).toBeGreaterThan(GROUPS * KILLS);
  } finally {
    child?.kill('SIGKILL');
    await rm(dataDir, { recursive: true });
  }
});
