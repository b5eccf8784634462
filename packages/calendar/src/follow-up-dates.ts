import { addDays, type LocalDate, localDate } from '@gruppstart/domain/shared/local-date';
import { workingDayOnOrAfter } from './working-days.ts';

/**
 * When a placement is followed up, counted from its first day of work: after two weeks, then after these months. The
 * months 9 and 11 come before a fixed-term post turns permanent after twelve. A default of the product.
 */
export const FOLLOW_UP_POINTS = ['week-2', 'month-3', 'month-6', 'month-9', 'month-11', 'month-12'] as const;
export type FollowUpPoint = (typeof FOLLOW_UP_POINTS)[number];

export interface FollowUpDate {
  readonly point: FollowUpPoint;
  /** A working day. */
  readonly date: LocalDate;
}

/** The same day some months later; the month's last day when that day does not exist (30 November + 3). */
const addMonths = (day: LocalDate, months: number): LocalDate => {
  const monthIndex = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const firstOf = (index: number): LocalDate =>
    localDate(`${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`);
  const wished = addDays(firstOf(monthIndex), Number(day.slice(8)) - 1);
  const last = addDays(firstOf(monthIndex + 1), -1);
  return wished < last ? wished : last;
};

const dueOn = (start: LocalDate, point: FollowUpPoint): LocalDate => {
  switch (point) {
    case 'week-2':
      return addDays(start, 14);
    case 'month-3':
      return addMonths(start, 3);
    case 'month-6':
      return addMonths(start, 6);
    case 'month-9':
      return addMonths(start, 9);
    case 'month-11':
      return addMonths(start, 11);
    case 'month-12':
      return addMonths(start, 12);
  }
};

/** The follow-ups of a placement that starts on the day, each moved on to a working day when it falls on a free one. */
export const followUpDates = (start: LocalDate): readonly FollowUpDate[] =>
  FOLLOW_UP_POINTS.map((point) => ({ point, date: workingDayOnOrAfter(dueOn(start, point)) }));
