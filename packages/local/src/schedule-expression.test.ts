import { describe, expect, test } from 'vitest';
import { readScheduleExpression } from './schedule-expression.ts';

function next(expression: string, after: string, timeZone = 'UTC'): string | null {
  const dueMs = readScheduleExpression(expression, timeZone)(Date.parse(after));
  return dueMs === null ? null : new Date(dueMs).toISOString().replace(':00.000Z', 'Z');
}

describe('a schedule is next due', () => {
  test.each<[string, string, string]>([
    ['rate(1 minute)', '2026-12-01T08:00:30Z', '2026-12-01T08:01:30.000Z'],
    ['rate(5 minutes)', '2026-12-01T08:00Z', '2026-12-01T08:05Z'],
    ['rate(2 hours)', '2026-12-01T08:00Z', '2026-12-01T10:00Z'],
    ['rate(7 days)', '2026-12-01T08:00Z', '2026-12-08T08:00Z'],
    ['cron(0 6 * * ? *)', '2026-12-01T05:59Z', '2026-12-01T06:00Z'],
    ['cron(0 6 * * ? *)', '2026-12-01T06:00Z', '2026-12-02T06:00Z'],
    ['cron(*/15 * * * ? *)', '2026-12-01T06:01Z', '2026-12-01T06:15Z'],
    ['cron(5/20 * * * ? *)', '2026-12-01T06:06Z', '2026-12-01T06:25Z'],
    ['cron(0 8 ? * MON-FRI *)', '2026-12-04T08:00Z', '2026-12-07T08:00Z'],
    ['cron(0 8 ? * 2-6 *)', '2026-12-04T08:00Z', '2026-12-07T08:00Z'],
    ['cron(30 23 31 DEC ? *)', '2026-12-01T00:00Z', '2026-12-31T23:30Z'],
    ['cron(0 0 29 2 ? *)', '2026-12-01T00:00Z', '2028-02-29T00:00Z'],
    ['cron(0,30 7,9 1 1,6 ? 2027)', '2026-12-01T00:00Z', '2027-01-01T07:00Z'],
  ])('%s after %s at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  test.each<[string, string]>([
    ['2026-12-01T00:00Z', '2026-12-01T05:00Z'],
    ['2027-07-01T00:00Z', '2027-07-01T04:00Z'],
    ['2027-03-27T06:00Z', '2027-03-28T04:00Z'],
    ['2027-10-30T05:00Z', '2027-10-31T05:00Z'],
  ])('by the clock of its time zone: after %s at %s', (after, expected) => {
    expect(next('cron(0 6 * * ? *)', after, 'Europe/Stockholm')).toBe(expected);
  });

  test('never, when its years are over', () => {
    expect(next('cron(0 0 1 1 ? 2025)', '2026-12-01T00:00Z')).toBeNull();
  });
});

test.each([
  'rate(0 minutes)',
  'rate(1 week)',
  'every day',
  'cron(0 6 * * ?)',
  'cron(60 6 * * ? *)',
  'cron(0 6 L * ? *)',
  'cron(0 6 ? * MON#1 *)',
  'cron(5-1 * * * ? *)',
  'cron(*/0 * * * ? *)',
])('%s is refused', (expression) => {
  expect(() => readScheduleExpression(expression, 'UTC')).toThrow(expression.slice(0, 4));
});
