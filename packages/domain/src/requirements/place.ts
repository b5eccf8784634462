import * as z from 'zod';
import { WeeklySpan, WorkingTime } from '../intake/working-times.ts';
import { PlaceId, UnitId } from '../shared/ids.ts';
import { Instant, LocalDate } from '../shared/local-date.ts';
import { FieldOfWork } from '../shared/vocabulary/fields-of-work.ts';
import { OccupationId } from '../shared/vocabulary/occupations.ts';
import { Requirement } from './requirement.ts';

/** Where a place came from. One from an ad is a draft until the manager has confirmed it. */
export const PlaceOrigin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('manager') }),
  z.strictObject({ kind: z.literal('job-ad'), adId: z.string().regex(/^[A-Za-z0-9-]{1,40}$/) }),
]);
export type PlaceOrigin = z.infer<typeof PlaceOrigin>;

/** Weekdays are 1 Monday … 7 Sunday. */
const Weekdays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, { message: 'weekday-repeated' });

/** A share of a seat that two people divide, with the weekdays on which this one works. */
export const SeatPart = z.strictObject({
  /** Of full time, in percent. */
  sharePercent: z.int().min(1).max(99),
  weekdays: Weekdays,
});
export type SeatPart = z.infer<typeof SeatPart>;

/** The two parts into which a seat can be divided. On one day both may work, to hand over. */
export const SharedSeat = z
  .tuple([SeatPart, SeatPart])
  .refine(([first, second]) => first.weekdays.filter((day) => second.weekdays.includes(day)).length <= 1, {
    message: 'parts-overlap',
  });
export type SharedSeat = z.infer<typeof SharedSeat>;

/** What a unit offers: a number of seats of one kind, and what is asked of whoever takes one. */
export const Place = z.strictObject({
  id: PlaceId,
  unitId: UnitId,
  title: z.string().min(2).max(80),
  /** Null only in a draft from an ad whose occupation the vocabulary does not hold. */
  occupationId: OccupationId.nullable(),
  field: FieldOfWork,
  /** Seats are always stated by the manager; null only in a draft. 0 closes the place. */
  seats: z.int().min(0).max(50).nullable(),
  /** Share of full time that a seat offers, in percent. */
  sharePercent: z.int().min(1).max(100),
  /** How a seat can be divided between two people; together the parts are at most the whole. Null: it cannot. */
  sharedSeat: SharedSeat.nullable(),
  workingTimes: z.array(WorkingTime).min(1).max(4),
  /** The hours of a usual week, when they are fixed; empty when they are agreed with the person. */
  weeklyHours: z.array(WeeklySpan).max(21),
  opensFrom: LocalDate,
  closesAfter: LocalDate.nullable(),
  /** Hours a week of a supervisor's time that each person here needs. */
  supervisorHoursPerWeek: z.int().min(0).max(40),
  requirements: z.array(Requirement).max(30),
  origin: PlaceOrigin,
  confirmedAt: Instant.nullable(),
});
export type Place = z.infer<typeof Place>;

export const PLACE_STATUSES = ['draft', 'open', 'closed'] as const;
export type PlaceStatus = (typeof PLACE_STATUSES)[number];

/** Status is derived, never set by hand: unconfirmed is a draft, no seats or a past last day is closed. */
export const placeStatus = (place: Place, today: LocalDate): PlaceStatus => {
  if (place.confirmedAt === null || place.seats === null || place.occupationId === null) return 'draft';
  if (place.seats === 0) return 'closed';
  return place.closesAfter !== null && place.closesAfter < today ? 'closed' : 'open';
};
