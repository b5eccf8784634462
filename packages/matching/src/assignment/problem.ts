/**
 * People to seats, as numbers. Every solver takes this and answers with an `Assignment`; which one answered must not
 * show, apart from the time it took.
 */
export interface AssignmentProblem {
  readonly candidateCount: number;
  readonly placeCount: number;
  /** Row c of the sparse edges is edgeStart[c] … edgeStart[c + 1] - 1; a place occurs at most once in a row. */
  readonly edgeStart: Int32Array;
  readonly edgePlace: Int32Array;
  /** 0 or more. */
  readonly edgePoints: Int32Array;
  /** The lot that decides between a person's equal places, 0 or more. */
  readonly edgeLot: Int32Array;
  /** Days waited, per candidate. */
  readonly waitDays: Int32Array;
  /** The lot that decides between equal people. */
  readonly lots: Int32Array;
  readonly seats: Int32Array;
  /** The most people who can be placed in all: the seats of the start. */
  readonly totalSeats: number;
}

/**
 * Four objectives in strict order (placed, points, wait, lots) in two whole numbers per edge, compared one after the
 * other. Each number is exact in a double, and a unit of one objective outweighs all that the next can change:
 * - going round any cycle of exchanges changes the number placed by at most one, the wait and the lot by one person's
 *   (everyone else on the cycle stays placed), and points and place lots by at most one edge per candidate;
 * - so `high = placed · placedUnit + points · pointUnit + wait` and `low = lot · lotUnit + place lot` keep the order
 *   when pointUnit > the longest wait, placedUnit > candidates · most points · pointUnit + the longest wait, and
 *   lotUnit > candidates · the highest place lot.
 */
export interface Packing {
  readonly placedUnit: number;
  readonly pointUnit: number;
  readonly lotUnit: number;
}

const maxOf = (numbers: Int32Array): number => numbers.reduce((max, value) => Math.max(max, value), 0);

/** Prices and path lengths stay within a few units of the first objective; eight leaves room to spare. */
const HEADROOM = 8;

/** Throws a RangeError when the problem is too large for exact arithmetic. */
export const packingOf = (problem: AssignmentProblem): Packing => {
  const people = Math.max(1, problem.candidateCount);
  const maxWait = maxOf(problem.waitDays);
  const pointUnit = maxWait + 1;
  const placedUnit = (people * maxOf(problem.edgePoints) + 1) * pointUnit;
  const lotUnit = people * maxOf(problem.edgeLot) + 1;
  const largestLow = (maxOf(problem.lots) + 1) * lotUnit;
  if (Math.max(placedUnit, largestLow) * HEADROOM > Number.MAX_SAFE_INTEGER)
    throw new RangeError(`An assignment of ${people} people is too large to be solved exactly: split the run`);
  return { placedUnit, pointUnit, lotUnit };
};

/** What a seat, a person and the start are worth at the margin: high and low part of each price. */
export interface DualPrices {
  readonly candidateHigh: Float64Array;
  readonly candidateLow: Float64Array;
  readonly placeHigh: Float64Array;
  readonly placeLow: Float64Array;
  readonly startHigh: number;
  readonly startLow: number;
}

export interface Assignment {
  /** Place per candidate, -1 for none. */
  readonly placeOf: Int32Array;
  readonly prices: DualPrices;
}

export type AssignmentSolver = (problem: AssignmentProblem) => Assignment;
