import type { ProblemShape } from './assignment-problems.ts';

/** About two million edges, and four people to each seat. */
export const REGION = {
  people: 20_000,
  cells: 5_000,
  edgesPerPerson: 117,
  tiers: 1,
  seed: 20_270_111,
} as const satisfies ProblemShape;
