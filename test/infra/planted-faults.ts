import type { Tampering } from './tampering.ts';

export interface PlantedFault {
  /** What somebody might do wrong, or a library's new version. */
  readonly fault: string;
  readonly plant: (at: Tampering) => void;
  /** Every rule that fires, and no other. */
  readonly caughtBy: readonly string[];
  /** A change of the same part that is allowed, and that no rule may stop. */
  readonly lawful: string;
  readonly change: (at: Tampering) => void;
}

const ANY_ROUTE = 'GetCandidateRoute';
const star = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' };
const POLICY = 'CohortsApiRoleDefaultPolicy';
const STATEMENTS = 'PolicyDocument.Statement';

const keyStatement = (at: Tampering, key: string, principal: unknown): void =>
  at.set(key, 'KeyPolicy.Statement.1', {
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Principal: principal,
    Resource: '*',
  });

const permissions = (at: Tampering, count: number): void => {
  for (let number = 0; number < count; number += 1) {
    at.addBeside('IntakeApiFunction', `PermissionOfRoute${number}`, 'AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': ['IntakeApiFunction', 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: {
        'Fn::Join': [
          '',
          [
            'arn:aws:execute-api:eu-north-1:',
            { Ref: 'AWS::AccountId' },
            ':',
            { Ref: 'DoorApi' },
            `/*/GET/v1/candidates/${number}`,
          ],
        ],
      },
    });
  }
};

const statementIndex = (at: Tampering, policy: string, matches: (statement: string) => boolean): number => {
  const statements = at.get(policy, STATEMENTS);
  const index = Array.isArray(statements) ? statements.findIndex((each) => matches(JSON.stringify(each))) : -1;
  if (index < 0) throw new Error(`${policy} has no such statement`);
  return index;
};

const onVault = (statement: string): boolean => statement.includes('VaultKey');
const onDataKey = (statement: string): boolean => statement.includes('DataKey');

const logFormat = (at: Tampering, more: Readonly<Record<string, string>>): void => {
  const format: Record<string, string> = JSON.parse(String(at.get('DoorApiStage', 'AccessLogSettings.Format')));
  at.set('DoorApiStage', 'AccessLogSettings.Format', JSON.stringify({ ...format, ...more }));
};

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  {
    fault: 'point-in-time recovery of a table is off',
    plant: (at) => at.set('CoreTable', 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', false),
    caughtBy: ['table-restorable', 'AwsSolutions-DDB3'],
    lawful: 'a table is described by a tag',
    change: (at) => at.set('CoreTable', 'Tags', [{ Key: 'purpose', Value: 'cases' }]),
  },
  {
    fault: 'a table can be restored to the last week only',
    plant: (at) => at.set('AuditTable', 'PointInTimeRecoverySpecification.RecoveryPeriodInDays', 7),
    caughtBy: ['table-restorable'],
    lawful: 'insights into a table are switched on',
    change: (at) => at.set('AuditTable', 'ContributorInsightsSpecification', { Enabled: true }),
  },
  {
    fault: 'an index is keyed by an attribute that is not defined',
    plant: (at) => at.drop('CoreTable', 'AttributeDefinitions.2'),
    caughtBy: ['table-attributes', 'E3039'],
    lawful: 'the attributes are defined in another order',
    change: (at) => {
      const definitions = at.get('CoreTable', 'AttributeDefinitions');
      at.set('CoreTable', 'AttributeDefinitions', Array.isArray(definitions) ? definitions.toReversed() : []);
    },
  },
  {
    fault: 'an attribute is defined that is no key',
    plant: (at) => at.set('CoreTable', 'AttributeDefinitions.6', { AttributeName: 'state', AttributeType: 'S' }),
    caughtBy: ['table-attributes', 'E3039'],
    lawful: 'a key is of its declared type, said again',
    change: (at) => at.set('CoreTable', 'AttributeDefinitions.5.AttributeType', 'S'),
  },
  {
    fault: 'an index has another sort key than the store declares',
    plant: (at) => at.set('CoreTable', 'GlobalSecondaryIndexes.0.KeySchema.1.AttributeName', 'sk'),
    caughtBy: ['table-as-declared', 'table-attributes', 'E3039'],
    lawful: 'an index has insights of its own',
    change: (at) => at.set('CoreTable', 'GlobalSecondaryIndexes.0.ContributorInsightsSpecification', { Enabled: true }),
  },
  {
    fault: 'rows never expire',
    plant: (at) => at.drop('CoreTable', 'TimeToLiveSpecification'),
    caughtBy: ['table-expiry'],
    lawful: 'the attribute of expiry is said again',
    change: (at) => at.set('CoreTable', 'TimeToLiveSpecification', { AttributeName: 'expiresAt', Enabled: true }),
  },
  {
    fault: 'rows expire by an attribute that nobody writes',
    plant: (at) => at.set('CoreTable', 'TimeToLiveSpecification.AttributeName', 'ttl'),
    caughtBy: ['table-expiry'],
    lawful: 'nothing expires in the audit table, said outright',
    change: (at) => at.set('AuditTable', 'TimeToLiveSpecification', { Enabled: false }),
  },
  {
    fault: 'a table has provisioned capacity',
    plant: (at) => {
      at.set('AuditTable', 'BillingMode', 'PROVISIONED');
      at.set('AuditTable', 'ProvisionedThroughput', { ReadCapacityUnits: 5, WriteCapacityUnits: 5 });
    },
    caughtBy: ['table-paid-by-request'],
    lawful: 'a table paid by request has an upper bound',
    change: (at) => at.set('AuditTable', 'OnDemandThroughput', { MaxWriteRequestUnits: 4000 }),
  },
  {
    fault: 'a table goes when its stack goes',
    plant: (at) => at.setOnElement('AuditTable', 'DeletionPolicy', 'Delete'),
    caughtBy: ['data-kept'],
    lawful: 'a role goes when its stack goes',
    change: (at) => at.setOnElement('DocsRole', 'DeletionPolicy', 'Delete'),
  },
  {
    fault: 'a table is not protected against deletion',
    plant: (at) => at.set('CoreTable', 'DeletionProtectionEnabled', false),
    caughtBy: ['data-kept'],
    lawful: 'protection is said as it is',
    change: (at) => at.set('CoreTable', 'DeletionProtectionEnabled', true),
  },
  {
    fault: 'a table is encrypted with a key of AWS',
    plant: (at) => at.set('AuditTable', 'SSESpecification', { SSEEnabled: true }),
    caughtBy: ['encrypted-with-data-key'],
    lawful: 'a table is named',
    change: (at) => at.set('AuditTable', 'TableName', 'gruppstart-audit'),
  },
  {
    fault: 'a bucket lets policies open it to the public',
    plant: (at) => at.set('Bucket', 'PublicAccessBlockConfiguration.BlockPublicPolicy', false),
    caughtBy: ['bucket-closed', 'AwsSolutions-S2'],
    lawful: 'a bucket has a name',
    change: (at) => at.set('Bucket', 'BucketName', 'gruppstart-files'),
  },
  {
    fault: 'a bucket answers without TLS',
    plant: (at) => at.remove('BucketPolicy'),
    caughtBy: ['AwsSolutions-S10'],
    lawful: 'a bucket asks for TLS 1.3',
    change: (at) =>
      at.set('BucketPolicy', 'PolicyDocument.Statement.1.Condition.NumericLessThan', { 's3:TlsVersion': 1.3 }),
  },
  {
    fault: 'an uploaded file is kept for a year',
    plant: (at) => at.set('Bucket', 'LifecycleConfiguration.Rules.0.ExpirationInDays', 365),
    caughtBy: ['bucket-forgets'],
    lawful: 'an uploaded file is kept for three days',
    change: (at) => at.set('Bucket', 'LifecycleConfiguration.Rules.0.ExpirationInDays', 3),
  },
  {
    fault: 'a bucket keeps deleted files as versions',
    plant: (at) => at.set('Bucket', 'VersioningConfiguration', { Status: 'Enabled' }),
    caughtBy: ['bucket-forgets'],
    lawful: 'versions are off, said outright',
    change: (at) => at.set('Bucket', 'VersioningConfiguration', { Status: 'Suspended' }),
  },
  {
    fault: 'the vault’s key may be used by a service',
    plant: (at) => keyStatement(at, 'VaultKey', { Service: 'dynamodb.amazonaws.com' }),
    caughtBy: ['key-policy'],
    lawful: 'the vault’s key is denied to a service',
    change: (at) =>
      at.set('VaultKey', 'KeyPolicy.Statement.1', {
        Effect: 'Deny',
        Action: 'kms:*',
        Principal: { Service: 'dynamodb.amazonaws.com' },
        Resource: '*',
      }),
  },
  {
    fault: 'the data key may be used by every account',
    plant: (at) => keyStatement(at, 'DataKey', { AWS: '*' }),
    caughtBy: ['key-policy'],
    lawful: 'the data key is described otherwise',
    change: (at) => at.set('DataKey', 'Description', 'Gruppstart: all that is stored'),
  },
  {
    fault: 'a key is not rotated',
    plant: (at) => at.set('VaultKey', 'EnableKeyRotation', false),
    caughtBy: ['key-rotation', 'AwsSolutions-KMS5'],
    lawful: 'a key is rotated twice a year',
    change: (at) => at.set('VaultKey', 'RotationPeriodInDays', 180),
  },
  {
    fault: 'a table is encrypted with the vault’s key',
    plant: (at) => at.set('AuditTable', 'SSESpecification.KMSMasterKeyId', { 'Fn::GetAtt': ['VaultKey', 'Arn'] }),
    caughtBy: ['encrypted-with-data-key'],
    lawful: 'a key is tagged',
    change: (at) => at.set('VaultKey', 'Tags', [{ Key: 'purpose', Value: 'vault' }]),
  },
  {
    fault: 'a function may open the vault for any use',
    plant: (at) => at.drop(POLICY, `${STATEMENTS}.${statementIndex(at, POLICY, onVault)}.Condition`),
    caughtBy: ['vault-key-bound'],
    lawful: 'a function may open the vault for one more use',
    change: (at) =>
      at.set(POLICY, `${STATEMENTS}.${statementIndex(at, POLICY, onVault)}.Condition.StringEquals`, {
        'kms:EncryptionContext:use': ['person', 'blind-index'],
      }),
  },
  {
    fault: 'a function may ask the data key itself',
    plant: (at) => at.drop(POLICY, `${STATEMENTS}.${statementIndex(at, POLICY, onDataKey)}.Condition`),
    caughtBy: ['data-key-through-services'],
    lawful: 'a function has one action of the key fewer',
    change: (at) =>
      at.set(POLICY, `${STATEMENTS}.${statementIndex(at, POLICY, onDataKey)}.Action`, ['kms:Decrypt', 'kms:Encrypt']),
  },
  {
    fault: 'a queue tries a bad message for ever',
    plant: (at) => {
      at.drop('IntakeQueue', 'RedrivePolicy');
    },
    caughtBy: ['queue-redrive', 'queue-taken', 'AwsSolutions-SQS3'],
    lawful: 'a queue tries four times',
    change: (at) => at.set('IntakeQueue', 'RedrivePolicy.maxReceiveCount', 4),
  },
  {
    fault: 'a queue gives up at the first fault',
    plant: (at) => at.set('MatchingQueue', 'RedrivePolicy.maxReceiveCount', 1),
    caughtBy: ['queue-redrive'],
    lawful: 'a queue waits a second before it hands out',
    change: (at) => at.set('MatchingQueue', 'DelaySeconds', 1),
  },
  {
    fault: 'dead letters are kept for four days',
    plant: (at) => at.set('IntakeQueueDeadLetters', 'MessageRetentionPeriod', 345_600),
    caughtBy: ['dead-letters-kept'],
    lawful: 'the queue itself keeps messages for six days',
    change: (at) => at.set('IntakeQueue', 'MessageRetentionPeriod', 518_400),
  },
  {
    fault: 'a message is handed out again while it is worked on',
    plant: (at) => at.set('MatchingQueue', 'VisibilityTimeout', 90),
    caughtBy: ['queue-visibility'],
    lawful: 'a message is hidden for longer',
    change: (at) => at.set('MatchingQueue', 'VisibilityTimeout', 600),
  },
  {
    fault: 'a function is given more time than its messages are hidden for',
    plant: (at) => at.set('IntakeWorkerFunction', 'Timeout', 120),
    caughtBy: ['queue-visibility'],
    lawful: 'a function is given less time',
    change: (at) => at.set('IntakeWorkerFunction', 'Timeout', 20),
  },
  {
    fault: 'a queue is not encrypted with our key',
    plant: (at) => at.drop('IntakeQueue', 'KmsMasterKeyId'),
    caughtBy: ['encrypted-with-data-key'],
    lawful: 'the key of a queue’s messages is renewed more seldom',
    change: (at) => at.set('IntakeQueue', 'KmsDataKeyReusePeriodSeconds', 3600),
  },
  {
    fault: 'a queue takes calls without TLS',
    plant: (at) => at.remove('IntakeQueuePolicy'),
    caughtBy: ['AwsSolutions-SQS4'],
    lawful: 'a queue is named',
    change: (at) => at.set('IntakeQueue', 'QueueName', 'gruppstart-intake'),
  },
  {
    fault: 'nobody takes from a queue',
    plant: (at) => at.remove('MatcherMapping'),
    caughtBy: ['queue-taken'],
    lawful: 'two runs are taken at once',
    change: (at) => at.set('MatcherMapping', 'BatchSize', 2),
  },
  {
    fault: 'one bad message fails the whole batch',
    plant: (at) => at.drop('IntakeWorkerMapping', 'FunctionResponseTypes'),
    caughtBy: ['mapping-answers-per-message'],
    lawful: 'a batch is smaller',
    change: (at) => at.set('IntakeWorkerMapping', 'BatchSize', 3),
  },
  {
    fault: 'a queue may take every execution of the account',
    plant: (at) => at.drop('IntakeWorkerMapping', 'ScalingConfig'),
    caughtBy: ['mapping-bounded'],
    lawful: 'more batches are taken at once, within what is reserved',
    change: (at) => at.set('IntakeWorkerMapping', 'ScalingConfig.MaximumConcurrency', 10),
  },
  {
    fault: 'a queue hands out more than its function may take',
    plant: (at) => at.set('MatcherMapping', 'ScalingConfig.MaximumConcurrency', 20),
    caughtBy: ['mapping-bounded'],
    lawful: 'more is reserved for a function',
    change: (at) => at.set('MatcherFunction', 'ReservedConcurrentExecutions.Fn::If.1', 8),
  },
  {
    fault: 'nobody is told of dead letters',
    plant: (at) => at.remove('MatcherDeadLetters'),
    caughtBy: ['dead-letters-watched'],
    lawful: 'the alarm on waiting runs sounds later',
    change: (at) => at.set('MatcherWaiting', 'Threshold', 1800),
  },
  {
    fault: 'the alarm on dead letters sounds at the hundredth',
    plant: (at) => at.set('IntakeWorkerDeadLetters', 'Threshold', 100),
    caughtBy: ['dead-letters-watched'],
    lawful: 'the alarm on waiting files looks twice',
    change: (at) => at.set('IntakeWorkerWaiting', 'EvaluationPeriods', 2),
  },
  {
    fault: 'a function runs on an older Node',
    plant: (at) => at.set('MatcherFunction', 'Runtime', 'nodejs20.x'),
    caughtBy: ['function-runtime', 'AwsSolutions-L1', 'W2531'],
    lawful: 'a function has more memory',
    change: (at) => at.set('MatcherFunction', 'MemorySize', 3008),
  },
  {
    fault: 'a function runs on a runtime that does not exist',
    plant: (at) => at.set('MatcherFunction', 'Runtime', 'nodejs99.x'),
    caughtBy: ['function-runtime', 'AwsSolutions-L1', 'W3030'],
    lawful: 'a function has more room for files',
    change: (at) => at.set('MatcherFunction', 'EphemeralStorage', { Size: 1024 }),
  },
  {
    fault: 'a function runs on another processor',
    plant: (at) => at.set('OutboxFunction', 'Architectures', ['x86_64']),
    caughtBy: ['function-runtime'],
    lawful: 'a function is described otherwise',
    change: (at) => at.set('OutboxFunction', 'Description', 'Sweeps the outbox'),
  },
  {
    fault: 'a function is not traced',
    plant: (at) => at.drop('CohortsApiFunction', 'TracingConfig'),
    caughtBy: ['function-traced'],
    lawful: 'a function logs as JSON',
    change: (at) => at.set('CohortsApiFunction', 'LoggingConfig.LogFormat', 'JSON'),
  },
  {
    fault: 'a function has no log group of its own',
    plant: (at) => at.drop('GrantsFunction', 'LoggingConfig'),
    caughtBy: ['function-log'],
    lawful: 'a function may take longer',
    change: (at) => at.set('GrantsFunction', 'Timeout', 60),
  },
  {
    fault: 'two functions share a log group',
    plant: (at) => at.set('GrantsFunction', 'LoggingConfig', at.get('OutboxFunction', 'LoggingConfig')),
    caughtBy: ['function-log'],
    lawful: 'a log group has a name',
    change: (at) => at.set('OutboxLogs', 'LogGroupName', '/gruppstart/outbox'),
  },
  {
    fault: 'a log is kept for ever',
    plant: (at) => at.drop('IntakeApiLogs', 'RetentionInDays'),
    caughtBy: ['log-retention'],
    lawful: 'a log is kept for a fixed time',
    change: (at) => at.set('IntakeApiLogs', 'RetentionInDays', 30),
  },
  {
    fault: 'nothing is reserved for a function',
    plant: (at) => at.drop('RequirementsApiFunction', 'ReservedConcurrentExecutions'),
    caughtBy: ['function-concurrency'],
    lawful: 'a function has its number without a condition',
    change: (at) => at.set('RequirementsApiFunction', 'ReservedConcurrentExecutions', 40),
  },
  {
    fault: 'the functions reserve half the account',
    plant: (at) => at.set('IntakeApiFunction', 'ReservedConcurrentExecutions', 500),
    caughtBy: ['function-concurrency'],
    lawful: 'a function reserves some more',
    change: (at) => at.set('IntakeApiFunction', 'ReservedConcurrentExecutions', 60),
  },
  {
    fault: 'a function is told a password',
    plant: (at) => at.set('IntakeApiFunction', 'Environment.Variables.REGISTER_PASSWORD', 'sommar'),
    caughtBy: ['environment-without-secrets'],
    lawful: 'a function is told a limit',
    change: (at) => at.set('IntakeApiFunction', 'Environment.Variables.ROWS_AT_MOST', '1000'),
  },
  {
    fault: 'a function is told a key under a harmless name',
    plant: (at) =>
      at.set('IntakeApiFunction', 'Environment.Variables.REGISTER', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbnkifQ.c2ln'),
    caughtBy: ['environment-without-secrets'],
    lawful: 'a function is told an address',
    change: (at) => at.set('IntakeApiFunction', 'Environment.Variables.REGISTER', 'https://register.example'),
  },
  {
    fault: 'two functions share a role',
    plant: (at) => at.set('GrantsFunction', 'Role', at.get('CohortsApiFunction', 'Role')),
    caughtBy: ['function-own-role'],
    lawful: 'a role is described otherwise',
    change: (at) => at.set('GrantsRole', 'Description', 'Rights of grants'),
  },
  {
    fault: 'a function’s policy outgrows 20 KB with a permission for each route',
    plant: (at) => permissions(at, 60),
    caughtBy: ['function-policy-size'],
    lawful: 'a function is called by one more route of its own',
    change: (at) => permissions(at, 1),
  },
  {
    fault: 'the gateway of any account may call a function',
    plant: (at) => at.drop('IntakeApiFunctionFromGateway', 'SourceArn'),
    caughtBy: ['permission-narrow'],
    lawful: 'only our account’s gateway may, said twice',
    change: (at) => at.set('IntakeApiFunctionFromGateway', 'SourceAccount', { Ref: 'AWS::AccountId' }),
  },
  {
    fault: 'a role’s policy outgrows 10,240 characters',
    plant: (at) => {
      for (let number = 10; number < 90; number += 1) {
        at.set(POLICY, `${STATEMENTS}.${number}`, {
          Effect: 'Allow',
          Action: 'dynamodb:GetItem',
          Resource: { 'Fn::ImportValue': 'GruppstartData:ExportsOutputFnGetAttCoreTableArn' },
        });
      }
    },
    caughtBy: ['role-policy-size'],
    lawful: 'a right is given twice',
    change: (at) => at.set(POLICY, `${STATEMENTS}.${9}`, at.get(POLICY, `${STATEMENTS}.0`)),
  },
  {
    fault: 'a right reaches all tables',
    plant: (at) => at.set(POLICY, `${STATEMENTS}.9`, star),
    caughtBy: ['rights-narrow'],
    lawful: 'a right reaches one queue more',
    change: (at) =>
      at.set(POLICY, `${STATEMENTS}.9`, {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: { 'Fn::GetAtt': ['IntakeQueue', 'Arn'] },
      }),
  },
  {
    fault: 'a right is for all actions',
    plant: (at) => at.set(POLICY, `${STATEMENTS}.2.Action`, 'dynamodb:*'),
    caughtBy: ['rights-narrow', 'AwsSolutions-IAM5'],
    lawful: 'a right is for one action',
    change: (at) => at.set(POLICY, `${STATEMENTS}.2.Action`, 'dynamodb:GetItem'),
  },
  {
    fault: 'a role has a policy that AWS writes',
    plant: (at) => at.set('DocsRole', 'ManagedPolicyArns', ['arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess']),
    caughtBy: ['AwsSolutions-IAM4'],
    lawful: 'a role is bounded in time',
    change: (at) => at.set('DocsRole', 'MaxSessionDuration', 3600),
  },
  {
    fault: 'the function behind the open routes may read a table',
    plant: (at) =>
      at.set('DocsRoleDefaultPolicy', `${STATEMENTS}.2`, {
        Effect: 'Allow',
        Action: 'dynamodb:GetItem',
        Resource: { 'Fn::ImportValue': 'GruppstartData:ExportsOutputFnGetAttCoreTableArn' },
      }),
    caughtBy: ['docs-without-rights'],
    lawful: 'the function behind the open routes has less memory',
    change: (at) => at.set('DocsFunction', 'MemorySize', 128),
  },
  {
    fault: 'a route is open',
    plant: (at) => {
      at.set(ANY_ROUTE, 'AuthorizationType', 'NONE');
      at.drop(ANY_ROUTE, 'AuthorizerId');
      at.drop(ANY_ROUTE, 'AuthorizationScopes');
    },
    caughtBy: ['docs-without-rights', 'route-login', 'AwsSolutions-APIG4'],
    lawful: 'a route has a name',
    change: (at) => at.set(ANY_ROUTE, 'OperationName', 'getCandidate'),
  },
  {
    fault: 'a route asks for no scope',
    plant: (at) => at.drop(ANY_ROUTE, 'AuthorizationScopes'),
    caughtBy: ['route-login'],
    lawful: 'a route’s one scope stands as a list of one',
    change: (at) => at.set(ANY_ROUTE, 'AuthorizationScopes', ['intake.read']),
  },
  {
    fault: 'a route takes one scope or another',
    plant: (at) => at.set(ANY_ROUTE, 'AuthorizationScopes', ['intake.read', 'cohorts.read']),
    caughtBy: ['route-login'],
    lawful: 'an API is described otherwise',
    change: (at) => at.set('DoorApi', 'Description', 'Gruppstart'),
  },
  {
    fault: 'a route asks another door about the login',
    plant: (at) => at.set(ANY_ROUTE, 'AuthorizerId', { Ref: 'CohortsAuthorizer' }),
    caughtBy: ['route-login'],
    lawful: 'an authorizer is called otherwise',
    change: (at) => at.set('CohortsAuthorizer', 'Name', 'resource-centre'),
  },
  {
    fault: 'a route is missing',
    plant: (at) => at.remove(ANY_ROUTE),
    caughtBy: ['route-login'],
    lawful: 'a route keeps its key',
    change: (at) => at.set(ANY_ROUTE, 'RouteKey', 'GET /v1/candidates/{candidateId}'),
  },
  {
    fault: 'a route is there that the registry does not know',
    plant: (at) =>
      at.addBeside(ANY_ROUTE, 'SecretRoute', 'AWS::ApiGatewayV2::Route', {
        ApiId: { Ref: 'DoorApi' },
        RouteKey: 'GET /v1/everything',
        AuthorizationType: 'JWT',
        AuthorizerId: { Ref: 'IntakeAuthorizer' },
        Target: at.get(ANY_ROUTE, 'Target'),
      }),
    caughtBy: ['route-login'],
    lawful: 'an output is there that nobody asked for',
    change: (at) => Object.assign(at.output('ApiAddress'), { Description: 'where the doors are' }),
  },
  {
    fault: 'a door trusts another door’s issuer',
    plant: (at) => at.set('IntakeAuthorizer', 'JwtConfiguration.Issuer', { Ref: 'CohortsIssuer' }),
    caughtBy: ['door-login', 'W2001'],
    lawful: 'a door’s issuer is described otherwise',
    change: (at) => Object.assign(at.parameter('IntakeIssuer'), { Description: 'The issuer of caseworkers’ logins' }),
  },
  {
    fault: 'the stage has no limit',
    plant: (at) => {
      at.drop('DoorApiStage', 'DefaultRouteSettings.ThrottlingRateLimit');
      at.drop('DoorApiStage', 'DefaultRouteSettings.ThrottlingBurstLimit');
    },
    caughtBy: ['api-throttled'],
    lawful: 'the stage has a lower limit',
    change: (at) => at.set('DoorApiStage', 'DefaultRouteSettings.ThrottlingRateLimit', 100),
  },
  {
    fault: 'an open route has no limit of its own',
    plant: (at) => at.drop('DoorApiStage', 'RouteSettings.GET /docs'),
    caughtBy: ['api-throttled'],
    lawful: 'an open route has a lower limit',
    change: (at) => at.set('DoorApiStage', 'RouteSettings.GET /docs.ThrottlingRateLimit', 5),
  },
  {
    fault: 'the stage does not wait for the routes that it names',
    plant: (at) => at.setOnElement('DoorApiStage', 'DependsOn', []),
    caughtBy: ['stage-after-routes'],
    lawful: 'an authorizer waits for the API',
    change: (at) => at.setOnElement('IntakeAuthorizer', 'DependsOn', ['DoorApi']),
  },
  {
    fault: 'the access log holds the address of the caller',
    plant: (at) => logFormat(at, { ip: '$context.identity.sourceIp' }),
    caughtBy: ['access-log-impersonal'],
    lawful: 'the access log calls a field otherwise',
    change: (at) => logFormat(at, { kind: '$context.routeKey' }),
  },
  {
    fault: 'the access log holds the path with its ids',
    plant: (at) => logFormat(at, { path: '$context.path' }),
    caughtBy: ['access-log-impersonal'],
    lawful: 'the access log says the status twice',
    change: (at) => logFormat(at, { again: '$context.status' }),
  },
  {
    fault: 'there is no access log',
    plant: (at) => at.drop('DoorApiStage', 'AccessLogSettings'),
    caughtBy: ['access-log-impersonal', 'AwsSolutions-APIG1'],
    lawful: 'the stage is described',
    change: (at) => at.set('DoorApiStage', 'Description', 'all doors'),
  },
  {
    fault: 'pages elsewhere may call',
    plant: (at) => at.set('DoorApi', 'CorsConfiguration', { AllowOrigins: ['https://elsewhere.example'] }),
    caughtBy: ['no-foreign-pages'],
    lawful: 'the API is named otherwise',
    change: (at) => at.set('DoorApi', 'Name', 'gruppstart-doors'),
  },
  {
    fault: 'the gateway gives up before the function does',
    plant: (at) => at.set('IntakeIntegration', 'TimeoutInMillis', 10_000),
    caughtBy: ['integration-time'],
    lawful: 'the gateway waits as long as it can',
    change: (at) => at.set('IntakeIntegration', 'TimeoutInMillis', 30_000),
  },
  {
    fault: 'an alarm says the name of a metric and nothing to people',
    plant: (at) => at.set('MatcherErrors', 'AlarmDescription', 'Errors >= 1'),
    caughtBy: ['alarm-speaks'],
    lawful: 'an alarm sounds at the second fault',
    change: (at) => at.set('MatcherErrors', 'Threshold', 2),
  },
  {
    fault: 'an alarm tells nobody',
    plant: (at) => at.set('MatcherErrors', 'AlarmActions', []),
    caughtBy: ['alarm-speaks'],
    lawful: 'an alarm has a name',
    change: (at) => at.set('MatcherErrors', 'AlarmName', 'gruppstart-matcher-errors'),
  },
  {
    fault: 'nobody watches the errors of a function',
    plant: (at) => at.remove('OutboxErrors'),
    caughtBy: ['function-watched'],
    lawful: 'nobody is told when a sweep is silent for a moment only',
    change: (at) => at.set('OutboxSilent', 'EvaluationPeriods', 2),
  },
  {
    fault: 'alarms are sent in the clear',
    plant: (at) => at.remove('AlarmsPolicy'),
    caughtBy: ['AwsSolutions-SNS3'],
    lawful: 'the topic has another title',
    change: (at) => at.set('Alarms', 'DisplayName', 'Gruppstart larm'),
  },
  {
    fault: 'an issuer has a default',
    plant: (at) => Object.assign(at.parameter('CohortsIssuer'), { Default: 'https://login.example' }),
    caughtBy: ['parameters-checked'],
    lawful: 'logs are kept for a shorter time unless somebody says otherwise',
    change: (at) => Object.assign(at.parameter('LogRetentionDays'), { Default: 30 }),
  },
  {
    fault: 'an audience may be anything',
    plant: (at) => delete at.parameter('IntakeAudience').AllowedPattern,
    caughtBy: ['parameters-checked'],
    lawful: 'an audience is an address',
    change: (at) => Object.assign(at.parameter('IntakeAudience'), { AllowedPattern: '^https://[!-~]+$' }),
  },
  {
    fault: 'the address of the API is not told',
    plant: (at) => Object.assign(at.output('ApiAddress'), { Value: 'somewhere' }),
    caughtBy: ['api-address-told'],
    lawful: 'the address of the API is described',
    change: (at) => Object.assign(at.output('ApiAddress'), { Description: 'where the doors are' }),
  },
  {
    fault: 'a number is written as a text',
    plant: (at) => at.set('IntakeQueue', 'VisibilityTimeout', '180'),
    caughtBy: ['W9003'],
    lawful: 'a number is written as a number',
    change: (at) => at.set('IntakeQueue', 'VisibilityTimeout', 181),
  },
  {
    fault: 'a property is written that the service does not know',
    plant: (at) => at.set('IntakeQueue', 'VisibilityTimeOut', 180),
    caughtBy: ['F3002'],
    lawful: 'a property is written that was left to the service',
    change: (at) => at.set('IntakeQueue', 'MaximumMessageSize', 262_144),
  },
];
