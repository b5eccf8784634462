import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catchAllPaths, PUBLIC_PATHS, ROUTES } from '@gruppstart/contracts/registry';
import { DOORS } from '@gruppstart/contracts/roles';
import { PROJECT } from '@gruppstart/infra/build/project-paths';
import { OUTBOX_WAITS_EVENT } from '@gruppstart/infra/stacks/ops-stack';
import { TABLES } from '@gruppstart/store/tables';
import { describe, expect, test } from 'vitest';
import type { SynthesizedApp } from './synthesized.ts';
import { type Entry, referenceIn, resourcesOf } from './template-reader.ts';

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Rules that neither cdk-nag nor the template validator knows. */
export const describeTemplateRules = ({ app, data, ops }: SynthesizedApp): void => {
  const reference = (value: unknown): string => referenceIn(data, value);
  /** Whether an alarm of the ops stack has a resource of the app stack as its dimension. */
  const watches = (properties: Readonly<Record<string, unknown>>, id: string): boolean => {
    const dimensions = (properties.Dimensions ?? []) as readonly { readonly Value: unknown }[];
    return dimensions.some(({ Value }) => referenceIn(app, Value).split('.')[0] === id);
  };

  describe('the gateway', () => {
    const gatewayRoutes = new Map(
      resourcesOf(app, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
        String(Properties.RouteKey),
        Properties,
      ]),
    );

    test.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
      '%s asks for a login at its own door and for its scope',
      (key, route) => {
        const gatewayRoute = gatewayRoutes.get(key);
        expect(gatewayRoute).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: [route.scope] });
        expect(reference(gatewayRoute?.AuthorizerId)).toBe(`${capitalised(route.door)}Authorizer`);
        expect(reference(gatewayRoute?.Target)).toBe(`integrations/${capitalised(route.door)}Integration`);
      },
    );

    test.each(DOORS.flatMap((door) => catchAllPaths(door).map((path) => [path, door] as const)))(
      'ANY %s leads to the %s door, with its login and without a scope',
      (path, door) => {
        const gatewayRoute = gatewayRoutes.get(`ANY ${path}`);
        expect(gatewayRoute).toMatchObject({ AuthorizationType: 'JWT' });
        expect(gatewayRoute).not.toHaveProperty('AuthorizationScopes');
        expect(reference(gatewayRoute?.AuthorizerId)).toBe(`${capitalised(door)}Authorizer`);
        expect(reference(gatewayRoute?.Target)).toBe(`integrations/${capitalised(door)}Integration`);
      },
    );

    test('nothing is open but the description of the API, and it leads to the function without rights', () => {
      const open = [...gatewayRoutes].filter(([, route]) => route.AuthorizationType !== 'JWT');
      expect(open.map(([key]) => key).toSorted()).toEqual(PUBLIC_PATHS.map((path) => `GET ${path}`).toSorted());
      for (const [, route] of open) expect(reference(route.Target)).toBe('integrations/DocsIntegration');
    });

    test('has no route that the registry does not know', () => {
      const catchAlls = DOORS.reduce((sum, door) => sum + catchAllPaths(door).length, 0);
      expect(gatewayRoutes.size).toBe(ROUTES.length + catchAlls + PUBLIC_PATHS.length);
      expect(resourcesOf(app, 'AWS::ApiGatewayV2::Route')).toHaveLength(gatewayRoutes.size);
    });

    test('two routes never differ only in what a path parameter is called, which the gateway would refuse', () => {
      const namesByShape = new Map<string, Set<string>>();
      for (const key of gatewayRoutes.keys()) {
        const shape = key.replaceAll(/\{[^+}]+\}/gu, '{}');
        namesByShape.set(shape, (namesByShape.get(shape) ?? new Set()).add(key));
      }
      expect([...namesByShape.values()].filter((keys) => keys.size > 1)).toEqual([]);
    });

    test.each(DOORS)('the %s door has an issuer and an audience of its own, given at deployment', (door) => {
      const authorizer = app.Resources[`${capitalised(door)}Authorizer`]?.Properties;
      expect(authorizer).toMatchObject({
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: {
          Issuer: { Ref: `${capitalised(door)}Issuer` },
          Audience: [{ Ref: `${capitalised(door)}Audience` }],
        },
      });
      expect(app.Parameters?.[`${capitalised(door)}Issuer`]).not.toHaveProperty('Default');
    });

    test('a function is called by way of one permission, so that its policy stays far below 20 KB', () => {
      const permissions = resourcesOf(app, 'AWS::Lambda::Permission');
      const functions = permissions.map(([, { Properties }]) => reference(Properties.FunctionName));
      expect(new Set(functions).size).toBe(permissions.length);
      for (const [, { Properties }] of permissions) {
        expect(Properties).toHaveProperty('SourceArn');
        expect(JSON.stringify(Properties).length).toBeLessThan(1000);
      }
    });

    test('is throttled, takes no calls from pages elsewhere and logs nothing about the person', () => {
      const [, stage] = resourcesOf(app, 'AWS::ApiGatewayV2::Stage')[0] ?? [];
      expect(stage?.Properties.DefaultRouteSettings).toMatchObject({
        ThrottlingRateLimit: expect.any(Number),
        ThrottlingBurstLimit: expect.any(Number),
      });
      const settings = stage?.Properties.AccessLogSettings as { readonly Format: string } | undefined;
      const logged: Readonly<Record<string, string>> = JSON.parse(settings?.Format ?? '{}');
      expect(Object.values(logged).toSorted()).toEqual(
        ['integrationLatency', 'requestId', 'responseLatency', 'responseLength', 'routeKey', 'status'].map(
          (field) => `$context.${field}`,
        ),
      );
      expect(app.Resources.DoorApi?.Properties).not.toHaveProperty('CorsConfiguration');
    });
  });

  describe('queues', () => {
    const queues = resourcesOf(app, 'AWS::SQS::Queue');
    const isDeadLetter = ([id]: Entry): boolean => id.endsWith('DeadLetters');
    const mappings = resourcesOf(app, 'AWS::Lambda::EventSourceMapping');

    test.each(queues.filter((entry) => !isDeadLetter(entry)))('%s puts aside what failed three times', (id, queue) => {
      expect(queue.Properties.RedrivePolicy).toEqual({
        deadLetterTargetArn: { 'Fn::GetAtt': [`${id}DeadLetters`, 'Arn'] },
        maxReceiveCount: 3,
      });
    });

    test.each(queues)('%s is encrypted with our key and takes calls over TLS only', (id, queue) => {
      expect(reference(queue.Properties.KmsMasterKeyId)).toBe('DataKey.Arn');
      const policies = resourcesOf(app, 'AWS::SQS::QueuePolicy').filter(([, { Properties }]) =>
        JSON.stringify(Properties.Queues).includes(`"${id}"`),
      );
      expect(JSON.stringify(policies)).toContain('"aws:SecureTransport":"false"');
    });

    test.each(queues.filter(isDeadLetter))('%s keeps messages for 14 days and wakes somebody', (id, queue) => {
      expect(queue.Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
      const alarms = resourcesOf(ops, 'AWS::CloudWatch::Alarm').filter(([, alarm]) => watches(alarm.Properties, id));
      expect(alarms).toHaveLength(1);
      expect(alarms[0]?.[1].Properties).toMatchObject({
        Threshold: 1,
        MetricName: 'ApproximateNumberOfMessagesVisible',
      });
    });

    test.each(mappings)(
      '%s answers for each message, and has six times the time before it is handed out again',
      (_, mapping) => {
        const { EventSourceArn, FunctionName, FunctionResponseTypes, ScalingConfig, BatchSize } = mapping.Properties;
        const queue = app.Resources[reference(EventSourceArn).replace('.Arn', '')];
        const fn = app.Resources[reference(FunctionName)];
        expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
        expect(ScalingConfig).toMatchObject({ MaximumConcurrency: expect.any(Number) });
        expect(BatchSize).toBeLessThanOrEqual(5);
        expect(Number(queue?.Properties.VisibilityTimeout)).toBeGreaterThanOrEqual(6 * Number(fn?.Properties.Timeout));
      },
    );

    test('every queue that is not for dead letters has somebody who takes from it', () => {
      const taken = mappings.map(([, { Properties }]) => reference(Properties.EventSourceArn));
      const expected = queues.filter((entry) => !isDeadLetter(entry)).map(([id]) => `${id}.Arn`);
      expect(taken.toSorted()).toEqual(expected.toSorted());
    });
  });

  describe('functions', () => {
    test.each(resourcesOf(app, 'AWS::Lambda::Function'))(
      '%s runs as stated and leaves a log that is thinned out',
      (_, fn) => {
        expect(fn.Properties).toMatchObject({
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          Handler: 'index.handler',
          MemorySize: expect.any(Number),
          Timeout: expect.any(Number),
          TracingConfig: { Mode: 'Active' },
        });
        const { LogGroup } = fn.Properties.LoggingConfig as { readonly LogGroup: unknown };
        expect(app.Resources[reference(LogGroup)]?.Properties.RetentionInDays).toEqual({ Ref: 'LogRetentionDays' });
      },
    );

    test('only the sweep of the outbox is woken by the clock, every minute', () => {
      const rules = resourcesOf(app, 'AWS::Events::Rule');
      expect(rules).toHaveLength(1);
      expect(rules[0]?.[1].Properties).toMatchObject({
        ScheduleExpression: 'rate(1 minute)',
        State: 'ENABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': ['OutboxFunction', 'Arn'] } }],
      });
    });
  });

  describe('what is stored', () => {
    test.each(TABLES)('$word is as declared, restorable, and cannot be deleted by mistake', (declaration) => {
      const table = data.Resources[`${capitalised(declaration.word)}Table`];
      expect(table?.DeletionPolicy).toBe('Retain');
      expect(table?.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } },
        KeySchema: [
          { AttributeName: declaration.partitionKey, KeyType: 'HASH' },
          { AttributeName: declaration.sortKey, KeyType: 'RANGE' },
        ],
      });
      const timeToLive = table?.Properties.TimeToLiveSpecification;
      expect(timeToLive).toEqual(
        declaration.timeToLiveAttribute === null
          ? undefined
          : { AttributeName: declaration.timeToLiveAttribute, Enabled: true },
      );
      const indexes = (table?.Properties.GlobalSecondaryIndexes ?? []) as readonly Readonly<Record<string, unknown>>[];
      expect(indexes.map((index) => ({ name: index.IndexName, keys: index.KeySchema }))).toEqual(
        declaration.indexes.map(({ name, partitionKey, sortKey }) => ({
          name,
          keys: [
            { AttributeName: partitionKey, KeyType: 'HASH' },
            { AttributeName: sortKey, KeyType: 'RANGE' },
          ],
        })),
      );
    });

    test('there are no other tables than those declared', () => {
      expect(resourcesOf(data, 'AWS::DynamoDB::Table')).toHaveLength(TABLES.length);
    });

    test.each(['DataKey', 'VaultKey'])('%s is replaced every year and outlives its stack', (id) => {
      expect(data.Resources[id]).toMatchObject({
        Type: 'AWS::KMS::Key',
        DeletionPolicy: 'Retain',
        Properties: { EnableKeyRotation: true, PendingWindowInDays: 30 },
      });
    });

    test('the vault’s key encrypts no table, queue or bucket', () => {
      const users = [...Object.entries(data.Resources), ...Object.entries(app.Resources)].filter(
        ([id, resource]) =>
          id !== 'VaultKey' &&
          ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SQS::Queue'].includes(resource.Type) &&
          /VaultKey/u.test(JSON.stringify(resource)),
      );
      expect(users).toEqual([]);
    });

    test('the bucket is closed to the public, encrypted with our key, kept, and forgets uploads after a week', () => {
      const bucket = data.Resources.Bucket;
      expect(bucket?.DeletionPolicy).toBe('Retain');
      expect(bucket?.Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(JSON.stringify(bucket?.Properties.BucketEncryption)).toContain('{"Fn::GetAtt":["DataKey","Arn"]}');
      expect(bucket?.Properties.LifecycleConfiguration).toMatchObject({
        Rules: expect.arrayContaining([
          expect.objectContaining({ Prefix: 'uploads/', ExpirationInDays: 7, Status: 'Enabled' }),
        ]),
      });
      expect(bucket?.Properties).not.toHaveProperty('VersioningConfiguration');
      expect(JSON.stringify(resourcesOf(data, 'AWS::S3::BucketPolicy'))).toContain('"aws:SecureTransport":"false"');
    });
  });

  describe('alarms', () => {
    const alarms = resourcesOf(ops, 'AWS::CloudWatch::Alarm');

    test.each(alarms)('%s says in Swedish and English what it means, and tells somebody', (_, { Properties }) => {
      const [swedish, english] = String(Properties.AlarmDescription).split('\n\n');
      expect(swedish?.length).toBeGreaterThan(20);
      expect(english?.length).toBeGreaterThan(20);
      expect(Properties.AlarmActions).toHaveLength(1);
      expect(Properties.OKActions).toEqual(Properties.AlarmActions);
      expect(Properties).not.toHaveProperty('Metrics');
    });

    test.each(resourcesOf(app, 'AWS::Lambda::Function').map(([id]) => id))('the errors of %s are watched', (id) => {
      const watching = alarms.filter(
        ([, { Properties }]) => Properties.MetricName === 'Errors' && watches(Properties, id),
      );
      expect(watching).toHaveLength(1);
    });

    test('the event that tells of unsent messages is one that the function logs', () => {
      const [, filter] = resourcesOf(ops, 'AWS::Logs::MetricFilter')[0] ?? [];
      expect(referenceIn(app, filter?.Properties.LogGroupName)).toMatch(/^OutboxLogs/u);
      expect(filter?.Properties.FilterPattern).toBe(`"${OUTBOX_WAITS_EVENT}"`);
      const source = readFileSync(join(PROJECT.root, 'functions/outbox/src/index.ts'), 'utf8');
      expect(source).toContain(`'${OUTBOX_WAITS_EVENT}'`);
    });

    test('silence from the outbox is itself an alarm', () => {
      const silent = alarms.filter(([, { Properties }]) => Properties.TreatMissingData === 'breaching');
      expect(silent.map(([, { Properties }]) => Properties.MetricName)).toEqual(['Invocations']);
    });

    test('one page shows the state of all queues, functions and the API', () => {
      expect(resourcesOf(ops, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    });
  });
};
