import { AwsCallError, callAws } from '../aws-json.ts';
import { LaptopRefusal } from '../laptop-refusal.ts';
import type { KeyAttribute, TableModel } from '../template/model.ts';

/**
 * Makes the tables that are missing. Throws LaptopRefusal when one exists with other keys or indexes: rebuilding
 * somebody's data is theirs to ask for.
 */
export async function ensureTables(endpoint: string, tables: readonly TableModel[]): Promise<void> {
  for (const table of tables) {
    const existing = await describe(endpoint, table.name);
    if (existing === null) await create(endpoint, table);
    else if (shapeOf(existing) !== shapeOf(declaration(table))) {
      throw new LaptopRefusal(
        `Tabellen ${table.name} på disk har andra nycklar eller index än mallen. Börja om med --fresh, eller välj en annan mapp med --data.`,
        `The table ${table.name} on disk has other keys or indexes than the template. Begin anew with --fresh, or choose another folder with --data.`,
      );
    }
    await waitUntilActive(endpoint, table.name);
    if (existing === null && table.timeToLiveAttribute !== null) {
      await callAws(endpoint, 'dynamodb', 'UpdateTimeToLive', {
        TableName: table.name,
        TimeToLiveSpecification: { AttributeName: table.timeToLiveAttribute, Enabled: true },
      });
    }
  }
}

async function create(endpoint: string, table: TableModel): Promise<void> {
  await callAws(endpoint, 'dynamodb', 'CreateTable', declaration(table));
}

function declaration(table: TableModel): Readonly<Record<string, unknown>> {
  const attributes = new Map<string, string>();
  for (const { partitionKey, sortKey } of [table, ...table.indexes]) {
    for (const key of [partitionKey, sortKey]) if (key !== null) attributes.set(key.name, key.type);
  }
  return {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    KeySchema: keySchema(table),
    ...(table.indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: table.indexes.map((index) => ({
            IndexName: index.name,
            KeySchema: keySchema(index),
            Projection: {
              ProjectionType: index.projection,
              ...(index.nonKeyAttributes.length === 0 ? {} : { NonKeyAttributes: index.nonKeyAttributes }),
            },
          })),
        }),
  };
}

function keySchema({
  partitionKey,
  sortKey,
}: {
  readonly partitionKey: KeyAttribute;
  readonly sortKey: KeyAttribute | null;
}): object[] {
  const schema = [{ AttributeName: partitionKey.name, KeyType: 'HASH' }];
  if (sortKey !== null) schema.push({ AttributeName: sortKey.name, KeyType: 'RANGE' });
  return schema;
}

async function describe(endpoint: string, tableName: string): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const answer = await callAws(endpoint, 'dynamodb', 'DescribeTable', { TableName: tableName });
    const table = isRecord(answer) ? answer.Table : undefined;
    return isRecord(table) ? table : null;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'ResourceNotFoundException') return null;
    throw error;
  }
}

async function waitUntilActive(endpoint: string, tableName: string): Promise<void> {
  for (;;) {
    const table = await describe(endpoint, tableName);
    if (table?.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Keys and indexes as comparable text, in an order of its own. */
function shapeOf(table: Readonly<Record<string, unknown>>): string {
  const indexes = Array.isArray(table.GlobalSecondaryIndexes) ? table.GlobalSecondaryIndexes : [];
  return JSON.stringify({
    keys: sortedKeys(table.KeySchema),
    indexes: indexes
      .filter(isRecord)
      .map((index) => `${index.IndexName} ${sortedKeys(index.KeySchema)}`)
      .sort(),
  });
}

function sortedKeys(schema: unknown): string {
  if (!Array.isArray(schema)) return '';
  return schema
    .filter(isRecord)
    .map((key) => `${key.KeyType} ${key.AttributeName}`)
    .sort()
    .join();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
