import { checkCertificate } from '../assignment/certificate.ts';
import { compareObjectives, type Objective } from '../assignment/objective.ts';
import type { PackingRange } from '../assignment/packing.ts';
import type { Assignment, AssignmentProblem, AssignmentSolver } from '../assignment/problem.ts';
import { CertificateFailure } from '../certificate-failure.ts';
import type { StartProblem } from '../start-problem.ts';
import { checkProof } from './check-proof.ts';
import type { ConstrainedNumbers } from './constrain-start.ts';
import { frozenFlow } from './freeze.ts';
import type { PeopleRules } from './people-rules.ts';
import type { StartProof } from './proof.ts';
import { searchStart } from './search.ts';

/** What an assignment comes to and what none exceeds, in the run's points and days. */
export interface ProvenFacts {
  readonly edgesChecked: number;
  /** Cases that the proof consists of; 1 where no side constraint had to split. */
  readonly cases: number;
  readonly objective: Objective;
  readonly bound: Objective;
}

export interface StartSolution {
  /** The flow in which the assignment is the best: that of the start, or with what side constraints decided held fast. */
  readonly problem: AssignmentProblem;
  readonly assignment: Assignment;
  readonly facts: ProvenFacts;
  readonly proof: StartProof;
  /** Nodes with seats that the proof speaks of. */
  readonly nodes: number;
  /** True when the problem is the whole start, so that it can be changed step by step. */
  readonly isFlow: boolean;
  /** Flows that were solved, each over all pairs, people and seats. */
  readonly steps: number;
}

/**
 * How much a search may go through: pairs, people and seats, once for each case, some tens of millions in a second.
 * Counted so and never in time, so that a run can be repeated. `full`: a municipality is solved to the end, and a region
 * with something of everything within seconds. `quick`: for what is looked at beside it.
 */
export const EFFORT = { full: 100_000_000, quick: 12_000_000 } as const;

const MOST_CASES = 2_000;
/** However large a start is whose result is shown: so many that the first descent comes to an end. */
const FEWEST_CASES = 40;

const mostCases = ({ candidateCount, edgeCell, nodeParent }: AssignmentProblem, effort: number): number => {
  const size = edgeCell.length + candidateCount + nodeParent.length + 1;
  const fewest = effort < EFFORT.quick ? 1 : FEWEST_CASES;
  return Math.max(fewest, Math.min(MOST_CASES, Math.ceil(effort / size)));
};

/** A start without side constraints: one flow, proven by its prices. */
export const solveFlow = (problem: AssignmentProblem, solve: AssignmentSolver, range: PackingRange): StartSolution => {
  const assignment = solve(problem, range);
  const check = checkCertificate(problem, assignment);
  if (!check.ok) throw new CertificateFailure(`${check.fault} (at ${check.index})`);
  const { edgesChecked, ...objective } = check.facts;
  return {
    problem,
    assignment,
    facts: { edgesChecked, cases: 1, objective, bound: objective },
    proof: [{ kind: 'solved', ...assignment, constraintPrices: [], addedLots: 0 }],
    nodes: problem.nodeParent.length,
    isFlow: true,
    steps: 1,
  };
};

const inPoints = (objective: Objective, pointUnit: number | null): Objective => {
  if (pointUnit === null) return objective;
  const value = Math.floor(objective.value / pointUnit);
  return { ...objective, value, waitDays: objective.value - value * pointUnit };
};

/**
 * A start with side constraints: searched, then solved once more with what was decided held fast, so that what remains
 * is the best and can be asked like any other start. The proof is checked for the assignment that comes out. Null when
 * not everybody who must be placed can be.
 */
export const solveConstrained = (
  startProblem: StartProblem,
  rules: PeopleRules,
  sessionSeats: readonly number[],
  { start, runCellOf, pointUnit }: ConstrainedNumbers,
  unitOfRunCell: Int32Array,
  solve: AssignmentSolver,
  range: PackingRange,
  effort: number,
): StartSolution | null => {
  const found = searchStart(start, mostCases(start.flow, effort));
  if (found === null) return null;
  const inRun = found.cellOf.map((cell) => (cell === -1 ? -1 : runCellOf[cell]!));
  const problem = frozenFlow(startProblem, rules, sessionSeats, unitOfRunCell, inRun);
  const { assignment } = solveFlow(problem, solve, range);
  const { edgeStart, edgeCell } = startProblem.problem;
  const cellOf = assignment.cellOf.map((cell, c) => {
    if (cell === -1) return -1;
    return start.flow.edgeCell[edgeCell.indexOf(cell, edgeStart[c]!)]!;
  });
  const check = checkProof(start, cellOf, found.proof);
  if (!check.ok) throw new CertificateFailure(`${check.fault} (at ${check.index})`);
  const { edgesChecked, cases, objective, bound } = check.facts;
  if (compareObjectives(objective, found.objective) < 0) throw new CertificateFailure('frozen-flow-is-worse');
  return {
    problem,
    assignment,
    facts: { edgesChecked, cases, objective: inPoints(objective, pointUnit), bound: inPoints(bound, pointUnit) },
    proof: found.proof,
    nodes: start.flow.nodeParent.length,
    isFlow: false,
    steps: found.steps,
  };
};
