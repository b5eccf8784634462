import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, Instant, isoWeekday, LocalDate, localDate, stockholmDay } from './local-date.ts';

const anyDay = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => localDate(date.toISOString().slice(0, 10)));
const manyDays = fc.integer({ min: -40_000, max: 40_000 });

describe('a day', () => {
  test.each(['2027-01-11', '2028-02-29', '2000-02-29', '1985-07-09', '2027-12-31'])('%s exists', (text) => {
    expect(localDate(text)).toBe(text);
  });

  test.each([
    '2027-02-31',
    '2027-02-29',
    '1900-02-29',
    '2027-04-31',
    '2027-13-01',
    '2027-00-10',
    '2027-01-00',
    '2027-1-1',
    '27-01-11',
    '2027-01-11T00:00:00Z',
    '2027-01-11 ',
    '11/1 2027',
    '',
  ])('%j does not', (text) => {
    expect(LocalDate.safeParse(text).success).toBe(false);
    expect(() => localDate(text)).toThrow();
  });
});

describe('counting days', () => {
  test.each([
    ['2027-02-28', 1, '2027-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-03-28', 1, '2027-03-29'],
    ['2027-10-31', -1, '2027-10-30'],
    ['2027-01-11', 0, '2027-01-11'],
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(localDate(from), days)).toBe(to);
  });

  test('what is added is what lies between', () => {
    fc.assert(
      fc.property(anyDay, manyDays, (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      }),
    );
  });

  test('adding step by step is adding at once, and back again is where it began', () => {
    fc.assert(
      fc.property(anyDay, manyDays, manyDays, (day, some, more) => {
        expect(addDays(addDays(day, some), more)).toBe(addDays(day, some + more));
        expect(addDays(addDays(day, some), -some)).toBe(day);
      }),
    );
  });

  test('the text sorts as the days do', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(daysBetween(a, b) > 0).toBe(a < b);
        expect(daysBetween(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('weekdays', () => {
  test.each([
    ['2027-01-11', 1],
    ['2027-01-16', 6],
    ['2027-01-17', 7],
    ['1970-01-01', 4],
    ['1969-12-28', 7],
    ['1958-06-14', 6],
  ])('%s is day %i of the week', (day, weekday) => {
    expect(isoWeekday(localDate(day))).toBe(weekday);
  });

  test('follow one another from 1 to 7, also before 1970', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(isoWeekday(addDays(day, 1))).toBe((isoWeekday(day) % 7) + 1);
        expect(isoWeekday(day)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe('the Stockholm day of an instant', () => {
  test.each([
    ['winter, before midnight', '2027-01-10T22:59:59.999Z', '2027-01-10'],
    ['winter, midnight', '2027-01-10T23:00:00.000Z', '2027-01-11'],
    ['summer, before midnight', '2027-07-01T21:59:59.999Z', '2027-07-01'],
    ['summer, midnight', '2027-07-01T22:00:00.000Z', '2027-07-02'],
    ['the night before summer time', '2027-03-27T23:00:00.000Z', '2027-03-28'],
    ['the last second of that shortened day', '2027-03-28T21:59:59.999Z', '2027-03-28'],
    ['the hour after it', '2027-03-28T22:00:00.000Z', '2027-03-29'],
    ['the night before winter time', '2027-10-30T22:00:00.000Z', '2027-10-31'],
    ['the last second of that lengthened day', '2027-10-31T22:59:59.999Z', '2027-10-31'],
    ['the hour after it', '2027-10-31T23:00:00.000Z', '2027-11-01'],
    ['new year', '2026-12-31T23:00:00.000Z', '2027-01-01'],
  ])('%s: %s is %s', (_when, instant, day) => {
    expect(stockholmDay(Instant.parse(instant))).toBe(day);
  });

  test.each(['2027-01-11', '2027-01-11T08:00:00Z', '2027-01-11T08:00:00.000', '2027-01-11T08:00:00.000+01:00'])(
    '%s is no instant: UTC with milliseconds is',
    (text) => {
      expect(Instant.safeParse(text).success).toBe(false);
    },
  );
});
