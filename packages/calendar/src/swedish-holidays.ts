import { addDays, isoWeekday, type LocalDate, localDate } from '@gruppstart/domain/shared/local-date';
import type { BilingualText } from '@gruppstart/domain/shared/text';

/**
 * The years the table below answers for. It starts in 2005, when the National Day took the place of Whit Monday, and
 * ends in 2099; asking about any other year is a fault, not an empty answer.
 */
export const CALENDAR_YEARS = { first: 2005, last: 2099 } as const;

/** `red`: public holiday in law. `eve`: no holiday in law, but nobody is called to a course or a first day of work. */
export const HOLIDAY_KINDS = ['red', 'eve'] as const;
export type HolidayKind = (typeof HOLIDAY_KINDS)[number];

export interface Holiday {
  readonly date: LocalDate;
  readonly kind: HolidayKind;
  readonly name: BilingualText;
}

/** How a holiday finds its day: a fixed date, days from Easter Sunday, or the first such weekday from a date on. */
type DayRule =
  | { readonly by: 'date'; readonly month: number; readonly day: number }
  | { readonly by: 'easter'; readonly offsetDays: number }
  | { readonly by: 'weekday-from'; readonly weekday: number; readonly month: number; readonly day: number };

interface HolidayRow {
  readonly sv: string;
  readonly en: string;
  readonly kind: HolidayKind;
  readonly rule: DayRule;
  readonly validFromYear: number;
  readonly validToYear: number | null;
}

const row = (kind: HolidayKind, sv: string, en: string, rule: DayRule): HolidayRow => ({
  kind,
  sv,
  en,
  rule,
  validFromYear: CALENDAR_YEARS.first,
  validToYear: null,
});

const onDate = (month: number, day: number): DayRule => ({ by: 'date', month, day });
const fromEaster = (offsetDays: number): DayRule => ({ by: 'easter', offsetDays });
const FRIDAY = 5;
const SATURDAY = 6;
const SUNDAY = 7;
const firstFrom = (weekday: number, month: number, day: number): DayRule => ({
  by: 'weekday-from',
  weekday,
  month,
  day,
});

/**
 * The holidays as dated rows: when the law changes, the old row gets its last year and a new row is added.
 * Red days: lag (1989:253) om allmänna helgdagar. Eves: the four that municipal workplaces keep free.
 */
const HOLIDAY_ROWS: readonly HolidayRow[] = [
  row('red', 'Nyårsdagen', "New Year's Day", onDate(1, 1)),
  row('red', 'Trettondedag jul', 'Epiphany', onDate(1, 6)),
  row('red', 'Långfredagen', 'Good Friday', fromEaster(-2)),
  row('eve', 'Påskafton', 'Easter Eve', fromEaster(-1)),
  row('red', 'Påskdagen', 'Easter Sunday', fromEaster(0)),
  row('red', 'Annandag påsk', 'Easter Monday', fromEaster(1)),
  row('red', 'Första maj', 'May Day', onDate(5, 1)),
  row('red', 'Kristi himmelsfärdsdag', 'Ascension Day', fromEaster(39)),
  row('red', 'Pingstdagen', 'Whit Sunday', fromEaster(49)),
  row('red', 'Sveriges nationaldag', 'National Day of Sweden', onDate(6, 6)),
  row('eve', 'Midsommarafton', 'Midsummer Eve', firstFrom(FRIDAY, 6, 19)),
  row('red', 'Midsommardagen', 'Midsummer Day', firstFrom(SATURDAY, 6, 20)),
  row('red', 'Alla helgons dag', "All Saints' Day", firstFrom(SATURDAY, 10, 31)),
  row('eve', 'Julafton', 'Christmas Eve', onDate(12, 24)),
  row('red', 'Juldagen', 'Christmas Day', onDate(12, 25)),
  row('red', 'Annandag jul', 'Boxing Day', onDate(12, 26)),
  row('eve', 'Nyårsafton', "New Year's Eve", onDate(12, 31)),
];

const dayOf = (year: number, month: number, day: number): LocalDate =>
  localDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);

/** Easter Sunday of a Gregorian year, by the Meeus/Jones/Butcher arithmetic. */
export const easterSunday = (year: number): LocalDate => {
  const goldenNumber = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * goldenNumber + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const lateMoon = Math.floor((goldenNumber + 11 * epact + 22 * toSunday) / 451);
  const position = epact + toSunday - 7 * lateMoon + 114;
  return dayOf(year, Math.floor(position / 31), (position % 31) + 1);
};

const resolve = (rule: DayRule, year: number): LocalDate => {
  switch (rule.by) {
    case 'date':
      return dayOf(year, rule.month, rule.day);
    case 'easter':
      return addDays(easterSunday(year), rule.offsetDays);
    case 'weekday-from': {
      const earliest = dayOf(year, rule.month, rule.day);
      return addDays(earliest, (rule.weekday - isoWeekday(earliest) + 7) % 7);
    }
  }
};

/** Two holidays can share a day (1 May 2008 was also Ascension Day): one row, both names. */
const sharing = (a: Holiday, b: Holiday): Holiday => ({
  date: a.date,
  kind: a.kind === 'red' || b.kind === 'red' ? 'red' : 'eve',
  name: { sv: `${a.name.sv} och ${b.name.sv}`, en: `${a.name.en} and ${b.name.en}` },
});

const computeYear = (year: number): ReadonlyMap<LocalDate, Holiday> => {
  const holidays = new Map<LocalDate, Holiday>();
  for (const { sv, en, kind, rule, validFromYear, validToYear } of HOLIDAY_ROWS) {
    if (year < validFromYear || (validToYear !== null && year > validToYear)) continue;
    const holiday: Holiday = { date: resolve(rule, year), kind, name: { sv, en } };
    const already = holidays.get(holiday.date);
    holidays.set(holiday.date, already ? sharing(already, holiday) : holiday);
  }
  return holidays;
};

/** At most 95 years, each a pure function of its number: remembering them changes nothing but the time it takes. */
const computedYears = new Map<number, ReadonlyMap<LocalDate, Holiday>>();

const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));

/** True when the calendar can answer for the day: 2005-01-01 to 2099-12-31. */
export const isInCalendar = (day: LocalDate): boolean =>
  yearOf(day) >= CALENDAR_YEARS.first && yearOf(day) <= CALENDAR_YEARS.last;

const yearTable = (year: number): ReadonlyMap<LocalDate, Holiday> => {
  if (!Number.isInteger(year) || year < CALENDAR_YEARS.first || year > CALENDAR_YEARS.last) {
    throw new RangeError(`The calendar has no holidays for the year ${year}`);
  }
  const known = computedYears.get(year);
  if (known) return known;
  const computed = computeYear(year);
  computedYears.set(year, computed);
  return computed;
};

/** The red days and eves of a year in date order. Throws a RangeError outside `CALENDAR_YEARS`. */
export const holidaysOfYear = (year: number): readonly Holiday[] =>
  [...yearTable(year).values()].sort((a, b) => (a.date < b.date ? -1 : 1));

/** The holiday of a day, or null. Throws a RangeError outside `CALENDAR_YEARS`. */
export const holidayOn = (day: LocalDate): Holiday | null => yearTable(yearOf(day)).get(day) ?? null;

/** The holiday's name in both languages, or null on any other day. */
export const holidayName = (day: LocalDate): BilingualText | null => holidayOn(day)?.name ?? null;

/**
 * `bridge` is a klämdag: one single weekday between free days. It is a working day like any other; the kind only tells
 * a planner that many people are away. A red day or eve on a weekend is called by its holiday.
 */
export const DAY_KINDS = ['workday', 'bridge', 'saturday', 'sunday', 'red', 'eve'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

const isFree = (day: LocalDate): boolean => isoWeekday(day) >= SATURDAY || holidayOn(day) !== null;

/** What sort of day it is. Throws a RangeError outside `CALENDAR_YEARS`. */
export const dayKind = (day: LocalDate): DayKind => {
  const holiday = holidayOn(day);
  if (holiday) return holiday.kind;
  const weekday = isoWeekday(day);
  if (weekday === SUNDAY) return 'sunday';
  if (weekday === SATURDAY) return 'saturday';
  return isFree(addDays(day, -1)) && isFree(addDays(day, 1)) ? 'bridge' : 'workday';
};
