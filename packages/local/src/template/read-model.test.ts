// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation has placeholders of the same shape
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { smallStacks, writeAssembly } from '../testing/small-assembly.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { readAssembly } from './assembly.ts';
import type { LaptopModel } from './model.ts';
import { handlerOf, readModel } from './read-model.ts';
import { HARMLESS_TYPES, HONOURED_TYPES } from './resource-types.ts';
import type { LaptopSettings } from './resources.ts';
import { isObject, TemplateError, type TemplateObject } from './template-value.ts';

const SETTINGS: LaptopSettings = {
  parameters: { IntakeIssuer: 'http://127.0.0.1:1', IntakeAudience: 'gruppstart-intake' },
  region: 'eu-north-1',
  accountId: '000000000000',
  queueBaseUrl: 'http://127.0.0.1:9',
  apiUrl: 'http://127.0.0.1:8',
};
const BUNDLES = { api: '', worker: '', minutely: '' };

async function read(stacks: Readonly<Record<string, TemplateObject>>, settings = SETTINGS): Promise<LaptopModel> {
  const directory = await temporaryDirectory();
  await writeAssembly(directory, stacks, BUNDLES);
  return readModel(await readAssembly(directory), settings);
}

/** The small stacks with resources of the second one added or replaced. */
function withResources(resources: TemplateObject): Readonly<Record<string, TemplateObject>> {
  const { Data, App } = smallStacks();
  const known = App.Resources;
  if (!isObject(known)) throw new Error('the small stack has no resources');
  return { Data, App: { ...App, Resources: { ...known, ...resources } } };
}

describe('a whole template', () => {
  test('becomes tables with keys, indexes and the attribute of expiry', async () => {
    const { tables } = await read(smallStacks());
    expect(tables).toEqual([
      {
        name: 'Things',
        partitionKey: { name: 'pk', type: 'S' },
        sortKey: { name: 'sk', type: 'S' },
        indexes: [
          {
            name: 'lists',
            partitionKey: { name: 'listPk', type: 'S' },
            sortKey: null,
            projection: 'ALL',
            nonKeyAttributes: [],
          },
        ],
        timeToLiveAttribute: 'expiresAt',
      },
    ]);
  });

  test('becomes queues with visibility, retention and redrive', async () => {
    const { queues } = await read(smallStacks());
    expect(queues).toEqual([
      {
        name: 'Work',
        arn: 'arn:aws:sqs:eu-north-1:000000000000:Work',
        visibilityTimeoutSeconds: 12,
        retentionSeconds: 345_600,
        delaySeconds: 0,
        redrive: { targetArn: 'arn:aws:sqs:eu-north-1:000000000000:DeadWork', maxReceiveCount: 3 },
      },
      {
        name: 'DeadWork',
        arn: 'arn:aws:sqs:eu-north-1:000000000000:DeadWork',
        visibilityTimeoutSeconds: 30,
        retentionSeconds: 1_209_600,
        delaySeconds: 0,
        redrive: null,
      },
    ]);
  });

  test('becomes functions whose environment is resolved across the stacks', async () => {
    const { functions } = await read(smallStacks());
    const api = functions.find(({ name }) => name === 'ApiFunction');
    expect(api).toMatchObject({
      memoryMb: 64,
      timeoutSeconds: 2,
      reservedConcurrency: null,
      environment: {
        THINGS_TABLE: 'Things',
        WORK_QUEUE_URL: 'http://127.0.0.1:9/000000000000/Work',
        NOTE: 'eu-north-1 90 ${Literal} Work',
      },
    });
    if (api === undefined) throw new Error('no ApiFunction');
    expect(handlerOf(api)).toEqual({ file: join(api.codeDirectory, 'index.mjs'), exportName: 'handler' });
    expect(functions.find(({ name }) => name === 'MinutelyFunction')?.reservedConcurrency).toBe(1);
  });

  test('becomes mappings, routes with their authorizers, schedules, buckets and keys', async () => {
    const model = await read(smallStacks());
    expect(model.mappings).toEqual([
      {
        queueArn: 'arn:aws:sqs:eu-north-1:000000000000:Work',
        functionName: 'WorkerFunction',
        batchSize: 5,
        windowSeconds: 0,
        reportsBatchItemFailures: true,
        maximumConcurrency: 2,
      },
    ]);
    expect(model.api?.throttling).toEqual({ ratePerSecond: 200, burst: 400 });
    expect(model.api?.routes).toEqual([
      {
        key: 'GET /open/{name}',
        functionName: 'ApiFunction',
        authorizer: null,
        scopes: [],
        integrationTimeoutMs: 30_000,
      },
      {
        key: 'POST /things',
        functionName: 'ApiFunction',
        authorizer: { id: 'IntakeAuthorizer', issuer: 'http://127.0.0.1:1', audiences: ['gruppstart-intake'] },
        scopes: ['intake.write'],
        integrationTimeoutMs: 30_000,
      },
    ]);
    expect(model.schedules).toMatchObject([
      { name: 'Minutely', expression: 'rate(1 minute)', functionName: 'MinutelyFunction', timeZone: 'UTC' },
    ]);
    expect(model.buckets).toEqual([{ name: 'data-files' }]);
    expect(model.keys).toEqual([{ keyId: 'DataKey', arn: 'arn:aws:kms:eu-north-1:000000000000:key/DataKey' }]);
  });
});

describe('what the laptop cannot honour stops the start and is named', () => {
  test.each<[string, TemplateObject, RegExp]>([
    ['an unknown type', { Stream: { Type: 'AWS::Kinesis::Stream' } }, /App\.Stream.*AWS::Kinesis::Stream/],
    [
      'an unknown intrinsic',
      { Dead: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { 'Fn::Cidr': [] } } } },
      /Fn::Cidr/,
    ],
    [
      'a reference to nothing',
      { Dead: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { Ref: 'Nowhere' } } } },
      /Nowhere/,
    ],
    [
      'an attribute nobody knows',
      { Dead: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { 'Fn::GetAtt': ['Work', 'Colour'] } } } },
      /Colour/,
    ],
    [
      'an export nobody makes',
      { Dead: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { 'Fn::ImportValue': 'Data:Gone' } } } },
      /Data:Gone/,
    ],
    ['a FIFO queue', { Dead: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } }, /FIFO/],
    [
      'another runtime',
      {
        Py: {
          Type: 'AWS::Lambda::Function',
          Properties: { Runtime: 'python3.14', Code: { S3Key: 'api.zip' }, Handler: 'a.b' },
        },
      },
      /python3\.14/,
    ],
    [
      'a bundle that is not there',
      {
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: { Runtime: 'nodejs24.x', Code: { S3Key: 'lost.zip' }, Handler: 'a.b' },
        },
      },
      /lost\.zip/,
    ],
    [
      'a cross-origin rule',
      { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', CorsConfiguration: {} } } },
      /CorsConfiguration/,
    ],
    [
      'an event pattern',
      { Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['x'] } } } },
      /event patterns/,
    ],
    [
      'a mapping to a function that is not there',
      {
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: 'arn:aws:sqs:eu-north-1:000000000000:Work', FunctionName: 'Gone' },
        },
      },
      /Gone/,
    ],
  ])('%s', async (_what, resources, message) => {
    await expect(read(withResources(resources))).rejects.toThrow(message);
    await expect(read(withResources(resources))).rejects.toBeInstanceOf(TemplateError);
  });

  test('a parameter without a value', async () => {
    await expect(read(smallStacks(), { ...SETTINGS, parameters: {} })).rejects.toThrow(/IntakeIssuer/);
  });
});

describe('limits of single routes', () => {
  const withStage = (more: TemplateObject): Readonly<Record<string, TemplateObject>> =>
    withResources({ Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { StageName: '$default', ...more } } });
  const limits = { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 5 };

  test('are read by the key of the route, beside those of the stage', async () => {
    const model = await read(
      withStage({
        DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 50 },
        RouteSettings: { 'POST /things': limits, 'GET /open/{name}': { DetailedMetricsEnabled: true } },
      }),
    );
    expect(model.api?.throttling).toEqual({ ratePerSecond: 20, burst: 50 });
    expect(model.api?.routeThrottling).toEqual({ 'POST /things': { ratePerSecond: 2, burst: 5 } });
  });

  test('are none when the template sets none', async () => {
    const model = await read(withStage({}));
    expect([model.api?.throttling, model.api?.routeThrottling]).toEqual([null, {}]);
  });

  test('stop the start when the route is not there, as they stop a deployment', async () => {
    await expect(read(withStage({ RouteSettings: { 'GET /gone': limits } }))).rejects.toThrow(/GET \/gone is no route/);
  });
});

describe('a number that a condition decides', () => {
  const reserving = (answer: string): { readonly Data: TemplateObject; readonly App: TemplateObject } => {
    const { Data, App } = smallStacks();
    const resources = isObject(App.Resources) ? App.Resources : {};
    const fn = isObject(resources.MinutelyFunction) ? resources.MinutelyFunction : {};
    const properties = isObject(fn.Properties) ? fn.Properties : {};
    const ReservedConcurrentExecutions = { 'Fn::If': ['Reserves', 7, { Ref: 'AWS::NoValue' }] };
    return {
      Data,
      App: {
        ...App,
        Conditions: { Reserves: { 'Fn::Equals': [answer, 'yes'] } },
        Resources: {
          ...resources,
          MinutelyFunction: { ...fn, Properties: { ...properties, ReservedConcurrentExecutions } },
        },
      },
    };
  };

  test.each([
    ['yes', 7],
    ['no', null],
  ] as const)('with the answer %s is %s', async (answer, expected) => {
    const { functions } = await read(reserving(answer));
    expect(functions.find(({ name }) => name === 'MinutelyFunction')?.reservedConcurrency).toBe(expected);
  });
});

describe('types of resources', () => {
  test.each(HARMLESS_TYPES)('%s is passed over', async (Type) => {
    const model = await read(withResources({ Extra: { Type } }));
    expect(model).toEqual({ ...(await read(smallStacks())), functions: model.functions });
  });

  test('no type is both honoured and harmless', () => {
    const harmless: readonly string[] = HARMLESS_TYPES;
    expect(HONOURED_TYPES.filter((type) => harmless.includes(type))).toEqual([]);
  });

  test('a resource whose condition does not hold is left out', async () => {
    const { Data, App } = smallStacks();
    const resources = isObject(App.Resources) ? App.Resources : {};
    const conditional = {
      ...App,
      Conditions: {
        IsChina: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'cn-north-1'] },
        IsHere: { 'Fn::Not': [{ Condition: 'IsChina' }] },
      },
      Resources: {
        ...resources,
        Far: { Type: 'AWS::SQS::Queue', Condition: 'IsChina' },
        Near: { Type: 'AWS::SQS::Queue', Condition: 'IsHere' },
      },
    };
    const names = (await read({ Data, App: conditional })).queues.map(({ name }) => name);
    expect(names).toContain('Near');
    expect(names).not.toContain('Far');
  });
});
