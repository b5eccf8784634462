import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DoorApi } from '@gruppstart/infra/constructs/door-api';
import { ImpactAlarm } from '@gruppstart/infra/constructs/impact-alarm';
import { NodeFunction } from '@gruppstart/infra/constructs/node-function';
import { QueueWorker } from '@gruppstart/infra/constructs/queue-worker';
import { keepLogicalId } from '@gruppstart/infra/constructs/stable-id';
import { WorkQueue } from '@gruppstart/infra/constructs/work-queue';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'gruppstart-constructs-'));
beforeAll(() => {
  mkdirSync(join(folder, 'any'));
  writeFileSync(join(folder, 'any', 'index.mjs'), 'export const handler = async () => null;\n');
  // The first template loads the whole library and its validator: seconds that belong to none of the tests.
  const stack = newStack();
  new Topic(stack, 'Any');
  Template.fromStack(stack);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newStack = (): Stack => {
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(folder, 'assembly-')) });
  return new Stack(app, 'Stack', { env: { region: 'eu-north-1' } });
};

const functionProps = {
  name: 'any',
  description: 'A function',
  functionsDir: folder,
  memoryMegabytes: 256,
  timeoutSeconds: 20,
  logRetentionDays: 90,
} as const;

describe('NodeFunction', () => {
  test('starts with no right but to write its own log and traces', () => {
    const stack = newStack();
    new NodeFunction(stack, 'Any', functionProps);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: Match.objectLike({}) }),
          Match.objectLike({ Action: Match.arrayWith(['xray:PutTraceSegments']), Resource: '*' }),
        ],
      },
    });
  });

  test('is bounded in number only when that is asked for', () => {
    const stack = newStack();
    new NodeFunction(stack, 'Free', functionProps);
    new NodeFunction(stack, 'Alone', { ...functionProps, reservedConcurrency: 1 });
    const template = Template.fromStack(stack);
    const functions = template.findResources('AWS::Lambda::Function');
    expect(functions.FreeFunction?.Properties).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(functions.AloneFunction?.Properties.ReservedConcurrentExecutions).toBe(1);
  });

  test('is refused without a bundle, instead of being deployed empty', () => {
    expect(() => new NodeFunction(newStack(), 'Any', { ...functionProps, name: 'not-built' })).toThrow(/not-built/u);
  });
});

describe('WorkQueue', () => {
  test.each([
    { workerTimeoutSeconds: 1, visibilitySeconds: 6 },
    { workerTimeoutSeconds: 30, visibilitySeconds: 180 },
    { workerTimeoutSeconds: 900, visibilitySeconds: 5400 },
  ])('hides a message for six times the $workerTimeoutSeconds s that its worker may take', (row) => {
    const stack = newStack();
    new WorkQueue(stack, 'Work', { key: new Key(stack, 'Key'), workerTimeoutSeconds: row.workerTimeoutSeconds });
    const queues = Template.fromStack(stack).findResources('AWS::SQS::Queue');
    expect(queues.Work?.Properties.VisibilityTimeout).toBe(row.visibilitySeconds);
  });

  test('keeps what was put aside longer than what waits, since the age counts from the first sending', () => {
    const stack = newStack();
    new WorkQueue(stack, 'Work', { key: new Key(stack, 'Key'), workerTimeoutSeconds: 30 });
    const queues = Template.fromStack(stack).findResources('AWS::SQS::Queue');
    const waiting = queues.Work?.Properties.MessageRetentionPeriod;
    expect(queues.WorkDeadLetters?.Properties.MessageRetentionPeriod).toBeGreaterThan(waiting);
  });
});

describe('QueueWorker', () => {
  test('takes from its queue as told and answers for each message', () => {
    const stack = newStack();
    new QueueWorker(stack, 'Worker', {
      ...functionProps,
      queueId: 'Work',
      key: new Key(stack, 'Key'),
      batchSize: 3,
      maxConcurrency: 2,
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 3,
      EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });
});

describe('DoorApi', () => {
  const routesOf = (routes: ConstructorParameters<typeof DoorApi>[2]['routes']) => {
    const stack = newStack();
    const fn = (id: string) => new NodeFunction(stack, id, functionProps);
    new DoorApi(stack, 'DoorApi', {
      routes,
      catchAllPaths: (door) => (door === 'intake' ? ['/v1/batches/{rest+}'] : []),
      publicPaths: ['/docs'],
      doors: { intake: fn('A'), requirements: fn('B'), cohorts: fn('C') },
      docs: fn('D'),
      logRetentionDays: 90,
      stageThrottle: { requestsPerSecond: 10, burst: 20 },
      routeThrottles: {},
      publicThrottle: { requestsPerSecond: 1, burst: 2 },
    });
    return Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Route');
  };
  const send = { id: 'sendBatch', method: 'POST', path: '/v1/batches', door: 'intake', scope: 'intake.write' } as const;
  const order = { id: 'orderRun', method: 'POST', path: '/v1/runs', door: 'cohorts', scope: 'cohorts.write' } as const;

  test('a new route leaves the elements of the others as they were', () => {
    const before = routesOf([order]);
    const after = routesOf([send, order]);
    expect(after).toMatchObject(before);
    expect(Object.keys(after).filter((id) => !(id in before))).toEqual(['SendBatchRoute']);
  });

  test('a route asks for its scope, a catch-all for a login only, a public path for nothing', () => {
    const routes = routesOf([send]);
    const asked = Object.values(routes).map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
      Properties.AuthorizationScopes,
    ]);
    expect(asked.toSorted()).toEqual([
      ['ANY /v1/batches/{rest+}', 'JWT', undefined],
      ['GET /docs', 'NONE', undefined],
      ['POST /v1/batches', 'JWT', ['intake.write']],
    ]);
  });
});

describe('ImpactAlarm', () => {
  const alarmOf = (props: Partial<ConstructorParameters<typeof ImpactAlarm>[2]>) => {
    const stack = newStack();
    new ImpactAlarm(stack, 'Alarm', {
      metric: new Metric({ namespace: 'Any', metricName: 'Any' }),
      impact: { sv: 'Det händer.', en: 'It happens.' },
      from: 2,
      topic: new Topic(stack, 'Topic'),
      ...props,
    });
    const [alarm] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    return alarm?.Properties;
  };

  test.each([
    { props: {}, comparison: 'GreaterThanOrEqualToThreshold', silence: 'notBreaching' },
    { props: { when: 'below' }, comparison: 'LessThanThreshold', silence: 'notBreaching' },
    { props: { silenceIsFault: true }, comparison: 'GreaterThanOrEqualToThreshold', silence: 'breaching' },
  ] as const)('with $props compares by $comparison and takes silence as $silence', ({ props, comparison, silence }) => {
    expect(alarmOf(props)).toMatchObject({
      AlarmDescription: 'Det händer.\n\nIt happens.',
      ComparisonOperator: comparison,
      TreatMissingData: silence,
      Threshold: 2,
    });
  });
});

describe('keepLogicalId', () => {
  test('refuses a construct that is not an element of the template itself', () => {
    const stack = newStack();
    expect(() => keepLogicalId(new Construct(stack, 'Group'), 'Fixed')).toThrow(/no template element/u);
  });
});
