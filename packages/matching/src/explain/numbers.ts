import type { LocalDate } from '@gruppstart/domain/shared/local-date';

/** `fromMinute` 485 is 08:05; the end of the day is 24:00. */
export const clock = (minuteOfDay: number): string =>
  `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;

export const dayParts = (
  day: LocalDate,
): { readonly year: number; readonly month: number; readonly dayOfMonth: number } => ({
  year: Number(day.slice(0, 4)),
  month: Number(day.slice(5, 7)),
  dayOfMonth: Number(day.slice(8, 10)),
});

export const quantity = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** "en plats", "3 platser": one in words, more in figures. */
export const amount = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`);
