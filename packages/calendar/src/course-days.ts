import { addDays, type LocalDate } from '@gruppstart/domain/shared/local-date';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import type { Blackout } from './blackouts.ts';
import { CALENDAR_YEARS, isInCalendar } from './swedish-holidays.ts';
import { courseDayOnOrAfter, type FreeDayCause, whyNoCourseDay } from './working-days.ts';

/** Course days of the standard introduction: two working weeks. A template with another length brings its own. */
export const INTRODUCTION_COURSE_DAYS = 10;

/** The wished start is a day without course. `nextCourseDay` is null only at the very end of the calendar. */
export interface StartIsNoCourseDay {
  readonly code: 'start-is-no-course-day';
  readonly start: LocalDate;
  readonly cause: FreeDayCause;
  readonly nextCourseDay: LocalDate | null;
  readonly text: BilingualText;
}

/** The days asked for lie, wholly or in part, outside the years the calendar answers for. */
export interface OutsideCalendar {
  readonly code: 'outside-calendar';
  readonly day: LocalDate;
  readonly text: BilingualText;
}

export type CourseDaysRefusal = StartIsNoCourseDay | OutsideCalendar;

/** The refusal for a day that the calendar cannot answer for. */
export const outsideCalendar = (day: LocalDate): OutsideCalendar => ({
  code: 'outside-calendar',
  day,
  text: {
    sv: `Kalendern gäller ${CALENDAR_YEARS.first}–${CALENDAR_YEARS.last}; kursdagar från ${day} ryms inte i den.`,
    en: `The calendar covers ${CALENDAR_YEARS.first}–${CALENDAR_YEARS.last}; course days from ${day} do not fit in it.`,
  },
});

const startIsNoCourseDay = (
  start: LocalDate,
  cause: FreeDayCause,
  name: BilingualText,
  nextCourseDay: LocalDate | null,
): StartIsNoCourseDay => ({
  code: 'start-is-no-course-day',
  start,
  cause,
  nextCourseDay,
  text: {
    sv: `${start} är ingen kursdag (${name.sv}).${nextCourseDay ? ` Nästa kursdag är ${nextCourseDay}.` : ''}`,
    en: `${start} is not a course day (${name.en}).${nextCourseDay ? ` The next course day is ${nextCourseDay}.` : ''}`,
  },
});

/**
 * The course days of an introduction: `count` of them from the start on, the start included, passing over weekends,
 * red days, eves and blackouts. It is the number of course days that is kept, not a number of calendar days. A start
 * without course is refused and the next possible day named; it is never moved silently. Throws a RangeError when
 * `count` is no positive whole number.
 */
export const courseDays = (
  start: LocalDate,
  count: number = INTRODUCTION_COURSE_DAYS,
  blackouts: readonly Blackout[] = [],
): Result<readonly LocalDate[], CourseDaysRefusal> => {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`No number of course days: ${count}`);
  if (!isInCalendar(start)) return err(outsideCalendar(start));
  const free = whyNoCourseDay(start, blackouts);
  if (free) return err(startIsNoCourseDay(start, free.cause, free.name, courseDayOnOrAfter(start, blackouts)));
  const days: LocalDate[] = [];
  for (let from = start; days.length < count; ) {
    const day = courseDayOnOrAfter(from, blackouts);
    if (day === null) return err(outsideCalendar(start));
    days.push(day);
    from = addDays(day, 1);
  }
  return ok(days);
};
