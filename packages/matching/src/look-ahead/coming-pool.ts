import type { AssignmentProblem } from '../assignment/problem.ts';
import { PAIR_LOT_LIMIT, pairLot } from '../draw.ts';

/** People, and the places that they fit. */
export interface FittingPlaces {
  /** Person r fits the places of the edges edgeStart[r] … edgeStart[r + 1] - 1, each place at most once. */
  readonly edgeStart: Int32Array;
  readonly edgePlace: Int32Array;
  /** 0 … the most points there are. */
  readonly edgePoints: Int32Array;
}

/** Those who are known: who waits now, and who can begin at a later start only. */
export interface KnownPeople extends FittingPlaces {
  /** The first start at which each can begin; 0 for who waits now. */
  readonly firstStart: Int32Array;
}

/** Those of past months, who stand for people not known yet. */
export interface PastPeople extends FittingPlaces {
  /** A number per person from which their draws are made, so that the order of the list is without effect. */
  readonly drawKeys: Uint32Array;
  /** How many newcomers come for each start in all, those who are known already among them. */
  readonly expectedAt: Float64Array;
}

/**
 * What the coming starts have, and who is expected to want it. Starts are numbered in date order from 0, the one that is
 * being decided.
 */
export interface ComingPool {
  /** Free seats of each start. */
  readonly startSeats: Int32Array;
  /** Free seats of each place, now or when it opens. */
  readonly placeSeats: Int32Array;
  /** The first and the last start at which each place is open. */
  readonly placeOpens: Int32Array;
  readonly placeCloses: Int32Array;
  readonly known: KnownPeople;
  /** Null: nobody counts who is not known. */
  readonly past: PastPeople | null;
}

/** Sparse edges that grow person by person. */
interface GrowingEdges {
  readonly starts: number[];
  readonly places: number[];
  readonly points: number[];
}

/** Adds a person who can begin from `firstStart` on: the pairs for which some coming start is open at both ends. */
const addPerson = (pool: ComingPool, edges: GrowingEdges, people: FittingPlaces, row: number, from: number): void => {
  const lastStart = pool.startSeats.length - 1;
  for (let e = people.edgeStart[row]!; e < people.edgeStart[row + 1]!; e += 1) {
    const place = people.edgePlace[e]!;
    if (Math.max(from, pool.placeOpens[place]!) > Math.min(lastStart, pool.placeCloses[place]!)) continue;
    edges.places.push(place);
    edges.points.push(people.edgePoints[e]!);
  }
  edges.starts.push(edges.places.length);
};

/** How many times each of past months comes again for a start, in the mean. */
const copiesAt = ({ known, past }: ComingPool, start: number): number => {
  if (past === null || past.drawKeys.length === 0) return 0;
  let knownThen = 0;
  for (const first of known.firstStart) if (first === start) knownThen += 1;
  return Math.max(0, past.expectedAt[start]! - knownThen) / past.drawKeys.length;
};

/**
 * One drawn future as one assignment over all coming starts together: who is known, and of past months each person once
 * more for each later start with the same small chance, so that in the mean as many come as are expected. Which start
 * somebody begins is left open; the seats of all of them together are the limit.
 */
export const drawnFuture = (pool: ComingPool, future: number): AssignmentProblem => {
  const { startSeats, placeSeats, known, past } = pool;
  const edges: GrowingEdges = { starts: [0], places: [], points: [] };
  for (const [row, from] of known.firstStart.entries()) addPerson(pool, edges, known, row, from);
  if (past !== null)
    for (let start = 1; start < startSeats.length; start += 1) {
      const copies = copiesAt(pool, start);
      const whole = Math.floor(copies);
      const luckyLots = (copies - whole) * PAIR_LOT_LIMIT;
      for (const [row, key] of past.drawKeys.entries()) {
        const isLucky = pairLot(key, future * startSeats.length + start) < luckyLots;
        for (let copy = isLucky ? 0 : 1; copy <= whole; copy += 1) addPerson(pool, edges, past, row, start);
      }
    }
  const people = edges.starts.length - 1;
  return {
    candidateCount: people,
    cellCount: placeSeats.length,
    edgeStart: Int32Array.from(edges.starts),
    edgeCell: Int32Array.from(edges.places),
    edgeValue: Int32Array.from(edges.points),
    edgeLot: new Uint16Array(edges.places.length),
    mustPlace: new Uint8Array(people),
    tiers: new Uint8Array(people),
    waitDays: new Int32Array(people),
    lots: new Int32Array(people),
    nodeParent: new Int32Array(placeSeats.length).fill(-1),
    nodeSeats: placeSeats.slice(),
    totalSeats: startSeats.reduce((sum, seats) => sum + seats, 0),
  };
};
