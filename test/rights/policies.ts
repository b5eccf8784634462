import * as z from 'zod';
import { type ConcreteResource, readConcreteResources } from './concrete-template.ts';

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const ConditionValue = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

/** Strict: a policy with `NotAction`, `NotResource` or anything else not read here fails instead of being half read. */
const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z
    .record(
      z.string(),
      z.record(z.string(), z.union([ConditionValue.transform((one) => [one]), z.array(ConditionValue)])),
    )
    .optional(),
});
const PolicyDocument = z.object({ Version: z.literal('2012-10-17'), Statement: z.array(Statement) });

export type Statement = z.infer<typeof Statement>;
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/** A function of the templates with all that its role may do. */
export interface FunctionRights {
  /** The name on the laptop, which is its logical id. */
  readonly name: string;
  readonly roleArn: string;
  readonly policy: PolicyDocument;
  readonly logGroup: string | null;
  readonly traces: boolean;
  /** Queues from which the service takes messages for it. */
  readonly takesFrom: readonly string[];
}

/** Everything in the templates that says who may do what. */
export interface TemplateRights {
  readonly functions: readonly FunctionRights[];
  /** The policy on a resource itself, by the resource's ARN. */
  readonly resourcePolicies: ReadonlyMap<string, PolicyDocument>;
  /** The key that a table, queue or bucket is encrypted with, by the resource's ARN. */
  readonly keyOf: ReadonlyMap<string, string>;
  /** @throws for a logical id that no template has */
  arnOf(logicalId: string): string;
}

const TYPES = new Set([
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::DynamoDB::Table',
]);

const FunctionProperties = z.object({
  Role: z.string(),
  LoggingConfig: z.object({ LogGroup: z.string() }).optional(),
  TracingConfig: z.object({ Mode: z.string() }).optional(),
});
const PolicyProperties = z.object({ PolicyDocument, Roles: z.array(z.string()) });
/** A role with policies of its own or of AWS would carry rights that are not read here: such a template is refused. */
const RoleProperties = z.object({ Policies: z.undefined().optional(), ManagedPolicyArns: z.undefined().optional() });
const MappingProperties = z.object({ EventSourceArn: z.string(), FunctionName: z.string() });
const TableProperties = z.object({
  SSESpecification: z.object({ KMSMasterKeyId: z.string() }).optional(),
  ResourcePolicy: z.object({ PolicyDocument }).optional(),
});
const QueueProperties = z.object({ KmsMasterKeyId: z.string().optional() });
const BucketProperties = z.object({
  BucketEncryption: z
    .object({
      ServerSideEncryptionConfiguration: z.array(
        z.object({ ServerSideEncryptionByDefault: z.object({ KMSMasterKeyID: z.string().optional() }) }),
      ),
    })
    .optional(),
});

const encryptionKey = ({ type, properties }: ConcreteResource): string | undefined => {
  switch (type) {
    case 'AWS::DynamoDB::Table':
      return TableProperties.parse(properties).SSESpecification?.KMSMasterKeyId;
    case 'AWS::SQS::Queue':
      return QueueProperties.parse(properties).KmsMasterKeyId;
    case 'AWS::S3::Bucket':
      return BucketProperties.parse(properties).BucketEncryption?.ServerSideEncryptionConfiguration[0]
        ?.ServerSideEncryptionByDefault.KMSMasterKeyID;
    default:
      return undefined;
  }
};

export const readTemplateRights = async (): Promise<TemplateRights> => {
  const resources = await readConcreteResources(TYPES);
  const of = (...types: readonly string[]): readonly ConcreteResource[] =>
    resources.filter(({ type }) => types.includes(type));
  const nameOf = (reference: string): string => reference.split(/[:/]/).at(-1) ?? reference;

  for (const { properties } of of('AWS::IAM::Role')) RoleProperties.parse(properties);
  const policies = of('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').map(({ properties }) =>
    PolicyProperties.parse(properties),
  );
  const mappings = of('AWS::Lambda::EventSourceMapping').map(({ properties }) => MappingProperties.parse(properties));
  const functions = of('AWS::Lambda::Function').map(({ arn, properties }): FunctionRights => {
    const name = nameOf(arn);
    const { Role, LoggingConfig, TracingConfig } = FunctionProperties.parse(properties);
    const own = policies.filter(({ Roles }) => Roles.includes(nameOf(Role)));
    return {
      name,
      roleArn: Role,
      policy: { Version: '2012-10-17', Statement: own.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) },
      logGroup: LoggingConfig?.LogGroup ?? null,
      traces: TracingConfig?.Mode === 'Active',
      takesFrom: mappings
        .filter(({ FunctionName }) => nameOf(FunctionName) === name)
        .map(({ EventSourceArn }) => EventSourceArn),
    };
  });

  const byRef = (name: string, type: string): string => {
    const found = of(type).find(({ arn }) => nameOf(arn) === nameOf(name));
    if (found === undefined) throw new Error(`No ${type} is named ${name}`);
    return found.arn;
  };
  const resourcePolicies = new Map<string, PolicyDocument>([
    ...of('AWS::KMS::Key').map(({ arn, properties }): [string, PolicyDocument] => [
      arn,
      PolicyDocument.parse(properties.KeyPolicy),
    ]),
    ...of('AWS::S3::BucketPolicy').map(({ properties }): [string, PolicyDocument] => [
      byRef(String(properties.Bucket), 'AWS::S3::Bucket'),
      PolicyDocument.parse(properties.PolicyDocument),
    ]),
    ...of('AWS::SQS::QueuePolicy').flatMap(({ properties }) =>
      z
        .array(z.string())
        .parse(properties.Queues)
        .map((queue): [string, PolicyDocument] => [
          byRef(queue, 'AWS::SQS::Queue'),
          PolicyDocument.parse(properties.PolicyDocument),
        ]),
    ),
    ...of('AWS::DynamoDB::Table').flatMap(({ arn, properties }): [string, PolicyDocument][] => {
      const own = TableProperties.parse(properties).ResourcePolicy;
      return own === undefined ? [] : [[arn, own.PolicyDocument]];
    }),
  ]);
  return {
    functions,
    resourcePolicies,
    keyOf: new Map(
      resources.flatMap((resource) => {
        const key = encryptionKey(resource);
        return key === undefined ? [] : [[resource.arn, key] as const];
      }),
    ),
    arnOf: (logicalId) => {
      const found = resources.find(({ id }) => id === logicalId);
      if (found === undefined) throw new Error(`No template has ${logicalId}`);
      return found.arn;
    },
  };
};
