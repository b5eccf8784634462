import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Assignment, AssignmentProblem } from '../assignment/problem.ts';
import { solveByShortestPaths } from '../assignment/shortest-paths.ts';
import { aComingPool, pastPeople, randomPeople } from '../test-support/coming-pools.ts';
import type { ComingPool } from './coming-pool.ts';
import { seatPrices } from './seat-prices.ts';

const MAX_POINTS = 100;

const pricesOf = (pool: ComingPool, scarcityPercent = 100): number[] => [
  ...seatPrices(pool, { maxPoints: MAX_POINTS, scarcityPercent }, solveByShortestPaths),
];

/** A pool of random people, of whom some are known and some stand for those not known. */
const randomPool = (seed: number): ComingPool => {
  const { places, known, past } = randomPeople(seed);
  return { ...aComingPool(places, known), past: pastPeople(past, [0, 3, 3, 3]) };
};

const seeds = fc.integer({ min: 0, max: 1_000_000 });

describe('what a seat is charged', () => {
  test('is nothing when nobody else wants it', () => {
    expect(pricesOf(aComingPool(2, [{ from: 0, fits: [[0, 80]] }]))[1]).toBe(0);
    expect(pricesOf(aComingPool(3, []))).toEqual([0, 0, 0]);
    expect(pricesOf({ ...aComingPool(1, []), past: pastPeople([], [0, 4, 4, 4]) })).toEqual([0]);
  });

  test('is nothing when no later start has seats, whoever waits', () => {
    const people = [0, 0, 1].map((from) => ({ from, fits: [[0, 80]] as const }));
    expect(pricesOf({ ...aComingPool(1, people), startSeats: Int32Array.of(5) })).toEqual([0]);
    expect(pricesOf({ ...aComingPool(1, people), startSeats: Int32Array.of(5, 0, 0) })).toEqual([0]);
    expect(pricesOf(aComingPool(1, people))[0]).toBeGreaterThan(0);
  });

  test('is a placement where it is the only seat of somebody who comes later, and nothing where seats are plenty', () => {
    const wide = {
      from: 0,
      fits: [
        [0, 90],
        [1, 80],
        [2, 80],
      ] as const,
    };
    const narrow = { from: 2, fits: [[0, 60]] as const };
    // One seat less loses the placement and its 60 points; one more would give the wide person 10 points.
    expect(pricesOf(aComingPool(3, [wide, narrow]))).toEqual([(MAX_POINTS + 60 + 10) / 2, 0, 0]);
  });

  test('is the same for a person of past months who always comes again as for one who is known', () => {
    const wide = {
      from: 0,
      fits: [
        [0, 90],
        [1, 80],
        [2, 80],
      ] as const,
    };
    const past = pastPeople([{ key: 7, fits: [[0, 60]] }], [0, 0, 1, 0]);
    expect(pricesOf({ ...aComingPool(3, [wide]), past })).toEqual([85, 0, 0]);
  });

  test('counts those who are known as some of those who are expected', () => {
    const known = aComingPool(2, [
      {
        from: 0,
        fits: [
          [0, 90],
          [1, 80],
        ],
      },
      { from: 2, fits: [[0, 60]] },
    ]);
    const past = pastPeople([{ key: 7, fits: [[1, 60]] }], [0, 0, 1, 0]);
    expect(pricesOf({ ...known, past })).toEqual(pricesOf(known));
  });

  test('is nothing for whom the place is never open', () => {
    const wide = {
      from: 0,
      fits: [
        [0, 90],
        [1, 80],
      ] as const,
    };
    const pool = aComingPool(2, [wide, { from: 2, fits: [[0, 60]] }]);
    expect(pricesOf({ ...pool, placeCloses: Int32Array.of(1, 3) })).toEqual(pricesOf(aComingPool(2, [wide])));
    expect(pricesOf({ ...pool, placeOpens: Int32Array.of(3, 0) })).toEqual(pricesOf(pool));
  });

  test('is whole, not negative, and at most a placement with full points', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 100 }), (seed, scarcityPercent) => {
        for (const price of pricesOf(randomPool(seed), scarcityPercent)) {
          expect(Number.isInteger(price)).toBe(true);
          expect(price).toBeGreaterThanOrEqual(0);
          expect(price).toBeLessThanOrEqual(2 * MAX_POINTS);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('never falls when the weight rises, and is nothing at weight 0', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 99 }), (seed, percent) => {
        const pool = randomPool(seed);
        const heavier = pricesOf(pool, percent + 1);
        for (const [place, price] of pricesOf(pool, percent).entries())
          expect(price).toBeLessThanOrEqual(heavier[place]!);
      }),
      { numRuns: 40 },
    );
    expect(pricesOf(randomPool(1), 0).every((price) => price === 0)).toBe(true);
    expect(pricesOf(randomPool(1)).some((price) => price > 0)).toBe(true);
  });

  test('is the same whatever the order of people and places', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { places, known, past } = randomPeople(seed);
        const turned = <T extends { readonly fits: readonly (readonly [number, number])[] }>(people: readonly T[]) =>
          people
            .map((person) => ({
              ...person,
              fits: person.fits.map(([place, points]) => [places - 1 - place, points] as const).toReversed(),
            }))
            .toReversed();
        const other = { ...aComingPool(places, turned(known)), past: pastPeople(turned(past), [0, 3, 3, 3]) };
        expect(pricesOf(other).toReversed()).toEqual(pricesOf(randomPool(seed)));
      }),
      { numRuns: 40 },
    );
  });

  test('is the same at every call', () => {
    expect(pricesOf(randomPool(5))).toEqual(pricesOf(randomPool(5)));
  });

  test('asks for fewer futures the larger the pool is, and for one when nobody is drawn', () => {
    const futuresAsked = (pool: ComingPool): number => {
      let asked = 0;
      const counting = (problem: AssignmentProblem): Assignment => {
        asked += 1;
        return solveByShortestPaths(problem);
      };
      seatPrices(pool, { maxPoints: MAX_POINTS, scarcityPercent: 50 }, counting);
      return asked;
    };
    const many = Array.from({ length: 400 }, () => ({
      from: 0,
      fits: Array.from({ length: 200 }, (_, place) => [place, 50] as const),
    }));
    const past = pastPeople([{ key: 1, fits: [[0, 50]] }], [0, 1, 1, 1]);
    expect(futuresAsked({ ...aComingPool(200, many), past })).toBe(6);
    expect(futuresAsked(randomPool(1))).toBe(16);
    expect(futuresAsked({ ...randomPool(1), past: null })).toBe(1);
  });
});
