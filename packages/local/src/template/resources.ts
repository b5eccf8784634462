import type { CloudAssembly, StackTemplate } from './assembly.ts';
import { type ResolveContext, resolveValue } from './intrinsics.ts';
import { isHarmless, isHonoured } from './resource-types.ts';
import {
  type FieldReader,
  isObject,
  readFields,
  TemplateError,
  type TemplateObject,
  type TemplateValue,
} from './template-value.ts';

/** What the templates cannot know: values of parameters, and the addresses that exist only on this laptop. */
export interface LaptopSettings {
  /** Values of the stacks' parameters by name; one name means the same in every stack. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly region: string;
  readonly accountId: string;
  /** Where queue URLs begin, such as `http://127.0.0.1:9324`. */
  readonly queueBaseUrl: string;
  readonly apiUrl: string;
}

export interface Resource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalName: string;
  /** Resolved properties. */
  properties(): FieldReader;
}

/** All resources of all stacks, with references resolved across them. Throws TemplateError for what the laptop cannot honour. */
export function resolveResources(assembly: CloudAssembly, settings: LaptopSettings): readonly Resource[] {
  const stacks = assembly.stacks.map((stack) => new StackScope(stack));
  const importValue = (exportName: string): TemplateValue => {
    for (const stack of stacks) {
      const value = stack.exported(exportName, contextOf(stack));
      if (value !== undefined) return value;
    }
    throw new TemplateError(`no stack exports ${exportName}`);
  };
  const contextOf = (stack: StackScope): ResolveContext => stackContext(stack, settings, importValue);
  const resources = stacks.flatMap((stack) => stack.resources(contextOf(stack)));
  const names = new Set<string>();
  for (const { type, physicalName, logicalId } of resources) {
    const key = `${type} ${physicalName}`;
    if (names.has(key))
      throw new TemplateError(`${logicalId}: two resources of type ${type} would be named ${physicalName}`);
    names.add(key);
  }
  return resources;
}

/** A reference to a resource as `Ref` or an ARN in the model, back to the resource itself. */
export function functionNameOfArn(arn: string): string {
  // Integration targets may be wrapped as arn:...:lambda:path/2015-03-31/functions/<function arn>/invocations.
  const match = /arn:[^:]+:lambda:[^:]*:[^:]*:function:([A-Za-z0-9_-]+)/.exec(arn);
  if (match?.[1] === undefined) throw new TemplateError(`${arn}: not the address of a function`);
  return match[1];
}

class StackScope {
  readonly name: string;
  readonly #template: TemplateObject;
  readonly #declared: Readonly<Record<string, TemplateObject>>;

  constructor(stack: StackTemplate) {
    this.name = stack.stackName;
    this.#template = stack.template;
    this.#declared = section(stack.template, 'Resources');
  }

  declared(logicalId: string): TemplateObject | undefined {
    return this.#declared[logicalId];
  }

  parameter(name: string): TemplateObject | undefined {
    return section(this.#template, 'Parameters')[name];
  }

  condition(name: string): TemplateValue {
    const found = section(this.#template, 'Conditions')[name];
    if (found === undefined) throw new TemplateError(`${this.name}: no condition ${name}`);
    return found;
  }

  exported(exportName: string, context: ResolveContext): TemplateValue | undefined {
    for (const output of Object.values(section(this.#template, 'Outputs'))) {
      const declaration = output.Export;
      if (!isObject(declaration) || declaration.Name === undefined) continue;
      if (resolveValue(declaration.Name, context) === exportName) return resolveValue(output.Value ?? null, context);
    }
    return undefined;
  }

  resources(context: ResolveContext): readonly Resource[] {
    const found: Resource[] = [];
    for (const [logicalId, declared] of Object.entries(this.#declared)) {
      const type = String(declared.Type);
      if (!isHonoured(type)) {
        if (isHarmless(type)) continue;
        throw new TemplateError(`${this.name}.${logicalId}: the laptop does not know the resource type ${type}`);
      }
      const condition = declared.Condition;
      if (typeof condition === 'string' && resolveValue({ Condition: condition }, context) === false) continue;
      const place = `${this.name}.${logicalId}`;
      found.push({
        stackName: this.name,
        logicalId,
        type,
        physicalName: physicalName(logicalId, declared, context),
        properties: () => readFields(resolveValue(declared.Properties ?? {}, context), place),
      });
    }
    return found;
  }
}

function stackContext(
  stack: StackScope,
  settings: LaptopSettings,
  importValue: (exportName: string) => TemplateValue,
): ResolveContext {
  const { region, accountId } = settings;
  const pseudo: Readonly<Record<string, TemplateValue>> = {
    'AWS::Region': region,
    'AWS::AccountId': accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stack.name}/laptop`,
    'AWS::NotificationARNs': [],
  };
  const context: ResolveContext = {
    stackName: stack.name,
    condition: (name) => stack.condition(name),
    importValue,
    ref(logicalId) {
      const fixed = pseudo[logicalId];
      if (fixed !== undefined) return fixed;
      const parameter = stack.parameter(logicalId);
      if (parameter !== undefined) {
        const value = settings.parameters[logicalId] ?? parameter.Default;
        if (value === undefined)
          throw new TemplateError(`${stack.name}: parameter ${logicalId} has neither a value nor a default`);
        const isList = parameter.Type === 'CommaDelimitedList' || parameter.Type === 'List<String>';
        return isList && typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
      }
      return attribute(stack, logicalId, 'Ref', settings, context);
    },
    getAtt: (logicalId, name) => attribute(stack, logicalId, name, settings, context),
  };
  return context;
}

/** The property by which each type is named, when the template names it. */
const NAME_PROPERTY: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Events::Rule': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::KMS::Alias': 'AliasName',
};

function physicalName(logicalId: string, declared: TemplateObject, context: ResolveContext): string {
  const type = String(declared.Type);
  const property = NAME_PROPERTY[type];
  const properties = isObject(declared.Properties) ? declared.Properties : {};
  const given = property === undefined ? undefined : properties[property];
  if (given !== undefined) {
    const name = resolveValue(given, context);
    if (typeof name === 'string') return name;
  }
  // CDK ends its logical ids with eight hexadecimal digits; people read the names in logs and file names.
  const readable = logicalId.replace(/[0-9A-F]{8}$/, '');
  if (type === 'AWS::S3::Bucket')
    return `${context.stackName}-${readable}`
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]/g, '-')
      .slice(0, 63);
  return readable;
}

function attribute(
  stack: StackScope,
  logicalId: string,
  name: string,
  settings: LaptopSettings,
  context: ResolveContext,
): TemplateValue {
  const declared = stack.declared(logicalId);
  if (declared === undefined)
    throw new TemplateError(`${stack.name}: reference to ${logicalId}, which is not in the template`);
  const type = String(declared.Type);
  const physical = physicalName(logicalId, declared, context);
  const { region, accountId } = settings;
  const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${accountId}:${rest}`;
  const known = attributesOf(type, physical, settings, arn)[name];
  if (known === undefined)
    throw new TemplateError(`${stack.name}.${logicalId}: the laptop does not know ${type} ${name}`);
  return known;
}

function attributesOf(
  type: string,
  physical: string,
  settings: LaptopSettings,
  arn: (service: string, rest: string) => string,
): Readonly<Record<string, string>> {
  switch (type) {
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return { Ref: physical, Arn: arn('dynamodb', `table/${physical}`) };
    case 'AWS::SQS::Queue': {
      const url = `${settings.queueBaseUrl}/${settings.accountId}/${physical}`;
      return { Ref: url, QueueUrl: url, QueueName: physical, Arn: arn('sqs', physical) };
    }
    case 'AWS::Lambda::Function':
      return { Ref: physical, Arn: arn('lambda', `function:${physical}`) };
    case 'AWS::S3::Bucket':
      return {
        Ref: physical,
        Arn: `arn:aws:s3:::${physical}`,
        DomainName: `${physical}.s3.amazonaws.com`,
        RegionalDomainName: `${physical}.s3.${settings.region}.amazonaws.com`,
      };
    case 'AWS::KMS::Key':
      return { Ref: physical, KeyId: physical, Arn: arn('kms', `key/${physical}`) };
    case 'AWS::KMS::Alias':
      return { Ref: physical };
    case 'AWS::ApiGatewayV2::Api':
      return { Ref: physical, ApiId: physical, ApiEndpoint: settings.apiUrl };
    case 'AWS::ApiGatewayV2::Authorizer':
      return { Ref: physical, AuthorizerId: physical };
    case 'AWS::Events::Rule':
      return { Ref: physical, Arn: arn('events', `rule/${physical}`) };
    case 'AWS::Scheduler::Schedule':
      return { Ref: physical, Arn: arn('scheduler', `schedule/default/${physical}`) };
    case 'AWS::IAM::Role':
      return { Ref: physical, Arn: `arn:aws:iam::${settings.accountId}:role/${physical}`, RoleId: physical };
    case 'AWS::Logs::LogGroup':
      return { Ref: physical, Arn: arn('logs', `log-group:${physical}:*`) };
    case 'AWS::SNS::Topic':
      return { Ref: arn('sns', physical), TopicArn: arn('sns', physical), TopicName: physical };
    case 'AWS::CloudWatch::Alarm':
      return { Ref: physical, Arn: arn('cloudwatch', `alarm:${physical}`) };
    default:
      return { Ref: physical };
  }
}

function section(template: TemplateObject, name: string): Readonly<Record<string, TemplateObject>> {
  const found = template[name];
  if (!isObject(found)) return {};
  const objects: Record<string, TemplateObject> = {};
  for (const [key, value] of Object.entries(found)) if (isObject(value)) objects[key] = value;
  return objects;
}
