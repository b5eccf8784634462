import { compareObjectives, type Objective } from '../assignment/objective.ts';
import type { AssignmentProblem } from '../assignment/problem.ts';
import type { loadHighs } from './highs.ts';

const NOTHING: Objective = { mustPlaced: 0, placed: 0, tiers: 0, value: 0, waitDays: 0, lots: 0, pairLots: 0 };

const withEdge = (problem: AssignmentProblem, worth: Objective, c: number, e: number): Objective => ({
  mustPlaced: worth.mustPlaced + problem.mustPlace[c]!,
  placed: worth.placed + 1,
  tiers: worth.tiers + problem.tiers[c]!,
  value: worth.value + problem.edgeValue[e]!,
  waitDays: worth.waitDays + problem.waitDays[c]!,
  lots: worth.lots + problem.lots[c]!,
  pairLots: worth.pairLots + problem.edgeLot[e]!,
});

/** What an assignment comes to, counted from the edges. */
export const objectiveOf = (problem: AssignmentProblem, cellOf: Int32Array): Objective => {
  let worth = NOTHING;
  for (let c = 0; c < problem.candidateCount; c += 1)
    for (let e = problem.edgeStart[c]!; e < problem.edgeStart[c + 1]!; e += 1)
      if (problem.edgeCell[e] === cellOf[c]) worth = withEdge(problem, worth, c, e);
  return worth;
};

/** A cell and the groups it is in. */
const nodesAround = ({ nodeParent }: AssignmentProblem, cell: number): number[] => {
  const nodes: number[] = [];
  for (let node = cell; node !== -1; node = nodeParent[node]!) nodes.push(node);
  return nodes;
};

/** The best objective by trying everything: for each set of seats used, the best so far. */
export const bestByEnumeration = (problem: AssignmentProblem): Objective => {
  const none = Array.from(problem.nodeSeats, () => 0);
  let reached = new Map([[none.join(), { used: none, worth: NOTHING }]]);
  for (let c = 0; c < problem.candidateCount; c += 1) {
    const next = new Map(reached);
    for (const { used, worth } of reached.values())
      for (let e = problem.edgeStart[c]!; e < problem.edgeStart[c + 1]!; e += 1) {
        const nodes = nodesAround(problem, problem.edgeCell[e]!);
        const isFull = nodes.some((node) => used[node]! >= problem.nodeSeats[node]!);
        if (isFull || worth.placed >= problem.totalSeats) continue;
        const usedThen = used.map((count, node) => (nodes.includes(node) ? count + 1 : count));
        const worthThen = withEdge(problem, worth, c, e);
        const known = next.get(usedThen.join());
        if (known === undefined || compareObjectives(worthThen, known.worth) > 0)
          next.set(usedThen.join(), { used: usedThen, worth: worthThen });
      }
    reached = next;
  }
  let best = NOTHING;
  for (const { worth } of reached.values()) if (compareObjectives(worth, best) > 0) best = worth;
  return best;
};

/**
 * The best sum of a factor per edge, the sums of other factors given, by a general solver. Seats may be split between
 * people here, which can only raise the sum: an assignment that reaches it is the best.
 */
export const bestByHighs = (
  highs: Awaited<ReturnType<typeof loadHighs>>,
  problem: AssignmentProblem,
  factor: (c: number, e: number) => number,
  given: readonly { readonly factor: (c: number, e: number) => number; readonly sum: number }[] = [],
): number => {
  const edges = Array.from({ length: problem.candidateCount }, (_, c) =>
    Array.from({ length: problem.edgeStart[c + 1]! - problem.edgeStart[c]! }, (_, i) => ({
      c,
      e: problem.edgeStart[c]! + i,
    })),
  ).flat();
  if (edges.length === 0) return 0;
  const sumOf = (some: typeof edges, worth: (c: number, e: number) => number): string =>
    some.map(({ c, e }) => `${worth(c, e) < 0 ? '-' : '+'} ${Math.abs(worth(c, e))} x${e}`).join(' ');
  const limit = (some: typeof edges, most: number): string[] =>
    some.length === 0 ? [] : [`${sumOf(some, () => 1)} <= ${most}`];
  const limits = [
    ...Array.from({ length: problem.candidateCount }, (_, c) =>
      limit(
        edges.filter((edge) => edge.c === c),
        1,
      ),
    ).flat(),
    ...Array.from(problem.nodeSeats, (seats, node) =>
      limit(
        edges.filter(({ e }) => nodesAround(problem, problem.edgeCell[e]!).includes(node)),
        seats,
      ),
    ).flat(),
    ...limit(edges, problem.totalSeats),
    ...given.map((known) => `${sumOf(edges, known.factor)} = ${known.sum}`),
  ];
  const model = [
    'Maximize',
    ` obj: ${sumOf(edges, factor)}`,
    'Subject To',
    ...limits.map((text, index) => ` c${index}: ${text}`),
    'End',
  ].join('\n');
  const solution = highs.solve(model);
  if (solution.Status !== 'Optimal') throw new Error(`HiGHS says ${solution.Status}`);
  return Math.round(solution.ObjectiveValue);
};
