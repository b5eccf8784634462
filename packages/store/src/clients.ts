import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type ClientConfig, clientSettings } from './client-settings.ts';

export const makeDynamodb = (config: ClientConfig): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings(config)), {
    marshallOptions: { removeUndefinedValues: true },
  });

export const makeSqs = (config: ClientConfig): SQSClient => new SQSClient(clientSettings(config));
