import type { Deployment } from './deployment.ts';

/** Prefix and content type that a service's JSON protocol wants. */
const PROTOCOLS = {
  sqs: { target: 'AmazonSQS', version: '1.0' },
  events: { target: 'AWSEvents', version: '1.1' },
  logs: { target: 'Logs_20140328', version: '1.1' },
} as const;

/** One call of a service that speaks JSON, as the account's administrator. Throws when it is refused. */
export const callService = async (
  { aws, endpoint }: Pick<Deployment, 'aws' | 'endpoint'>,
  service: keyof typeof PROTOCOLS,
  action: string,
  input: object,
): Promise<unknown> => {
  const { target, version } = PROTOCOLS[service];
  const answer = await aws.fetch(`${endpoint}/`, {
    method: 'POST',
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${action}` },
    body: JSON.stringify(input),
    aws: { service },
  });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${service} ${action} was answered with ${answer.status}: ${body.slice(0, 500)}`);
  return body === '' ? {} : JSON.parse(body);
};

/** Calls a function through the Lambda API, as an operator does; its answer as JSON text. Throws when it fails. */
export const invokeFunction = async (
  { aws, endpoint }: Pick<Deployment, 'aws' | 'endpoint'>,
  nameOrArn: string,
  event: unknown,
): Promise<string> => {
  const url = `${endpoint}/2015-03-31/functions/${encodeURIComponent(nameOrArn)}/invocations`;
  const answer = await aws.fetch(url, { method: 'POST', body: JSON.stringify(event), aws: { service: 'lambda' } });
  const body = await answer.text();
  const failure = answer.headers.get('x-amz-function-error');
  if (answer.status !== 200 || failure !== null) throw new Error(`${nameOrArn}: ${answer.status} ${failure} ${body}`);
  return body;
};

/** One call of a service that speaks forms and XML, as the account's administrator. Throws when it is refused. */
export const callQueryService = async (
  { aws, endpoint }: Pick<Deployment, 'aws' | 'endpoint'>,
  service: 'iam',
  Action: string,
  Version: string,
  input: Readonly<Record<string, string>>,
): Promise<void> => {
  const answer = await aws.fetch(`${endpoint}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Action, Version, ...input }).toString(),
    aws: { service },
  });
  if (!answer.ok) throw new Error(`${service} ${Action} was answered with ${answer.status}: ${await answer.text()}`);
};
