import { addDays, isoWeekday, localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Blackout, blackoutOn, customaryBlackouts } from './blackouts.ts';
import { calendarDay } from './testdata/arbitraries.ts';
import {
  addWorkingDays,
  courseDayOnOrAfter,
  isCourseDay,
  isWorkingDay,
  nextWorkingDay,
  whyNoCourseDay,
  workingDayOnOrAfter,
  workingDaysInYear,
} from './working-days.ts';

const week27: Blackout = {
  from: localDate('2026-06-29'),
  to: localDate('2026-07-05'),
  reason: { sv: 'Semester', en: 'Holidays' },
};

describe('workingDaysInYear', () => {
  test.each([
    [2025, 249],
    [2026, 251],
    [2027, 253],
  ])('%i has %i', (year, expected) => {
    expect(workingDaysInYear(year)).toBe(expected);
  });
});

describe('whyNoCourseDay', () => {
  test.each([
    ['2026-01-06', 'red', 'Trettondedag jul'],
    ['2026-06-19', 'eve', 'Midsommarafton'],
    ['2026-04-04', 'eve', 'Påskafton'],
    ['2026-01-10', 'saturday', 'lördag'],
    ['2026-01-11', 'sunday', 'söndag'],
    ['2026-07-01', 'blackout', 'Semester'],
    ['2026-06-29', 'blackout', 'Semester'],
    ['2026-07-04', 'saturday', 'lördag'],
  ])('%s is free because of %s (%s)', (day, cause, sv) => {
    expect(whyNoCourseDay(localDate(day), [week27])).toMatchObject({ cause, name: { sv } });
    expect(isCourseDay(localDate(day), [week27])).toBe(false);
  });

  test.each(['2026-01-05', '2026-05-15', '2026-06-26', '2026-07-06', '2026-04-30'])(
    '%s is a course day, klämdag or not',
    (day) => {
      expect(whyNoCourseDay(localDate(day), [week27])).toBeNull();
      expect(isCourseDay(localDate(day), [week27])).toBe(true);
    },
  );

  it('lets a blackout close a course day but not a working day', () => {
    expect(isCourseDay(localDate('2026-07-01'), [week27])).toBe(false);
    expect(isWorkingDay(localDate('2026-07-01'))).toBe(true);
  });
});

describe('moving to a working day', () => {
  test.each([
    ['2026-12-23', '2026-12-28'],
    ['2026-04-02', '2026-04-07'],
    ['2027-01-05', '2027-01-07'],
    ['2026-09-14', '2026-09-15'],
  ])('the next one after %s is %s', (day, expected) => {
    expect(nextWorkingDay(localDate(day))).toBe(expected);
  });

  test.each([
    ['2026-12-24', '2026-12-28'],
    ['2026-12-23', '2026-12-23'],
    ['2027-01-01', '2027-01-04'],
  ])('on or after %s it is %s', (day, expected) => {
    expect(workingDayOnOrAfter(localDate(day))).toBe(expected);
  });

  it('passes a blackout for courses, and answers null where the calendar ends', () => {
    expect(courseDayOnOrAfter(localDate('2026-07-01'), [week27])).toBe('2026-07-06');
    expect(courseDayOnOrAfter(localDate('2099-12-31'))).toBeNull();
    expect(courseDayOnOrAfter(localDate('2004-12-31'))).toBeNull();
  });
});

describe('addWorkingDays', () => {
  test.each([
    ['2026-09-18', 1, '2026-09-21'],
    ['2026-12-22', 3, '2026-12-29'],
    ['2026-04-07', -1, '2026-04-02'],
    ['2026-09-19', 1, '2026-09-21'],
    ['2026-09-19', 0, '2026-09-19'],
  ])('%s and %i gives %s', (day, workingDays, expected) => {
    expect(addWorkingDays(localDate(day), workingDays)).toBe(expected);
  });

  it('comes back to the working day it left', () => {
    fc.assert(
      fc.property(calendarDay, fc.integer({ min: 0, max: 40 }), (any, count) => {
        const day = workingDayOnOrAfter(any);
        const reached = addWorkingDays(day, count);
        expect(isWorkingDay(reached)).toBe(true);
        expect(addWorkingDays(reached, -count)).toBe(day);
      }),
    );
  });

  test.each([0.5, Number.NaN])('refuses %d as no whole number', (count) => {
    expect(() => addWorkingDays(localDate('2026-09-18'), count)).toThrow(RangeError);
  });
});

describe('blackouts', () => {
  test.each([
    [2026, '2026-06-29', '2026-08-02', '2026-12-14', '2027-01-10'],
    [2027, '2027-07-05', '2027-08-08', '2027-12-20', '2028-01-09'],
    [2020, '2020-06-29', '2020-08-02', '2020-12-14', '2021-01-10'],
  ])('of %i cover weeks 27-31 and 51-01', (year, summerFrom, summerTo, winterFrom, winterTo) => {
    expect(customaryBlackouts(year)).toMatchObject([
      { from: summerFrom, to: summerTo },
      { from: winterFrom, to: winterTo },
    ]);
  });

  it('are whole weeks from Monday to Sunday, and valid data', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2005, max: 2098 }), (year) => {
        for (const blackout of customaryBlackouts(year)) {
          expect(Blackout.parse(blackout)).toEqual(blackout);
          expect([isoWeekday(blackout.from), isoWeekday(blackout.to)]).toEqual([1, 7]);
        }
      }),
    );
  });

  it('include both ends and nothing outside', () => {
    expect(blackoutOn(week27.from, [week27])).toBe(week27);
    expect(blackoutOn(week27.to, [week27])).toBe(week27);
    expect(blackoutOn(addDays(week27.from, -1), [week27])).toBeNull();
    expect(blackoutOn(addDays(week27.to, 1), [week27])).toBeNull();
  });

  it('that end before they begin are refused', () => {
    expect(Blackout.safeParse({ ...week27, to: '2026-06-28' }).success).toBe(false);
  });
});
