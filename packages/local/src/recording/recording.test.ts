import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { callAws } from '../aws-json.ts';
import { type EngineThread, startEngineThread } from '../engines/engine-thread.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { accessKeyOf } from './access-keys.ts';

const PLACE = { region: 'eu-north-1', accountId: '000000000000' };
const asWorker = { accessKeyId: accessKeyOf('Worker') };
const signedByWorker = {
  authorization: `AWS4-HMAC-SHA256 Credential=${asWorker.accessKeyId}/20260101/eu-north-1/s3/aws4_request, SignedHeaders=host, Signature=0`,
};

const start = async (callsDirectory?: string): Promise<EngineThread> => {
  const engines = await startEngineThread({
    dataDir: await temporaryDirectory(),
    ...PLACE,
    ...(callsDirectory === undefined ? {} : { callsDirectory }),
  });
  onTestFinished(() => engines.stop());
  await engines.call('ensureBucket', 'files');
  await engines.call('ensureQueue', {
    name: 'Work',
    arn: 'arn:aws:sqs:eu-north-1:000000000000:Work',
    visibilityTimeoutSeconds: 30,
    retentionSeconds: 60,
    delaySeconds: 0,
    redrive: null,
  });
  return engines;
};

/** One request to each service; that the first is refused does not matter: it was asked. */
const askEverything = async (engines: EngineThread, options: { readonly accessKeyId?: string }): Promise<void> => {
  const { dynamodbUrl, queuesUrl } = engines;
  const kmsUrl = await engines.call('startKms', ['Vault']);
  const get = { TableName: 'Nowhere', Key: { pk: { S: 'candidate-7' } } };
  await callAws(dynamodbUrl, 'dynamodb', 'GetItem', get, options).catch(() => {});
  await callAws(
    queuesUrl,
    'sqs',
    'SendMessage',
    { QueueUrl: `${queuesUrl}/000000000000/Work`, MessageBody: 'x' },
    options,
  );
  const seal = { KeyId: 'Vault', KeySpec: 'AES_256', EncryptionContext: { candidate: 'candidate-7', use: 'person' } };
  await callAws(kmsUrl, 'kms', 'GenerateDataKey', seal, options);
  const headers = options.accessKeyId === undefined ? {} : signedByWorker;
  await fetch(`${queuesUrl}/files/uploads/candidate-7`, { headers });
};

const linesIn = (directory: string): readonly string[] =>
  globSync('*.jsonl', { cwd: directory }).flatMap((file) =>
    readFileSync(join(directory, file), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );

test('every distinct call of a function is written down at once, without what it was about', async () => {
  const directory = join(await temporaryDirectory(), 'calls');
  const engines = await start(directory);
  await askEverything(engines, asWorker);
  await askEverything(engines, asWorker);
  // S3 is written down after the answer, when it is known whether the object was there.
  await vi.waitFor(() => expect(linesIn(directory)).toHaveLength(5));
  const lines = linesIn(directory);
  expect(lines.map((line) => JSON.parse(line).action).toSorted()).toEqual([
    'dynamodb:GetItem',
    'kms:GenerateDataKey',
    's3:GetObject',
    's3:ListBucket',
    'sqs:SendMessage',
  ]);
  expect(new Set(lines.map((line) => JSON.parse(line).function))).toEqual(new Set(['Worker']));
  expect(lines.join()).not.toContain('candidate-7');
});

test('what the laptop itself or a test asks is not', async () => {
  const directory = join(await temporaryDirectory(), 'calls');
  await askEverything(await start(directory), {});
  expect(linesIn(directory)).toEqual([]);
});

test('a variable of the environment names the folder, and without it nothing is written', async () => {
  const directory = join(await temporaryDirectory(), 'calls');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  vi.stubEnv('GRUPPSTART_CALLS_DIR', directory);
  await askEverything(await start(), asWorker);
  await vi.waitFor(() => expect(linesIn(directory)).toHaveLength(5));
  vi.stubEnv('GRUPPSTART_CALLS_DIR', '');
  await askEverything(await start(), asWorker);
  expect(globSync('*', { cwd: directory })).toHaveLength(1);
});
