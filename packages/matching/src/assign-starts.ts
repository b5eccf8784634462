import { type CertificateFacts, checkCertificate } from './assignment/certificate.ts';
import type { Assignment, AssignmentProblem, AssignmentSolver } from './assignment/problem.ts';
import type { CompiledRun } from './compiled-run.ts';
import type { PairTable } from './pairs.ts';
import { type EdgeWorth, startProblemOf, valueRangeOf } from './start-problem.ts';

/** What a run stores of the proof of a start. */
interface StartFacts {
  readonly edgesChecked: number;
  readonly placed: number;
  readonly points: number;
  readonly waitDays: number;
}

/** What one start came to. */
export interface StartResult {
  readonly startIndex: number;
  readonly candidates: number;
  readonly places: number;
  readonly facts: StartFacts;
  /** People placed at this start, pinned ones included. */
  readonly placed: number;
  /** Free seats of each cell once this start was filled. */
  readonly seatsLeft: Int32Array;
  /** Candidates who took part and were left without a place. */
  readonly leftOver: readonly number[];
  /** Of them and those who were placed without a pin: the problem, with a row per person, and its answer. */
  readonly people: readonly number[];
  readonly problem: AssignmentProblem;
  readonly assignment: Assignment;
}

export interface RunAssignment {
  /** Start and cell per candidate, -1 for none. */
  readonly startOf: Int32Array;
  readonly cellOf: Int32Array;
  readonly pinned: Uint8Array;
  readonly starts: readonly StartResult[];
}

/** A faulty solver, never a fault of the input: the run must not be stored. */
export class CertificateFailure extends Error {
  override readonly name = 'CertificateFailure';
}

/** `points`: those of the edges taken, before any charge or tax. */
const storedFacts = ({ edgesChecked, placed, waitDays }: CertificateFacts, points: number): StartFacts => ({
  edgesChecked,
  placed,
  points,
  waitDays,
});

/** The points of those who are placed, each by the edge to their cell. */
export const pointsPlaced = (table: PairTable, people: readonly number[], cellOf: Int32Array): number => {
  let points = 0;
  for (const [row, c] of people.entries()) {
    if (cellOf[row] === -1) continue;
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1)
      if (table.edgeCell[e] === cellOf[row]) points += table.edgePoints[e]!;
  }
  return points;
};

const bitOf = (index: number): number => 1 << index;

/** Pins take their whole seats before anything is solved, at whichever start they belong to. */
const applyPins = (run: CompiledRun, startOf: Int32Array, cellOf: Int32Array, pinned: Uint8Array): void => {
  const { input } = run;
  const candidateIndex = new Map(input.candidates.map(({ candidateId }, index) => [candidateId, index]));
  const placeIndex = new Map(input.places.map(({ placeId }, index) => [placeId, index]));
  const startIndex = new Map(input.starts.map(({ cohortId }, index) => [cohortId, index]));
  for (const pin of input.pins) {
    const c = candidateIndex.get(pin.candidateId)!;
    startOf[c] = startIndex.get(pin.cohortId)!;
    cellOf[c] = run.places[placeIndex.get(pin.placeId)!]!.firstCell;
    pinned[c] = 1;
  }
};

/**
 * Solves the starts in date order. The first is solved as if there were no other, so that nobody's next start depends on
 * guesses about later ones; each later one places those who are left, on the seats that are left.
 *
 * The start's own seats are a limit for `admission`; in `placement` people already have their seat in the start.
 */
export const assignStarts = (
  run: CompiledRun,
  table: PairTable,
  worth: EdgeWorth,
  solve: AssignmentSolver,
): RunAssignment => {
  const count = run.candidates.length;
  const startOf = new Int32Array(count).fill(-1);
  const cellOf = new Int32Array(count).fill(-1);
  const pinned = new Uint8Array(count);
  applyPins(run, startOf, cellOf, pinned);
  const seatsLeft = Int32Array.from(run.cells, (cell) => cell.freeSeats);
  for (let c = 0; c < count; c += 1) if (pinned[c] === 1) seatsLeft[cellOf[c]!]! -= 1;

  const range = valueRangeOf(run, worth);
  const { placeAtMost } = run.input.policy;
  const starts: StartResult[] = [];
  for (const [startIndex, start] of run.starts.entries()) {
    const people: number[] = [];
    let pinnedHere = 0;
    for (const [c, candidate] of run.candidates.entries()) {
      if (startOf[c] === startIndex) pinnedHere += 1;
      else if (startOf[c] === -1 && (candidate.startMask & bitOf(startIndex)) !== 0) people.push(c);
    }
    const freeInStart = Math.max(0, start.seats - start.taken - pinnedHere);
    const seatsInStart = run.input.purpose === 'admission' ? freeInStart : people.length;
    const chosen = startIndex === 0 && placeAtMost !== null ? Math.max(0, placeAtMost - pinnedHere) : seatsInStart;
    const totalSeats = Math.min(seatsInStart, chosen);
    const problem = startProblemOf(run, table, worth, startIndex, people, seatsLeft, totalSeats);
    const assignment = solve(problem, range);
    const check = checkCertificate(problem, assignment);
    if (!check.ok)
      throw new CertificateFailure(`Start ${start.cohortId}: ${check.fault} (at ${check.index}); nothing was decided`);
    const leftOver: number[] = [];
    for (const [row, c] of people.entries()) {
      const cell = assignment.cellOf[row]!;
      if (cell === -1) {
        leftOver.push(c);
        continue;
      }
      startOf[c] = startIndex;
      cellOf[c] = cell;
      seatsLeft[cell]! -= 1;
    }
    starts.push({
      startIndex,
      candidates: people.length,
      places: run.places.length,
      facts: storedFacts(check.facts, pointsPlaced(table, people, assignment.cellOf)),
      placed: check.facts.placed + pinnedHere,
      seatsLeft: Int32Array.from(seatsLeft),
      leftOver,
      people,
      problem,
      assignment,
    });
  }
  return { startOf, cellOf, pinned, starts };
};
