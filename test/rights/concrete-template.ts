import { join, resolve } from 'node:path';
import { ACCOUNT_ID, REGION } from '@gruppstart/local/laptop-cloud';
import { type CloudAssembly, readAssembly, type StackTemplate } from '@gruppstart/local/template/assembly';
import { type ResolveContext, resolveValue } from '@gruppstart/local/template/intrinsics';
import { resolveResources } from '@gruppstart/local/template/resources';
import { isObject, type TemplateObject, type TemplateValue } from '@gruppstart/local/template/template-value';

/** The templates of the last build, with the names and addresses that things have on the laptop. */
const ASSEMBLY = join(resolve(import.meta.dirname, '../..'), 'build/cloud-assembly');
export const PLACE = { region: REGION, accountId: ACCOUNT_ID } as const;

/** A resource of a template with every reference in it replaced. */
export interface ConcreteResource {
  readonly id: string;
  readonly type: string;
  /** What policies name it by; its logical id where it has no ARN of its own. */
  readonly arn: string;
  readonly properties: TemplateObject;
}

const section = (template: TemplateObject, name: string): Readonly<Record<string, TemplateValue>> => {
  const found = template[name];
  return isObject(found) ? found : {};
};

const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${rest}`;

/** `Ref` and attributes of the kinds of resources that policies and functions refer to. */
const attributesOf = (type: string, name: string): Readonly<Record<string, string>> => {
  switch (type) {
    case 'AWS::DynamoDB::Table':
      return { Ref: name, Arn: arn('dynamodb', `table/${name}`) };
    case 'AWS::SQS::Queue':
      return { Ref: `https://sqs.invalid/${ACCOUNT_ID}/${name}`, QueueName: name, Arn: arn('sqs', name) };
    case 'AWS::S3::Bucket':
      return { Ref: name, Arn: `arn:aws:s3:::${name}` };
    case 'AWS::KMS::Key':
      return { Ref: name, KeyId: name, Arn: arn('kms', `key/${name}`) };
    case 'AWS::Lambda::Function':
      return { Ref: name, Arn: arn('lambda', `function:${name}`) };
    case 'AWS::IAM::Role':
      return { Ref: name, Arn: `arn:aws:iam::${ACCOUNT_ID}:role/${name}` };
    case 'AWS::Logs::LogGroup':
      return { Ref: name, Arn: arn('logs', `log-group:${name}:*`) };
    case 'AWS::SNS::Topic':
      return { Ref: arn('sns', name), TopicArn: arn('sns', name) };
    default:
      return { Ref: name };
  }
};

/** The laptop's own names, so that what was recorded there and what is read here mean the same things. */
const laptopNames = (assembly: CloudAssembly): ReadonlyMap<string, string> =>
  new Map(
    resolveResources(assembly, {
      parameters: {},
      ...PLACE,
      queueBaseUrl: 'https://sqs.invalid',
      apiUrl: 'https://api.invalid',
    }).map(({ stackName, logicalId, physicalName }) => [`${stackName}.${logicalId}`, physicalName]),
  );

/** All resources of the given types, of all stacks. */
export const readConcreteResources = async (types: ReadonlySet<string>): Promise<readonly ConcreteResource[]> => {
  const assembly = await readAssembly(ASSEMBLY);
  const names = laptopNames(assembly);
  const attributes = (stack: StackTemplate, id: string): Readonly<Record<string, string>> => {
    const declared = section(stack.template, 'Resources')[id];
    if (!isObject(declared)) throw new Error(`${stack.stackName} has no resource ${id}`);
    return attributesOf(String(declared.Type), names.get(`${stack.stackName}.${id}`) ?? id);
  };
  const contextOf = (stack: StackTemplate): ResolveContext => {
    const pseudo: Readonly<Record<string, string>> = {
      'AWS::Region': REGION,
      'AWS::AccountId': ACCOUNT_ID,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.stackName,
    };
    const attribute = (id: string, name: string): string => {
      const value = attributes(stack, id)[name];
      if (value === undefined) throw new Error(`${stack.stackName}.${id}: the attribute ${name} is not known here`);
      return value;
    };
    return {
      stackName: stack.stackName,
      ref: (id) => {
        const parameter = section(stack.template, 'Parameters')[id];
        if (isObject(parameter)) return parameter.Default ?? `parameter-${id}`;
        return pseudo[id] ?? attribute(id, 'Ref');
      },
      getAtt: attribute,
      importValue: (exportName) => {
        for (const other of assembly.stacks) {
          for (const output of Object.values(section(other.template, 'Outputs'))) {
            if (isObject(output) && isObject(output.Export) && output.Export.Name === exportName)
              return resolveValue(output.Value ?? null, contextOf(other));
          }
        }
        throw new Error(`Nothing exports ${exportName}`);
      },
      condition: (name) => section(stack.template, 'Conditions')[name] ?? null,
    };
  };
  return assembly.stacks.flatMap((stack) =>
    Object.entries(section(stack.template, 'Resources')).flatMap(([id, declared]) => {
      if (!isObject(declared) || !types.has(String(declared.Type))) return [];
      const properties = resolveValue(declared.Properties ?? {}, contextOf(stack));
      if (!isObject(properties)) throw new Error(`${stack.stackName}.${id} has no properties`);
      const known = attributes(stack, id);
      return [{ id, type: String(declared.Type), arn: known.Arn ?? known.Ref ?? id, properties }];
    }),
  );
};
