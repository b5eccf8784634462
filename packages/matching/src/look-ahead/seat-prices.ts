import type { AssignmentSolver } from '../assignment/problem.ts';
import { type ComingPool, drawnFuture } from './coming-pool.ts';
import { seatWorth } from './seat-worth.ts';

/** How the worth of a seat becomes its price: dated data. */
export interface PriceRule {
  /** The most points that a pair can have. To lose a placement counts as so many, beside the points of the pair. */
  readonly maxPoints: number;
  /** How much of the worth is charged, 0 … 100. */
  readonly scarcityPercent: number;
}

/** Futures that are drawn when past months count. More changed nothing that could be measured. */
const FUTURES = 16;
/** Fewer are drawn when all together would have more edges than this: a large pool is a sample of its own. */
const MOST_EDGES = 500_000;

const futuresOf = (pool: ComingPool, edges: number): number =>
  pool.past === null ? 1 : Math.max(1, Math.min(FUTURES, Math.floor(MOST_EDGES / Math.max(1, edges))));

/**
 * What each place charges for a seat at the start that is being decided, in whole points: what the seat is worth at the
 * margin to all who are known or expected, over all coming starts. That is halfway between what one seat less would cost
 * them and what one more would give them, in the mean of the drawn futures; times the weight, rounded. As no seat is worth
 * more than a placement and its points, no price is above twice `maxPoints`.
 *
 * All 0 when no later start has seats. `solve` answers with any best assignment: the prices do not depend on which.
 */
export const seatPrices = (pool: ComingPool, rule: PriceRule, solve: AssignmentSolver): Int32Array => {
  const places = pool.placeSeats.length;
  const hasLaterSeats = pool.startSeats.some((seats, start) => start > 0 && seats > 0);
  if (!hasLaterSeats || rule.scarcityPercent === 0) return new Int32Array(places);
  const worth = new Float64Array(places);
  let futures = 1;
  for (let future = 0; future < futures; future += 1) {
    const problem = drawnFuture(pool, future);
    if (future === 0) futures = futuresOf(pool, problem.edgeCell.length);
    const { loss, gain } = seatWorth(problem, solve(problem), rule.maxPoints);
    for (let place = 0; place < places; place += 1) worth[place]! += loss[place]! + gain[place]!;
  }
  return Int32Array.from(worth, (sum) => Math.round((sum * rule.scarcityPercent) / (200 * futures)));
};
