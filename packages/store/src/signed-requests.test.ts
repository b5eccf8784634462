import type { BatchToTake } from '@gruppstart/contracts/queue-messages';
import { BatchId, EventId, TenantId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { afterEach, describe, expect, it } from 'vitest';
import { makeBlobs } from './blobs.ts';
import { makeDynamodb } from './dynamodb-client.ts';
import { makeKms } from './kms-client.ts';
import { makeOutbox } from './outbox.ts';
import { makeSqs } from './sqs-client.ts';
import { type CannedAnswer, type CannedService, startCannedService } from './testdata/canned-service.ts';

const services: CannedService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});
const serviceWith = async (...answers: readonly CannedAnswer[]): Promise<CannedService> => {
  const service = await startCannedService(...answers);
  services.push(service);
  return service;
};

const kmsError = (type: string): CannedAnswer => ({ status: 400, body: { __type: type, message: 'secret words' } });
const DATA_KEY: CannedAnswer = { status: 200, body: { Plaintext: 'AAAA', CiphertextBlob: 'BBBB', KeyId: 'key' } };

describe('signed requests', () => {
  it('are signed with the content’s hash, for their service and region, and with the session’s token', async () => {
    const service = await serviceWith({ status: 200, body: '' });
    const credentials = { accessKeyId: 'AKEY', secretAccessKey: 'secret', sessionToken: 'session' };
    await makeBlobs({ ...service.config, credentials, bucket: 'blobs' }).put('uploads/t/1', Buffer.from('abc'));
    const [request] = service.received;
    expect(request).toMatchObject({ method: 'PUT', path: '/blobs/uploads/t/1', body: 'abc' });
    expect(request?.headers['x-amz-content-sha256']).toMatch(/^ba7816bf/);
    expect(request?.headers['x-amz-security-token']).toBe('session');
    expect(request?.headers.authorization).toMatch(/Credential=AKEY\/\d{8}\/eu-north-1\/s3\/aws4_request/);
  });

  it.each([
    { what: 'a fault of the service', first: { status: 503, body: '' } },
    { what: 'too many requests', first: { status: 429, body: '' } },
    { what: 'a broken connection', first: 'hang-up' },
  ] as const)('are sent again after $what', async ({ first }) => {
    const service = await serviceWith(first, first, { status: 200, body: 'content' });
    const found = await makeBlobs({ ...service.config, bucket: 'blobs' }).get('uploads/t/1');
    expect(Buffer.from(found ?? []).toString()).toBe('content');
    expect(service.received).toHaveLength(3);
  });

  it('are given up after four tries, and say why', async () => {
    const service = await serviceWith({ status: 500, body: '' });
    const thrown = await makeBlobs({ ...service.config, bucket: 'blobs' })
      .get('uploads/t/1')
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({ message: expect.stringContaining('4 tries'), cause: expect.any(Error) });
    expect(service.received).toHaveLength(4);
  });

  it.each(['get', 'put', 'delete'] as const)(
    'that S3 denies are a fault with its code and without the key: %s',
    async (deed) => {
      const service = await serviceWith({
        status: 403,
        body: '<Error><Code>AccessDenied</Code><Resource>/x</Resource></Error>',
      });
      const blobs = makeBlobs({ ...service.config, bucket: 'blobs' });
      const thrown = await blobs[deed]('uploads/soderhamn/1', new Uint8Array(1)).catch((error: unknown) => error);
      expect(String(thrown)).toContain('403 (AccessDenied)');
      expect(String(thrown)).not.toContain('soderhamn');
      expect(service.received).toHaveLength(1);
    },
  );
});

describe('the key service', () => {
  it('is asked again when it throttles', async () => {
    const service = await serviceWith(kmsError('ThrottlingException'), DATA_KEY);
    const key = await makeKms(service.config).generateDataKey('key', { tenant: 't' });
    expect([key.plain.length, key.wrapped.length]).toEqual([3, 3]);
    expect(service.received.map(({ headers }) => headers['x-amz-target'])).toEqual([
      'TrentService.GenerateDataKey',
      'TrentService.GenerateDataKey',
    ]);
  });

  it.each(['com.amazonaws.kms#InvalidCiphertextException', 'InvalidCiphertextException'])(
    'is believed at once when it refuses, and only its code is told: %s',
    async (type) => {
      const service = await serviceWith(kmsError(type));
      const thrown = await makeKms(service.config)
        .decrypt('key', Uint8Array.of(1), { tenant: 't' })
        .catch((error: unknown) => error);
      expect(thrown).toMatchObject({ name: 'ServiceError', code: 'InvalidCiphertextException' });
      expect(String(thrown)).not.toContain('secret words');
      expect(service.received).toHaveLength(1);
    },
  );

  it.each([
    { what: 'no JSON', body: '<html>' },
    { what: 'no key', body: { KeyId: 'key' } },
    { what: 'an empty key', body: { Plaintext: '', CiphertextBlob: 'BBBB' } },
  ])('is a fault when it answers with $what', async ({ body }) => {
    const service = await serviceWith({ status: 200, body });
    await expect(makeKms(service.config).generateDataKey('key', {})).rejects.toThrow();
  });
});

describe('a queue that takes some messages of a request', () => {
  const tenant = TenantId.parse('soderhamn');
  const message = (last: string): BatchToTake => ({
    v: 1,
    kind: 'batch-to-take',
    eventId: EventId.parse(`evt_01kc5x8f3q9v7t2m4n6p8r0s1${last}`),
    tenant,
    correlationId: 'c',
    batchId: BatchId.parse('batch_01kc5x8f3q9v7t2m4n6p8r0s1t'),
    fromRow: 0,
  });

  it('clears those from the outbox and leaves the others', async () => {
    const queue = await serviceWith({
      status: 200,
      body: {
        Successful: [{ Id: '0' }, { Id: '2' }],
        Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }],
      },
    });
    const table = await serviceWith({ status: 200, body: {} });
    const dynamodb = makeDynamodb(table.config);
    const failures: unknown[] = [];
    const outbox = makeOutbox({
      sqs: makeSqs(queue.config),
      dynamodb,
      coreTable: 'core',
      queueUrls: { intake: `${queue.config.endpoint}/000000000000/intake` },
      now: () => Instant.parse('2026-12-01T08:00:00.000Z'),
      onFailure: (cause, count) => failures.push([String(cause), count]),
    });
    await outbox.flush(tenant, ['a', 'b', 'c'].map(message));
    dynamodb.destroy();
    const cleared = table.received.map(({ body }) => JSON.parse(body).Key.pk.S).sort();
    expect(cleared).toEqual(['a', 'c'].map((last) => `T#soderhamn#OUTBOX#${message(last).eventId}`));
    expect(failures).toEqual([['Error: The queue intake refused: InternalError', 1]]);
  });

  it('loses nothing when the table cannot be cleared: the message is sent again later', async () => {
    const queue = await serviceWith({ status: 200, body: { Successful: [{ Id: '0' }] } });
    const table = await serviceWith({ status: 400, body: { __type: 'x#AccessDeniedException', Message: 'no' } });
    const dynamodb = makeDynamodb(table.config);
    const failures: number[] = [];
    const outbox = makeOutbox({
      sqs: makeSqs(queue.config),
      dynamodb,
      coreTable: 'core',
      queueUrls: { intake: `${queue.config.endpoint}/000000000000/intake` },
      now: () => Instant.parse('2026-12-01T08:00:00.000Z'),
      onFailure: (_cause, count) => failures.push(count),
    });
    await expect(outbox.flush(tenant, [message('a')])).resolves.toBeUndefined();
    dynamodb.destroy();
    expect(failures).toEqual([1]);
  });
});
