import type { ComingPool, FittingPlaces, KnownPeople, PastPeople } from '../look-ahead/coming-pool.ts';
import { randomNumbers } from './random-problems.ts';

/** Place and points of each pair of a person. */
export type Fits = readonly (readonly [place: number, points: number])[];

const fittingPlaces = (people: readonly Fits[]): FittingPlaces => {
  const edges = people.flat();
  let end = 0;
  return {
    edgeStart: Int32Array.from([0, ...people.map((fits) => (end += fits.length))]),
    edgePlace: Int32Array.from(edges, ([place]) => place),
    edgePoints: Int32Array.from(edges, ([, points]) => points),
  };
};

export interface KnownPerson {
  /** 0: waits now. */
  readonly from: number;
  readonly fits: Fits;
}

const knownPeople = (people: readonly KnownPerson[]): KnownPeople => ({
  ...fittingPlaces(people.map(({ fits }) => fits)),
  firstStart: Int32Array.from(people, ({ from }) => from),
});

export interface PastPerson {
  readonly key: number;
  readonly fits: Fits;
}

export const pastPeople = (people: readonly PastPerson[], expectedAt: readonly number[]): PastPeople => ({
  ...fittingPlaces(people.map(({ fits }) => fits)),
  drawKeys: Uint32Array.from(people, ({ key }) => key),
  expectedAt: Float64Array.from(expectedAt),
});

/** Four starts of five seats; every place has one seat and is always open. */
export const aComingPool = (places: number, people: readonly KnownPerson[]): ComingPool => ({
  startSeats: Int32Array.of(5, 5, 5, 5),
  placeSeats: new Int32Array(places).fill(1),
  placeOpens: new Int32Array(places),
  placeCloses: new Int32Array(places).fill(3),
  known: knownPeople(people),
  past: null,
});

const RANDOM_PLACES = 10;

/** People with their places as lists, so that a test can shuffle them before they become a pool. */
export const randomPeople = (seed: number) => {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const fits = (): Fits =>
    Array.from({ length: RANDOM_PLACES }, (_, place) => [place, 35 + below(66)] as const).filter(() => below(3) === 0);
  return {
    places: RANDOM_PLACES,
    known: Array.from({ length: 12 }, () => ({ from: Math.max(0, below(5) - 1), fits: fits() })),
    past: Array.from({ length: 20 }, () => ({ key: Math.floor(random() * 2 ** 32), fits: fits() })),
  };
};
