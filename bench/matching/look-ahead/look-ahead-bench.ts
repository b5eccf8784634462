import { loadHighs } from '@gruppstart/matching/test-support/highs';
import { atLeast, type Bench, forInformation, type Row } from '../../bench.ts';
import { ARRIVAL_MODELS, inventWorld, type ModelName, STARTS } from './arrival-models.ts';
import { hindsightOf, type Outcome } from './hindsight.ts';
import { oneByOne, type Policy, simulate, startByStart, withPrices } from './policies.ts';

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);
const PLACED_GOAL = 0.97;
const FIT_GOAL = 0.98;
const MODELS = Object.keys(ARRIVAL_MODELS) as ModelName[];
/** It shows where looking ahead ends, and has no goal. */
const WITHOUT_GOAL: ModelName = 'harsh';

const WEIGHTS = { scarcityPercent: 100, longWaitDays: 365, usesPastArrivals: true } as const;

const BASELINES: Readonly<Record<string, Policy>> = {
  'known-later-only': withPrices({ ...WEIGHTS, usesPastArrivals: false }),
  'half-weight': withPrices({ ...WEIGHTS, scarcityPercent: 50 }),
  'start-by-start': startByStart,
  'one-by-one': oneByOne,
};

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

const fitOf = ({ placed, points }: Outcome): number => points / placed;

export const lookAheadBench: Bench = {
  name: 'look-ahead',
  group: 'matching',
  title: `invented arrivals over ${STARTS} starts, ${SEEDS.length} seeds: placed and mean fit as shares of hindsight`,
  run: async ({ tell }) => {
    const highs = await loadHighs();
    const rows: Row[] = [];
    for (const model of MODELS) {
      const worlds = SEEDS.map((seed) => inventWorld(model, seed));
      const hindsight = worlds.map((world) => hindsightOf(highs, world));
      tell(`${model}: ${ARRIVAL_MODELS[model].title}`);
      const shares = (policy: Policy) => {
        const outcomes = worlds.map((world) => simulate(world, policy));
        const placed = outcomes.map((outcome, index) => outcome.placed / hindsight[index]!.placed);
        const fit = outcomes.map((outcome, index) => fitOf(outcome) / fitOf(hindsight[index]!));
        return { placed: mean(placed), fit: mean(fit), worst: Math.min(...placed) };
      };
      const ours = shares(withPrices(WEIGHTS));
      const worst = `worst seed ${ours.worst.toFixed(3)}`;
      const figure = (id: string, share: number, goal: number, note: string): Row =>
        model === WITHOUT_GOAL ? forInformation(id, share, 'share', note) : atLeast(id, share, goal, 'share', note);
      rows.push(
        figure(`look-ahead.${model}.placed`, ours.placed, PLACED_GOAL, worst),
        figure(`look-ahead.${model}.fit`, ours.fit, FIT_GOAL, ''),
        forInformation(`look-ahead.${model}.hindsight`, mean(hindsight.map(({ placed }) => placed)), 'people'),
      );
      for (const [name, policy] of Object.entries(BASELINES)) {
        const { placed, fit } = shares(policy);
        rows.push(
          forInformation(`look-ahead.${model}.placed.${name}`, placed, 'share'),
          forInformation(`look-ahead.${model}.fit.${name}`, fit, 'share'),
        );
      }
    }
    return rows;
  },
};
