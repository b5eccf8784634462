import { isoWeekday, localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { customaryBlackouts } from './blackouts.ts';
import { startSeries } from './start-series.ts';
import { blackoutsNear, calendarDay } from './testdata/arbitraries.ts';
import { isCourseDay } from './working-days.ts';

const startsOf = (...input: Parameters<typeof startSeries>) => {
  const series = startSeries(...input);
  if (!series.ok) throw new Error(series.error.text.en);
  return series.value;
};

describe('startSeries', () => {
  it('proposes eight starts in four months, two weeks apart, and moves Easter Monday to Tuesday', () => {
    const starts = startsOf(localDate('2027-01-18'), 2, 8);
    expect(starts.map(({ start }) => start)).toEqual([
      '2027-01-18',
      '2027-02-01',
      '2027-02-15',
      '2027-03-01',
      '2027-03-15',
      '2027-03-30',
      '2027-04-12',
      '2027-04-26',
    ]);
    expect(starts[5]).toEqual({ wished: '2027-03-29', start: '2027-03-30', lastCourseDay: '2027-04-12' });
  });

  it('leaves out the starts that a summer break swallows and adds others at the end', () => {
    const starts = startsOf(localDate('2026-06-15'), 2, 4, customaryBlackouts(2026));
    expect(starts.map(({ start }) => start)).toEqual(['2026-06-15', '2026-08-03', '2026-08-10', '2026-08-24']);
  });

  test.each(['2004-12-20', '2099-12-01'])('refuses %s, from where the calendar has too few days', (first) => {
    expect(startSeries(localDate(first), 2, 8)).toMatchObject({ ok: false, error: { code: 'outside-calendar' } });
  });

  test.each([
    [0, 8],
    [2, 0],
    [1.5, 8],
    [2, -1],
  ])('takes no rhythm of %d weeks and %d starts', (everyWeeks, count) => {
    expect(() => startSeries(localDate('2027-01-18'), everyWeeks, count)).toThrow(RangeError);
  });

  it('gives rising course days, each at or after its wished day on the weekday of the first', () => {
    const input = calendarDay.chain((first) =>
      fc.record({
        first: fc.constant(first),
        blackouts: blackoutsNear(first),
        everyWeeks: fc.integer({ min: 1, max: 6 }),
        count: fc.integer({ min: 1, max: 12 }),
      }),
    );
    fc.assert(
      fc.property(input, ({ first, everyWeeks, count, blackouts }) => {
        const starts = startsOf(first, everyWeeks, count, blackouts);
        expect(starts.length).toBe(count);
        for (const [index, { wished, start, lastCourseDay }] of starts.entries()) {
          expect(isoWeekday(wished)).toBe(isoWeekday(first));
          expect(isCourseDay(start, blackouts)).toBe(true);
          expect(start >= wished && lastCourseDay > start).toBe(true);
          expect(index === 0 || start > (starts[index - 1]?.start ?? '')).toBe(true);
          if (isCourseDay(wished, blackouts)) expect(start).toBe(wished);
        }
      }),
    );
  });
});
