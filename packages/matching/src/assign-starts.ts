import { compareObjectives } from './assignment/objective.ts';
import type { Assignment, AssignmentProblem, AssignmentSolver } from './assignment/problem.ts';
import { CertificateFailure } from './certificate-failure.ts';
import type { CompiledRun } from './compiled-run.ts';
import type { PairTable } from './pairs.ts';
import { sessionSeatsAt, takePins } from './pins.ts';
import { pointsPlaced } from './points-placed.ts';
import { peopleRulesAt } from './side-constraints/people-rules.ts';
import type { StartProof } from './side-constraints/proof.ts';
import { copySeats, freeSeatsAt, takeSeat } from './side-constraints/seats-left.ts';
import { EFFORT, type StartSolution } from './side-constraints/solve-start.ts';
import { type StartOtherwise, startOtherwise } from './start-otherwise.ts';
import { type EdgeWorth, valueRangeOf } from './start-problem.ts';
import { type Ground, otherTotals, type StartAsked, solveStart } from './start-solver.ts';

/** What a run stores of the proof of a start. */
export interface StartFacts {
  readonly edgesChecked: number;
  /** Cases that the proof consists of. */
  readonly cases: number;
  readonly placed: number;
  readonly points: number;
  readonly waitDays: number;
  readonly exact: boolean;
  /** How much more, at most, another assignment could reach: people, then points. */
  readonly gap: { readonly placed: number; readonly points: number };
}

/** What one start came to. */
export interface StartResult {
  readonly startIndex: number;
  readonly candidates: number;
  readonly places: number;
  readonly facts: StartFacts;
  readonly proof: StartProof;
  /** Nodes with seats that the proof speaks of. */
  readonly nodes: number;
  /** People placed at this start, pinned ones included. */
  readonly placed: number;
  /** Free seats of each cell once this start was filled. */
  readonly seatsLeft: Int32Array;
  /** Free seats of each limited session, and free minutes of each place's supervisors (null: no limit is known). */
  readonly sessionSeatsLeft: readonly number[];
  readonly minutesLeft: readonly (number | null)[];
  /** Candidates who took part and were left without a place. */
  readonly leftOver: readonly number[];
  /** Of them and those who were placed without a pin: the problem, with a row per person, and its answer. */
  readonly people: readonly number[];
  readonly problem: AssignmentProblem;
  readonly assignment: Assignment;
  /** The best with so many seats for them in all, as if nothing had been decided: cells by row; null: not found out. */
  readonly cellsWith: (seats: number) => Int32Array | null;
  /** Null: people share nothing but seats. */
  readonly otherwise: StartOtherwise | null;
}

export interface RunAssignment {
  /** Start and cell per candidate, -1 for none. */
  readonly startOf: Int32Array;
  readonly cellOf: Int32Array;
  readonly pinned: Uint8Array;
  readonly starts: readonly StartResult[];
}

/** `points`: those of the edges taken, before any charge or tax. */
const storedFacts = ({ facts }: StartSolution, points: number): StartFacts => {
  const { edgesChecked, cases, objective, bound } = facts;
  const { placed, waitDays } = objective;
  const gap = {
    placed: bound.placed - placed,
    points: bound.placed === placed && bound.tiers === objective.tiers ? bound.value - objective.value : 0,
  };
  return { edgesChecked, cases, placed, points, waitDays, exact: compareObjectives(bound, objective) === 0, gap };
};

const bitOf = (index: number): number => 1 << index;

const withCohort = <T>(cohortId: string, solve: () => T): T => {
  try {
    return solve();
  } catch (error) {
    if (!(error instanceof CertificateFailure)) throw error;
    throw new CertificateFailure(`Start ${cohortId}: ${error.message}; nothing was decided`, { cause: error });
  }
};

/**
 * Solves the starts in date order. The first is solved as if there were no other, so that nobody's next start depends on
 * guesses about later ones; each later one places those who are left, on the seats and hours that are left.
 *
 * The start's own seats are a limit for `admission`; in `placement` people already have their seat in the start.
 */
export const assignStarts = (
  run: CompiledRun,
  table: PairTable,
  worth: EdgeWorth,
  solve: AssignmentSolver,
): RunAssignment => {
  const taken = takePins(run, table);
  const { startOf, cellOf, pinned, seatsLeft } = taken;
  const ground: Ground = { run, table, worth, solve, range: valueRangeOf(run, worth) };
  const unitOf = (c: number): number => (cellOf[c] === -1 ? -1 : seatsLeft.unitOfPlace[run.cells[cellOf[c]!]!.place]!);
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
    const rules = peopleRulesAt(run, startIndex, people, { startOf, unitOf });
    const sessionSeats = sessionSeatsAt(run, taken, startIndex);
    const asked: StartAsked = {
      startIndex,
      people,
      seatsLeft: copySeats(seatsLeft),
      rules,
      sessionSeats,
      // People are proposed for the next start; of later ones it is enough to know about where they will be.
      effort: startIndex === 0 ? EFFORT.full : EFFORT.quick,
    };
    const solved = withCohort(start.cohortId, () => solveStart(ground, asked, totalSeats));
    const { solution } = solved;
    const cellsWith = otherTotals(ground, asked, solved);
    const { problem, assignment } = solution;
    const leftOver: number[] = [];
    for (const [row, c] of people.entries()) {
      const cell = assignment.cellOf[row]!;
      if (cell === -1) {
        leftOver.push(c);
        continue;
      }
      startOf[c] = startIndex;
      cellOf[c] = cell;
      takeSeat(run, seatsLeft, cell);
    }
    starts.push({
      startIndex,
      candidates: people.length,
      places: run.places.length,
      facts: storedFacts(solution, pointsPlaced(table, people, assignment.cellOf)),
      proof: solution.proof,
      nodes: solution.nodes,
      placed: solution.facts.objective.placed + pinnedHere,
      seatsLeft: Int32Array.from(run.cells, (_, cell) => freeSeatsAt(run, seatsLeft, cell)),
      sessionSeatsLeft: sessionSeatsLeft(run, table, people, assignment.cellOf, sessionSeats),
      minutesLeft: run.places.map((_, p) => seatsLeft.minutes[seatsLeft.unitOfPlace[p]!] ?? null),
      leftOver,
      people,
      problem,
      assignment,
      cellsWith: (seats) => withCohort(start.cohortId, () => cellsWith(seats)),
      otherwise: startOtherwise(ground, asked, solved, totalSeats),
    });
  }
  return { startOf, cellOf, pinned, starts };
};

/** What those placed leave of the limited sessions' seats. */
const sessionSeatsLeft = (
  run: CompiledRun,
  table: PairTable,
  people: readonly number[],
  cellOf: Int32Array,
  sessionSeats: readonly number[],
): number[] => {
  const left = [...sessionSeats];
  for (const [row, c] of people.entries()) {
    if (cellOf[row] === -1) continue;
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1)
      if (table.edgeCell[e] === cellOf[row])
        for (const session of run.sessions.keys())
          if ((table.edgeSessions[e]! & bitOf(session)) !== 0) left[session]! -= 1;
  }
  return left;
};
