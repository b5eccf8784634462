import { daysBetween } from '@gruppstart/domain/shared/local-date';
import type { MatchInput } from './model.ts';

/** A hundred years: longer waits are slips of the pen. */
const MAX_WAIT_DAYS = 36_525;

/**
 * Days from enrolment to the first start, per candidate of a canonical input. An unknown wait counts as half of the
 * longest known one, so that an empty cell is neither the front nor the end of the queue.
 */
export const waitDaysOf = (input: MatchInput): Int32Array => {
  const firstStart = input.starts[0];
  const known = input.candidates.map(({ enrolledSince }) =>
    enrolledSince === null || firstStart === undefined
      ? null
      : Math.min(MAX_WAIT_DAYS, Math.max(0, daysBetween(enrolledSince, firstStart.startDate))),
  );
  const longest = known.reduce<number>((max, days) => Math.max(max, days ?? 0), 0);
  return Int32Array.from(known, (days) => days ?? Math.floor(longest / 2));
};
