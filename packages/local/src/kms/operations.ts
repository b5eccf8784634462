/** The operations of KMS that the functions use, over a ring of keys. Keys are made by the key file, not by a call. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './key-file.ts';
import {
  bytes,
  invalid,
  KmsRefusal,
  type KmsRequest,
  oneOf,
  optionalText,
  text,
  textMap,
  wholeNumber,
} from './kms-request.ts';
import { keyIdOf, type MacAlgorithm, mac, seal, unseal } from './sealing.ts';

const ARN_PREFIX = 'arn:aws:kms:eu-north-1:000000000000:';
/** Limits of the service's API reference. */
const MAX_PLAINTEXT_BYTES = 4096;
const MAX_CIPHERTEXT_BYTES = 6144;
const MAX_DATA_KEY_BYTES = 1024;
const MAX_MAC_BYTES = 6144;

const KEY_SPEC_BYTES = { AES_256: 32, AES_128: 16 } as const;
const MAC_ALGORITHMS = [
  'HMAC_SHA_224',
  'HMAC_SHA_256',
  'HMAC_SHA_384',
  'HMAC_SHA_512',
] as const satisfies readonly MacAlgorithm[];

type KmsAnswer = Record<string, unknown>;
type KmsOperation = (keys: KeyRing, request: KmsRequest) => KmsAnswer;

interface NamedKey {
  id: string;
  arn: string;
  material: Buffer;
}

/** `<id>` and `alias/<name>` are names in the key file; an ARN is one of them with a prefix. */
function nameOf(keyId: string): string {
  if (!keyId.startsWith(ARN_PREFIX)) return keyId;
  const resource = keyId.slice(ARN_PREFIX.length);
  return resource.startsWith('key/') ? resource.slice('key/'.length) : resource;
}

const arnOf = (id: string): string => ARN_PREFIX + (id.startsWith('alias/') ? id : `key/${id}`);

function findKey(keys: KeyRing, keyId: string): NamedKey {
  const id = nameOf(keyId);
  const material = keys.get(id);
  if (material !== undefined) return { id, arn: arnOf(id), material };
  const arn = keyId.startsWith('arn:') ? keyId : arnOf(keyId);
  throw new KmsRefusal(
    'NotFoundException',
    arn.includes(':alias/') ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`,
  );
}

function newDataKey(keys: KeyRing, request: KmsRequest): { plaintext: Buffer; answer: KmsAnswer } {
  const key = findKey(keys, text(request, 'KeyId'));
  const spec = oneOf(request, 'KeySpec', ['AES_256', 'AES_128'] as const);
  const length = wholeNumber(request, 'NumberOfBytes', 1, MAX_DATA_KEY_BYTES);
  if ((spec === undefined) === (length === undefined)) {
    throw new KmsRefusal('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const plaintext = randomBytes(spec === undefined ? (length ?? 0) : KEY_SPEC_BYTES[spec]);
  const sealed = seal(key.id, key.material, plaintext, textMap(request, 'EncryptionContext'));
  return { plaintext, answer: { KeyId: key.arn, CiphertextBlob: sealed.toString('base64') } };
}

const generateDataKey: KmsOperation = (keys, request) => {
  const { plaintext, answer } = newDataKey(keys, request);
  return { ...answer, Plaintext: plaintext.toString('base64') };
};

const generateDataKeyWithoutPlaintext: KmsOperation = (keys, request) => newDataKey(keys, request).answer;

const encrypt: KmsOperation = (keys, request) => {
  const plaintext = bytes(request, 'Plaintext', MAX_PLAINTEXT_BYTES);
  const algorithm = encryptionAlgorithm(request);
  const key = findKey(keys, text(request, 'KeyId'));
  const sealed = seal(key.id, key.material, plaintext, textMap(request, 'EncryptionContext'));
  return { KeyId: key.arn, CiphertextBlob: sealed.toString('base64'), EncryptionAlgorithm: algorithm };
};

const decrypt: KmsOperation = (keys, request) => {
  const ciphertext = bytes(request, 'CiphertextBlob', MAX_CIPHERTEXT_BYTES);
  const algorithm = encryptionAlgorithm(request);
  const expected = optionalText(request, 'KeyId');
  const expectedId = expected === undefined ? null : findKey(keys, expected).id;
  const keyId = keyIdOf(ciphertext);
  if (keyId !== null && expectedId !== null && keyId !== expectedId) {
    throw new KmsRefusal(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  const plaintext = unseal(keys, ciphertext, textMap(request, 'EncryptionContext'));
  // The service gives no reason either: a wrong context and a damaged text look the same.
  if (plaintext === null || keyId === null) throw new KmsRefusal('InvalidCiphertextException');
  return { KeyId: arnOf(keyId), Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: algorithm };
};

function encryptionAlgorithm(request: KmsRequest): string {
  return oneOf(request, 'EncryptionAlgorithm', ['SYMMETRIC_DEFAULT'] as const) ?? 'SYMMETRIC_DEFAULT';
}

function macOf(keys: KeyRing, request: KmsRequest): { answer: KmsAnswer; value: Buffer } {
  const message = bytes(request, 'Message', MAX_PLAINTEXT_BYTES);
  const algorithm = oneOf(request, 'MacAlgorithm', MAC_ALGORITHMS);
  if (algorithm === undefined) throw invalid('macAlgorithm', 'Member must not be null');
  const key = findKey(keys, text(request, 'KeyId'));
  return { answer: { KeyId: key.arn, MacAlgorithm: algorithm }, value: mac(key.material, algorithm, message) };
}

const generateMac: KmsOperation = (keys, request) => {
  const { answer, value } = macOf(keys, request);
  return { ...answer, Mac: value.toString('base64') };
};

const verifyMac: KmsOperation = (keys, request) => {
  const given = bytes(request, 'Mac', MAX_MAC_BYTES);
  const { answer, value } = macOf(keys, request);
  if (given.length !== value.length || !timingSafeEqual(given, value)) throw new KmsRefusal('KMSInvalidMacException');
  return { ...answer, MacValid: true };
};

const describeKey: KmsOperation = (keys, request) => {
  const { id, arn } = findKey(keys, text(request, 'KeyId'));
  return {
    KeyMetadata: {
      KeyId: id,
      Arn: arn,
      AWSAccountId: '000000000000',
      Enabled: true,
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyManager: 'CUSTOMER',
      Origin: 'AWS_KMS',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
    },
  };
};

export const KMS_OPERATIONS: ReadonlyMap<string, KmsOperation> = new Map([
  ['GenerateDataKey', generateDataKey],
  ['GenerateDataKeyWithoutPlaintext', generateDataKeyWithoutPlaintext],
  ['Encrypt', encrypt],
  ['Decrypt', decrypt],
  ['GenerateMac', generateMac],
  ['VerifyMac', verifyMac],
  ['DescribeKey', describeKey],
]);
