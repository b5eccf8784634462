import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ServiceConfig } from './aws-environment.ts';

/** A call that has not answered by then is given up and tried again: far over the usual, far under a function's time. */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 10_000;
const ATTEMPTS = 4;
const AGENT = { keepAlive: true, maxSockets: 50 } as const;

export const makeDynamodb = ({ region, endpoint, credentials }: ServiceConfig): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region,
      credentials,
      ...(endpoint === null ? {} : { endpoint }),
      maxAttempts: ATTEMPTS,
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        throwOnRequestTimeout: true,
        httpAgent: AGENT,
        httpsAgent: AGENT,
      },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
