import { addDays, type LocalDate, localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import type { Blackout } from '../blackouts.ts';

/** Days from 2005-02-01 on, far enough from the calendar's end for any sequence a test asks for. */
export const calendarDay: fc.Arbitrary<LocalDate> = fc
  .integer({ min: 0, max: 32_000 })
  .map((days) => addDays(localDate('2005-02-01'), days));

/** Blackouts of one day to six weeks near a day; they may overlap each other. */
export const blackoutsNear = (day: LocalDate): fc.Arbitrary<readonly Blackout[]> =>
  fc.array(
    fc
      .record({ offsetDays: fc.integer({ min: -40, max: 120 }), lengthDays: fc.integer({ min: 0, max: 42 }) })
      .map(({ offsetDays, lengthDays }) => ({
        from: addDays(day, offsetDays),
        to: addDays(day, offsetDays + lengthDays),
        reason: { sv: 'Stängt', en: 'Closed' },
      })),
    { maxLength: 4 },
  );
