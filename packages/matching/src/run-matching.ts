import { type CandidateOutcome, OBJECTIVE_LEVELS, type PlaceOutcome } from '@gruppstart/domain/matching/outcome';
import { assignStarts, type RunAssignment } from './assign-starts.ts';
import type { AssignmentSolver } from './assignment/problem.ts';
import { solveByShortestPaths } from './assignment/shortest-paths.ts';
import { callListOf } from './call-list.ts';
import { canonicalInput } from './canonical-input.ts';
import { type CompiledRun, compileRun } from './compiled-run.ts';
import { findInputFaults } from './input-faults.ts';
import type { MatchInput, RunResult } from './model.ts';
import { pairEvidence } from './pair-evidence.ts';
import { judgePairs, type PairTable } from './pairs.ts';
import { percentOf } from './score.ts';
import { type Placed, placedIn } from './seat-holders.ts';
import { sessionNeedsOf } from './session-needs.ts';
import { unplacedOutcome } from './unplaced.ts';

/** Changes whenever the same input may give another result. */
export const ENGINE_VERSION = 'matching-2';

const outcomeOf = (
  run: CompiledRun,
  table: PairTable,
  assignment: RunAssignment,
  placed: Placed,
  c: number,
): CandidateOutcome => {
  const startIndex = assignment.startOf[c]!;
  if (startIndex === -1) return unplacedOutcome(run, table, assignment, placed, c);
  const cell = assignment.cellOf[c]!;
  const { place, seatPart } = run.cells[cell]!;
  const start = run.starts[startIndex]!;
  return {
    kind: 'proposed',
    candidateId: run.input.candidates[c]!.candidateId,
    cohortId: start.cohortId,
    placeId: run.input.places[place]!.placeId,
    seatPart,
    preliminary: start.preliminary,
    pinned: assignment.pinned[c] === 1,
    seatPricePoints: 0,
    heldBack: null,
    movedFrom: null,
    ...pairEvidence(run, c, cell, startIndex),
  };
};

const placeOutcomes = (run: CompiledRun, table: PairTable, assignment: RunAssignment): PlaceOutcome[] => {
  const filled = new Int32Array(run.places.length);
  const filledPreliminary = new Int32Array(run.places.length);
  for (const [c, cell] of assignment.cellOf.entries()) {
    if (cell === -1) continue;
    const { place } = run.cells[cell]!;
    if (run.starts[assignment.startOf[c]!]!.preliminary) filledPreliminary[place]! += 1;
    else filled[place]! += 1;
  }
  return run.places.map(({ place, criteria }, p) => {
    const tally = table.places[p]!;
    return {
      placeId: place.placeId,
      seats: place.seats,
      takenBefore: place.taken,
      filled: filled[p]!,
      filledPreliminary: filledPreliminary[p]!,
      eligible: tally.eligible,
      eligibleWithChecks: tally.eligibleWithChecks,
      criteria: criteria
        .map((criterion, k) => ({ criterion, k }))
        .filter(({ criterion }) => criterion.excludes)
        .map(({ criterion, k }) => ({
          topic: criterion.topic,
          requirementIndex: criterion.requirementIndex,
          excluded: tally.excluded[k]!,
          excludedAlone: tally.excludedAlone[k]!,
          unknown: tally.unknown[k]!,
        })),
    };
  });
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
  const table = judgePairs(run);
  const assignment = assignStarts(run, table, solve);
  const placed = placedIn(run, table, assignment);
  const candidates = input.candidates.map((_, c) => outcomeOf(run, table, assignment, placed, c));
  const callList = callListOf(run, table, candidates);
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
      sessionNeeds: sessionNeedsOf(input, proposed),
    },
    candidates,
    places: placeOutcomes(run, table, assignment),
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
  };
};
