import { ACCOUNT_ID, type Deployed, type StackName } from '../deployment.ts';
import { REGION } from '../emulator.ts';
import type { conditionsOf } from '../template.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `AWS::NoValue`: the property is left out. */
const NOTHING = Symbol('no value');

const lastPart = (text: string): string => text.slice(text.lastIndexOf('/') + 1);

/** The ARN of what CloudFormation made, as AWS builds it from the type and the physical id. */
const arnOf = (type: string, physicalId: string): string => {
  const at = (service: string, name: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${name}`;
  switch (type) {
    case 'AWS::SQS::Queue':
      return at('sqs', lastPart(physicalId));
    case 'AWS::Lambda::Function':
      return at('lambda', `function:${physicalId}`);
    case 'AWS::Logs::LogGroup':
      return at('logs', `log-group:${physicalId}:*`);
    case 'AWS::DynamoDB::Table':
      return at('dynamodb', `table/${physicalId}`);
    case 'AWS::KMS::Key':
      return at('kms', `key/${physicalId}`);
    case 'AWS::Events::Rule':
      return at('events', `rule/${physicalId}`);
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${ACCOUNT_ID}:role/${physicalId}`;
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${physicalId}`;
    default:
      throw new Error(`How is the ARN of a ${type} built?`);
  }
};

/** A value of a template with every reference replaced by what it stands for in this deployment. */
export const resolveIn = (stack: StackName, deployed: Deployed, conditions: ReturnType<typeof conditionsOf>) => {
  const resources = deployed.resources[stack];
  const referred = (name: string): unknown => {
    if (name === 'AWS::NoValue') return NOTHING;
    if (name === 'AWS::AccountId') return ACCOUNT_ID;
    if (name === 'AWS::Region') return REGION;
    if (name === 'AWS::Partition') return 'aws';
    const found = resources.get(name)?.physicalId ?? deployed.parameters[name];
    if (found === undefined) throw new Error(`${stack} refers to ${name}, which is nothing`);
    return found;
  };
  const attribute = (id: string, name: string): string => {
    const resource = resources.get(id);
    if (resource === undefined) throw new Error(`${stack} has no ${id}`);
    if (name === 'Arn') return arnOf(resource.type, resource.physicalId);
    if (name === 'QueueName') return lastPart(resource.physicalId);
    throw new Error(`What is ${name} of a ${resource.type}?`);
  };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (!isObject(value)) return value;
    if ('Ref' in value) return referred(String(value.Ref));
    if ('Fn::ImportValue' in value) {
      const name = String(value['Fn::ImportValue']);
      const exported = deployed.exports.get(name);
      if (exported === undefined) throw new Error(`Nothing exports ${name}`);
      return exported;
    }
    const chosen = value['Fn::If'];
    if (Array.isArray(chosen)) {
      const condition = conditions.get(String(chosen[0]));
      if (condition === undefined) throw new Error(`${stack} has no condition ${chosen[0]}`);
      return resolve(String(resolve(condition[0])) === String(resolve(condition[1])) ? chosen[1] : chosen[2]);
    }
    const got = value['Fn::GetAtt'];
    if (Array.isArray(got)) return attribute(String(got[0]), String(got[1]));
    const joined = value['Fn::Join'];
    if (Array.isArray(joined) && Array.isArray(joined[1])) return joined[1].map(resolve).join(String(joined[0]));
    const substituted = value['Fn::Sub'];
    if (typeof substituted === 'string') {
      return substituted.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => String(referred(name)));
    }
    const parts = Object.entries(value).map(([key, part]) => [key, resolve(part)] as const);
    return Object.fromEntries(parts.filter(([, part]) => part !== NOTHING));
  };
  return resolve;
};
