/** For comparison in the bench `coldstart`: what the SDK's client for DynamoDB costs alone, with one command. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export const handler = () => client.send(new GetItemCommand({ TableName: 'core', Key: { pk: { S: '1' } } }));
