import { describe, expect, test } from 'vitest';
import { signingFunction } from './access-keys.ts';
import type { AwsCall } from './aws-call.ts';
import { dynamodbCalls } from './dynamodb-calls.ts';
import { kmsCalls } from './kms-calls.ts';
import { objectCalls } from './object-calls.ts';
import { queueCalls } from './queue-calls.ts';

const PLACE = { region: 'eu-north-1', accountId: '000000000000' };
const TABLE = 'arn:aws:dynamodb:eu-north-1:000000000000:table/';

const short = (calls: readonly AwsCall[]): readonly string[] =>
  calls.map(({ action, resource }) => `${action} ${resource.replace(TABLE, '')}`);

describe('a request to DynamoDB asks for', () => {
  const key = { pk: { S: 'T#soderhamn' } };
  const cases: [string, object, string[]][] = [
    ['GetItem', { TableName: 'Core', Key: key }, ['dynamodb:GetItem Core']],
    ['GetItem', { TableName: `${TABLE}Core`, Key: key }, ['dynamodb:GetItem Core']],
    ['Query', { TableName: 'Core' }, ['dynamodb:Query Core']],
    ['Query', { TableName: 'Core', IndexName: 'lists' }, ['dynamodb:Query Core/index/lists']],
    ['Scan', { TableName: 'Core', IndexName: 'lists' }, ['dynamodb:Scan Core/index/lists']],
    [
      'BatchGetItem',
      { RequestItems: { Core: {}, Audit: {} } },
      ['dynamodb:BatchGetItem Core', 'dynamodb:BatchGetItem Audit'],
    ],
    ['BatchWriteItem', { RequestItems: { Core: [] } }, ['dynamodb:BatchWriteItem Core']],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName: 'Core' } }] }, ['dynamodb:GetItem Core']],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'Audit' } },
          { Update: { TableName: 'Core' } },
          { Delete: { TableName: 'Core' } },
          { ConditionCheck: { TableName: 'Core' } },
        ],
      },
      [
        'dynamodb:PutItem Audit',
        'dynamodb:UpdateItem Core',
        'dynamodb:DeleteItem Core',
        'dynamodb:ConditionCheckItem Core',
      ],
    ],
    ['DeleteTable', { TableName: 'Core' }, ['dynamodb:DeleteTable Core']],
  ];
  test.each(cases)('%s %j', (operation, body, expected) => {
    expect(short(dynamodbCalls(operation, body, PLACE))).toEqual(expected);
  });
});

describe('the partitions that a request to DynamoDB names', () => {
  const ofTenant = { pk: { S: 'T#soderhamn#C#1' }, sk: { S: 'CANDIDATE' } };
  const ofLedger = { pk: { S: 'ERASURES' }, sk: { S: '1' } };
  const query = (KeyConditionExpression: string, names: object = {}) => ({
    TableName: 'Core',
    KeyConditionExpression,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ':a': { S: 'ERASURES' }, ':b': { S: 'T#soderhamn' } },
  });
  const cases: [string, object, string[] | undefined][] = [
    ['GetItem', { TableName: 'Core', Key: ofTenant }, ['{id}']],
    ['GetItem', { TableName: 'Core', Key: ofLedger }, ['ERASURES']],
    ['PutItem', { TableName: 'Core', Item: { ...ofLedger, listPk: { S: 'T#soderhamn' } } }, ['ERASURES']],
    ['BatchGetItem', { RequestItems: { Core: { Keys: [ofTenant, ofLedger, ofTenant] } } }, ['ERASURES', '{id}']],
    ['BatchWriteItem', { RequestItems: { Core: [{ PutRequest: { Item: ofTenant } }] } }, ['{id}']],
    ['BatchWriteItem', { RequestItems: { Core: [{ DeleteRequest: { Key: ofLedger } }] } }, ['ERASURES']],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName: 'Core', Key: ofLedger } }] }, ['ERASURES']],
    ['TransactWriteItems', { TransactItems: [{ Delete: { TableName: 'Core', Key: ofTenant } }] }, ['{id}']],
    ['Query', query('pk = :a AND sk > :b'), ['ERASURES']],
    ['Query', query('#p = :b AND #s = :a', { '#p': 'listPk', '#s': 'listSk' }), ['{id}']],
    ['Scan', { TableName: 'Core' }, undefined],
  ];
  test.each(cases)('%s %j', (operation, body, expected) => {
    const [call] = dynamodbCalls(operation, body, PLACE);
    expect(call?.context['dynamodb:LeadingKeys']).toEqual(expected);
  });
});

describe('a request to KMS asks for', () => {
  test('the key, with what it is used for and the shape of the rest', () => {
    const body = { KeyId: 'Vault', EncryptionContext: { tenant: 'soderhamn', candidate: 'cand_1', use: 'person' } };
    expect(kmsCalls('Decrypt', body, PLACE)).toEqual([
      {
        action: 'kms:Decrypt',
        resource: 'arn:aws:kms:eu-north-1:000000000000:key/Vault',
        context: {
          'kms:EncryptionContext:candidate': '{id}',
          'kms:EncryptionContext:tenant': '{id}',
          'kms:EncryptionContext:use': 'person',
          'kms:EncryptionContextKeys': ['candidate', 'tenant', 'use'],
        },
      },
    ]);
  });

  test.each([
    ['a name', 'Anna Andersson'],
    ['a number', '19900101-1234'],
    ['an id', 'cand_1'],
  ])('%s under a known word only as a shape', (_what, use) => {
    const [call] = kmsCalls('Decrypt', { KeyId: 'Vault', EncryptionContext: { use } }, PLACE);
    expect(call?.context['kms:EncryptionContext:use']).toBe('{id}');
  });

  test('the key that the ciphertext names, when the request names none', () => {
    const [call] = kmsCalls('Decrypt', { CiphertextBlob: 'AA==' }, PLACE, () => 'Other');
    expect(call).toEqual({
      action: 'kms:Decrypt',
      resource: 'arn:aws:kms:eu-north-1:000000000000:key/Other',
      context: {},
    });
  });
});

test.each([
  ['SendMessage', 'sqs:SendMessage'],
  ['SendMessageBatch', 'sqs:SendMessage'],
  ['DeleteMessageBatch', 'sqs:DeleteMessage'],
  ['ReceiveMessage', 'sqs:ReceiveMessage'],
])('a %s to SQS asks for %s', (operation, action) => {
  const body = { QueueUrl: 'http://127.0.0.1:4566/000000000000/Work', Entries: [{ MessageBody: 'said' }] };
  expect(queueCalls(operation, body, PLACE)).toEqual([
    { action, resource: 'arn:aws:sqs:eu-north-1:000000000000:Work', context: {} },
  ]);
});

describe('a request to S3 asks for', () => {
  const FILE = '/files/uploads/soderhamn/bat_1';
  const cases: [string, string, number, string[]][] = [
    ['GET', FILE, 200, ['s3:GetObject files/uploads/{id}']],
    ['GET', FILE, 404, ['s3:GetObject files/uploads/{id}', 's3:ListBucket files']],
    ['HEAD', FILE, 404, ['s3:GetObject files/uploads/{id}', 's3:ListBucket files']],
    ['PUT', FILE, 200, ['s3:PutObject files/uploads/{id}']],
    ['DELETE', FILE, 204, ['s3:DeleteObject files/uploads/{id}']],
    ['DELETE', `${FILE}?uploadId=1`, 204, ['s3:AbortMultipartUpload files/uploads/{id}']],
    ['POST', `${FILE}?uploads`, 200, ['s3:PutObject files/uploads/{id}']],
    ['PUT', '/files/Anna%20Andersson/19900101', 200, ['s3:PutObject files/{id}']],
    ['PUT', '/files/anna', 200, ['s3:PutObject files/{id}']],
    ['GET', '/files?list-type=2&prefix=uploads/', 200, ['s3:ListBucket files']],
    ['HEAD', '/files', 200, ['s3:ListBucket files']],
    ['DELETE', '/files', 204, ['s3:DELETE of a bucket files']],
  ];
  test.each(cases)('%s %s answered with %i', (method, url, statusCode, expected) => {
    const calls = objectCalls({ method, url, statusCode });
    expect(calls.map(({ action, resource }) => `${action} ${resource.replace('arn:aws:s3:::', '')}`)).toEqual(expected);
  });

  test('both objects, when it copies', () => {
    const calls = objectCalls({ method: 'PUT', url: '/a/new/1', copySource: '/b/old/2', statusCode: 200 });
    expect(calls.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      's3:PutObject arn:aws:s3:::a/new/{id}',
      's3:GetObject arn:aws:s3:::b/old/{id}',
    ]);
  });
});

test.each([
  [
    'AWS4-HMAC-SHA256 Credential=function-MatcherFunction/20260101/eu-north-1/s3/aws4_request, SignedHeaders=host',
    'MatcherFunction',
  ],
  ['/files/a?X-Amz-Credential=function-MatcherFunction%2F20260101%2Feu-north-1', 'MatcherFunction'],
  ['AWS4-HMAC-SHA256 Credential=laptop/20260101/eu-north-1/s3/aws4_request, SignedHeaders=host', null],
  ['', null],
])('%j is signed by %s', (signature, expected) => {
  expect(signingFunction(signature)).toBe(expected);
});
