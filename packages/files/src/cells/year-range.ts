import type { BilingualText } from '@gruppstart/domain/shared/text';

const EARLIEST_YEAR = 1900;
const LATEST_YEAR = 2100;

/** Whether a day can be a day in somebody's life or plans; other years are slips of the pen. */
export const isYearInRange = (year: number): boolean => year >= EARLIEST_YEAR && year <= LATEST_YEAR;

export const YEAR_OUT_OF_RANGE: BilingualText = {
  sv: `Året ska vara mellan ${EARLIEST_YEAR} och ${LATEST_YEAR}. Skriv ÅÅÅÅ-MM-DD.`,
  en: `The year must be between ${EARLIEST_YEAR} and ${LATEST_YEAR}. Write YYYY-MM-DD.`,
};
