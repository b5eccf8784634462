import { expect, test } from 'vitest';
import { loadHighs } from '../test-support/highs.ts';
import { solvedAndProven } from '../test-support/proven-solutions.ts';
import { randomNumbers, randomProblem } from '../test-support/random-problems.ts';
import { bestByHighs } from '../test-support/reference-solvers.ts';

test('1,000 random small instances equal HiGHS in two stages: placed, then tiers and value', {
  timeout: 120_000,
}, async () => {
  const highs = await loadHighs();
  const random = randomNumbers(7);
  for (let instance = 0; instance < 1000; instance += 1) {
    const problem = randomProblem(random, {
      candidates: 3 + (instance % 8),
      cells: 2 + (instance % 7),
      groups: instance % 3 === 0 ? 1 + (instance % 4) : 0,
      density: 0.5,
      maxSeats: 2,
      leastValue: instance % 5 === 0 ? -50 : 0,
      mostValue: instance % 2 === 0 ? 4 : 100,
      maxWait: 400,
      maxTier: instance % 4 === 0 ? 3 : 0,
      totalSeats: instance % 3 === 0 ? 3 : null,
    });
    const objective = solvedAndProven(problem, instance);
    const one = () => 1;
    const placed = bestByHighs(highs, problem, one);
    // More than all values together can change.
    const tier = 10_000;
    const worth = bestByHighs(highs, problem, (c, e) => problem.tiers[c]! * tier + problem.edgeValue[e]!, [
      { factor: one, sum: placed },
    ]);
    expect([objective.placed, objective.tiers * tier + objective.value], `instance ${instance}`).toEqual([
      placed,
      worth,
    ]);
  }
});
