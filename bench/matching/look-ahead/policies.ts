import { solveByShortestPaths } from '@gruppstart/matching/assignment/shortest-paths';
import { lotBases } from '@gruppstart/matching/draw';
import type { FittingPlaces, PastPeople } from '@gruppstart/matching/look-ahead/coming-pool';
import { longWaitsToKeep } from '@gruppstart/matching/look-ahead/long-waits';
import { seatPrices } from '@gruppstart/matching/look-ahead/seat-prices';
import { DAYS_BETWEEN_STARTS, START_SEATS, STARTS, type World } from './arrival-models.ts';
import type { Outcome } from './hindsight.ts';
import { MAX_POINTS, type Place, type Profile, pointsOf } from './invented-people.ts';

/** Where the simulation stands when a start is decided: what has happened, and what the centre knows by then. */
export interface Situation {
  readonly start: number;
  /** Who can begin now, in order of arrival, with the days they have waited. */
  readonly waiting: readonly { readonly profile: Profile; readonly waitDays: number }[];
  /** Who is known and can begin at a later start. */
  readonly knownLater: readonly { readonly profile: Profile; readonly arrives: number }[];
  /** Places that are known, with their free seats. */
  readonly places: readonly (Place & { readonly freeSeats: number })[];
  /** Who came in past months and at earlier starts, and how many come per start. */
  readonly past: readonly Profile[];
  readonly pastPerStart: number;
}

/** The place that each of `waiting` gets, as an index of `places`; -1 for none. */
export type Policy = (situation: Situation) => ArrayLike<number>;

const isOpen = ({ opens, closes, freeSeats }: Situation['places'][number], start: number): boolean =>
  freeSeats > 0 && opens <= start && start <= closes;

/** Everybody takes the best free seat as they come. */
export const oneByOne: Policy = ({ start, waiting, places }) => {
  const free = places.map((place) => (isOpen(place, start) ? place.freeSeats : 0));
  let room = START_SEATS[start]!;
  return waiting.map(({ profile }) => {
    let best = -1;
    let bestPoints = -1;
    for (const [index, place] of places.entries()) {
      const points = free[index]! > 0 ? pointsOf(profile, place) : null;
      if (points === null || points <= bestPoints) continue;
      best = index;
      bestPoints = points;
    }
    if (best === -1 || room === 0) return -1;
    free[best]! -= 1;
    room -= 1;
    return best;
  });
};

const fittingPlaces = (profiles: readonly Profile[], places: Situation['places']): FittingPlaces => {
  const edgeStart = [0];
  const edgePlace: number[] = [];
  const edgePoints: number[] = [];
  for (const profile of profiles) {
    for (const [index, place] of places.entries()) {
      const points = pointsOf(profile, place);
      if (points === null) continue;
      edgePlace.push(index);
      edgePoints.push(points);
    }
    edgeStart.push(edgePlace.length);
  }
  return {
    edgeStart: Int32Array.from(edgeStart),
    edgePlace: Int32Array.from(edgePlace),
    edgePoints: Int32Array.from(edgePoints),
  };
};

/** The assignment of the start with these prices: who gets which of the places that are open. */
const solveStart = ({ start, waiting, places }: Situation, prices: Int32Array, mustPlace: Uint8Array): Int32Array => {
  const open = places.map((place) => (isOpen(place, start) ? place : { ...place, freeSeats: 0 }));
  const profiles = waiting.map(({ profile }) => profile);
  const { edgeStart, edgePlace, edgePoints } = fittingPlaces(profiles, open);
  return solveByShortestPaths({
    candidateCount: waiting.length,
    cellCount: places.length,
    edgeStart,
    edgeCell: edgePlace,
    edgeValue: edgePoints.map((points, edge) => points - prices[edgePlace[edge]!]!),
    edgeLot: new Uint16Array(edgePlace.length),
    mustPlace,
    tiers: new Uint8Array(waiting.length),
    waitDays: Int32Array.from(waiting, ({ waitDays }) => waitDays),
    lots: Int32Array.from(waiting.keys()),
    nodeParent: new Int32Array(places.length).fill(-1),
    nodeSeats: Int32Array.from(open, ({ freeSeats }) => freeSeats),
    totalSeats: START_SEATS[start]!,
  }).cellOf;
};

const uncharged = (situation: Situation): Int32Array =>
  solveStart(situation, new Int32Array(situation.places.length), new Uint8Array(situation.waiting.length));

/** The best assignment of each start, as if there were no other. */
export const startByStart: Policy = uncharged;

export interface LookAhead {
  readonly scarcityPercent: number;
  readonly longWaitDays: number;
  readonly usesPastArrivals: boolean;
}

const pastOf = ({ start, past, pastPerStart, places }: Situation): PastPeople => ({
  ...fittingPlaces(past, places),
  drawKeys: lotBases(
    `start ${start}`,
    past.map((_, index) => `${index}`),
  ),
  expectedAt: new Float64Array(STARTS - start).fill(pastPerStart),
});

/** The best assignment of each start with the package's prices, as the engine uses them. */
export const withPrices =
  ({ scarcityPercent, longWaitDays, usesPastArrivals }: LookAhead): Policy =>
  (situation) => {
    const { start, waiting, knownLater, places } = situation;
    const known = [
      ...waiting.map(({ profile }) => ({ profile, from: 0 })),
      ...knownLater.map(({ profile, arrives }) => ({ profile, from: arrives - start })),
    ];
    const pool = {
      startSeats: START_SEATS.subarray(start),
      placeSeats: Int32Array.from(places, ({ freeSeats }) => freeSeats),
      placeOpens: Int32Array.from(places, ({ opens }) => Math.max(0, opens - start)),
      placeCloses: Int32Array.from(places, ({ closes }) => closes - start),
      known: {
        ...fittingPlaces(
          known.map(({ profile }) => profile),
          places,
        ),
        firstStart: Int32Array.from(known, ({ from }) => from),
      },
      past: usesPastArrivals ? pastOf(situation) : null,
    };
    const prices = seatPrices(pool, { maxPoints: MAX_POINTS, scarcityPercent }, solveByShortestPaths);
    const waitDays = Int32Array.from(waiting, (person) => person.waitDays);
    return solveStart(situation, prices, longWaitsToKeep({ cellOf: uncharged(situation), waitDays }, longWaitDays));
  };

/** Lets a policy decide start after start. It is told of each what the centre knows by then, and nothing else. */
export const simulate = (world: World, policy: Policy): Outcome => {
  const free = world.places.map(({ seats }) => seats);
  const isPlaced = new Set<number>();
  let points = 0;
  for (let start = 0; start < STARTS; start += 1) {
    const rows = world.people.flatMap(({ arrives, leaves }, index) =>
      arrives <= start && start <= leaves && !isPlaced.has(index) ? [index] : [],
    );
    const placeRows = world.places.flatMap(({ knownFrom }, index) => (knownFrom <= start ? [index] : []));
    const came = world.people.filter(({ arrives }) => arrives > 0 && arrives <= start);
    const decision = policy({
      start,
      waiting: rows.map((row) => {
        const { profile, enrolledDays } = world.people[row]!;
        return { profile, waitDays: enrolledDays + DAYS_BETWEEN_STARTS * start };
      }),
      knownLater: world.people
        .filter(({ arrives, knownFrom }) => arrives > start && knownFrom <= start)
        .map(({ profile, arrives }) => ({ profile, arrives })),
      places: placeRows.map((row) => ({ ...world.places[row]!, freeSeats: free[row]! })),
      past: [...world.past, ...came.map(({ profile }) => profile)],
      pastPerStart: world.pastPerStart,
    });
    let begin = 0;
    for (const [index, row] of rows.entries()) {
      const place = placeRows[decision[index]!];
      if (place === undefined) continue;
      const worth = pointsOf(world.people[row]!.profile, world.places[place]!);
      if (worth === null || free[place] === 0) throw new Error(`Start ${start}: no seat for this pair`);
      free[place]! -= 1;
      points += worth;
      begin += 1;
      isPlaced.add(row);
    }
    if (begin > START_SEATS[start]!) throw new Error(`Start ${start} is over its seats`);
  }
  return { placed: isPlaced.size, points };
};
