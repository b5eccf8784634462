import { addDays, isoWeekday, localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  CALENDAR_YEARS,
  dayKind,
  easterSunday,
  holidayName,
  holidayOn,
  holidaysOfYear,
  isInCalendar,
} from './swedish-holidays.ts';
import { SWEDISH_CALENDAR_2024_TO_2031 } from './testdata/swedish-calendar-2024-2031.ts';

const fixtureRows = SWEDISH_CALENDAR_2024_TO_2031.trim().split('\n');
const anyYear = fc.integer({ min: CALENDAR_YEARS.first, max: CALENDAR_YEARS.last });
const anyDay = fc.integer({ min: 0, max: 34_698 }).map((days) => addDays(localDate('2005-01-01'), days));

describe('the rows of 2024 to 2031', () => {
  it('equal the fixture row by row, with nothing added and nothing left out', () => {
    const rows: string[] = [];
    for (let day = localDate('2024-01-01'); day <= '2031-12-31'; day = addDays(day, 1)) {
      const kind = dayKind(day);
      if (kind === 'bridge') rows.push(`${day} bridge Klämdag`);
      if (kind === 'red' || kind === 'eve') rows.push(`${day} ${kind} ${holidayName(day)?.sv}`);
    }
    expect(fixtureRows.length).toBe(159);
    expect(rows).toEqual(fixtureRows);
  });
});

describe('easterSunday', () => {
  test.each([
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
    [2049, '2049-04-18'],
    [2076, '2076-04-19'],
    [2099, '2099-04-12'],
  ])('of %i is %s', (year, expected) => {
    expect(easterSunday(year)).toBe(expected);
  });

  it('is a Sunday from 22 March to 25 April in every year', () => {
    fc.assert(
      fc.property(anyYear, (year) => {
        const easter = easterSunday(year);
        expect(isoWeekday(easter)).toBe(7);
        expect(easter >= `${year}-03-22` && easter <= `${year}-04-25`).toBe(true);
      }),
    );
  });
});

describe('dayKind', () => {
  test.each([
    ['2026-06-19', 'eve'],
    ['2026-06-20', 'red'],
    ['2026-06-06', 'red'],
    ['2026-04-05', 'red'],
    ['2026-04-04', 'eve'],
    ['2026-01-05', 'bridge'],
    ['2026-01-07', 'workday'],
    ['2026-01-10', 'saturday'],
    ['2026-01-11', 'sunday'],
    ['2026-04-30', 'workday'],
    ['2027-05-07', 'bridge'],
    ['2005-06-06', 'red'],
    ['2005-05-16', 'workday'],
    ['2099-12-31', 'eve'],
  ])('of %s is %s', (day, expected) => {
    expect(dayKind(localDate(day))).toBe(expected);
  });

  it('is a bridge only on a weekday whose two neighbours are both free', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        fc.pre(day > '2005-01-01' && day < '2099-12-31');
        const free = (kind: string) => kind !== 'workday' && kind !== 'bridge';
        const neighboursFree = free(dayKind(addDays(day, -1))) && free(dayKind(addDays(day, 1)));
        const kind = dayKind(day);
        expect(kind === 'bridge').toBe(!free(kind) && neighboursFree);
      }),
      { numRuns: 500 },
    );
  });
});

describe('holidays', () => {
  it('are thirteen red days and four eves in every year, unless two share a day', () => {
    fc.assert(
      fc.property(anyYear, (year) => {
        const holidays = holidaysOfYear(year);
        const shared = holidays.filter((holiday) => holiday.name.sv.includes(' och ')).length;
        expect(holidays.length + shared).toBe(17);
        expect(holidays.filter((holiday) => holiday.kind === 'eve').length).toBe(4);
        expect(holidays.map((holiday) => holiday.date)).toEqual(holidays.map((holiday) => holiday.date).toSorted());
      }),
    );
  });

  test.each([
    ['2008-05-01', 'Första maj och Kristi himmelsfärdsdag', 'May Day and Ascension Day'],
    ['2049-06-06', 'Pingstdagen och Sveriges nationaldag', 'Whit Sunday and National Day of Sweden'],
  ])('that share %s give one row with both names', (day, sv, en) => {
    expect(holidayOn(localDate(day))).toEqual({ date: day, kind: 'red', name: { sv, en } });
  });

  it('have no name on an ordinary day', () => {
    expect(holidayName(localDate('2026-09-14'))).toBeNull();
  });

  test.each(['2004-12-31', '2100-01-01'])('of %s are unknown: asking is a fault', (day) => {
    expect(isInCalendar(localDate(day))).toBe(false);
    expect(() => dayKind(localDate(day))).toThrow(RangeError);
    expect(() => holidaysOfYear(Number(day.slice(0, 4)))).toThrow(RangeError);
  });
});
