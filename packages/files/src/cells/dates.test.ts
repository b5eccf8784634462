import { addDays, localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBirthDate, readDate } from './dates.ts';

describe('a date', () => {
  test.each([
    { text: '2027-01-11', day: '2027-01-11' },
    { text: '2027-1-9', day: '2027-01-09' },
    { text: '2027–01–11', day: '2027-01-11' },
    { text: '2027-01-11 00:00', day: '2027-01-11' },
    { text: '2027-01-11T00:00:00', day: '2027-01-11' },
    { text: '20270111', day: '2027-01-11' },
    { text: '2028-02-29', day: '2028-02-29' },
    { text: '46398', day: '2027-01-11' },
    { text: '46398,0', day: '2027-01-11' },
    { text: '36526', day: '2000-01-01' },
  ])('$text is $day', ({ text, day }) => {
    expect(readDate(text)).toEqual({ ok: true, value: day });
  });

  test.each(['2027-02-31', '2027-02-29', '2027-13-01', '2027-00-10', '2027-04-31', '20270231', '1900-02-29'])(
    '%s is no day in the calendar',
    (text) => {
      expect(readDate(text)).toMatchObject({ ok: false, error: { code: 'date-not-in-calendar' } });
    },
  );

  test.each([
    '11/1 2027',
    '2027/01/11',
    '11.1.2027',
    'snarast',
    '27-01-11',
    '2027-01',
    '463980',
    '1',
    '0027-01-11',
    '2101-01-01',
    '-',
  ])('%s cannot be read', (text) => {
    expect(readDate(text)).toMatchObject({ ok: false, error: { code: 'date-malformed' } });
  });

  test('every day from 1928 to 2100 is the same as text, as eight digits and as the number that Excel has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_300, max: 73_415 }), (serial) => {
        const day = addDays(localDate('1899-12-30'), serial);
        for (const form of [day, day.replaceAll('-', ''), String(serial)]) {
          expect(readDate(form)).toEqual({ ok: true, value: day });
        }
      }),
    );
  });

  test('a birth date is today at the latest', () => {
    const today = localDate('2026-12-01');
    expect(readBirthDate('2026-12-01', today).ok).toBe(true);
    expect(readBirthDate('2026-12-02', today)).toMatchObject({ ok: false, error: { code: 'date-malformed' } });
    expect(readBirthDate('1991-02-30', today)).toMatchObject({ ok: false, error: { code: 'date-not-in-calendar' } });
  });
});
