/** One call of an AWS service that speaks JSON (DynamoDB, SQS, KMS). The engines check that a signature is there, not whose it is. */
export async function callAws(
  endpoint: string,
  service: 'dynamodb' | 'sqs' | 'kms',
  action: string,
  input: object,
  options: { readonly region?: string; readonly signal?: AbortSignal; readonly accessKeyId?: string } = {},
): Promise<unknown> {
  const region = options.region ?? 'eu-north-1';
  const response = await fetch(`${endpoint}/`, {
    method: 'POST',
    headers: {
      'content-type': CONTENT_TYPE[service],
      'x-amz-target': `${TARGET_PREFIX[service]}.${action}`,
      'x-amz-date': '20260101T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${options.accessKeyId ?? 'laptop'}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
    signal: options.signal ?? null,
  });
  const text = await response.text();
  const body: unknown = text === '' ? {} : JSON.parse(text);
  if (!response.ok) throw new AwsCallError(service, action, errorCode(body), text);
  return body;
}

/** An AWS service refused a call of the runner itself. `code` is the service's own word, such as ResourceNotFoundException. */
export class AwsCallError extends Error {
  override readonly name = 'AwsCallError';
  readonly code: string;

  constructor(service: string, action: string, code: string, body: string) {
    super(`${service} ${action}: ${code} ${body.slice(0, 500)}`);
    this.code = code;
  }
}

function errorCode(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('__type' in body) || typeof body.__type !== 'string')
    return 'unknown';
  return body.__type.replace(/^.*#/, '');
}

const CONTENT_TYPE = {
  dynamodb: 'application/x-amz-json-1.0',
  sqs: 'application/x-amz-json-1.0',
  kms: 'application/x-amz-json-1.1',
} as const;

const TARGET_PREFIX = { dynamodb: 'DynamoDB_20120810', sqs: 'AmazonSQS', kms: 'TrentService' } as const;
