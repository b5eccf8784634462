import * as z from 'zod';

/** When on the day or week a person can work, or a place needs work. */
export const WORKING_TIMES = ['day', 'evening', 'night', 'weekend'] as const;
export const WorkingTime = z.enum(WORKING_TIMES);
export type WorkingTime = z.infer<typeof WorkingTime>;

/**
 * A weekly span on one weekday (1 = Monday … 7 = Sunday), in minutes after midnight; `toMinute` is not included. A night
 * is two spans: one until midnight and one from it. Backwards it would overlap nothing, so it is refused.
 */
export const WeeklySpan = z
  .strictObject({
    weekday: z.int().min(1).max(7),
    fromMinute: z.int().min(0).max(1439),
    toMinute: z.int().min(1).max(1440),
  })
  .refine((span) => span.fromMinute < span.toMinute, { path: ['toMinute'], message: 'span-reversed' });
export type WeeklySpan = z.infer<typeof WeeklySpan>;

export const spansOverlap = (a: WeeklySpan, b: WeeklySpan): boolean =>
  a.weekday === b.weekday && a.fromMinute < b.toMinute && b.fromMinute < a.toMinute;
