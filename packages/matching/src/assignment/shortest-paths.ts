import { insertCandidate } from './let-in.ts';
import type { Assignment, AssignmentProblem } from './problem.ts';
import { assignmentOf, openState } from './state.ts';

/**
 * Exact: successive shortest paths, one candidate at a time, Dijkstra with potentials over the nodes. People only ever
 * enter along the cheapest chain of exchanges, so after each of them the assignment is the best for those seen so far.
 */
export const solveByShortestPaths = (problem: AssignmentProblem): Assignment => {
  const state = openState(problem);
  for (let c = 0; c < problem.candidateCount; c += 1) insertCandidate(state, c);
  return assignmentOf(state);
};
