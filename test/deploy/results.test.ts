import { describe, expect, test } from 'vitest';
import { type Report, surprisesIn } from './results.ts';

const report = (tests: Readonly<Record<string, string>>): Report => ({
  testResults: [
    {
      name: 'a.test.ts',
      status: 'passed',
      message: '',
      startTime: 0,
      endTime: 1,
      assertionResults: Object.entries(tests).map(([fullName, status]) => ({ fullName, status, failureMessages: [] })),
    },
  ],
});
const expected = { failing: ['a gap'], passedOver: ['a skip'], sometimesPassedOver: ['a rare skip'] };
const asExpected = { good: 'passed', 'a gap': 'failed', 'a skip': 'skipped' };

describe('a run', () => {
  test('is as expected when exactly the known tests fail and are passed over', () => {
    expect(surprisesIn(report(asExpected), expected)).toEqual([]);
    expect(surprisesIn(report({ ...asExpected, 'a rare skip': 'skipped' }), expected)).toEqual([]);
  });

  test.each([
    ['another test fails', { ...asExpected, other: 'failed' }, /^failed: other/],
    ['a gap has closed', { ...asExpected, 'a gap': 'passed' }, /no gap any more.*a gap/],
    ['a gap is not asked about', { good: 'passed', 'a skip': 'skipped' }, /no gap any more.*a gap/],
    ['another test is passed over', { ...asExpected, other: 'skipped' }, /no list says why: other/],
    ['a test is not passed over any more', { ...asExpected, 'a skip': 'passed' }, /not passed over any more.*a skip/],
    ['nothing has run', {}, /did not run as a whole: a\.test\.ts/],
  ])('is not when %s', (_, tests, line) => {
    expect(surprisesIn(report(tests), expected).join('\n')).toMatch(line);
  });
});
