import { addDays, type LocalDate } from '@gruppstart/domain/shared/local-date';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { Blackout } from './blackouts.ts';
import { courseDays, INTRODUCTION_COURSE_DAYS, type OutsideCalendar, outsideCalendar } from './course-days.ts';
import { courseDayOnOrAfter } from './working-days.ts';

/** One proposed start. `start` differs from `wished` when the rhythm's day has no course. */
export interface StartProposal {
  readonly wished: LocalDate;
  readonly start: LocalDate;
  readonly lastCourseDay: LocalDate;
}

/**
 * Proposes `count` shared starts, `everyWeeks` weeks apart on the weekday of `first`. A wished day without course moves
 * to the next course day, and the rhythm goes on from the wished day. A start that would have to move as far as the
 * next wished day (a summer break longer than the rhythm) is left out and another one is added at the end, so that two
 * starts never fall on the same day. Throws a RangeError when a number is not positive and whole.
 */
export const startSeries = (
  first: LocalDate,
  everyWeeks: number,
  count: number,
  blackouts: readonly Blackout[] = [],
  courseDayCount: number = INTRODUCTION_COURSE_DAYS,
): Result<readonly StartProposal[], OutsideCalendar> => {
  for (const figure of [everyWeeks, count]) {
    if (!Number.isInteger(figure) || figure < 1) throw new RangeError(`No positive whole number: ${figure}`);
  }
  const starts: StartProposal[] = [];
  for (let wished = first; starts.length < count; wished = addDays(wished, 7 * everyWeeks)) {
    const start = courseDayOnOrAfter(wished, blackouts);
    if (start === null) return err(outsideCalendar(wished));
    if (start >= addDays(wished, 7 * everyWeeks)) continue;
    const days = courseDays(start, courseDayCount, blackouts);
    const lastCourseDay = days.ok ? days.value.at(-1) : undefined;
    if (lastCourseDay === undefined) return err(outsideCalendar(wished));
    starts.push({ wished, start, lastCourseDay });
  }
  return ok(starts);
};
