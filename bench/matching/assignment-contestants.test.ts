import { expect, test } from 'vitest';
import {
  byHighs,
  byLinearSumAssignment,
  byMinCostFlow,
  byMunkres,
  byMunkresTurned,
  ours,
} from './assignment-contestants.ts';
import { generatedProblem } from './assignment-problems.ts';

test('all solvers come to the same optimum, where not everybody can be placed', async () => {
  for (let seed = 1; seed <= 5; seed += 1) {
    const problem = generatedProblem({ people: 60, cells: 40, edgesPerPerson: 4, tiers: 1, seed });
    const optimum = ours(problem)();
    expect(optimum.placed).toBeGreaterThan(20);
    expect(optimum.placed).toBeLessThan(40);
    for (const solve of [byMunkres, byMunkresTurned, byLinearSumAssignment, byMinCostFlow])
      expect(solve(problem)()).toEqual(optimum);
    expect((await byHighs(problem))()).toEqual(optimum);
  }
});
