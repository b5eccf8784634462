import { insertCandidate } from './let-in.ts';
import type { PackingRange } from './packing.ts';
import type { Assignment, AssignmentProblem } from './problem.ts';
import { type AssignmentState, openState } from './state.ts';
import { assignmentOf } from './stored.ts';

/**
 * Lets everybody take part who does not yet. Exact: successive shortest paths, one candidate at a time, Dijkstra with
 * potentials over the nodes. People only ever enter along the cheapest chain of exchanges, so after each of them the
 * assignment is the best for those seen so far.
 */
export const solveAll = (state: AssignmentState): void => {
  for (let c = 0; c < state.problem.candidateCount; c += 1) insertCandidate(state, c);
};

export const solveByShortestPaths = (problem: AssignmentProblem, range?: PackingRange): Assignment => {
  const state = openState(problem, range);
  solveAll(state);
  return assignmentOf(state);
};
