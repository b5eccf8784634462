import { compareObjectives, type Objective } from '../assignment/objective.ts';
import type { ConstrainedStart } from '../side-constraints/constrained-start.ts';

const NOTHING: Objective = { mustPlaced: 0, placed: 0, tiers: 0, value: 0, waitDays: 0, lots: 0, pairLots: 0 };

/** Whether an assignment, given as an edge per person (-1 for none), keeps every side constraint. */
const keepsAll = ({ flow, unitOfCell, constraints }: ConstrainedStart, edges: readonly number[], used: Int32Array) => {
  const unitOf = (c: number): number => (edges[c] === -1 ? -1 : unitOfCell[flow.edgeCell[edges[c]!]!]!);
  return constraints.every((constraint) => {
    if ('parts' in constraint)
      return constraint.parts.reduce((sum, { node, need }) => sum + need * used[node]!, 0) <= constraint.capacity;
    const [first, second] = [unitOf(constraint.first), unitOf(constraint.second)];
    if (constraint.kind === 'together') return (first === -1) === (second === -1);
    if (first === -1 || second === -1) return true;
    return constraint.from === 'unit' && first !== second;
  });
};

/** The best of a small start by trying everything; null when not everybody who is required can be placed. */
export const bestOfStart = (start: ConstrainedStart): Objective | null => {
  const { flow } = start;
  const used = new Int32Array(flow.nodeParent.length);
  const edges = new Array<number>(flow.candidateCount).fill(-1);
  let best: Objective | null = null;
  const nodesOf = (e: number): number[] => {
    const nodes: number[] = [];
    for (let node = flow.edgeCell[e]!; node !== -1; node = flow.nodeParent[node]!) nodes.push(node);
    return nodes;
  };
  const from = (c: number, worth: Objective): void => {
    if (c === flow.candidateCount) {
      if (edges.some((e, person) => e === -1 && flow.mustPlace[person] === 1)) return;
      if (best === null || compareObjectives(worth, best) > 0) if (keepsAll(start, edges, used)) best = worth;
      return;
    }
    from(c + 1, worth);
    if (worth.placed >= flow.totalSeats) return;
    for (let e = flow.edgeStart[c]!; e < flow.edgeStart[c + 1]!; e += 1) {
      const nodes = nodesOf(e);
      if (nodes.some((node) => used[node]! >= flow.nodeSeats[node]!)) continue;
      for (const node of nodes) used[node]! += 1;
      edges[c] = e;
      from(c + 1, {
        mustPlaced: 0,
        placed: worth.placed + 1,
        tiers: worth.tiers + flow.tiers[c]!,
        value: worth.value + flow.edgeValue[e]!,
        waitDays: worth.waitDays + flow.waitDays[c]!,
        lots: worth.lots + flow.lots[c]!,
        pairLots: worth.pairLots + flow.edgeLot[e]!,
      });
      edges[c] = -1;
      for (const node of nodes) used[node]! -= 1;
    }
  };
  from(0, NOTHING);
  return best;
};
