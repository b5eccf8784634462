/**
 * The baseline of the bench `read`, bundled by it: what one read of one item costs in the same gateway, worker pool and
 * SDK, with nothing of the product. Who calls is the gateway's matter, as on the product's own route.
 */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

/** Set by the bundler: the key of the item that the product reads. */
declare const ITEM_KEY: { readonly pk: string; readonly sk: string };

const client = new DynamoDBClient({});
const command = {
  TableName: process.env.CORE_TABLE,
  Key: { pk: { S: ITEM_KEY.pk }, sk: { S: ITEM_KEY.sk } },
  ConsistentRead: true,
};

export const handler = async () => {
  const { Item } = await client.send(new GetItemCommand(command));
  return {
    statusCode: Item === undefined ? 404 : 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Item ?? null),
  };
};
