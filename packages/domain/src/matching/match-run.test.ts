import { describe, expect, test } from 'vitest';
import { Instant } from '../shared/local-date.ts';
import { A_RESULT, AT, aRun, idOf } from '../test-support/builders.ts';
import { RUN_FAILURES, RUN_STATUSES, runStatus } from './match-run.ts';

const NEXT_DAY = Instant.parse('2026-12-02T08:00:00.000Z');

describe('the status of a run', () => {
  test.each([
    { now: AT, status: 'working' },
    { now: '2026-12-01T08:30:00.000Z', status: 'working' },
    { now: '2026-12-01T08:30:00.001Z', status: 'stalled' },
  ])('is $status at $now, until there is a result or a failure', ({ now, status }) => {
    expect(runStatus(aRun(), Instant.parse(now))).toBe(status);
    expect(RUN_STATUSES).toContain(status);
  });

  test('is finished with a result, however late', () => {
    expect(runStatus(aRun({ result: A_RESULT }), NEXT_DAY)).toBe('finished');
  });

  test.each(RUN_FAILURES)('is failed with %s', (failure) => {
    expect(runStatus(aRun({ failure }), NEXT_DAY)).toBe('failed');
    expect(RUN_STATUSES).toContain('failed');
  });
});

test.each([
  ['for no start', { cohortIds: [] }],
  [
    'for more starts than a plan holds',
    { cohortIds: Array.from({ length: 13 }, (_, index) => idOf('cohort', index % 10)) },
  ],
  ['with a proof that failed', { result: { ...A_RESULT, certificate: { ...A_RESULT.certificate, ok: false } } }],
  ['with a seed that is none', { result: { ...A_RESULT, seed: 'x' } }],
  ['with a horizon behind it', { horizon: -1 }],
])('a run %s is refused', (_what, changes) => {
  expect(() => aRun(changes)).toThrow();
});
