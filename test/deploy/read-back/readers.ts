import type { AwsAnswer, AwsCall } from '../ask-aws.ts';
import { FOR_THE_EMULATOR } from '../workarounds.ts';

type Properties = Readonly<Record<string, unknown>>;

/** How a resource of one type is read back: what to ask, and the answers as the template would have written them. */
export interface Reader {
  calls(physicalId: string, wanted: Properties): readonly AwsCall[];
  properties(answers: readonly AwsAnswer[], wanted: Properties, physicalId: string): Properties;
}

/** Reaches into an answer whose shape the service's own model has checked. */
const at = (value: unknown, ...path: readonly (string | number)[]): unknown => {
  let found: unknown = value;
  for (const step of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined;
  return found;
};
const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};
/** Policies come as text or as what the text says. */
const parsed = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);
/** The gateway's API names things with a small first letter, the template with a capital one. */
const capitalised = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(capitalised);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key.charAt(0).toUpperCase() + key.slice(1), capitalised(part)]),
  );
};
const object = (value: unknown): Properties =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const call = (service: string, operation: string, parameters: Properties): AwsCall => ({
  service,
  operation,
  parameters,
});

/** One question; the named part of its answer is what the template says. */
const simple = (
  service: string,
  operation: string,
  ask: (physicalId: string, wanted: Properties) => Properties,
  read: (answer: AwsAnswer, wanted: Properties, physicalId: string) => unknown = (answer) => answer,
): Reader => ({
  calls: (physicalId, wanted) => [call(service, operation, ask(physicalId, wanted))],
  properties: ([answer = {}], wanted, physicalId) => object(read(answer, wanted, physicalId)),
});

const functionName = (wanted: Properties): string => String(wanted.FunctionName).replace(/^.*:function:/, '');

export const READERS: Readonly<Record<string, Reader>> = {
  'AWS::DynamoDB::Table': {
    calls: (TableName) =>
      ['describe_table', 'describe_time_to_live', 'describe_continuous_backups'].map((operation) =>
        call('dynamodb', operation, { TableName }),
      ),
    properties([described, ttl, backups]) {
      const table = object(at(described, 'Table'));
      const recovery = at(backups, 'ContinuousBackupsDescription', 'PointInTimeRecoveryDescription');
      const enabled = (status: unknown) => status === 'ENABLED';
      return {
        ...table,
        BillingMode: at(table, 'BillingModeSummary', 'BillingMode'),
        SSESpecification: {
          SSEEnabled: enabled(at(table, 'SSEDescription', 'Status')),
          SSEType: at(table, 'SSEDescription', 'SSEType'),
          KMSMasterKeyId: at(table, 'SSEDescription', 'KMSMasterKeyArn'),
        },
        TimeToLiveSpecification: {
          Enabled: enabled(at(ttl, 'TimeToLiveDescription', 'TimeToLiveStatus')),
          AttributeName: at(ttl, 'TimeToLiveDescription', 'AttributeName'),
        },
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: enabled(at(recovery, 'PointInTimeRecoveryStatus')),
          RecoveryPeriodInDays: at(recovery, 'RecoveryPeriodInDays'),
        },
      };
    },
  },
  'AWS::KMS::Key': {
    calls: (KeyId) => [
      call('kms', 'describe_key', { KeyId }),
      call('kms', 'get_key_rotation_status', { KeyId }),
      call('kms', 'get_key_policy', { KeyId, PolicyName: 'default' }),
    ],
    properties: ([described, rotation, policy], wanted) => ({
      Description: at(described, 'KeyMetadata', 'Description'),
      EnableKeyRotation: at(rotation, 'KeyRotationEnabled'),
      RotationPeriodInDays: at(rotation, 'RotationPeriodInDays'),
      KeyPolicy: parsed(at(policy, 'Policy')),
      // How long a deleted key waits: asked for when it is deleted, and kept nowhere before.
      PendingWindowInDays: wanted.PendingWindowInDays,
    }),
  },
  'AWS::S3::Bucket': {
    calls: (Bucket) =>
      [
        'get_bucket_encryption',
        'get_bucket_lifecycle_configuration',
        'get_bucket_ownership_controls',
        'get_public_access_block',
      ].map((operation) => call('s3', operation, { Bucket })),
    properties([encryption, lifecycle, ownership, access]) {
      const rules = listAt(encryption, 'ServerSideEncryptionConfiguration', 'Rules').map((rule) => ({
        ...object(rule),
        ServerSideEncryptionByDefault: at(rule, 'ApplyServerSideEncryptionByDefault'),
      }));
      return {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: rules.map((rule) => ({
            ...rule,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: at(rule, 'ServerSideEncryptionByDefault', 'SSEAlgorithm'),
              KMSMasterKeyID: at(rule, 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'),
            },
          })),
        },
        LifecycleConfiguration: {
          Rules: listAt(lifecycle, 'Rules').map((rule) => ({
            ...object(rule),
            Id: at(rule, 'ID'),
            Prefix: at(rule, 'Prefix') ?? at(rule, 'Filter', 'Prefix'),
            ExpirationInDays: at(rule, 'Expiration', 'Days'),
          })),
        },
        OwnershipControls: at(ownership, 'OwnershipControls'),
        PublicAccessBlockConfiguration: at(access, 'PublicAccessBlockConfiguration'),
      };
    },
  },
  'AWS::S3::BucketPolicy': simple(
    's3',
    'get_bucket_policy',
    (_, { Bucket }) => ({ Bucket }),
    (answer, { Bucket }) => ({ Bucket, PolicyDocument: parsed(answer.Policy) }),
  ),
  'AWS::Logs::LogGroup': simple(
    'logs',
    'describe_log_groups',
    (logGroupNamePrefix) => ({ logGroupNamePrefix }),
    (answer, _, name) =>
      capitalised(listAt(answer, 'logGroups').find((group) => at(group, 'logGroupName') === name) ?? {}),
  ),
  'AWS::IAM::Role': simple(
    'iam',
    'get_role',
    (RoleName) => ({ RoleName }),
    (answer) => {
      const role = object(answer.Role);
      return { ...role, AssumeRolePolicyDocument: parsed(role.AssumeRolePolicyDocument) };
    },
  ),
  'AWS::IAM::Policy': {
    calls: (_, { Roles, PolicyName }) =>
      listAt(Roles).flatMap((RoleName) => [
        call('iam', 'get_role_policy', { RoleName, PolicyName }),
        call('iam', 'list_role_policies', { RoleName }),
        call('iam', 'list_attached_role_policies', { RoleName }),
      ]),
    // What else the role has shows as another name of the policy.
    properties: ([policy, inline, attached]) => ({
      PolicyName: [...listAt(inline, 'PolicyNames'), ...listAt(attached, 'AttachedPolicies')]
        .filter((name) => !String(name).endsWith(FOR_THE_EMULATOR))
        .join(' '),
      PolicyDocument: parsed(at(policy, 'PolicyDocument')),
      Roles: [at(policy, 'RoleName')],
    }),
  },
  'AWS::Lambda::Function': {
    calls: (FunctionName) => [
      call('lambda', 'get_function', { FunctionName }),
      call('lambda', 'get_function_concurrency', { FunctionName }),
    ],
    properties: ([answer, concurrency], wanted) => ({
      ...object(at(answer, 'Configuration')),
      ReservedConcurrentExecutions: at(concurrency, 'ReservedConcurrentExecutions'),
      // That the right code is there is what the journeys show; the service does not say which object it came from.
      Code: wanted.Code,
    }),
  },
  'AWS::Lambda::Permission': simple(
    'lambda',
    'get_policy',
    (_, wanted) => ({ FunctionName: functionName(wanted) }),
    (answer, wanted) => {
      const [statement] = listAt(parsed(answer.Policy), 'Statement').filter(
        (each) => at(each, 'Principal', 'Service') === wanted.Principal,
      );
      return {
        Action: at(statement, 'Action'),
        FunctionName: at(statement, 'Resource'),
        Principal: at(statement, 'Principal', 'Service'),
        SourceArn: at(statement, 'Condition', 'ArnLike', 'AWS:SourceArn'),
      };
    },
  ),
  'AWS::Lambda::EventSourceMapping': simple(
    'lambda',
    'get_event_source_mapping',
    (UUID) => ({ UUID }),
    (answer) => ({ ...answer, FunctionName: String(answer.FunctionArn).replace(/^.*:function:/, '') }),
  ),
  'AWS::Lambda::EventInvokeConfig': simple(
    'lambda',
    'get_function_event_invoke_config',
    (_, wanted) => ({ FunctionName: functionName(wanted), Qualifier: wanted.Qualifier }),
    (answer, { FunctionName, Qualifier }) => ({ ...answer, FunctionName, Qualifier }),
  ),
  'AWS::SQS::Queue': simple(
    'sqs',
    'get_queue_attributes',
    (QueueUrl) => ({ QueueUrl, AttributeNames: ['All'] }),
    (answer) => {
      const attributes = object(answer.Attributes);
      return { ...attributes, RedrivePolicy: parsed(attributes.RedrivePolicy) };
    },
  ),
  'AWS::SQS::QueuePolicy': simple(
    'sqs',
    'get_queue_attributes',
    (_, wanted) => ({ QueueUrl: listAt(wanted.Queues)[0], AttributeNames: ['Policy'] }),
    (answer, { Queues }) => ({ Queues, PolicyDocument: parsed(at(answer, 'Attributes', 'Policy')) }),
  ),
  'AWS::Events::Rule': {
    calls: (Name) => [
      call('events', 'describe_rule', { Name }),
      call('events', 'list_targets_by_rule', { Rule: Name }),
    ],
    properties: ([rule, targets]) => ({ ...object(rule), Targets: at(targets, 'Targets') }),
  },
  'AWS::ApiGatewayV2::Api': simple('apigatewayv2', 'get_api', (ApiId) => ({ ApiId })),
  'AWS::ApiGatewayV2::Integration': simple(
    'apigatewayv2',
    'get_integration',
    (IntegrationId, { ApiId }) => ({
      ApiId,
      IntegrationId,
    }),
    (answer, { ApiId }) => ({ ApiId, ...answer }),
  ),
  'AWS::ApiGatewayV2::Authorizer': simple(
    'apigatewayv2',
    'get_authorizer',
    (AuthorizerId, { ApiId }) => ({
      ApiId,
      AuthorizerId,
    }),
    (answer, { ApiId }) => ({ ApiId, ...answer }),
  ),
  'AWS::ApiGatewayV2::Route': simple(
    'apigatewayv2',
    'get_route',
    // Here the physical id begins with the API's, on AWS it does not.
    (id, { ApiId }) => ({ ApiId, RouteId: id.slice(id.lastIndexOf('/') + 1) }),
    (answer, { ApiId }) => ({ ApiId, ...answer }),
  ),
  'AWS::ApiGatewayV2::Stage': simple(
    'apigatewayv2',
    'get_stage',
    (_, { ApiId, StageName }) => ({ ApiId, StageName }),
    (answer, { ApiId }) => ({ ApiId, ...answer }),
  ),
  'AWS::CloudWatch::Alarm': simple(
    'cloudwatch',
    'describe_alarms',
    (name) => ({ AlarmNames: [name] }),
    (answer) => listAt(answer, 'MetricAlarms')[0],
  ),
  'AWS::CloudWatch::Dashboard': simple('cloudwatch', 'get_dashboard', (DashboardName) => ({ DashboardName })),
  'AWS::SNS::Topic': simple(
    'sns',
    'get_topic_attributes',
    (TopicArn) => ({ TopicArn }),
    (answer) => answer.Attributes,
  ),
  'AWS::SNS::TopicPolicy': simple(
    'sns',
    'get_topic_attributes',
    (_, { Topics }) => ({ TopicArn: listAt(Topics)[0] }),
    (answer, { Topics }) => ({ Topics, PolicyDocument: parsed(at(answer, 'Attributes', 'Policy')) }),
  ),
  'AWS::SNS::Subscription': simple(
    'sns',
    'list_subscriptions_by_topic',
    (_, { TopicArn }) => ({ TopicArn }),
    (answer) => listAt(answer, 'Subscriptions')[0],
  ),
  'AWS::Logs::MetricFilter': simple(
    'logs',
    'describe_metric_filters',
    (_, { LogGroupName }) => ({ logGroupName: LogGroupName }),
    (answer) => capitalised(listAt(answer, 'metricFilters')[0]),
  ),
};
