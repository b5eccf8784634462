import { checkCertificate } from './assignment/certificate.ts';
import { changeMustPlace, changeTotalSeats } from './assignment/change.ts';
import { compareObjectives } from './assignment/objective.ts';
import type { PackingRange } from './assignment/packing.ts';
import type { AssignmentSolver } from './assignment/problem.ts';
import type { AssignmentState } from './assignment/state.ts';
import { assignmentOf, problemOf, stateFrom } from './assignment/stored.ts';
import { CertificateFailure } from './certificate-failure.ts';
import type { CompiledRun } from './compiled-run.ts';
import { longWaitsToKeep } from './look-ahead/long-waits.ts';
import type { PairTable } from './pairs.ts';
import { constrainedNumbers } from './side-constraints/constrain-start.ts';
import type { PeopleRules } from './side-constraints/people-rules.ts';
import type { SeatsLeft } from './side-constraints/seats-left.ts';
import { EFFORT, type StartSolution, solveConstrained, solveFlow } from './side-constraints/solve-start.ts';
import { type EdgeWorth, startProblemOf } from './start-problem.ts';

/** Everything that is the same for all starts of a run. */
export interface Ground {
  readonly run: CompiledRun;
  readonly table: PairTable;
  readonly worth: EdgeWorth;
  readonly solve: AssignmentSolver;
  readonly range: PackingRange;
}

/** The fault of a search that ended before anything was found in which all who are called have a seat. */
export const NOTHING_FOUND = 'no-assignment-found';

/** One start, before anything of it is decided. */
export interface StartAsked {
  readonly startIndex: number;
  /** Candidates who may join it. */
  readonly people: readonly number[];
  readonly seatsLeft: SeatsLeft;
  readonly rules: PeopleRules;
  /** Free seats of each limited session. */
  readonly sessionSeats: readonly number[];
  /** Pairs, people and seats that a search may go through, once for each case. */
  readonly effort: number;
}

/** Solves one start as the rules about people say; null when not everybody who is called can be placed. */
const solveUnder = (
  { run, table, worth, solve, range }: Ground,
  { startIndex, people, seatsLeft, sessionSeats, effort }: StartAsked,
  rules: PeopleRules,
  totalSeats: number,
): StartSolution | null => {
  const startProblem = startProblemOf(run, table, worth, startIndex, people, seatsLeft, rules, totalSeats);
  const constrained = constrainedNumbers(run, seatsLeft, startProblem, rules, sessionSeats);
  if (constrained === null) return solveFlow(startProblem.problem, solve, range);
  const unitOfCell = Int32Array.from(run.cells, ({ place }) => seatsLeft.unitOfPlace[place]!);
  return solveConstrained(startProblem, rules, sessionSeats, constrained, unitOfCell, solve, range, effort);
};

/**
 * Somebody whose other half is pinned here is placed if it can be, and else not at all. When not all of them can be, they
 * are tried one after the other.
 */
const solveCalling = (rules: PeopleRules, solveWith: (rules: PeopleRules) => StartSolution | null): StartSolution => {
  const all = solveWith(rules);
  if (all !== null) return all;
  const calling = (called: readonly number[]): PeopleRules => ({
    ...rules,
    called,
    out: new Set([...rules.out, ...rules.called.filter((row) => !called.includes(row))]),
  });
  let called: readonly number[] = [];
  let solution = solveWith(calling(called));
  for (const row of rules.called) {
    const tried = solveWith(calling([...called, row]));
    if (tried === null) continue;
    called = [...called, row];
    solution = tried;
  }
  if (solution === null) throw new CertificateFailure(NOTHING_FOUND);
  return solution;
};

const isCharged = ({ worth, run }: Ground, { startIndex }: StartAsked): boolean =>
  startIndex === 0 && run.input.weights.scarcityPercent > 0 && worth.seatPrices.some((price) => price > 0);

/** Rows of those who have waited so long that no price may keep them from the start that they have without prices. */
const waitingLong = ({ run }: Ground, { people }: StartAsked, cellOf: Int32Array): readonly number[] => {
  const waitDays = Int32Array.from(people, (c) => run.waitDays[c]!);
  const kept = longWaitsToKeep({ cellOf, waitDays }, run.input.weights.longWaitDays);
  return [...kept.keys()].filter((row) => kept[row] === 1);
};

/** A start as it was solved; `uncharged` is the same without what seats are charged, null where nothing is. */
export interface SolvedUnderCharges {
  readonly solution: StartSolution;
  readonly uncharged: StartSolution | null;
}

/**
 * Solves one start with so many seats in all. Where seats are charged it is solved without the charges first: who has
 * waited long and would begin then is called, so that a price decides which seat they have and never whether they begin.
 */
export const solveStart = (ground: Ground, asked: StartAsked, totalSeats: number): SolvedUnderCharges => {
  const { rules } = asked;
  const { worth } = ground;
  if (!isCharged(ground, asked)) {
    const solution = solveCalling(rules, (under) => solveUnder(ground, asked, under, totalSeats));
    return { solution, uncharged: null };
  }
  const free: Ground = { ...ground, worth: { ...worth, seatPrices: new Int32Array(worth.seatPrices.length) } };
  const uncharged = solveCalling(rules, (under) => solveUnder(free, asked, under, totalSeats));
  const waiting = waitingLong(ground, asked, uncharged.assignment.cellOf);
  const settled = uncharged.assignment.cellOf;
  // Who is called by a rule about two people and could not be placed stays out, as without the charges.
  const called = rules.called.filter((row) => settled[row] !== -1);
  const out = new Set([...rules.out, ...rules.called.filter((row) => settled[row] === -1)]);
  const calling = { ...rules, called: [...new Set([...called, ...waiting])], out };
  // Only a search that was cut short finds no way to place them all again: then nothing is charged.
  return { solution: solveUnder(ground, asked, calling, totalSeats) ?? uncharged, uncharged };
};

const isSettled = ({ facts: { bound, objective } }: StartSolution): boolean =>
  compareObjectives(bound, objective) === 0;

/** True when nothing better can be found, with the charges and without. */
export const isExact = ({ solution, uncharged }: SolvedUnderCharges): boolean =>
  isSettled(solution) && (uncharged === null || isSettled(uncharged));

/** Checks what a state has come to; what fails is never a result. */
const provenCells = (state: AssignmentState): Int32Array => {
  const assignment = assignmentOf(state);
  const check = checkCertificate(problemOf(state), assignment);
  if (!check.ok) throw new CertificateFailure(`${check.fault} (at ${check.index})`);
  return assignment.cellOf;
};

/**
 * The cells by row if a solved start had another number of seats in all, the best each time, with a proof. A plain flow is
 * changed seat by seat, which is much quicker than solving it anew; where people or hours bind people, it is solved anew.
 */
export const otherTotals = (
  ground: Ground,
  asked: StartAsked,
  { solution, uncharged }: SolvedUnderCharges,
): ((totalSeats: number) => Int32Array | null) => {
  const isPlain = solution.isFlow && asked.rules.called.length === 0 && (uncharged === null || uncharged.isFlow);
  if (!isPlain)
    return (totalSeats) => {
      const solved = solveStart(ground, { ...asked, effort: EFFORT.quick }, totalSeats);
      return isExact(solved) ? solved.solution.assignment.cellOf : null;
    };
  let states: { readonly free: AssignmentState | null; readonly own: AssignmentState } | null = null;
  return (totalSeats) => {
    states ??= {
      free: uncharged === null ? null : stateFrom(uncharged.problem, uncharged.assignment),
      own: stateFrom(solution.problem, solution.assignment),
    };
    const { free, own } = states;
    changeTotalSeats(own, totalSeats);
    if (free !== null) {
      changeTotalSeats(free, totalSeats);
      const waiting = new Set(waitingLong(ground, asked, provenCells(free)));
      for (const row of own.mustPlace.keys()) changeMustPlace(own, row, waiting.has(row) ? 1 : 0);
    }
    return provenCells(own);
  };
};
