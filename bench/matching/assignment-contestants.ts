import type { AssignmentProblem } from '@gruppstart/matching/assignment/problem';
import { solveByShortestPaths } from '@gruppstart/matching/assignment/shortest-paths';
import { loadHighs } from '@gruppstart/matching/test-support/highs';
import { linearSumAssignment } from 'linear-sum-assignment';
import { minCostFlowForNumberNodes } from 'min-cost-flow';
import munkres from 'munkres';

/** What every solver must agree on: most people placed, then most value. The others know no further objectives. */
export interface Optimum {
  readonly placed: number;
  readonly value: number;
}

/** A solver with its own form of a problem in hand: only the solving is measured. */
export type Contestant = () => Optimum;

const edgesOf = ({ candidateCount, edgeStart, edgeCell, edgeValue }: AssignmentProblem) =>
  Array.from({ length: candidateCount }, (_, c) =>
    Array.from(edgeCell.subarray(edgeStart[c]!, edgeStart[c + 1]!), (cell, index) => ({
      c,
      cell,
      value: edgeValue[edgeStart[c]! + index]!,
    })),
  ).flat();

const pairValue = ({ edgeStart, edgeCell, edgeValue }: AssignmentProblem, c: number, cell: number): number | null => {
  for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) if (edgeCell[e] === cell) return edgeValue[e]!;
  return null;
};

/** Placed and value of the pairs that the problem knows; a matrix has cells for the others too. */
const optimumOf = (problem: AssignmentProblem, pairs: Iterable<readonly [c: number, cell: number]>): Optimum => {
  let placed = 0;
  let value = 0;
  for (const [c, cell] of pairs) {
    const own = cell < 0 ? null : pairValue(problem, c, cell);
    if (own === null) continue;
    placed += 1;
    value += own;
  }
  return { placed, value };
};

export const ours = (problem: AssignmentProblem): Contestant => {
  return () => optimumOf(problem, solveByShortestPaths(problem).cellOf.entries());
};

/** More than the values of all people together: a person placed comes first. */
const placementOf = ({ candidateCount, edgeValue }: AssignmentProblem): number =>
  candidateCount * (edgeValue.reduce((most, value) => Math.max(most, value), 0) + 1);

/** A row per person and a column per seat, 0 where they do not fit. All cells have one seat. */
const matrixOf = (problem: AssignmentProblem, sign: 1 | -1): number[][] => {
  const placement = placementOf(problem);
  const matrix = Array.from({ length: problem.candidateCount }, () => Array<number>(problem.cellCount).fill(0));
  for (const { c, cell, value } of edgesOf(problem)) matrix[c]![cell] = sign * (placement + value);
  return matrix;
};

export const byMunkres = (problem: AssignmentProblem): Contestant => {
  const costs = matrixOf(problem, -1);
  return () => optimumOf(problem, munkres(costs));
};

/** The same matrix with a row per seat, which this solver finds easier. */
export const byMunkresTurned = (problem: AssignmentProblem): Contestant => {
  const costs = matrixOf(problem, -1);
  const turned = Array.from({ length: problem.cellCount }, (_, cell) => costs.map((row) => row[cell]!));
  return () =>
    optimumOf(
      problem,
      munkres(turned).map(([cell, c]) => [c, cell] as const),
    );
};

export const byLinearSumAssignment = (problem: AssignmentProblem): Contestant => {
  const worths = matrixOf(problem, 1);
  return () => optimumOf(problem, Array.from(linearSumAssignment(worths, { maximaze: true }).rowAssignments).entries());
};

/** As most flow at least cost: the most flow is the most people placed. */
export const byMinCostFlow = (problem: AssignmentProblem): Contestant => {
  const { candidateCount, cellCount, nodeSeats } = problem;
  const personNode = (c: number): number => 1 + c;
  const cellNode = (cell: number): number => 1 + candidateCount + cell;
  const sink = 1 + candidateCount + cellCount;
  const edges = edgesOf(problem).map(({ c, cell, value }) => ({
    from: personNode(c),
    to: cellNode(cell),
    capacity: 1,
    cost: -value,
  }));
  const graph = [
    ...Array.from({ length: candidateCount }, (_, c) => ({ from: 0, to: personNode(c), capacity: 1, cost: 0 })),
    ...edges,
    ...Array.from(nodeSeats, (capacity, cell) => ({ from: cellNode(cell), to: sink, capacity, cost: 0 })),
  ];
  return () => {
    const taken = minCostFlowForNumberNodes(graph).filter(({ from, to, flow }) => flow > 0 && from > 0 && to < sink);
    return optimumOf(
      problem,
      taken.map(({ from, to }) => [from - personNode(0), to - cellNode(0)] as const),
    );
  };
};

/** As a linear programme, whose best answers are whole: a seat is never split in a network. */
export const byHighs = async (problem: AssignmentProblem): Promise<Contestant> => {
  const highs = await loadHighs();
  const placement = placementOf(problem);
  const edges = edgesOf(problem);
  const sum = (some: typeof edges): string => some.map(({ c, cell }) => `x${c}_${cell}`).join(' + ');
  const limits = [
    ...Map.groupBy(edges, ({ c }) => c)
      .values()
      .map((row) => `${sum(row)} <= 1`),
    ...Map.groupBy(edges, ({ cell }) => cell)
      .entries()
      .map(([cell, column]) => `${sum(column)} <= ${problem.nodeSeats[cell]!}`),
  ];
  const worth = edges.map(({ c, cell, value }) => `${placement + value} x${c}_${cell}`).join(' + ');
  const model = [
    'Maximize',
    ` obj: ${worth}`,
    'Subject To',
    ...limits.map((limit, row) => ` r${row}: ${limit}`),
    'End',
  ];
  const text = model.join('\n');
  return () => {
    const total = Math.round(highs.solve(text).ObjectiveValue);
    const placed = Math.floor(total / placement);
    return { placed, value: total - placed * placement };
  };
};
