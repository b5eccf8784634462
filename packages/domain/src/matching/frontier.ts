import * as z from 'zod';

/**
 * One point of the trade between how many are placed and how well they fit. A coordinator chooses it by ordering a run
 * on the same facts that places at most so many.
 */
export const FrontierPoint = z.strictObject({
  placed: z.int().min(1),
  /** Sum over those placed, pinned people included. */
  points: z.int().min(0),
  /** Points in percent of what those placed could get at most, rounded down. */
  fitPercent: z.int().min(0).max(100),
});
export type FrontierPoint = z.infer<typeof FrontierPoint>;
