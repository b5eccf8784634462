import { type Instant, type LocalDate, stockholmDay } from '@gruppstart/domain/shared/local-date';
import type { Documents, Stored } from '../ports/store.ts';

/** First days of the starts that have begun by today, and before a start. One that nobody was in did not begin. */
export const daysOfStartsBegun = (
  cohorts: readonly Stored<Documents['cohort']>[],
  before: LocalDate,
  today: LocalDate,
): readonly LocalDate[] =>
  cohorts.flatMap(({ value: { startDate }, seatsTaken }) =>
    seatsTaken > 0 && startDate < before && startDate <= today ? [startDate] : [],
  );

/**
 * How many of the starts that have begun went by while the person waited: those that began after the day on which the
 * person was taken in and, for somebody who is in a start by now, before the day on which that was decided. Whether the
 * person could have begun is not asked: who was ill or had small children has waited all the same.
 */
export const missedStarts = (begun: readonly LocalDate[], takenInAt: Instant, memberSince: Instant | null): number => {
  const takenIn = stockholmDay(takenInAt);
  const member = memberSince === null ? null : stockholmDay(memberSince);
  return begun.filter((day) => day > takenIn && (member === null || day < member)).length;
};
