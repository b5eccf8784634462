import { type AwsCall, fieldOf, ID_SHAPE, type Place, textOf } from './aws-call.ts';

/** Words of an encryption context that say what a key is for and never whom it is about. */
export const OPEN_CONTEXT_WORDS: readonly string[] = ['use'];

const PLAIN_WORD = /^[a-z]+(-[a-z]+)*$/;

/**
 * What IAM is asked about one request to KMS.
 * @param keyOfCiphertext the key that a ciphertext names, for a Decrypt that does not
 */
export function kmsCalls(
  operationName: string,
  body: unknown,
  { region, accountId }: Place,
  keyOfCiphertext: (base64: string) => string | null = () => null,
): readonly AwsCall[] {
  const keyId = textOf(body, 'KeyId') || (keyOfCiphertext(textOf(body, 'CiphertextBlob')) ?? '');
  const prefix = `arn:aws:kms:${region}:${accountId}:`;
  const encryptionContext = fieldOf(body, 'EncryptionContext');
  const words =
    typeof encryptionContext === 'object' && encryptionContext !== null ? Object.keys(encryptionContext) : [];
  const shapeOf = (word: string): string => {
    const value = textOf(encryptionContext, word);
    return OPEN_CONTEXT_WORDS.includes(word) && PLAIN_WORD.test(value) ? value : ID_SHAPE;
  };
  return [
    {
      action: `kms:${operationName}`,
      resource: keyId.startsWith('arn:') ? keyId : prefix + (keyId.startsWith('alias/') ? keyId : `key/${keyId}`),
      context: Object.fromEntries([
        ...words.toSorted().map((word) => [`kms:EncryptionContext:${word}`, shapeOf(word)]),
        ...(words.length === 0 ? [] : [['kms:EncryptionContextKeys', words.toSorted()]]),
      ]),
    },
  ];
}
