import { loadHighs } from '@gruppstart/matching/test-support/highs';
import { describe, expect, test } from 'vitest';
import { ARRIVAL_MODELS, inventWorld, type ModelName, START_SEATS, STARTS, type World } from './arrival-models.ts';
import { bestChoices, hindsightOf, type Limit, type Outcome } from './hindsight.ts';
import { pointsOf } from './invented-people.ts';
import { oneByOne, type Policy, simulate, startByStart, withPrices } from './policies.ts';

const MODELS = Object.keys(ARRIVAL_MODELS) as ModelName[];
/** Not among the seeds that the bench reports. */
const SEED = 777;

const LOOKING_AHEAD = withPrices({ scarcityPercent: 100, longWaitDays: 365, usesPastArrivals: true });
const POLICIES: readonly Policy[] = [oneByOne, startByStart, LOOKING_AHEAD];

/** The same optimum from a model that says for each pair at which start it begins. */
const spelledOut = (highs: Awaited<ReturnType<typeof loadHighs>>, { people, places }: World): Outcome => {
  const choices = people.flatMap((someone, person) =>
    places.flatMap((place, placeIndex) => {
      const points = pointsOf(someone.profile, place);
      if (points === null) return [];
      return Array.from({ length: STARTS }, (_, start) => ({ person, place: placeIndex, points, start })).filter(
        ({ start }) =>
          start >= Math.max(someone.arrives, place.opens) && start <= Math.min(someone.leaves, place.closes),
      );
    }),
  );
  const limit = (most: number, isIn: (choice: (typeof choices)[number]) => boolean): Limit => ({
    most,
    choices: choices.flatMap((choice, index) => (isIn(choice) ? [index] : [])),
  });
  return bestChoices(
    highs,
    choices.map(({ points }) => points),
    [
      ...people.map((_, person) => limit(1, (choice) => choice.person === person)),
      ...places.map(({ seats }, place) => limit(seats, (choice) => choice.place === place)),
      ...Array.from(START_SEATS, (seats, start) => limit(seats, (choice) => choice.start === start)),
    ],
  );
};

describe('the simulation', () => {
  test('the same seed gives the same four months, another seed others', () => {
    for (const model of MODELS) {
      expect(inventWorld(model, SEED)).toEqual(inventWorld(model, SEED));
      expect(inventWorld(model, SEED + 1)).not.toEqual(inventWorld(model, SEED));
    }
  });

  test('a policy is told nothing of people and places that the centre does not know yet', () => {
    const told = (world: World) => {
      let first: unknown;
      simulate(world, (situation) => {
        first ??= structuredClone(situation);
        return situation.waiting.map(() => -1);
      });
      return first;
    };
    for (const model of MODELS) {
      const world = inventWorld(model, SEED);
      const other = inventWorld(model, SEED + 1);
      const isKnown = ({ knownFrom }: { readonly knownFrom: number }): boolean => knownFrom === 0;
      const changed = {
        ...world,
        people: [...world.people.filter(isKnown), ...other.people.filter((person) => !isKnown(person))],
        places: [...world.places.filter(isKnown), ...other.places.filter((place) => !isKnown(place))],
      };
      expect(told(changed)).toEqual(told(world));
    }
  });

  test('hindsight is what a model with a start for every pair finds, and no policy passes it', {
    timeout: 60_000,
  }, async () => {
    const highs = await loadHighs();
    // The model with places that close, and the one with most people who leave.
    for (const model of ['batches', 'harsh'] as const) {
      const world = inventWorld(model, SEED);
      const hindsight = hindsightOf(highs, world);
      expect(spelledOut(highs, world), model).toEqual(hindsight);
      for (const policy of POLICIES) {
        const { placed, points } = simulate(world, policy);
        expect(placed).toBeLessThanOrEqual(hindsight.placed);
        if (placed === hindsight.placed) expect(points).toBeLessThanOrEqual(hindsight.points);
      }
    }
  });
});
