import { type AssignmentProblem, HIGHEST_PAIR_LOT, HIGHEST_TIER } from './problem.ts';

/**
 * Seven objectives in strict order (must be placed, placed, tiers, value, wait, lots, pair lots) in two whole numbers per
 * edge, compared one after the other:
 * - `high = (mustPlace + 1) · placedUnit + tier · tierUnit + (value - leastValue) · valueUnit + wait`;
 * - `low = lot · lotUnit + pair lot`.
 *
 * Two assignments differ by cycles of exchanges, so the order is kept when on each cycle a unit of one objective outweighs
 * all that those after it can change. A cycle passes each cell once, so at most `cells + 1` people take part in it, and
 * at most one of them comes in and one goes out. Hence, going round it,
 * - wait changes by at most `longestWait`, so valueUnit is one more;
 * - value changes by at most `cells + 1` times `mostValue - leastValue`; with the wait that is less than tierUnit;
 * - tiers change by at most 9, the placed and the must by at most one; placedUnit is ten tiers. When the must grow, a
 *   person comes in, so the placed do not fall: the must need no larger unit than the placed.
 * - the lot changes by one person's, the pair lots by at most `cells + 1` times 4095: lotUnit is one more than that.
 *
 * Taking `leastValue` from every value changes nothing in the order, because the number placed stands above it.
 */
export interface Packing {
  readonly leastValue: number;
  readonly mostValue: number;
  readonly longestWait: number;
  readonly valueUnit: number;
  readonly tierUnit: number;
  readonly placedUnit: number;
  readonly lotUnit: number;
}

/** The values and waits that a packing has room for, when more may come than a problem holds. */
export type PackingRange = Pick<Packing, 'leastValue' | 'mostValue' | 'longestWait'>;

export const rangeOf = (problem: AssignmentProblem): PackingRange => {
  let leastValue = problem.edgeValue[0] ?? 0;
  let mostValue = leastValue;
  for (const value of problem.edgeValue) {
    if (value < leastValue) leastValue = value;
    if (value > mostValue) mostValue = value;
  }
  let longestWait = 0;
  for (const days of problem.waitDays) if (days > longestWait) longestWait = days;
  return { leastValue, mostValue, longestWait };
};

/** Prices and path lengths stay within a few times the worth of the best edge; eight leaves room to spare. */
const HEADROOM = 8;

/** Whether numbers of this size stay exact in a double, with all that is added up from them. */
const isExact = (largest: number): boolean => largest * HEADROOM <= Number.MAX_SAFE_INTEGER;

/** The low part of a person's worth. Throws a RangeError when it would not be exact. */
export const lowOf = (packing: Packing, lot: number): number => {
  const low = lot * packing.lotUnit;
  if (isExact(low + packing.lotUnit)) return low;
  throw new RangeError(`A lot of ${lot} is too large to be weighed exactly`);
};

/** The high part of a person's worth at a value of 0. */
export const highOf = (packing: Packing, mustPlace: number, tier: number, waitDays: number): number =>
  (mustPlace + 1) * packing.placedUnit + tier * packing.tierUnit + waitDays - packing.leastValue * packing.valueUnit;

/** Throws a RangeError when the problem is too large for exact arithmetic. */
export const packingOf = (problem: AssignmentProblem, range: PackingRange = rangeOf(problem)): Packing => {
  const peopleOnCycle = problem.cellCount + 1;
  const valueUnit = range.longestWait + 1;
  const tierUnit = (peopleOnCycle * (range.mostValue - range.leastValue) + 1) * valueUnit;
  const placedUnit = (HIGHEST_TIER + 1) * tierUnit;
  // The must, the placed and all the rest: less than three of the largest unit.
  if (!isExact(3 * placedUnit + Math.abs(range.leastValue) * valueUnit))
    throw new RangeError(
      `Values of ${range.leastValue} to ${range.mostValue} and waits of ${range.longestWait} days in ` +
        `${problem.cellCount} cells are too large to be weighed exactly: split the run`,
    );
  const lotUnit = peopleOnCycle * HIGHEST_PAIR_LOT + 1;
  return { ...range, valueUnit, tierUnit, placedUnit, lotUnit };
};
