import { FEW_OTHER_PLACES, type SeatHolders } from '@gruppstart/domain/matching/outcome';
import type { RunAssignment } from './assign-starts.ts';
import type { CompiledRun } from './compiled-run.ts';
import type { PairTable } from './pairs.ts';

/** Who has the first and who the second part of the seats of a place; a whole seat is both. */
interface HeldParts {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** Who was placed where, ready to be counted for those who were not. */
export interface Placed {
  /** The parts of a place's seats that are held once a start is filled. */
  heldAt(startIndex: number, place: number): HeldParts;
  readonly atStart: readonly (readonly number[])[];
  /** Place of each, -1 for none. */
  readonly placeOf: Int32Array;
  /** A line to write on, all 0 between uses: the points that somebody without a seat would have at each place. */
  readonly pointsInstead: Int32Array;
  /** Points that each has where placed. */
  readonly points: Int32Array;
  readonly tiers: Uint8Array;
  /** How many places each may have, the own one included. */
  readonly fittingPlaces: Int32Array;
}

export const placedIn = (run: CompiledRun, table: PairTable, { startOf, cellOf, pinned }: RunAssignment): Placed => {
  const atPlace: number[][] = run.places.map(() => []);
  const atStart: number[][] = run.starts.map(() => []);
  const points = new Int32Array(cellOf.length);
  const placeOf = new Int32Array(cellOf.length).fill(-1);
  const fittingPlaces = new Int32Array(cellOf.length);
  for (const [c, cell] of cellOf.entries()) {
    // The cells of a place stand together in a row.
    let lastPlace = -1;
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
      const edgeCell = table.edgeCell[e]!;
      if (edgeCell === cell) points[c] = table.edgePoints[e]!;
      const { place } = run.cells[edgeCell]!;
      if (place !== lastPlace) fittingPlaces[c]! += 1;
      lastPlace = place;
    }
    if (cell === -1) continue;
    placeOf[c] = run.cells[cell]!.place;
    atPlace[placeOf[c]!]!.push(c);
    atStart[startOf[c]!]!.push(c);
  }
  const known = new Map<number, HeldParts>();
  const heldAt = (startIndex: number, place: number): HeldParts => {
    const key = startIndex * run.places.length + place;
    const before = known.get(key);
    if (before !== undefined) return before;
    const there = atPlace[place]!.filter((c) => startOf[c]! <= startIndex || pinned[c] === 1);
    const held: HeldParts = {
      first: there.filter((c) => run.cells[cellOf[c]!]!.seatPart !== 'second'),
      second: there.filter((c) => run.cells[cellOf[c]!]!.seatPart !== 'first'),
    };
    known.set(key, held);
    return held;
  };
  return {
    heldAt,
    atStart,
    placeOf,
    pointsInstead: new Int32Array(run.places.length),
    points,
    tiers: run.tiers,
    fittingPlaces,
  };
};

type Holding = Exclude<keyof SeatHolders, 'outsideRun'>;

/**
 * Why `holder` has the seat and `c` does not, who would have `points` with it. Nobody would be placed more or less if
 * the two changed places, so what decides is the order of the later objectives: tier, points, wait, draw. Where the
 * holder would lose by these and has the seat nevertheless, something outside this comparison ties it: a price that a
 * long wait is not charged, an earlier proposal that is kept, the seats of a session or of supervisors, a pair.
 */
const whyHeld = (
  { waitDays, lots }: CompiledRun,
  { startOf, pinned }: RunAssignment,
  placed: Placed,
  startIndex: number,
  holder: number,
  c: number,
  points: number,
): Holding => {
  if (pinned[holder] === 1) return 'pinned';
  if (startOf[holder]! < startIndex) return 'earlierStart';
  const tier = placed.tiers[holder]! - placed.tiers[c]!;
  if (tier !== 0) return tier > 0 ? 'higherTier' : 'wholeBetter';
  const more = placed.points[holder]! - points;
  if (more !== 0) return more > 0 ? 'morePoints' : 'wholeBetter';
  const longer = waitDays[holder]! - waitDays[c]!;
  if (longer !== 0) return longer > 0 ? 'longerWait' : 'wholeBetter';
  return lots[holder]! > lots[c]! ? 'draw' : 'wholeBetter';
};

export interface Taken {
  readonly seats: number;
  readonly takenBy: SeatHolders;
  readonly takenByFewOthers: number;
}

/** Counts seats that `c` would have fitted by who holds them. What no one of the run holds is held outside it. */
export const seatCounter = (
  run: CompiledRun,
  assignment: RunAssignment,
  placed: Placed,
  startIndex: number,
  c: number,
) => {
  const held: Record<Holding, number> = {
    pinned: 0,
    earlierStart: 0,
    higherTier: 0,
    morePoints: 0,
    longerWait: 0,
    draw: 0,
    wholeBetter: 0,
  };
  let inRun = 0;
  let takenByFewOthers = 0;
  return {
    /** One seat that somebody of the run holds; with it `c` would have `points`. */
    add(holder: number, points: number): void {
      held[whyHeld(run, assignment, placed, startIndex, holder, c, points)] += 1;
      inRun += 1;
      if (placed.fittingPlaces[holder]! - 1 <= FEW_OTHER_PLACES) takenByFewOthers += 1;
    },
    of: (seats: number): Taken => ({
      seats,
      takenBy: { outsideRun: seats - inRun, ...held },
      takenByFewOthers,
    }),
  };
};
