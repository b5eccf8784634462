import type { RunAssignment, StartResult } from './assign-starts.ts';
import { listOffers } from './assignment/shortlists.ts';
import type { AssignmentState } from './assignment/state.ts';
import { stateFrom } from './assignment/stored.ts';

/** A start as it was solved, ready to be asked what would change it. */
export interface SolvedStart {
  readonly result: StartResult;
  readonly state: AssignmentState;
  /** Row of each candidate of the run in the state; -1: takes no part, or is pinned. */
  readonly rowOf: Int32Array;
}

/** Nothing is searched: the state comes from the assignment and the prices that prove it. */
export const solvedStart = (result: StartResult, candidateCount: number): SolvedStart => {
  const rowOf = new Int32Array(candidateCount).fill(-1);
  for (const [row, c] of result.people.entries()) rowOf[c] = row;
  const state = stateFrom(result.problem, result.assignment);
  listOffers(state);
  return { result, state, rowOf };
};

/** The start that each candidate is a question of: where they are placed, else the first that they could have joined. */
export const startsOfCandidates = (assignment: RunAssignment, starts: readonly SolvedStart[]) => {
  return (candidate: number): { readonly solved: SolvedStart; readonly row: number } | null => {
    const own = assignment.startOf[candidate]!;
    const solved = own === -1 ? starts.find(({ rowOf }) => rowOf[candidate] !== -1) : starts[own];
    const row = solved?.rowOf[candidate] ?? -1;
    return solved === undefined || row === -1 ? null : { solved, row };
  };
};
