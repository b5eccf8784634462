import type { AssignmentProblem } from '../assignment/problem.ts';
import type { CompiledRun } from '../compiled-run.ts';
import type { StartProblem } from '../start-problem.ts';
import type { CapacityConstraint, ConstrainedStart } from './constrained-start.ts';
import type { PeopleRules } from './people-rules.ts';
import { seatTreeOf } from './seat-tree.ts';
import { placeSeatsOf, type SeatsLeft } from './seats-left.ts';

/** A start with side constraints in numbers of its own, and the way back to those of the run. */
export interface ConstrainedNumbers {
  readonly start: ConstrainedStart;
  /** The run's cell of each cell: one that people need a session for is apart from the one that they do not. */
  readonly runCellOf: Int32Array;
  /** What one point is in the values, when the days waited are counted in them; null when they are not. */
  readonly pointUnit: number | null;
}

const LARGEST_INT32 = 2 ** 31 - 1;

/** How many times the range of the values prices may reach beyond it, with room to spare. */
const VALUE_HEADROOM = 8;

/**
 * Counts days in the values: `points · pointUnit + days`, the order being the same since all the days together are less
 * than a point. A price can then be as fine as a day, where points are so equal that only the wait tells people apart.
 * Null when the numbers would be too large.
 */
const pointUnitOf = ({ candidateCount, totalSeats, waitDays, edgeValue }: AssignmentProblem): number | null => {
  const longest = waitDays.reduce((most, days) => Math.max(most, days), 0);
  const unit = Math.min(candidateCount, totalSeats) * longest + 1;
  const largest = edgeValue.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return (largest + 1) * unit * VALUE_HEADROOM <= LARGEST_INT32 ? unit : null;
};

/** The cells in numbers of their own: for each of the run's, one per set of sessions with which people fit there. */
const splitCells = (cellCount: number, { problem, edgeSessions }: StartProblem) => {
  const sessionsAt = Array.from({ length: cellCount }, () => new Set([0]));
  for (const [e, sessions] of edgeSessions.entries()) sessionsAt[problem.edgeCell[e]!]!.add(sessions);
  const runCellOf: number[] = [];
  const cellsOf = sessionsAt.map((masks, runCell) =>
    [...masks].toSorted((a, b) => a - b).map((sessions) => ({ cell: runCellOf.push(runCell) - 1, sessions })),
  );
  return { cellsOf, runCellOf: Int32Array.from(runCellOf) };
};

/** Whether enough people could come to its parts to break the constraint. */
const canBreak = ({ nodeParent, nodeSeats, edgeCell }: AssignmentProblem) => {
  const pairs = new Int32Array(nodeParent.length);
  for (const cell of edgeCell) for (let node = cell; node !== -1; node = nodeParent[node]!) pairs[node]! += 1;
  return ({ parts, capacity }: CapacityConstraint): boolean =>
    parts.reduce((sum, { node, need }) => sum + need * Math.min(nodeSeats[node]!, pairs[node]!), 0) > capacity;
};

/** What of a start breaks the flow; null when nothing does. `sessionSeats`: of each limited session, free at this start. */
export const constrainedNumbers = (
  run: CompiledRun,
  seatsLeft: SeatsLeft,
  startProblem: StartProblem,
  rules: PeopleRules,
  sessionSeats: readonly number[],
): ConstrainedNumbers | null => {
  const { problem, edgeSessions } = startProblem;
  const { cellsOf, runCellOf } = splitCells(run.cells.length, startProblem);
  const tree = seatTreeOf(
    runCellOf.length,
    placeSeatsOf(run, seatsLeft, (cell) => cellsOf[cell]!),
    seatsLeft.minutes,
    sessionSeats,
  );
  const pointUnit = pointUnitOf(problem);
  const edgeValue = problem.edgeValue.slice();
  if (pointUnit !== null)
    for (let c = 0; c < problem.candidateCount; c += 1)
      for (let e = problem.edgeStart[c]!; e < problem.edgeStart[c + 1]!; e += 1)
        edgeValue[e] = edgeValue[e]! * pointUnit + problem.waitDays[c]!;
  const flow: AssignmentProblem = {
    ...problem,
    cellCount: runCellOf.length,
    edgeCell: problem.edgeCell.map(
      (cell, e) => cellsOf[cell]!.find(({ sessions }) => sessions === edgeSessions[e])!.cell,
    ),
    edgeValue,
    waitDays: pointUnit === null ? problem.waitDays : new Int32Array(problem.candidateCount),
    nodeParent: tree.nodeParent,
    nodeSeats: tree.nodeSeats,
  };
  // Splits settle the first that is broken. People before seats: the seats then have fewer ways to come out.
  const constraints = [...rules.constraints, ...tree.constraints.filter(canBreak(flow))];
  if (constraints.length === 0) return null;
  const unitOfCell = runCellOf.map((cell) => seatsLeft.unitOfPlace[run.cells[cell]!.place]!);
  return { start: { flow, unitOfCell, constraints }, runCellOf, pointUnit };
};
