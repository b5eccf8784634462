/** What the engine's tests share: clients for a started endpoint, and two tables with an index each. */
import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

export const PEOPLE = 'people';
export const PLACES = 'places';

/** A client that never repeats a request, so that a test sees the first answer. */
export function clientFor(url: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: url,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}

export async function createTables(client: DynamoDBClient): Promise<void> {
  for (const TableName of [PEOPLE, PLACES]) {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
          { AttributeName: 'queue', AttributeType: 'S' },
          { AttributeName: 'since', AttributeType: 'N' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-queue',
            KeySchema: [
              { AttributeName: 'queue', KeyType: 'HASH' },
              { AttributeName: 'since', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
  }
}

export const keyOf = (id: string): { pk: AttributeValue; sk: AttributeValue } => ({
  pk: { S: id },
  sk: { S: 'profile' },
});

export async function put(client: DynamoDBClient, id: string, more: Record<string, AttributeValue> = {}) {
  await client.send(new PutItemCommand({ TableName: PEOPLE, Item: { ...keyOf(id), ...more } }));
}

export async function get(client: DynamoDBClient, id: string, TableName = PEOPLE) {
  const answer = await client.send(new GetItemCommand({ TableName, Key: keyOf(id), ConsistentRead: true }));
  return answer.Item;
}

export function transact(client: DynamoDBClient, TransactItems: TransactWriteItem[], ClientRequestToken?: string) {
  const token = ClientRequestToken === undefined ? {} : { ClientRequestToken };
  return client.send(new TransactWriteItemsCommand({ TransactItems, ...token }));
}

export const putIn = (
  id: string,
  more: Record<string, AttributeValue> = {},
  TableName = PEOPLE,
): TransactWriteItem => ({
  Put: { TableName, Item: { ...keyOf(id), ...more } },
});

/** An update that adds one to `seats`, so that applying it twice shows. */
export const increaseIn = (id: string, TableName = PEOPLE): TransactWriteItem => ({
  Update: {
    TableName,
    Key: keyOf(id),
    UpdateExpression: 'ADD seats :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  },
});

/** The error a request is refused with. */
export async function refusalOf(request: Promise<unknown>): Promise<Error> {
  const outcome = await request.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error('the request was not refused');
  return outcome;
}
