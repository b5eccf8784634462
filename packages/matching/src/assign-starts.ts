import { type CertificateFacts, checkCertificate } from './assignment/certificate.ts';
import type { AssignmentProblem, AssignmentSolver } from './assignment/problem.ts';
import type { CompiledRun } from './compiled-run.ts';
import { pairLot } from './draw.ts';
import type { PairTable } from './pairs.ts';

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

const storedFacts = ({ edgesChecked, placed, value, waitDays }: CertificateFacts): StartFacts => ({
  edgesChecked,
  placed,
  points: value,
  waitDays,
});

const bitOf = (index: number): number => 1 << index;

/**
 * The assignment of one start: those who may join it, cells open then with seats left, eligible pairs between them.
 * Seats are given out whole: a part of a seat limits the whole one, which seats per cell cannot say.
 */
const problemOf = (
  run: CompiledRun,
  table: PairTable,
  startIndex: number,
  people: readonly number[],
  seatsLeft: Int32Array,
  totalSeats: number,
): AssignmentProblem => {
  const bit = bitOf(startIndex);
  const isOpen = run.cells.map(
    ({ place, seatPart }, cell) =>
      seatPart === 'whole' && (run.places[place]!.startMask & bit) !== 0 && seatsLeft[cell]! > 0,
  );
  const edgeStart = new Int32Array(people.length + 1);
  let edges = 0;
  for (const [row, c] of people.entries()) {
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) if (isOpen[table.edgeCell[e]!]) edges += 1;
    edgeStart[row + 1] = edges;
  }
  const edgeCell = new Int32Array(edges);
  const edgeValue = new Int32Array(edges);
  const edgeLot = new Uint16Array(edges);
  let next = 0;
  for (const c of people)
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
      const cell = table.edgeCell[e]!;
      if (!isOpen[cell]) continue;
      edgeCell[next] = cell;
      edgeValue[next] = table.edgePoints[e]!;
      edgeLot[next] = pairLot(run.candidateLotBases[c]!, run.cellLotBases[cell]!);
      next += 1;
    }
  return {
    candidateCount: people.length,
    cellCount: run.cells.length,
    edgeStart,
    edgeCell,
    edgeValue,
    edgeLot,
    mustPlace: new Uint8Array(people.length),
    tiers: new Uint8Array(people.length),
    waitDays: Int32Array.from(people, (c) => run.waitDays[c]!),
    lots: Int32Array.from(people, (c) => run.lots[c]!),
    nodeParent: new Int32Array(run.cells.length).fill(-1),
    nodeSeats: Int32Array.from(seatsLeft),
    totalSeats,
  };
};

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
export const assignStarts = (run: CompiledRun, table: PairTable, solve: AssignmentSolver): RunAssignment => {
  const count = run.candidates.length;
  const startOf = new Int32Array(count).fill(-1);
  const cellOf = new Int32Array(count).fill(-1);
  const pinned = new Uint8Array(count);
  applyPins(run, startOf, cellOf, pinned);
  const seatsLeft = Int32Array.from(run.cells, (cell) => cell.freeSeats);
  for (let c = 0; c < count; c += 1) if (pinned[c] === 1) seatsLeft[cellOf[c]!]! -= 1;

  const starts: StartResult[] = [];
  for (const [startIndex, start] of run.starts.entries()) {
    const people: number[] = [];
    let pinnedHere = 0;
    for (const [c, candidate] of run.candidates.entries()) {
      if (startOf[c] === startIndex) pinnedHere += 1;
      else if (startOf[c] === -1 && (candidate.startMask & bitOf(startIndex)) !== 0) people.push(c);
    }
    const freeInStart = Math.max(0, start.seats - start.taken - pinnedHere);
    const totalSeats = run.input.purpose === 'admission' ? freeInStart : people.length;
    const problem = problemOf(run, table, startIndex, people, seatsLeft, totalSeats);
    const assignment = solve(problem);
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
      facts: storedFacts(check.facts),
      placed: check.facts.placed + pinnedHere,
      seatsLeft: Int32Array.from(seatsLeft),
      leftOver,
    });
  }
  return { startOf, cellOf, pinned, starts };
};
