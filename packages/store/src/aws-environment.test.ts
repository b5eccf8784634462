import { describe, expect, it } from 'vitest';
import { readAwsEnvironment } from './aws-environment.ts';

const FUNCTION = { AWS_REGION: 'eu-north-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', OTHER: undefined };

describe('what a function knows of AWS', () => {
  it('is the region’s own services where nothing else is said', () => {
    const { dynamodb, sqs, s3, kms } = readAwsEnvironment({ ...FUNCTION, AWS_SESSION_TOKEN: 't' });
    const service = {
      region: 'eu-north-1',
      endpoint: null,
      credentials: { accessKeyId: 'a', secretAccessKey: 's', sessionToken: 't' },
    };
    expect([dynamodb, sqs, s3, kms]).toEqual([service, service, service, service]);
  });

  it.each(['dynamodb', 'sqs', 's3', 'kms'] as const)(
    'is another endpoint for %s alone when its variable says so',
    (word) => {
      const variable = `AWS_ENDPOINT_URL_${word.toUpperCase()}`;
      const environment = readAwsEnvironment({ ...FUNCTION, [variable]: 'http://127.0.0.1:4566' });
      const endpoints = Object.entries(environment).filter(([, { endpoint }]) => endpoint !== null);
      expect(endpoints.map(([name, { endpoint }]) => [name, endpoint])).toEqual([[word, 'http://127.0.0.1:4566']]);
    },
  );

  it.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('is refused without %s', (name) => {
    expect(() => readAwsEnvironment({ ...FUNCTION, [name]: undefined })).toThrow(name);
  });

  it('is refused with an endpoint that is no address', () => {
    expect(() => readAwsEnvironment({ ...FUNCTION, AWS_ENDPOINT_URL_S3: 'here' })).toThrow('AWS_ENDPOINT_URL_S3');
  });
});
