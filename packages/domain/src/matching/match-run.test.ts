import { describe, expect, test } from 'vitest';
import { AT, aRun, idOf } from '../test-support/builders.ts';
import { RUN_FAILURES, RUN_STATUSES, runStatus } from './match-run.ts';

const HASH = 'a'.repeat(64);
const RESULT = {
  finishedAt: AT,
  seed: HASH,
  resultHash: HASH,
  summary: {
    purpose: 'admission',
    engineVersion: '1',
    weightsVersion: '2026-1',
    candidates: 0,
    places: 0,
    seats: 0,
    proposed: 0,
    proposedPreliminary: 0,
    unplaced: 0,
    points: 0,
    maxPoints: 0,
    fitPercent: null,
    questions: 0,
    cohorts: [],
  },
  certificate: { ok: true, levels: [], starts: [] },
};

describe('the status of a run', () => {
  test('is working until there is a result or a failure', () => {
    expect(runStatus(aRun())).toBe('working');
  });

  test('is finished with a result', () => {
    expect(runStatus(aRun({ result: RESULT }))).toBe('finished');
  });

  test.each(RUN_FAILURES)('is failed with %s', (failure) => {
    expect(runStatus(aRun({ failure }))).toBe('failed');
    expect(RUN_STATUSES).toContain('failed');
  });
});

test.each([
  ['for no start', { cohortIds: [] }],
  [
    'for more starts than a plan holds',
    { cohortIds: Array.from({ length: 13 }, (_, index) => idOf('cohort', index % 10)) },
  ],
  ['with a proof that failed', { result: { ...RESULT, certificate: { ...RESULT.certificate, ok: false } } }],
  ['with a seed that is none', { result: { ...RESULT, seed: 'x' } }],
  ['with a horizon behind it', { horizon: -1 }],
])('a run %s is refused', (_what, changes) => {
  expect(() => aRun(changes)).toThrow();
});
