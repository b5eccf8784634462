// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation has placeholders of the same shape
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemplateObject } from '../template/template-value.ts';

/** Sources of the functions in `smallStacks`, by the name of their asset. */
export type BundleSources = Readonly<Record<string, string>>;

/**
 * Writes a cloud assembly of the shape that CDK writes: one stack with what is kept, one with what runs, and the second
 * reading the first by its exports.
 */
export async function writeAssembly(
  directory: string,
  stacks: Readonly<Record<string, TemplateObject>>,
  bundles: BundleSources,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const artifacts: Record<string, object> = { Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } } };
  for (const [stackName, template] of Object.entries(stacks)) {
    await writeJson(join(directory, `${stackName}.template.json`), template);
    artifacts[stackName] = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: `${stackName}.template.json` },
    };
  }
  const files: Record<string, object> = {};
  for (const [name, source] of Object.entries(bundles)) {
    await mkdir(join(directory, `asset.${name}`), { recursive: true });
    await writeFile(join(directory, `asset.${name}`, 'index.mjs'), source);
    files[name] = {
      source: { path: `asset.${name}`, packaging: 'zip' },
      destinations: { current: { objectKey: `${name}.zip` } },
    };
  }
  await writeJson(join(directory, 'App.assets.json'), { files });
  artifacts['App.assets'] = { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } };
  await writeJson(join(directory, 'manifest.json'), { version: '55.0.0', artifacts });
}

function writeJson(path: string, value: object): Promise<void> {
  return writeFile(path, JSON.stringify(value));
}

const ref = (Ref: string): TemplateObject => ({ Ref });
const arnOf = (logicalId: string): TemplateObject => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

function functionResource(asset: string, more: TemplateObject = {}): TemplateObject {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: `${asset}.zip` },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 2,
      MemorySize: 64,
      ...more,
    },
  };
}

function routeResource(key: string, integration: string, more: TemplateObject = {}): TemplateObject {
  return {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: ref('Api'),
      RouteKey: key,
      Target: { 'Fn::Join': ['', ['integrations/', ref(integration)]] },
      ...more,
    },
  };
}

/** Two small stacks with one resource of each kind, in CDK's own wording. Bundles wanted: `api`, `worker`, `minutely`. */
export function smallStacks(): { readonly Data: TemplateObject; readonly App: TemplateObject } {
  const Data: TemplateObject = {
    Resources: {
      DataKeyAABBCCDD: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
      Things: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
            { AttributeName: 'listPk', AttributeType: 'S' },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'lists',
              KeySchema: [{ AttributeName: 'listPk', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
          TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        },
      },
      Files: { Type: 'AWS::S3::Bucket', Properties: {} },
    },
    Outputs: {
      ThingsName: { Value: ref('Things'), Export: { Name: 'Data:Things' } },
      KeyArn: { Value: arnOf('DataKeyAABBCCDD'), Export: { Name: 'Data:KeyArn' } },
    },
  };
  const App: TemplateObject = {
    Parameters: {
      IntakeIssuer: { Type: 'String' },
      IntakeAudience: { Type: 'String' },
      Retention: { Type: 'Number', Default: 90 },
    },
    Resources: {
      Work: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: 12,
          RedrivePolicy: { deadLetterTargetArn: arnOf('DeadWork'), maxReceiveCount: 3 },
          KmsMasterKeyId: { 'Fn::ImportValue': 'Data:KeyArn' },
        },
      },
      DeadWork: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
      ApiFunction: functionResource('api', {
        Environment: {
          Variables: {
            THINGS_TABLE: { 'Fn::ImportValue': 'Data:Things' },
            WORK_QUEUE_URL: ref('Work'),
            NOTE: { 'Fn::Sub': '${AWS::Region} ${Retention} ${!Literal} ${Work.QueueName}' },
          },
        },
      }),
      WorkerFunction: functionResource('worker', {
        Environment: { Variables: { THINGS_TABLE: { 'Fn::ImportValue': 'Data:Things' } } },
      }),
      MinutelyFunction: functionResource('minutely', { ReservedConcurrentExecutions: 1 }),
      WorkerRole: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Statement: [{ Condition: { Bool: {} } }] } },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: arnOf('Work'),
          FunctionName: ref('WorkerFunction'),
          BatchSize: 5,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 2 },
        },
      },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Small', ProtocolType: 'HTTP' } },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: {
          StageName: '$default',
          DefaultRouteSettings: { ThrottlingBurstLimit: 400, ThrottlingRateLimit: 200 },
        },
      },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: { IntegrationType: 'AWS_PROXY', IntegrationUri: arnOf('ApiFunction'), PayloadFormatVersion: '2.0' },
      },
      IntakeAuthorizer: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Issuer: ref('IntakeIssuer'), Audience: [ref('IntakeAudience')] },
        },
      },
      OpenRoute: routeResource('GET /open/{name}', 'Integration'),
      GuardedRoute: routeResource('POST /things', 'Integration', {
        AuthorizationType: 'JWT',
        AuthorizerId: ref('IntakeAuthorizer'),
        AuthorizationScopes: ['intake.write'],
      }),
      Minutely: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(1 minute)',
          State: 'ENABLED',
          Targets: [{ Arn: arnOf('MinutelyFunction'), Id: 'Target0' }],
        },
      },
    },
  };
  return { Data, App };
}
