import { localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { FOLLOW_UP_POINTS, followUpDates } from './follow-up-dates.ts';
import { calendarDay } from './testdata/arbitraries.ts';
import { isWorkingDay } from './working-days.ts';

describe('followUpDates', () => {
  test.each([
    ['2027-01-25', ['2027-02-08', '2027-04-26', '2027-07-26', '2027-10-25', '2027-12-27', '2028-01-25']],
    ['2026-11-30', ['2026-12-14', '2027-03-01', '2027-05-31', '2027-08-30', '2027-11-01', '2027-11-30']],
    ['2023-11-30', ['2023-12-14', '2024-02-29', '2024-05-30', '2024-08-30', '2024-10-30', '2024-12-02']],
    ['2026-12-21', ['2027-01-04', '2027-03-22', '2027-06-21', '2027-09-21', '2027-11-22', '2027-12-21']],
    ['2027-03-24', ['2027-04-07', '2027-06-24', '2027-09-24', '2027-12-27', '2028-02-24', '2028-03-24']],
  ])('of a placement from %s fall on %j', (start, dates) => {
    expect(followUpDates(localDate(start)).map(({ date }) => date)).toEqual(dates);
  });

  it('come in order, one for each point, on working days only', () => {
    fc.assert(
      fc.property(calendarDay, (start) => {
        const followUps = followUpDates(start);
        expect(followUps.map(({ point }) => point)).toEqual(FOLLOW_UP_POINTS);
        expect(followUps.every(({ date }) => isWorkingDay(date))).toBe(true);
        const dates = followUps.map(({ date }) => date);
        expect(dates).toEqual([...new Set(dates)].toSorted());
      }),
    );
  });
});
