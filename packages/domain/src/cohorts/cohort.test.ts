import { describe, expect, test } from 'vitest';
import { localDate } from '../shared/local-date.ts';
import { AT, aCohort } from '../test-support/builders.ts';
import { COHORT_STATUSES, cohortStatus } from './cohort.ts';

/** Starts on 11 January; the last course day is 22 January. */
const DAYS = [
  { today: '2027-01-10', unpublished: 'planned', published: 'published' },
  { today: '2027-01-11', unpublished: 'introduction', published: 'introduction' },
  { today: '2027-01-16', unpublished: 'introduction', published: 'introduction' },
  { today: '2027-01-22', unpublished: 'introduction', published: 'introduction' },
  { today: '2027-01-23', unpublished: 'finished', published: 'finished' },
] as const;

describe('the status of a shared start', () => {
  test.each(DAYS)('on $today is $unpublished, or $published once published', ({ today, unpublished, published }) => {
    expect(cohortStatus(aCohort({ publishedAt: null }), localDate(today))).toBe(unpublished);
    expect(cohortStatus(aCohort({ publishedAt: AT }), localDate(today))).toBe(published);
  });

  test('takes every member of the closed set and no other', () => {
    const seen = new Set(DAYS.flatMap(({ unpublished, published }) => [unpublished, published]));
    expect(seen).toEqual(new Set(COHORT_STATUSES));
  });

  test('of a single day is over the day after', () => {
    const single = aCohort({ courseDays: ['2027-01-11'] });
    expect(cohortStatus(single, localDate('2027-01-11'))).toBe('introduction');
    expect(cohortStatus(single, localDate('2027-01-12'))).toBe('finished');
  });
});

test.each([
  ['no seats', { seats: 0 }],
  ['no course day', { courseDays: [] }],
  ['a seed in the open', { seed: 'f'.repeat(64) }],
  ['a commitment that is no hash', { seedCommitment: 'later' }],
  ['a status of its own', { status: 'published' }],
])('a shared start with %s is refused', (_what, changes) => {
  expect(() => aCohort(changes)).toThrow();
});
