import { type ConstrainedStart, edgeTaken, type SideConstraint } from './constrained-start.ts';

/** An assignment that is being mended, with what it uses counted. */
interface Draft {
  readonly start: ConstrainedStart;
  readonly edges: Int32Array;
  readonly used: Int32Array;
  placed: number;
}

const take = (draft: Draft, c: number, e: number, by: 1 | -1): void => {
  const { flow } = draft.start;
  for (let node = flow.edgeCell[e]!; node !== -1; node = flow.nodeParent[node]!) draft.used[node]! += by;
  draft.edges[c] = by === 1 ? e : -1;
  draft.placed += by;
};

const cellAt = ({ start, edges }: Draft, c: number): number => (edges[c] === -1 ? -1 : start.flow.edgeCell[edges[c]!]!);

const isUnder = ({ nodeParent }: ConstrainedStart['flow'], cell: number, node: number): boolean => {
  for (let above = cell; above !== -1; above = nodeParent[above]!) if (above === node) return true;
  return false;
};

/** Who stands in the way of a constraint: of these, somebody must give up their seat. Empty when it is kept. */
const inTheWay = (draft: Draft, constraint: SideConstraint): readonly number[] => {
  const { start, edges, used } = draft;
  switch (constraint.kind) {
    case 'together': {
      const { first, second } = constraint;
      if ((edges[first] === -1) === (edges[second] === -1)) return [];
      return [edges[first] === -1 ? second : first];
    }
    case 'apart': {
      const first = cellAt(draft, constraint.first);
      const second = cellAt(draft, constraint.second);
      if (first === -1 || second === -1) return [];
      const isApart = constraint.from === 'unit' && start.unitOfCell[first] !== start.unitOfCell[second];
      return isApart ? [] : [constraint.first, constraint.second];
    }
    default: {
      const needed = constraint.parts.reduce((sum, { node, need }) => sum + need * used[node]!, 0);
      if (needed <= constraint.capacity) return [];
      return [...edges.keys()].filter((c) => {
        const cell = cellAt(draft, c);
        return cell !== -1 && constraint.parts.some(({ node }) => isUnder(start.flow, cell, node));
      });
    }
  }
};

/** Over 0 when `a` comes before `b` in the order of the objectives that are about people. */
const compareRank = ({ tiers, waitDays, lots }: ConstrainedStart['flow'], a: number, b: number): number =>
  tiers[a]! - tiers[b]! || waitDays[a]! - waitDays[b]! || lots[a]! - lots[b]!;

/** Takes the seat from whoever ranks last of those in the way, until nobody is; false when only required people are. */
const clear = (draft: Draft): boolean => {
  const { flow, constraints } = draft.start;
  for (let isClear = false; !isClear; ) {
    isClear = true;
    for (const constraint of constraints) {
      for (let people = inTheWay(draft, constraint); people.length > 0; people = inTheWay(draft, constraint)) {
        const free = people.filter((c) => flow.mustPlace[c] === 0);
        if (free.length === 0) return false;
        const last = free.reduce((lowest, c) => (compareRank(flow, c, lowest) < 0 ? c : lowest));
        take(draft, last, draft.edges[last]!, -1);
        isClear = false;
      }
    }
  }
  return true;
};

/** Gives seats that are free to people without one, in their rank, wherever nothing stands in the way. */
const fill = (draft: Draft): void => {
  const { flow, constraints } = draft.start;
  if (draft.placed >= flow.totalSeats) return;
  const waiting = [...draft.edges.keys()].filter((c) => draft.edges[c] === -1);
  waiting.sort((a, b) => compareRank(flow, b, a));
  for (const c of waiting) {
    if (draft.placed >= flow.totalSeats) return;
    const row = Array.from({ length: flow.edgeStart[c + 1]! - flow.edgeStart[c]! }, (_, i) => flow.edgeStart[c]! + i);
    const open = row.filter((e) => {
      for (let node = flow.edgeCell[e]!; node !== -1; node = flow.nodeParent[node]!)
        if (draft.used[node]! >= flow.nodeSeats[node]!) return false;
      return true;
    });
    open.sort((a, b) => flow.edgeValue[b]! - flow.edgeValue[a]! || a - b);
    for (const e of open) {
      take(draft, c, e, 1);
      if (constraints.every((constraint) => inTheWay(draft, constraint).length === 0)) break;
      take(draft, c, e, -1);
    }
  }
};

/**
 * Makes an assignment keep every constraint, by taking seats from those who rank last and giving what is free to others.
 * Not the best there is, but always there: without required people the empty assignment keeps everything. Null when those
 * who are required stand in each other's way.
 */
export const repaired = (start: ConstrainedStart, cellOf: Int32Array): Int32Array | null => {
  const { flow } = start;
  const draft: Draft = {
    start,
    edges: new Int32Array(cellOf.length).fill(-1),
    used: new Int32Array(flow.nodeParent.length),
    placed: 0,
  };
  for (const c of cellOf.keys()) {
    const e = edgeTaken(flow, cellOf, c);
    if (e !== -1) take(draft, c, e, 1);
  }
  if (!clear(draft)) return null;
  fill(draft);
  if (draft.edges.some((e, c) => e === -1 && flow.mustPlace[c] === 1)) return null;
  return draft.edges.map((e) => (e === -1 ? -1 : flow.edgeCell[e]!));
};
