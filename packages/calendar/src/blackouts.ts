import { addDays, isoWeekday, LocalDate, localDate } from '@gruppstart/domain/shared/local-date';
import { BilingualText } from '@gruppstart/domain/shared/text';
import * as z from 'zod';

/** A stretch of days, both ends included, on which no introduction is held although people may be at work. */
export const Blackout = z
  .strictObject({ from: LocalDate, to: LocalDate, reason: BilingualText })
  .refine((blackout) => blackout.from <= blackout.to, { path: ['to'], message: 'to must not come before from' });
export type Blackout = z.infer<typeof Blackout>;

/** The first blackout in the list that covers the day, or null. */
export const blackoutOn = (day: LocalDate, blackouts: readonly Blackout[]): Blackout | null =>
  blackouts.find((blackout) => blackout.from <= day && day <= blackout.to) ?? null;

/** 4 January always lies in ISO week 1. */
const mondayOfWeek = (isoYear: number, week: number): LocalDate => {
  const fourth = localDate(`${isoYear}-01-04`);
  return addDays(fourth, 1 - isoWeekday(fourth) + (week - 1) * 7);
};

/**
 * The weeks that are usually kept free of starts: ISO weeks 27-31, and week 51 to the end of week 1 of the next year.
 * A default of the product, meant to be replaced by the tenant's own list.
 */
export const customaryBlackouts = (isoYear: number): readonly Blackout[] => [
  {
    from: mondayOfWeek(isoYear, 27),
    to: addDays(mondayOfWeek(isoYear, 31), 6),
    reason: { sv: 'Sommaruppehåll', en: 'Summer break' },
  },
  {
    from: mondayOfWeek(isoYear, 51),
    to: addDays(mondayOfWeek(isoYear + 1, 1), 6),
    reason: { sv: 'Juluppehåll', en: 'Christmas break' },
  },
];
