import { Instant, localDate } from '@gruppstart/domain/shared/local-date';
import { aCohort } from '@gruppstart/domain/test-support/builders';
import { describe, expect, test } from 'vitest';
import { daysOfStartsBegun, missedStarts } from './missed-starts.ts';

const start = (startDate: string, seatsTaken = 5) => ({ value: aCohort({ startDate }), version: 1, seatsTaken });

describe('the starts that have begun', () => {
  test.each([
    ['2027-03-01', '2027-02-28', ['2027-01-11', '2027-02-08']],
    ['2027-03-01', '2027-02-08', ['2027-01-11', '2027-02-08']],
    ['2027-03-01', '2027-02-07', ['2027-01-11']],
    ['2027-02-08', '2027-02-28', ['2027-01-11']],
    ['2027-01-11', '2027-02-28', []],
  ])('before the one of %s, looked at on %s, are %j', (before, today, expected) => {
    const cohorts = [start('2027-01-11'), start('2027-02-08'), start('2027-03-01')];
    expect(daysOfStartsBegun(cohorts, localDate(before), localDate(today))).toEqual(expected);
  });

  test('are not those that nobody was in', () => {
    const cohorts = [start('2027-01-11', 0), start('2027-02-08', 1)];
    expect(daysOfStartsBegun(cohorts, localDate('2027-06-01'), localDate('2027-05-01'))).toEqual(['2027-02-08']);
  });
});

describe('the starts that somebody has missed', () => {
  const begun = ['2027-01-11', '2027-02-08', '2027-03-01'].map(localDate);
  test.each([
    ['2026-12-01T08:00:00.000Z', null, 3],
    // The day is Stockholm's: this is the evening before.
    ['2027-01-10T22:59:00.000Z', null, 3],
    ['2027-01-10T23:01:00.000Z', null, 2],
    ['2027-02-20T08:00:00.000Z', null, 1],
    ['2027-03-01T08:00:00.000Z', null, 0],
    ['2026-12-01T08:00:00.000Z', '2027-01-20T08:00:00.000Z', 1],
    ['2026-12-01T08:00:00.000Z', '2027-02-08T08:00:00.000Z', 1],
    ['2026-12-01T08:00:00.000Z', '2027-02-09T08:00:00.000Z', 2],
    ['2027-02-01T08:00:00.000Z', '2027-02-09T08:00:00.000Z', 1],
    ['2026-12-01T08:00:00.000Z', '2026-12-02T08:00:00.000Z', 0],
  ])('taken in %s, in a start since %s: %i', (takenInAt, memberSince, expected) => {
    const since = memberSince === null ? null : Instant.parse(memberSince);
    expect(missedStarts(begun, Instant.parse(takenInAt), since)).toBe(expected);
  });
});
