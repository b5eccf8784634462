import { type CandidateOutcome, OBJECTIVE_LEVELS } from '@gruppstart/domain/matching/outcome';
import { assignStarts, type RunAssignment } from './assign-starts.ts';
import type { AssignmentSolver } from './assignment/problem.ts';
import { solveByShortestPaths } from './assignment/shortest-paths.ts';
import { answerGains } from './call-list/answer-gains.ts';
import { callListOf } from './call-list/call-list.ts';
import { canonicalInput } from './canonical-input.ts';
import { compileRun } from './compiled-run.ts';
import { levelsOf } from './eligibility/run-levels.ts';
import { startFrontier } from './frontier/start-frontier.ts';
import { findInputFaults } from './input-faults.ts';
import { runSeatPrices } from './look-ahead/price-run.ts';
import type { MatchInput, RunResult } from './model.ts';
import { outcomeOf, placeOutcomes } from './outcomes.ts';
import { judgePairs } from './pairs.ts';
import { placeValues } from './place-values/place-values.ts';
import { percentOf } from './score.ts';
import { placedIn } from './seat-holders.ts';
import { sessionNeedsOf } from './session-needs.ts';
import { storedProof } from './side-constraints/stored-proof.ts';
import { solvedStart } from './solved-start.ts';
import { type EdgeWorth, keptIn } from './start-problem.ts';

/** Changes whenever the same input may give another result. */
export const ENGINE_VERSION = 'matching-7';

/** People who were placed at a start beforehand. */
const pinnedAt = ({ startOf, pinned }: RunAssignment, outcomes: readonly CandidateOutcome[], startIndex: number) => {
  const there = outcomes.filter((_, c) => pinned[c] === 1 && startOf[c] === startIndex);
  return {
    people: there.length,
    points: sum(there.map((outcome) => (outcome.kind === 'proposed' ? outcome.points : 0))),
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);

/**
 * Runs the matching: equal input gives equal output, byte for byte in canonical JSON, whatever the order of the lists.
 * Throws when the input has faults (ask `findInputFaults` first) or when the proof of optimality fails.
 */
export const runMatching = (given: MatchInput, solve: AssignmentSolver = solveByShortestPaths): RunResult => {
  const faults = findInputFaults(given);
  if (faults.length > 0) throw new Error(`The matching input cannot be run: ${JSON.stringify(faults.slice(0, 5))}`);
  const input = canonicalInput(given);
  const run = compileRun(input);
  const levels = levelsOf(run);
  const table = judgePairs(run, levels);
  const worth: EdgeWorth = { kept: keptIn(run), seatPrices: runSeatPrices(run, table, solve) };
  const assignment = assignStarts(run, table, worth, solve);
  const placed = placedIn(run, table, assignment);
  const candidates = input.candidates.map((_, c) => outcomeOf(run, table, assignment, placed, worth, c));
  const solved = assignment.starts.map((result) => solvedStart(result, candidates.length));
  const next = solved[0]!;
  const callList = callListOf(run, table, candidates, answerGains({ run, table, worth, assignment, solved }));
  const proposed = candidates.filter((outcome) => outcome.kind === 'proposed');
  const points = sum(proposed.map((outcome) => outcome.points));
  const maxPoints = sum(proposed.map((outcome) => outcome.maxPoints));
  return {
    summary: {
      purpose: input.purpose,
      engineVersion: ENGINE_VERSION,
      weightsVersion: input.weights.version,
      candidates: candidates.length,
      places: input.places.length,
      seats: sum(run.places.map(({ firstCell }) => run.cells[firstCell]!.freeSeats)),
      proposed: proposed.length,
      proposedPreliminary: proposed.filter((outcome) => outcome.preliminary).length,
      unplaced: candidates.length - proposed.length,
      points,
      maxPoints,
      fitPercent: percentOf(points, maxPoints),
      questions: callList.questions,
      cohorts: assignment.starts.map(({ startIndex, placed }) => {
        const { cohortId, startDate, preliminary, seats, taken } = run.starts[startIndex]!;
        return { cohortId, startDate, preliminary, seats, takenBefore: taken, proposed: placed };
      }),
      frontier: startFrontier(run, table, next.result, pinnedAt(assignment, candidates, 0)),
      sessionNeeds: sessionNeedsOf(input, proposed),
    },
    candidates,
    places: placeOutcomes(run, table, assignment, worth, placeValues(run, table, levels, next, worth)),
    callList: callList.entries,
    certificate: {
      ok: true,
      levels: [...OBJECTIVE_LEVELS],
      starts: assignment.starts.map(({ startIndex, candidates: people, places, facts }) => ({
        cohortId: run.starts[startIndex]!.cohortId,
        candidates: people,
        places,
        ...facts,
      })),
    },
    proofs: assignment.starts.map(({ startIndex, proof, nodes }) =>
      storedProof(run.starts[startIndex]!.cohortId, nodes, proof),
    ),
  };
};
