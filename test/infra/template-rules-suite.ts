import { METRICS, METRIC_NAMESPACE as WRITTEN_NAMESPACE } from '@gruppstart/edge/metrics';
import { RESERVED, ROUTE_THROTTLES, UNRESERVED_AT_LEAST } from '@gruppstart/infra/stacks/capacity';
import { METRIC_NAMESPACE } from '@gruppstart/infra/stacks/ops-stack';
import { checkTemplates, TEMPLATE_CHECKS } from '@gruppstart/infra/template-checks/check-templates';
import { describe, expect, test } from 'vitest';
import { DECLARED } from './fault-finders.ts';
import { FUNCTIONS, type SynthesizedApp, templatesOf } from './synthesized.ts';
import { resourcesOf } from './template-reader.ts';

/** What the templates of the three stacks hold. */
export const describeTemplateRules = (synthesized: SynthesizedApp): void => {
  const { app, ops } = synthesized;

  describe('of our own checks', () => {
    const findings = checkTemplates(templatesOf(synthesized), DECLARED);

    test.each(TEMPLATE_CHECKS.map(({ name }) => name))('%s finds nothing', (name) => {
      expect(findings.filter(({ check }) => check === name)).toEqual([]);
    });
  });

  describe('the gateway', () => {
    const routes = resourcesOf(app, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) =>
      String(Properties.RouteKey),
    );

    test('has no two routes that differ only in what a path parameter is called, which it would refuse', () => {
      const namesByShape = Map.groupBy(routes, (key) => key.replaceAll(/\{[^+}]+\}/gu, '{}'));
      expect([...namesByShape.values()].filter((keys) => new Set(keys).size > 1)).toEqual([]);
    });

    test('has tighter limits for the operations that cost more, and for each open path', () => {
      const [, stage] = resourcesOf(app, 'AWS::ApiGatewayV2::Stage')[0] ?? [];
      const settings = stage?.Properties.RouteSettings as Readonly<Record<string, Readonly<Record<string, number>>>>;
      const limits = Object.entries(settings).map(
        ([key, { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }]) =>
          `${key}: ${rate} a second, ${burst} at once`,
      );
      expect(limits.toSorted()).toEqual([
        'GET /docs/{asset+}: 20 a second, 40 at once',
        'GET /docs: 20 a second, 40 at once',
        'GET /openapi.json: 20 a second, 40 at once',
        'GET /v1/runs/{runId}/fairness: 1 a second, 10 at once',
        'POST /v1/batches: 5 a second, 20 at once',
        'POST /v1/place-drafts: 10 a second, 20 at once',
        'POST /v1/runs/{runId}/answers: 1 a second, 20 at once',
        'POST /v1/runs/{runId}/what-ifs: 1 a second, 20 at once',
        'POST /v1/runs: 1 a second, 10 at once',
        'POST /v1/travel-times: 2 a second, 10 at once',
      ]);
      expect(Object.keys(settings)).toHaveLength(Object.keys(ROUTE_THROTTLES).length + DECLARED.publicPaths.length);
    });
  });

  describe('capacity', () => {
    test('is set aside for every function, unless the one who deploys says that the account has none', () => {
      const reserved = resourcesOf(app, 'AWS::Lambda::Function').map(
        ([, { Properties }]) => Properties.ReservedConcurrentExecutions,
      );
      const expected = Object.values(RESERVED).map((count) => ({
        'Fn::If': ['ReservesConcurrency', count, { Ref: 'AWS::NoValue' }],
      }));
      expect(Object.keys(RESERVED).toSorted()).toEqual([...FUNCTIONS].toSorted());
      expect(reserved.toSorted(byText)).toEqual(expected.toSorted(byText));
      expect(app.Conditions).toEqual({ ReservesConcurrency: { 'Fn::Equals': [{ Ref: 'ReserveConcurrency' }, 'yes'] } });
    });

    test('in all is said to the one who deploys', () => {
      const sum = Object.values(RESERVED).reduce((total, each) => total + each, 0);
      expect(JSON.stringify(app.Parameters?.ReserveConcurrency)).toContain(` ${sum + UNRESERVED_AT_LEAST};`);
      expect(sum + UNRESERVED_AT_LEAST).toBeLessThan(1000);
    });
  });

  test('only the sweep of the outbox is woken by the clock, every minute', () => {
    const rules = resourcesOf(app, 'AWS::Events::Rule');
    expect(rules).toHaveLength(1);
    expect(rules[0]?.[1].Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [{ Arn: { 'Fn::GetAtt': ['OutboxFunction', 'Arn'] } }],
    });
  });

  describe('alarms', () => {
    const alarms = resourcesOf(ops, 'AWS::CloudWatch::Alarm');

    test('use one metric each and no arithmetic, so that every tool that reads the template understands them', () => {
      expect(alarms.filter(([, { Properties }]) => 'Metrics' in Properties)).toEqual([]);
    });

    test('sound when a run comes near its end, and when messages stay unsent', () => {
      const own = alarms.filter(([, { Properties }]) => Properties.Namespace === METRIC_NAMESPACE);
      expect(
        own.map(([, { Properties }]) => [
          Properties.MetricName,
          Properties.Dimensions,
          Properties.Statistic,
          Properties.Threshold,
          Number(Properties.Period) * Number(Properties.EvaluationPeriods),
        ]),
      ).toEqual([
        ['RunDurationMs', [{ Name: 'service', Value: 'matcher' }], 'Maximum', 45_000, 300],
        ['OutboxLeft', [{ Name: 'service', Value: 'outbox' }], 'Maximum', 1, 300],
      ]);
    });

    test('and the page use figures that the functions write, of functions that exist', () => {
      expect(METRIC_NAMESPACE).toBe(WRITTEN_NAMESPACE);
      const text = JSON.stringify(ops).replaceAll('\\', '');
      const used = [...text.matchAll(/"Gruppstart","(\w+)","service","([\w-]+)"/gu)];
      const names = used.map((match) => match[1] ?? '');
      expect(new Set(names)).toEqual(
        new Set(['QueueAgeMs', 'OutboxLeft', 'OutboxSent', 'RowsTaken', 'RowsRefused', 'RunDurationMs']),
      );
      expect(names.filter((name) => !(name in METRICS))).toEqual([]);
      const services: readonly string[] = FUNCTIONS;
      expect(used.map((match) => match[2] ?? '').filter((service) => !services.includes(service))).toEqual([]);
    });

    test('sound at silence of the outbox too', () => {
      const silent = alarms.filter(([, { Properties }]) => Properties.TreatMissingData === 'breaching');
      expect(silent.map(([, { Properties }]) => Properties.MetricName)).toEqual(['Invocations']);
    });

    test('have one page beside them with the state of all queues, functions and the API', () => {
      expect(resourcesOf(ops, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    });
  });
};

const byText = (left: unknown, right: unknown): number => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1);
