import type { AssignmentProblem } from '../assignment/problem.ts';
import type { StartProblem } from '../start-problem.ts';
import { type CapacityConstraint, usedByNode } from './constrained-start.ts';
import type { PeopleRules } from './people-rules.ts';

/** What is barred beside the seats: pairs that would need it decided anew. */
interface Bars {
  readonly out: Set<number>;
  readonly units: Map<number, Set<number>>;
  readonly mustPlace: Uint8Array;
}

/** Gives each part what it uses and then, in their order, what is left: whatever comes of it, the constraint is kept. */
const shareOut = (nodeSeats: Int32Array, used: Int32Array, { parts, capacity }: CapacityConstraint): void => {
  if (parts.reduce((sum, { node, need }) => sum + need * nodeSeats[node]!, 0) <= capacity) return;
  let spare = capacity - parts.reduce((sum, { node, need }) => sum + need * used[node]!, 0);
  for (const { node, need } of parts) {
    const more = Math.min(nodeSeats[node]! - used[node]!, Math.floor(spare / need));
    nodeSeats[node] = used[node]! + more;
    spare -= more * need;
  }
};

/** Sessions that more people could use than they have seats for: one bit each. */
const scarceSessions = ({ problem, edgeSessions }: StartProblem, sessionSeats: readonly number[]): number => {
  let scarce = 0;
  for (const [bit, seats] of sessionSeats.entries()) {
    let users = 0;
    for (let c = 0; c < problem.candidateCount; c += 1)
      for (let e = problem.edgeStart[c]!; e < problem.edgeStart[c + 1]!; e += 1)
        if ((edgeSessions[e]! & (1 << bit)) !== 0) {
          users += 1;
          break;
        }
    if (users > seats) scarce |= 1 << bit;
  }
  return scarce;
};

const barsOf = (
  { problem }: StartProblem,
  { constraints }: PeopleRules,
  unitOfCell: Int32Array,
  cellOf: Int32Array,
): Bars => {
  const bars: Bars = { out: new Set(), units: new Map(), mustPlace: problem.mustPlace.slice() };
  const unitsOf = (c: number): Set<number> =>
    new Set(
      problem.edgeCell
        .subarray(problem.edgeStart[c], problem.edgeStart[c + 1])
        .values()
        .map((p) => unitOfCell[p]!),
    );
  const barUnits = (c: number, units: Iterable<number>): void => {
    bars.units.set(c, new Set([...(bars.units.get(c) ?? []), ...units]));
  };
  for (const { kind, first, second, ...rest } of constraints) {
    const [firstCell, secondCell] = [cellOf[first]!, cellOf[second]!];
    if (kind === 'together')
      for (const c of [first, second]) {
        if (firstCell === -1) bars.out.add(c);
        else bars.mustPlace[c] = 1;
      }
    else if ('from' in rest && rest.from === 'start') bars.out.add(firstCell === -1 ? first : second);
    else {
      // The second stays out of all units of the first but the one that they are in, and the first out of that one.
      const own = secondCell === -1 ? -1 : unitOfCell[secondCell]!;
      barUnits(first, [own]);
      barUnits(
        second,
        [...unitsOf(first)].filter((unit) => unit !== own),
      );
    }
  }
  return bars;
};

/**
 * The start as a flow in which every side constraint is kept whatever happens: what was decided about hours, sessions,
 * shared seats and pairs stays decided, and all else is free. The assignment is in it, so its best is no worse; and what
 * is asked of it afterwards (one seat more, an answer) is answered with those decisions as they are.
 */
export const frozenFlow = (
  startProblem: StartProblem,
  rules: PeopleRules,
  sessionSeats: readonly number[],
  unitOfCell: Int32Array,
  cellOf: Int32Array,
): AssignmentProblem => {
  const { problem, edgeSessions, capacities } = startProblem;
  const used = usedByNode(problem, cellOf);
  const nodeSeats = problem.nodeSeats.slice();
  for (const constraint of capacities) shareOut(nodeSeats, used, constraint);
  const { out, units, mustPlace } = barsOf(startProblem, rules, unitOfCell, cellOf);
  const scarce = scarceSessions(startProblem, sessionSeats);
  const edgeStart = new Int32Array(problem.candidateCount + 1);
  const kept: number[] = [];
  for (let c = 0; c < problem.candidateCount; c += 1) {
    const [from, to] = [problem.edgeStart[c]!, problem.edgeStart[c + 1]!];
    // Who uses a session's seat may use it elsewhere too; the others do without.
    const taken = problem.edgeCell.subarray(from, to).indexOf(cellOf[c]!);
    const barred = scarce & ~(taken === -1 ? 0 : edgeSessions[from + taken]!);
    const barredUnits = units.get(c);
    if (!out.has(c))
      for (let e = from; e < to; e += 1)
        if ((edgeSessions[e]! & barred) === 0 && !barredUnits?.has(unitOfCell[problem.edgeCell[e]!]!)) kept.push(e);
    edgeStart[c + 1] = kept.length;
  }
  return {
    ...problem,
    edgeStart,
    edgeCell: Int32Array.from(kept, (e) => problem.edgeCell[e]!),
    edgeValue: Int32Array.from(kept, (e) => problem.edgeValue[e]!),
    edgeLot: Uint16Array.from(kept, (e) => problem.edgeLot[e]!),
    mustPlace,
    nodeSeats,
  };
};
