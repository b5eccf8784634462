import type { Assignment, AssignmentProblem } from '../assignment/problem.ts';

/** What one seat of each place is worth to the people of a solved assignment, in points. */
export interface SeatWorth {
  /** What would be lost with one seat less; 0 where there is none to lose. */
  readonly loss: Float64Array;
  /** What would be won by one seat more. */
  readonly gain: Float64Array;
}

const NOBODY = -1;

/** A solved assignment with a placement and its points as one number, large enough that a placement comes first. */
interface Solved {
  readonly problem: AssignmentProblem;
  readonly cellOf: Int32Array;
  readonly unit: number;
  /** What the seat that each person has counts; 0 for who has none. */
  readonly held: Float64Array;
  readonly used: Int32Array;
  readonly hasRoom: boolean;
}

const solvedOf = (problem: AssignmentProblem, { cellOf }: Assignment): Solved => {
  const { candidateCount, cellCount, edgeStart, edgeCell, edgeValue } = problem;
  let mostValue = 0;
  for (const value of edgeValue) if (value > mostValue) mostValue = value;
  // A chain passes each cell once, and the points that it changes stay under half a placement.
  const unit = 2 * (2 * cellCount + 2) * (mostValue + 1);
  const held = new Float64Array(candidateCount);
  const used = new Int32Array(cellCount);
  let placed = 0;
  for (let c = 0; c < candidateCount; c += 1) {
    const own = cellOf[c]!;
    if (own === NOBODY) continue;
    used[own]! += 1;
    placed += 1;
    for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) if (edgeCell[e] === own) held[c] = unit + edgeValue[e]!;
  }
  return { problem, cellOf, unit, held, used, hasRoom: placed < problem.totalSeats };
};

/**
 * One seat less: one occupant moves on along the cheapest chain of exchanges, to a free seat or out; who goes out leaves
 * a seat of the start to somebody else. Losses only fall, and they are final when nobody can lower one.
 */
const lossesOf = ({ problem, cellOf, unit, held, used }: Solved): Float64Array => {
  const { candidateCount, edgeStart, edgeCell, edgeValue, nodeSeats } = problem;
  const losses = Float64Array.from(nodeSeats, (seats, cell) => (used[cell]! < seats ? 0 : Number.POSITIVE_INFINITY));
  // What it costs to go out, beside one's own: less than nothing once somebody else can come in instead.
  let outside = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let c = 0; c < candidateCount; c += 1) {
      const own = cellOf[c]!;
      const before = own === NOBODY ? outside : losses[own]!;
      let least = own === NOBODY ? before : Math.min(before, held[c]! + outside);
      for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) {
        if (edgeCell[e] === own) continue;
        least = Math.min(least, held[c]! - unit - edgeValue[e]! + losses[edgeCell[e]!]!);
      }
      if (least === before) continue;
      changed = true;
      if (own === NOBODY) outside = least;
      else losses[own] = least;
    }
  }
  return losses;
};

/**
 * One seat more: somebody takes it along the chain of exchanges that wins most; who comes in from outside needs a seat of
 * the start, for which somebody may have to go. Gains only rise, and they are final when nobody can raise one.
 */
const gainsOf = ({ problem, cellOf, unit, held, hasRoom }: Solved): Float64Array => {
  const { candidateCount, cellCount, edgeStart, edgeCell, edgeValue } = problem;
  const gains = new Float64Array(cellCount);
  let outside = hasRoom ? 0 : Number.NEGATIVE_INFINITY;
  for (let changed = true; changed; ) {
    changed = false;
    for (let c = 0; c < candidateCount; c += 1) {
      const own = cellOf[c]!;
      const left = own === NOBODY ? outside : gains[own]! - held[c]!;
      if (left > outside) {
        outside = left;
        changed = true;
      }
      for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) {
        const gain = left + unit + edgeValue[e]!;
        if (edgeCell[e] === own || gain <= gains[edgeCell[e]!]!) continue;
        gains[edgeCell[e]!] = gain;
        changed = true;
      }
    }
  }
  return gains;
};

/**
 * The worth of a seat at the margin, exactly: what the best assignment would lose with one seat less of the place, and
 * what it would win with one more. A placement counts as `fullScore`, beside the points of the pair.
 *
 * `problem` has no groups, tiers, waits or lots: places and points alone.
 */
export const seatWorth = (problem: AssignmentProblem, assignment: Assignment, fullScore: number): SeatWorth => {
  const solved = solvedOf(problem, assignment);
  const { unit } = solved;
  // A whole number of placements, and a rest in points that is far smaller than half a placement.
  const inPoints = (worth: number): number => {
    if (!Number.isFinite(worth)) return 0;
    const placements = Math.round(worth / unit);
    return placements * fullScore + worth - placements * unit;
  };
  return { loss: lossesOf(solved).map(inPoints), gain: gainsOf(solved).map(inPoints) };
};
