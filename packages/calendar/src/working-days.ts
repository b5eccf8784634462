import { addDays, isoWeekday, type LocalDate, localDate } from '@gruppstart/domain/shared/local-date';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { type Blackout, blackoutOn } from './blackouts.ts';
import { holidayOn, isInCalendar } from './swedish-holidays.ts';

/** Why no course is held on a day. */
export const FREE_DAY_CAUSES = ['saturday', 'sunday', 'red', 'eve', 'blackout'] as const;
export type FreeDayCause = (typeof FREE_DAY_CAUSES)[number];

export interface FreeDay {
  readonly cause: FreeDayCause;
  /** The weekday's, the holiday's or the blackout's name. */
  readonly name: BilingualText;
}

const SATURDAY = 6;
const SUNDAY = 7;

/** Why the day is no course day, or null when it is one. Throws a RangeError outside the calendar's years. */
export const whyNoCourseDay = (day: LocalDate, blackouts: readonly Blackout[] = []): FreeDay | null => {
  const holiday = holidayOn(day);
  if (holiday) return { cause: holiday.kind, name: holiday.name };
  const weekday = isoWeekday(day);
  if (weekday === SATURDAY) return { cause: 'saturday', name: { sv: 'lördag', en: 'Saturday' } };
  if (weekday === SUNDAY) return { cause: 'sunday', name: { sv: 'söndag', en: 'Sunday' } };
  const blackout = blackoutOn(day, blackouts);
  return blackout && { cause: 'blackout', name: blackout.reason };
};

/** A weekday that is neither red day nor eve nor inside a blackout. A klämdag is a course day. */
export const isCourseDay = (day: LocalDate, blackouts: readonly Blackout[] = []): boolean =>
  whyNoCourseDay(day, blackouts) === null;

/** A weekday that is neither red day nor eve. */
export const isWorkingDay = (day: LocalDate): boolean => isCourseDay(day);

/** The day itself when it is a course day, else the next one; null when the calendar ends before one is found. */
export const courseDayOnOrAfter = (day: LocalDate, blackouts: readonly Blackout[] = []): LocalDate | null => {
  let candidate = day;
  while (isInCalendar(candidate)) {
    if (isCourseDay(candidate, blackouts)) return candidate;
    // A long blackout is passed in one step, so that a list of many years costs nothing.
    candidate = addDays(blackoutOn(candidate, blackouts)?.to ?? candidate, 1);
  }
  return null;
};

/** The day itself when it is a working day, else the next one. Throws a RangeError when the calendar ends first. */
export const workingDayOnOrAfter = (day: LocalDate): LocalDate => {
  let candidate = day;
  while (!isWorkingDay(candidate)) candidate = addDays(candidate, 1);
  return candidate;
};

/** The first working day after the day. */
export const nextWorkingDay = (day: LocalDate): LocalDate => workingDayOnOrAfter(addDays(day, 1));

/**
 * The day `workingDays` working days after the given one, which is not itself counted: Friday + 1 = Monday. Negative
 * counts go backwards; 0 gives the day itself even when it is free. Throws a RangeError when `workingDays` is no whole
 * number or the calendar ends first.
 */
export const addWorkingDays = (day: LocalDate, workingDays: number): LocalDate => {
  if (!Number.isInteger(workingDays)) throw new RangeError(`No whole number of working days: ${workingDays}`);
  const step = workingDays < 0 ? -1 : 1;
  let reached = day;
  for (let left = Math.abs(workingDays); left > 0; ) {
    reached = addDays(reached, step);
    if (isWorkingDay(reached)) left -= 1;
  }
  return reached;
};

/** Working days of a calendar year: 249 in 2025, 251 in 2026. Throws a RangeError outside the calendar's years. */
export const workingDaysInYear = (year: number): number => {
  let count = 0;
  const last = localDate(`${year}-12-31`);
  for (let day = localDate(`${year}-01-01`); day <= last; day = addDays(day, 1)) {
    if (isWorkingDay(day)) count += 1;
  }
  return count;
};
