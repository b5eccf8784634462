import { addDays, LocalDate, localDate } from '@gruppstart/domain/shared/local-date';
import { ok } from '@gruppstart/domain/shared/result';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { type CellReading, refuse } from './cell-reading.ts';
import { oneLine, plainDashes } from './cell-text.ts';
import { isYearInRange, YEAR_OUT_OF_RANGE } from './year-range.ts';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]0?0:00(?::00(?:\.0+)?)?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const EXCEL_SERIAL = /^\d{5}(?:[.,]0+)?$/;

/** Excel counts days from here; its day 60, 29 February 1900, never was, and five digits begin long after it. */
const EXCEL_DAY_ZERO = localDate('1899-12-30');
const inFuture: BilingualText = {
  sv: 'Födelsedatumet ligger i framtiden. Rätta året (ÅÅÅÅ-MM-DD).',
  en: 'The birth date is in the future. Correct the year (YYYY-MM-DD).',
};
/** An ISO day (a clock time of midnight may follow), eight digits, or the number Excel has behind a date cell. */
export const readDate = (text: string): CellReading<LocalDate> => {
  const plain = plainDashes(oneLine(text));
  if (EXCEL_SERIAL.test(plain)) return ok(addDays(EXCEL_DAY_ZERO, Number.parseInt(plain, 10)));
  const parts = ISO.exec(plain) ?? COMPACT.exec(plain);
  if (!parts) return refuse('date-malformed');
  const [, year = '', month = '', day = ''] = parts;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isYearInRange(Number(year))) return refuse('date-malformed', YEAR_OUT_OF_RANGE);
  const date = LocalDate.safeParse(iso);
  return date.success ? ok(date.data) : refuse('date-not-in-calendar');
};

export const readBirthDate = (text: string, today: LocalDate): CellReading<LocalDate> => {
  const date = readDate(text);
  return date.ok && date.value > today ? refuse('date-malformed', inFuture) : date;
};
