import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { ok, type Result } from '@gruppstart/domain/shared/result';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import type { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import type { Blackout } from './blackouts.ts';
import { type CourseDaysRefusal, courseDays } from './course-days.ts';
import { type ClockTime, minuteOfDay, type ProgrammeTemplate, type SessionKind } from './programme-template.ts';

/** A session of a template that has got its date. */
export interface TimetableSession {
  /** `day01-1`: course day and place in that day. Stays the same when the cohort's start moves. */
  readonly key: string;
  /** 1 for the first course day. */
  readonly dayNumber: number;
  readonly date: LocalDate;
  readonly start: ClockTime;
  readonly end: ClockTime;
  /** Minutes after midnight in Stockholm. */
  readonly startMinute: number;
  readonly endMinute: number;
  readonly title: BilingualText;
  readonly kind: SessionKind;
  readonly skillId: SkillId | null;
  readonly mandatory: boolean;
  readonly recommended: boolean;
  /** How many of the cohort there is room for; null: all of them. */
  readonly seats: number | null;
  /** False for study visits and for meetings at the workplace: the centre's address does not apply to them. */
  readonly atCentre: boolean;
}

const ELSEWHERE: readonly SessionKind[] = ['study-visit', 'unit-meeting'];

/** Lays a template over its course days. Throws a RangeError unless there is exactly one day for each of the template's. */
export const timetable = (template: ProgrammeTemplate, days: readonly LocalDate[]): readonly TimetableSession[] => {
  if (days.length !== template.days.length) {
    throw new RangeError(`Template ${template.id} has ${template.days.length} days, but ${days.length} were given`);
  }
  return days.flatMap((date, dayIndex) =>
    (template.days[dayIndex]?.sessions ?? []).map((session, sessionIndex) => ({
      key: `day${String(dayIndex + 1).padStart(2, '0')}-${sessionIndex + 1}`,
      dayNumber: dayIndex + 1,
      date,
      startMinute: minuteOfDay(session.start),
      endMinute: minuteOfDay(session.end),
      ...session,
      atCentre: !ELSEWHERE.includes(session.kind),
    })),
  );
};

/** The whole introduction from its start: the course days, and the template laid over them. Refuses as `courseDays`. */
export const introductionTimetable = (
  template: ProgrammeTemplate,
  start: LocalDate,
  blackouts: readonly Blackout[] = [],
): Result<readonly TimetableSession[], CourseDaysRefusal> => {
  const days = courseDays(start, template.days.length, blackouts);
  return days.ok ? ok(timetable(template, days.value)) : days;
};
