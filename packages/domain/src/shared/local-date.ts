import * as z from 'zod';

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS_PER_DAY = 86_400_000;

/** True for a day that exists: 2027-02-28 does, 2027-02-31 does not. */
export const isCalendarDay = (text: string): boolean => {
  const parts = PATTERN.exec(text);
  if (!parts) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text;
};

/** A day in Stockholm, ISO 8601 (`2027-01-11`). Days have no clock time and no zone. */
export const LocalDate = z.iso.date().brand<'LocalDate'>();
export type LocalDate = z.infer<typeof LocalDate>;

/** Reads a day. Throws on text that is no day: use `LocalDate.safeParse` for what comes from outside. */
export const localDate = (text: string): LocalDate => LocalDate.parse(text);

const toEpochDay = (day: LocalDate): number => Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_PER_DAY;
const fromEpochDay = (epochDay: number): LocalDate =>
  new Date(epochDay * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as LocalDate;

export const addDays = (day: LocalDate, days: number): LocalDate => fromEpochDay(toEpochDay(day) + days);
/** Days from `from` to `to`; negative when `to` comes first. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => toEpochDay(to) - toEpochDay(from);
/** 1 = Monday … 7 = Sunday. */
export const isoWeekday = (day: LocalDate): number => ((((toEpochDay(day) + 3) % 7) + 7) % 7) + 1;
/** Days since 1970-01-01, for typed arrays. */
export const epochDay = toEpochDay;

/** An instant in UTC, ISO 8601 with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

const STOCKHOLM = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
/** The Stockholm day of an instant: 23:30 UTC on 10 January is 11 January. */
export const stockholmDay = (instant: Instant): LocalDate => localDate(STOCKHOLM.format(new Date(instant)));
