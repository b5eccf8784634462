import { describe, expect, test } from 'vitest';
import { makeLog } from './log.ts';
import { type Figures, METRICS, metricMembers } from './metrics.ts';
import { figuresIn, metricFaults } from './test-support/metric-line.ts';

const NOW = Date.parse('2026-12-01T08:00:00.000Z');
const ALL: Figures = Object.fromEntries(Object.keys(METRICS).map((name, index) => [name, index]));
const lineOf = (figures: Figures, service = 'matcher'): string => {
  const lines: string[] = [];
  makeLog(
    service,
    (line) => lines.push(line),
    () => NOW,
  ).info('message-handled', { kind: 'run-to-make' }, figures);
  return lines[0] ?? '';
};

describe('a line with figures', () => {
  test.each([...Object.keys(METRICS).map((name) => [name, { [name]: 17.5 }] as const), ['all of them', ALL] as const])(
    'of %s is a measurement as CloudWatch reads it',
    (_what, figures) => {
      const line = lineOf(figures);
      expect(metricFaults(line)).toEqual([]);
      expect(figuresIn(JSON.parse(line))).toEqual(figures);
    },
  );

  test('says namespace, the one dimension, units and when', () => {
    expect(JSON.parse(lineOf({ RunDurationMs: 1234, RunPlaces: 0 }))).toEqual({
      time: '2026-12-01T08:00:00.000Z',
      level: 'info',
      service: 'matcher',
      event: 'message-handled',
      kind: 'run-to-make',
      RunDurationMs: 1234,
      RunPlaces: 0,
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [
          {
            Namespace: 'Gruppstart',
            Dimensions: [['service']],
            Metrics: [
              { Name: 'RunDurationMs', Unit: 'Milliseconds' },
              { Name: 'RunPlaces', Unit: 'Count' },
            ],
          },
        ],
      },
    });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('leaves out %s, and keeps the others', (value) => {
    const line = lineOf({ QueueAgeMs: value, RowsTaken: 3 });
    expect(metricFaults(line)).toEqual([]);
    expect(figuresIn(JSON.parse(line))).toEqual({ RowsTaken: 3 });
  });

  test.each([{}, { QueueAgeMs: Number.NaN }])('that has none, %j, is no measurement', (figures) => {
    expect(metricMembers(figures, NOW)).toEqual({});
  });
});

/** The check itself must see what CloudWatch would drop in silence. */
describe('a line that CloudWatch would not take', () => {
  const good = JSON.parse(lineOf(ALL));
  const directive = good._aws.CloudWatchMetrics[0];
  const withDirective = (changes: object) => ({
    ...good,
    _aws: { ...good._aws, CloudWatchMetrics: [{ ...directive, ...changes }] },
  });

  test('is not the one that the others are made from', () => {
    expect(metricFaults(JSON.stringify(good))).toEqual([]);
  });

  test.each([
    ['without the time', { ...good, _aws: { CloudWatchMetrics: good._aws.CloudWatchMetrics } }],
    ['with the time in seconds', { ...good, _aws: { ...good._aws, Timestamp: NOW / 1000 } }],
    ['with the time as text', { ...good, _aws: { ...good._aws, Timestamp: '2026-12-01' } }],
    ['without namespace', withDirective({ Namespace: '' })],
    ['without a set of dimensions', withDirective({ Dimensions: [] })],
    ['with dimensions that are not in a set', withDirective({ Dimensions: ['service'] })],
    ['with an unknown unit', withDirective({ Metrics: [{ Name: 'RunPlaces', Unit: 'Places' }] })],
    ['without the dimension’s value', { ...good, service: undefined }],
    ['with a number as the dimension’s value', { ...good, service: 7 }],
    ['with a value that is text', { ...good, RunPlaces: '7' }],
    ['with a value that is null', { ...good, RunPlaces: null }],
    ['with a value missing', { ...good, RunPlaces: undefined }],
    ['with a metric twice', withDirective({ Metrics: [{ Name: 'RunPlaces' }, { Name: 'RunPlaces' }] })],
    ['with more metrics than a directive may hold', withDirective({ Metrics: Array(101).fill({ Name: 'RunPlaces' }) })],
    ['without any of it', { service: 'matcher' }],
  ])('is one %s', (_what, line) => {
    expect(metricFaults(JSON.stringify(line))).not.toEqual([]);
  });
});
