import { addDays, type LocalDate, localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { customaryBlackouts } from './blackouts.ts';
import { courseDays, INTRODUCTION_COURSE_DAYS } from './course-days.ts';
import { dayKind } from './swedish-holidays.ts';
import { blackoutsNear, calendarDay } from './testdata/arbitraries.ts';
import { courseDayOnOrAfter, isCourseDay } from './working-days.ts';

const daysFrom = (start: string): readonly LocalDate[] => {
  const result = courseDays(localDate(start));
  if (!result.ok) throw new Error(result.error.text.en);
  return result.value;
};

describe('courseDays', () => {
  it('are two working weeks when nothing is in the way', () => {
    expect(daysFrom('2027-01-11')).toEqual([
      '2027-01-11',
      '2027-01-12',
      '2027-01-13',
      '2027-01-14',
      '2027-01-15',
      '2027-01-18',
      '2027-01-19',
      '2027-01-20',
      '2027-01-21',
      '2027-01-22',
    ]);
  });

  test.each([
    ['Easter', '2027-03-22', '2027-04-06'],
    ['Ascension Day, with course on the klämdag', '2027-05-03', '2027-05-17'],
    ['midsummer', '2026-06-15', '2026-06-29'],
    ['Christmas and New Year', '2026-12-21', '2027-01-08'],
    ['a start in the middle of the week', '2027-02-03', '2027-02-16'],
  ])('run over %s: from %s to %s', (_why, start, last) => {
    const days = daysFrom(start);
    expect(days.length).toBe(10);
    expect(days.at(-1)).toBe(last);
  });

  it('run over a blackout', () => {
    const days = courseDays(localDate('2026-06-22'), 10, customaryBlackouts(2026));
    expect(days).toMatchObject({ ok: true });
    expect(days.ok && days.value.slice(4, 6)).toEqual(['2026-06-26', '2026-08-03']);
  });

  test.each([
    [
      '2027-05-06',
      'red',
      '2027-05-07',
      '2027-05-06 är ingen kursdag (Kristi himmelsfärdsdag). Nästa kursdag är 2027-05-07.',
    ],
    ['2026-06-19', 'eve', '2026-06-22', '2026-06-19 är ingen kursdag (Midsommarafton). Nästa kursdag är 2026-06-22.'],
    ['2027-01-09', 'saturday', '2027-01-11', '2027-01-09 är ingen kursdag (lördag). Nästa kursdag är 2027-01-11.'],
    ['2027-01-10', 'sunday', '2027-01-11', '2027-01-10 är ingen kursdag (söndag). Nästa kursdag är 2027-01-11.'],
    [
      '2026-07-01',
      'blackout',
      '2026-08-03',
      '2026-07-01 är ingen kursdag (Sommaruppehåll). Nästa kursdag är 2026-08-03.',
    ],
    ['2099-12-31', 'eve', null, '2099-12-31 är ingen kursdag (Nyårsafton).'],
  ])('refuse a start on %s (%s) and name %s instead', (start, cause, nextCourseDay, sv) => {
    expect(courseDays(localDate(start), 10, customaryBlackouts(2026))).toMatchObject({
      ok: false,
      error: { code: 'start-is-no-course-day', start, cause, nextCourseDay, text: { sv } },
    });
  });

  test.each(['2004-12-01', '2099-12-28', '9999-12-31', '0001-01-01'])(
    'refuse %s, from where the calendar has too few days',
    (start) => {
      expect(courseDays(localDate(start))).toMatchObject({
        ok: false,
        error: { code: 'outside-calendar', day: start },
      });
    },
  );

  test.each([0, -1, 1.5, Number.NaN])('take no count of %d', (count) => {
    expect(() => courseDays(localDate('2027-01-11'), count)).toThrow(RangeError);
  });

  it('are rising, exactly as many as asked for, all course days, and begin with the start', () => {
    const input = calendarDay.chain((day) =>
      fc.record({ day: fc.constant(day), blackouts: blackoutsNear(day), count: fc.integer({ min: 1, max: 25 }) }),
    );
    fc.assert(
      fc.property(input, ({ day, blackouts, count }) => {
        const start = courseDayOnOrAfter(day, blackouts);
        if (start === null) throw new Error('the arbitrary keeps away from the end of the calendar');
        const result = courseDays(start, count, blackouts);
        if (!result.ok) throw new Error(result.error.text.en);
        const days = result.value;
        expect(days.length).toBe(count);
        expect(days[0]).toBe(start);
        for (const [index, courseDay] of days.entries()) {
          expect(['workday', 'bridge']).toContain(dayKind(courseDay));
          expect(blackouts.some((blackout) => blackout.from <= courseDay && courseDay <= blackout.to)).toBe(false);
          if (index > 0) expect(courseDay > (days[index - 1] ?? '')).toBe(true);
        }
      }),
    );
  });

  it('leave out no course day between the first and the last', () => {
    fc.assert(
      fc.property(calendarDay, (day) => {
        fc.pre(isCourseDay(day));
        const days = daysFrom(day);
        const followers = days.slice(1);
        for (const [index, courseDay] of days.slice(0, -1).entries()) {
          expect(courseDayOnOrAfter(addDays(courseDay, 1))).toBe(followers[index]);
        }
        expect(days.length).toBe(INTRODUCTION_COURSE_DAYS);
      }),
    );
  });

  it('either begin on the day or refuse it, and a refused day names a later course day that is accepted', () => {
    fc.assert(
      fc.property(calendarDay, (day) => {
        const result = courseDays(day);
        expect(result.ok).toBe(isCourseDay(day));
        if (result.ok || result.error.code !== 'start-is-no-course-day') return;
        const { nextCourseDay } = result.error;
        expect(nextCourseDay !== null && nextCourseDay > day && courseDays(nextCourseDay).ok).toBe(true);
      }),
    );
  });
});
