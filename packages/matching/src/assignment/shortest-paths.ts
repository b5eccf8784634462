import { insertCandidate } from './let-in.ts';
import type { PackingRange } from './packing.ts';
import { solveFromPeople } from './people-bid.ts';
import type { Assignment, AssignmentProblem } from './problem.ts';
import { solveFromSeats, usableSeats } from './seats-bid.ts';
import { ABSENT, type AssignmentState, openState } from './state.ts';
import { assignmentOf } from './stored.ts';

/** Nobody has taken part, and no row is changed. */
const isFresh = ({ part, ownRows, priceHigh, priceLow }: AssignmentState): boolean =>
  ownRows.size === 0 &&
  part.every((as) => as === ABSENT) &&
  priceHigh.every((price) => price === 0) &&
  priceLow.every((price) => price === 0);

/** Whether the seats of cells are what is scarce: fewer than people, and most of them to be filled. */
const areSeatsScarce = (state: AssignmentState): boolean => {
  const { problem, seats, tree } = state;
  let usable = 0;
  for (let cell = 0; cell < problem.cellCount; cell += 1) usable += usableSeats(state, cell);
  return usable <= problem.candidateCount && usable <= 2 * seats[tree.start]!;
};

/**
 * Lets everybody take part who does not yet. Exact: successive shortest paths, Dijkstra with potentials over the nodes,
 * one person or one seat at a time, whichever there are fewer of; after each of them the assignment is the best for the
 * people and seats so far. Simple bids, which keep that too, do most of the work before the searches.
 */
export const solveAll = (state: AssignmentState): void => {
  if (isFresh(state)) (areSeatsScarce(state) ? solveFromSeats : solveFromPeople)(state);
  else for (let c = 0; c < state.problem.candidateCount; c += 1) insertCandidate(state, c);
};

export const solveByShortestPaths = (problem: AssignmentProblem, range?: PackingRange): Assignment => {
  const state = openState(problem, range);
  solveAll(state);
  return assignmentOf(state);
};
