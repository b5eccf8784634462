import { type NodeHeap, newHeap } from './node-heap.ts';
import { highOf, lowOf, type Packing, packingOf } from './packing.ts';
import type { Assignment, AssignmentProblem } from './problem.ts';

export const NOBODY = -1;

/**
 * An assignment that is the best for the people in it, with the prices that prove it. The network is candidate → cell →
 * groups → start → end, with a way from each candidate straight to the end (no seat). Nodes are numbered as in the
 * problem, the start comes after the last. The price of a node is what one more unit that comes to it costs from there
 * on, so that a node's own price is the difference to its parent's.
 */
export interface AssignmentState {
  readonly problem: AssignmentProblem;
  readonly packing: Packing;
  /** The start's number. */
  readonly start: number;
  /** The parent of a node, the start's number directly under it. */
  readonly parentOf: Int32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  readonly seats: Int32Array;
  readonly used: Int32Array;
  readonly priceHigh: Float64Array;
  readonly priceLow: Float64Array;
  /** What placing a person is worth at a value and a pair lot of 0. */
  readonly personHigh: Float64Array;
  readonly personLow: Float64Array;
  /** What a candidate gains over having no seat. */
  readonly gainHigh: Float64Array;
  readonly gainLow: Float64Array;
  readonly cellOf: Int32Array;
  /** Occupants of a cell as a doubly linked list. */
  readonly firstOccupant: Int32Array;
  readonly nextOccupant: Int32Array;
  readonly previousOccupant: Int32Array;
  readonly search: SearchSpace;
}

/** What one search needs while it runs; nothing of it is kept from one to the next. */
export interface SearchSpace {
  /** Nodes by their distance. */
  readonly heap: NodeHeap;
  /** Where the best way to a node comes from: a candidate, or a node as `cameFromNode` writes it. */
  readonly cameFrom: Int32Array;
  /** Round in which a node was last reached, and last settled. */
  readonly reached: Int32Array;
  readonly settled: Int32Array;
  readonly settledNodes: Int32Array;
  settledCount: number;
  round: number;
  /** The cheapest way to the end found in this round, and who would lose a seat by it (NOBODY: the start has room). */
  bestHigh: number;
  bestLow: number;
  loser: number;
}

/** Nodes and candidates share one array of origins: nodes are written as -2, -3 … */
export const cameFromNode = (node: number): number => -2 - node;

const newSearchSpace = (nodes: number): SearchSpace => ({
  heap: newHeap(new Float64Array(nodes), new Float64Array(nodes)),
  cameFrom: new Int32Array(nodes),
  reached: new Int32Array(nodes),
  settled: new Int32Array(nodes),
  settledNodes: new Int32Array(nodes),
  settledCount: 0,
  round: 0,
  bestHigh: 0,
  bestLow: 0,
  loser: NOBODY,
});

/** Nobody is placed yet and every price is 0: the best for nobody. */
export const openState = (problem: AssignmentProblem): AssignmentState => {
  const { candidateCount, nodeParent, nodeSeats, mustPlace, tiers, waitDays, lots } = problem;
  const packing = packingOf(problem);
  const start = nodeParent.length;
  const nodes = start + 1;
  const firstChild = new Int32Array(nodes).fill(-1);
  const nextSibling = new Int32Array(nodes).fill(-1);
  const parentOf = Int32Array.from(nodeParent, (parent) => (parent === -1 ? start : parent));
  for (let node = start - 1; node >= 0; node -= 1) {
    nextSibling[node] = firstChild[parentOf[node]!]!;
    firstChild[parentOf[node]!] = node;
  }
  const seats = new Int32Array(nodes);
  seats.set(nodeSeats);
  seats[start] = problem.totalSeats;
  const personHigh = new Float64Array(candidateCount);
  const personLow = new Float64Array(candidateCount);
  for (let c = 0; c < candidateCount; c += 1) {
    personHigh[c] = highOf(packing, mustPlace[c]!, tiers[c]!, waitDays[c]!);
    personLow[c] = lowOf(packing, lots[c]!);
  }
  return {
    problem,
    packing,
    start,
    parentOf,
    firstChild,
    nextSibling,
    seats,
    used: new Int32Array(nodes),
    priceHigh: new Float64Array(nodes),
    priceLow: new Float64Array(nodes),
    personHigh,
    personLow,
    gainHigh: new Float64Array(candidateCount),
    gainLow: new Float64Array(candidateCount),
    cellOf: new Int32Array(candidateCount).fill(NOBODY),
    firstOccupant: new Int32Array(problem.cellCount).fill(NOBODY),
    nextOccupant: new Int32Array(candidateCount).fill(NOBODY),
    previousOccupant: new Int32Array(candidateCount).fill(NOBODY),
    search: newSearchSpace(nodes),
  };
};

/** Takes a seat of the cell, and with it one of each group that it is in and of the start. */
export const seat = (state: AssignmentState, c: number, cell: number): void => {
  const { firstOccupant, nextOccupant, previousOccupant, used, parentOf, start } = state;
  const head = firstOccupant[cell]!;
  nextOccupant[c] = head;
  previousOccupant[c] = NOBODY;
  if (head !== NOBODY) previousOccupant[head] = c;
  firstOccupant[cell] = c;
  state.cellOf[c] = cell;
  for (let node = cell; node !== start; node = parentOf[node]!) used[node]! += 1;
  used[start]! += 1;
};

export const unseat = (state: AssignmentState, c: number): void => {
  const { firstOccupant, nextOccupant, previousOccupant, used, parentOf, start } = state;
  const cell = state.cellOf[c]!;
  const next = nextOccupant[c]!;
  const previous = previousOccupant[c]!;
  if (previous === NOBODY) firstOccupant[cell] = next;
  else nextOccupant[previous] = next;
  if (next !== NOBODY) previousOccupant[next] = previous;
  state.cellOf[c] = NOBODY;
  for (let node = cell; node !== start; node = parentOf[node]!) used[node]! -= 1;
  used[start]! -= 1;
};

/** The assignment as it stands, with prices that pass the certificate. */
export const assignmentOf = (state: AssignmentState): Assignment => {
  const { start, parentOf, priceHigh, priceLow } = state;
  const nodeHigh = new Float64Array(start);
  const nodeLow = new Float64Array(start);
  // An empty node may be cheaper than its parent; what it costs is then what the parent costs.
  const costHigh = priceHigh.slice();
  const costLow = priceLow.slice();
  for (const node of parentsFirst(state)) {
    const parent = parentOf[node]!;
    const high = costHigh[node]! - costHigh[parent]!;
    const low = costLow[node]! - costLow[parent]!;
    if (high > 0 || (high === 0 && low > 0)) {
      nodeHigh[node] = high;
      nodeLow[node] = low;
    } else {
      costHigh[node] = costHigh[parent]!;
      costLow[node] = costLow[parent]!;
    }
  }
  return {
    cellOf: state.cellOf.slice(),
    prices: {
      packing: state.packing,
      candidateHigh: state.gainHigh.slice(),
      candidateLow: state.gainLow.slice(),
      nodeHigh,
      nodeLow,
      startHigh: priceHigh[start]!,
      startLow: priceLow[start]!,
    },
  };
};

/** All nodes but the start, each after its parent. */
const parentsFirst = ({ start, firstChild, nextSibling }: AssignmentState): Int32Array => {
  const order = new Int32Array(start);
  let count = 0;
  const addChildren = (node: number): void => {
    for (let child = firstChild[node]!; child !== -1; child = nextSibling[child]!) {
      order[count] = child;
      count += 1;
    }
  };
  addChildren(start);
  for (let index = 0; index < count; index += 1) addChildren(order[index]!);
  return order;
};
