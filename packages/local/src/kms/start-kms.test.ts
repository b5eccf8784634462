import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DecryptCommand,
  type DecryptCommandInput,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateMacCommand,
  KMSClient,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { type Kms, startKms } from './start-kms.ts';

const VAULT = '7b0f3c52-vault';
const DATA = 'alias/data';
const arn = (resource: string) => `arn:aws:kms:eu-north-1:000000000000:${resource}`;
const context = { tenant: 'soderhamn', candidate: 'cand-1' };
const secret = Buffer.from('Åsa Öberg');

let folder: string;
let keyFile: string;
let kms: Kms;
let client: KMSClient;

async function start(keyIds = [VAULT, DATA]): Promise<void> {
  kms = await startKms({ keyFile, keyIds });
  client = new KMSClient({
    endpoint: kms.url,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}
async function stop(): Promise<void> {
  client.destroy();
  await kms.stop();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gruppstart-kms-'));
  keyFile = join(folder, 'keys', 'kms.json');
  await start();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const encrypted = async (KeyId = VAULT, EncryptionContext: Record<string, string> = context) => {
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId, Plaintext: secret, EncryptionContext }));
  return Buffer.from(CiphertextBlob ?? []);
};
const decrypted = async (input: DecryptCommandInput) =>
  Buffer.from((await client.send(new DecryptCommand(input))).Plaintext ?? []);

describe('sealing', () => {
  it.each([VAULT, arn(`key/${VAULT}`), DATA, arn(DATA)])('opens what was sealed under %s', async (KeyId) => {
    const CiphertextBlob = await encrypted(KeyId);
    expect(await decrypted({ CiphertextBlob, EncryptionContext: context })).toEqual(secret);
    expect(await decrypted({ CiphertextBlob, EncryptionContext: context, KeyId })).toEqual(secret);
  });

  it('gives another ciphertext each time, in which the plaintext does not show', async () => {
    const [first, second] = [await encrypted(), await encrypted()];
    expect(first.equals(second)).toBe(false);
    expect(first.includes(secret)).toBe(false);
  });

  it('takes the context in any order', async () => {
    const CiphertextBlob = await encrypted();
    const turned = { candidate: context.candidate, tenant: context.tenant };
    expect(await decrypted({ CiphertextBlob, EncryptionContext: turned })).toEqual(secret);
  });

  test.each<[string, Record<string, string> | undefined]>([
    ['none', undefined],
    ['another value', { ...context, candidate: 'cand-2' }],
    ['one name less', { tenant: context.tenant }],
    ['one name more', { ...context, more: '' }],
    ['exchanged values', { tenant: context.candidate, candidate: context.tenant }],
    ['names and values run together', { 'tenant":"soderhamn","candidate': 'cand-1' }],
  ])('does not open in another context: %s', async (_name, EncryptionContext) => {
    const CiphertextBlob = await encrypted();
    const input = EncryptionContext === undefined ? { CiphertextBlob } : { CiphertextBlob, EncryptionContext };
    await expect(decrypted(input)).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('does not open a ciphertext of which any byte was changed', async () => {
    const CiphertextBlob = await encrypted();
    await fc.assert(
      fc.asyncProperty(fc.nat(CiphertextBlob.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Buffer.from(CiphertextBlob);
        damaged.writeUInt8(damaged.readUInt8(at) ^ change, at);
        const opening = decrypted({ CiphertextBlob: damaged, EncryptionContext: context });
        await expect(opening).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
      }),
      { numRuns: 40 },
    );
  });

  it('tells when another key is asked for than the one that sealed', async () => {
    const CiphertextBlob = await encrypted(VAULT);
    await expect(decrypted({ CiphertextBlob, EncryptionContext: context, KeyId: DATA })).rejects.toMatchObject({
      name: 'IncorrectKeyException',
    });
  });
});

describe('data keys', () => {
  test.each([
    [{ KeySpec: 'AES_256' as const }, 32],
    [{ KeySpec: 'AES_128' as const }, 16],
    [{ NumberOfBytes: 64 }, 64],
  ])('%o: comes open and sealed', async (size, length) => {
    const answer = await client.send(new GenerateDataKeyCommand({ KeyId: VAULT, EncryptionContext: context, ...size }));
    expect(answer.Plaintext).toHaveLength(length);
    expect(answer.KeyId).toBe(arn(`key/${VAULT}`));
    const CiphertextBlob = answer.CiphertextBlob ?? new Uint8Array();
    expect(await decrypted({ CiphertextBlob, EncryptionContext: context })).toEqual(
      Buffer.from(answer.Plaintext ?? []),
    );
  });

  it('can come sealed alone', async () => {
    const answer = await client.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId: VAULT, KeySpec: 'AES_256' }));
    expect(answer).not.toHaveProperty('Plaintext');
    expect(await decrypted({ CiphertextBlob: answer.CiphertextBlob })).toHaveLength(32);
  });
});

describe('message authentication codes', () => {
  const input = { KeyId: VAULT, Message: Buffer.from('blind index'), MacAlgorithm: 'HMAC_SHA_256' } as const;

  it('are the same for the same message and key, and differ otherwise', async () => {
    const macOf = async (change = {}) =>
      Buffer.from((await client.send(new GenerateMacCommand({ ...input, ...change }))).Mac ?? []).toString('hex');
    const first = await macOf();
    expect(await macOf()).toBe(first);
    const others = [
      await macOf({ KeyId: DATA }),
      await macOf({ Message: Buffer.from('another') }),
      await macOf({ MacAlgorithm: 'HMAC_SHA_512' }),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it('can be verified', async () => {
    const { Mac } = await client.send(new GenerateMacCommand(input));
    expect((await client.send(new VerifyMacCommand({ ...input, Mac }))).MacValid).toBe(true);
    const wrong = { ...input, Mac, Message: Buffer.from('another') };
    await expect(client.send(new VerifyMacCommand(wrong))).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
  });
});

describe('refusals', () => {
  const encrypt = (KeyId: string | undefined, Plaintext: Uint8Array | undefined) =>
    client.send(new EncryptCommand({ KeyId, Plaintext }));

  test.each<[string, () => Promise<unknown>, string]>([
    ['an unknown key', () => encrypt('unknown', secret), 'NotFoundException'],
    ['an unknown alias', () => encrypt('alias/unknown', secret), 'NotFoundException'],
    [
      'a key of another account',
      () => encrypt(`arn:aws:kms:eu-north-1:111111111111:key/${VAULT}`, secret),
      'NotFoundException',
    ],
    ['describing an unknown key', () => client.send(new DescribeKeyCommand({ KeyId: 'unknown' })), 'NotFoundException'],
    ['4,097 bytes', () => encrypt(VAULT, Buffer.alloc(4097)), 'ValidationException'],
    ['no bytes', () => encrypt(VAULT, Buffer.alloc(0)), 'ValidationException'],
    ['no plaintext', () => encrypt(VAULT, undefined), 'ValidationException'],
    ['no key', () => encrypt(undefined, secret), 'ValidationException'],
    [
      'a data key without a size',
      () => client.send(new GenerateDataKeyCommand({ KeyId: VAULT })),
      'ValidationException',
    ],
    [
      'a data key with two sizes',
      () => client.send(new GenerateDataKeyCommand({ KeyId: VAULT, KeySpec: 'AES_256', NumberOfBytes: 32 })),
      'ValidationException',
    ],
    [
      'a data key of 1,025 bytes',
      () => client.send(new GenerateDataKeyCommand({ KeyId: VAULT, NumberOfBytes: 1025 })),
      'ValidationException',
    ],
    [
      'a ciphertext of nobody',
      () => decrypted({ CiphertextBlob: Buffer.from('nonsense') }),
      'InvalidCiphertextException',
    ],
  ])('%s', async (_name, request, name) => {
    await expect(request()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  it('takes exactly 4,096 bytes', async () => {
    await expect(encrypt(VAULT, Buffer.alloc(4096))).resolves.toBeDefined();
  });

  it('answers a request without a signature as the service does', async () => {
    const response = await fetch(kms.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.DescribeKey' },
      body: JSON.stringify({ KeyId: VAULT }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('MissingAuthenticationTokenException');
  });
});

describe('the key file', () => {
  it('is readable by its owner only', async () => {
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  });

  it('keeps its keys and gains new ones when more are asked for', async () => {
    const CiphertextBlob = await encrypted();
    const before = JSON.parse(await readFile(keyFile, 'utf8'));
    await stop();
    await start(['new-key']);
    const after = JSON.parse(await readFile(keyFile, 'utf8'));
    expect(after.keys).toEqual({ ...before.keys, 'new-key': expect.any(String) });
    expect(await decrypted({ CiphertextBlob, EncryptionContext: context })).toEqual(secret);
    expect(await decrypted({ CiphertextBlob: await encrypted('new-key'), EncryptionContext: context })).toEqual(secret);
  });

  it.each(['', '{}', '{"version":1,"keys":{"a":1}}', '{"version":1,"keys":{"a":"c2hvcnQ="}}'])(
    'is refused, and left as it is, when it is damaged: %j',
    async (content) => {
      const damaged = join(folder, 'damaged.json');
      await writeFile(damaged, content);
      await expect(startKms({ keyFile: damaged, keyIds: [] })).rejects.toThrow(damaged);
      expect(await readFile(damaged, 'utf8')).toBe(content);
    },
  );
});
