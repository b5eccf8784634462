import { highOf, lowOf, type Packing, type PackingRange, packingOf, rangeOf } from './packing.ts';
import type { AssignmentProblem } from './problem.ts';
import { type Columns, columnsOf, type Row } from './rows.ts';
import { newSearchSpace, OUTSIDE, type SearchSpace } from './search-space.ts';
import type { Shortlists } from './shortlists.ts';

export const NOBODY = -1;

/** How a candidate takes part: not at all, with the row of the problem, or with a row of their own. */
export const ABSENT = 0;
export const WITH_GIVEN_ROW = 1;
export const WITH_OWN_ROW = 2;

/** The groups as a tree under the start, which has the number after the last node. */
export interface NodeTree {
  readonly start: number;
  readonly parentOf: Int32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** All nodes but the start, each after its parent. */
  readonly parentsFirst: Int32Array;
}

/**
 * An assignment that is the best for those who take part, with the prices that prove it. The network is candidate → cell
 * → groups → start → end, with a way from each candidate straight to the end (no seat). The price of a node is what one
 * more unit that comes to it costs from there on, so that a node's own price is the difference to its parent's:
 * - no offer with the value of an edge is over the price of the cell, and with that of a taken edge it is the price;
 * - who has no seat offers all that placing them is worth, who has one no more than that;
 * - a node with a seat free costs no more than its parent, one with a seat taken no less. The same of the start and 0.
 * Every operation leaves the state so.
 */
export interface AssignmentState {
  readonly problem: AssignmentProblem;
  readonly packing: Packing;
  readonly tree: NodeTree;
  /** Seats and seats taken of each node, the start last. */
  readonly seats: Int32Array;
  readonly used: Int32Array;
  readonly priceHigh: Float64Array;
  readonly priceLow: Float64Array;
  /** The high part of what a cell costs who takes a seat in it: its price and any charge. Without charges the prices themselves. */
  readonly costHigh: Float64Array;
  /** ABSENT, WITH_GIVEN_ROW or WITH_OWN_ROW. */
  readonly part: Uint8Array;
  /** The rows of those who have one of their own. */
  readonly ownRows: Map<number, Row>;
  readonly mustPlace: Uint8Array;
  /** What placing a person is worth at a value and a pair lot of 0. */
  readonly personHigh: Float64Array;
  readonly personLow: Float64Array;
  /**
   * What a candidate offers for a cell at a value and a pair lot of 0: what placing them is worth, less what they gain
   * over having no seat. -Infinity for who does not take part.
   */
  readonly offerHigh: Float64Array;
  readonly offerLow: Float64Array;
  readonly cellOf: Int32Array;
  /** Occupants of a cell as a doubly linked list. */
  readonly firstOccupant: Int32Array;
  readonly nextOccupant: Int32Array;
  readonly previousOccupant: Int32Array;
  /** What copies of a state have in common. */
  readonly shared: { readonly rows: Row; columns: Columns | null };
  readonly search: SearchSpace;
  /**
   * The highest offers of each column as they once were, for states of which people are taken out or asked about; copies
   * share them. Null where there are none, or where an offer has risen since.
   */
  offered: Shortlists | null;
}

const treeOf = ({ nodeParent }: AssignmentProblem): NodeTree => {
  const start = nodeParent.length;
  const parentOf = Int32Array.from(nodeParent, (parent) => (parent === -1 ? start : parent));
  const firstChild = new Int32Array(start + 1).fill(-1);
  const nextSibling = new Int32Array(start + 1).fill(-1);
  for (let node = start - 1; node >= 0; node -= 1) {
    nextSibling[node] = firstChild[parentOf[node]!]!;
    firstChild[parentOf[node]!] = node;
  }
  const parentsFirst = new Int32Array(start);
  let count = 0;
  const addChildren = (node: number): void => {
    for (let child = firstChild[node]!; child !== -1; child = nextSibling[child]!) {
      parentsFirst[count] = child;
      count += 1;
    }
  };
  addChildren(start);
  for (let index = 0; index < count; index += 1) addChildren(parentsFirst[index]!);
  return { start, parentOf, firstChild, nextSibling, parentsFirst };
};

/** A state in which nobody takes part yet, with units that are given: all prices 0, the best for nobody. */
export const stateWithPacking = (problem: AssignmentProblem, packing: Packing): AssignmentState => {
  const { candidateCount, cellCount, nodeSeats, mustPlace, tiers, waitDays, lots } = problem;
  const tree = treeOf(problem);
  const nodes = tree.start + 1;
  const seats = new Int32Array(nodes);
  seats.set(nodeSeats);
  seats[tree.start] = problem.totalSeats;
  const priceHigh = new Float64Array(nodes);
  const personHigh = new Float64Array(candidateCount);
  const personLow = new Float64Array(candidateCount);
  for (let c = 0; c < candidateCount; c += 1) {
    personHigh[c] = highOf(packing, mustPlace[c]!, tiers[c]!, waitDays[c]!);
    personLow[c] = lowOf(packing, lots[c]!);
  }
  return {
    problem,
    packing,
    tree,
    seats,
    used: new Int32Array(nodes),
    priceHigh,
    priceLow: new Float64Array(nodes),
    costHigh: priceHigh,
    part: new Uint8Array(candidateCount),
    ownRows: new Map(),
    mustPlace: mustPlace.slice(),
    personHigh,
    personLow,
    offerHigh: new Float64Array(candidateCount).fill(Number.NEGATIVE_INFINITY),
    offerLow: new Float64Array(candidateCount),
    cellOf: new Int32Array(candidateCount).fill(NOBODY),
    firstOccupant: new Int32Array(cellCount).fill(NOBODY),
    nextOccupant: new Int32Array(candidateCount).fill(NOBODY),
    previousOccupant: new Int32Array(candidateCount).fill(NOBODY),
    shared: {
      rows: { cells: problem.edgeCell, values: problem.edgeValue, lots: problem.edgeLot },
      columns: null,
    },
    search: newSearchSpace(nodes + 1),
    offered: null,
  };
};

/**
 * A state in which nobody takes part yet. `range` makes room for values and waits that the problem does not hold and a
 * later row may. Throws a RangeError when they are too large for exact arithmetic.
 */
export const openState = (problem: AssignmentProblem, range: PackingRange = rangeOf(problem)): AssignmentState =>
  stateWithPacking(problem, packingOf(problem, range));

/** A state of its own that starts as this one. The problem, and what is worked out from it alone, stays shared. */
export const copyState = (state: AssignmentState): AssignmentState => {
  const priceHigh = state.priceHigh.slice();
  return {
    ...state,
    seats: state.seats.slice(),
    used: state.used.slice(),
    priceHigh,
    priceLow: state.priceLow.slice(),
    costHigh: isCharged(state) ? state.costHigh.slice() : priceHigh,
    part: state.part.slice(),
    ownRows: new Map(state.ownRows),
    mustPlace: state.mustPlace.slice(),
    personHigh: state.personHigh.slice(),
    personLow: state.personLow.slice(),
    offerHigh: state.offerHigh.slice(),
    offerLow: state.offerLow.slice(),
    cellOf: state.cellOf.slice(),
    firstOccupant: state.firstOccupant.slice(),
    nextOccupant: state.nextOccupant.slice(),
    previousOccupant: state.previousOccupant.slice(),
  };
};

/** Whether cells may cost more than their prices. */
export const isCharged = ({ priceHigh, costHigh }: AssignmentState): boolean => costHigh !== priceHigh;

/** Lets a person who holds no seat take part with an offer of what is left when they gain so much, or not at all. */
export const takePart = (state: AssignmentState, c: number, gainHigh: number, gainLow: number): void => {
  state.part[c] = state.ownRows.has(c) ? WITH_OWN_ROW : WITH_GIVEN_ROW;
  state.offerHigh[c] = state.personHigh[c]! - gainHigh;
  state.offerLow[c] = state.personLow[c]! - gainLow;
};

export const takeNoPart = (state: AssignmentState, c: number): void => {
  state.part[c] = ABSENT;
  state.offerHigh[c] = Number.NEGATIVE_INFINITY;
  state.offerLow[c] = 0;
};

/** Adds to the price of a node, and so to what its occupants offer. */
export const addToPrice = (state: AssignmentState, node: number, high: number, low: number): void => {
  const { offerHigh, offerLow, nextOccupant } = state;
  state.priceHigh[node]! += high;
  if (isCharged(state)) state.costHigh[node]! += high;
  state.priceLow[node]! += low;
  if (node >= state.problem.cellCount) return;
  for (let c = state.firstOccupant[node]!; c !== NOBODY; c = nextOccupant[c]!) {
    offerHigh[c]! += high;
    offerLow[c]! += low;
  }
};

/** The rows of the problem, one after another. */
export const givenRowsOf = ({ shared }: AssignmentState): Row => shared.rows;

/** The edges turned round, made when they are first asked for. */
export const columnsIn = ({ problem, shared }: AssignmentState): Columns => {
  shared.columns ??= columnsOf(problem);
  return shared.columns;
};

/** The row with which a candidate takes part, or would. */
export const rowOf = ({ problem, ownRows }: AssignmentState, c: number): Row => {
  const from = problem.edgeStart[c]!;
  const to = problem.edgeStart[c + 1]!;
  return (
    ownRows.get(c) ?? {
      cells: problem.edgeCell.subarray(from, to),
      values: problem.edgeValue.subarray(from, to),
      lots: problem.edgeLot.subarray(from, to),
    }
  );
};

/** Adds to the seats taken of a node, of all groups that it is in, and of the start. */
export const addUsed = ({ tree, used }: AssignmentState, node: number, change: number): void => {
  for (let above = node; above !== tree.start; above = tree.parentOf[above]!) used[above]! += change;
  used[tree.start]! += change;
};

export const addSeats = ({ tree, seats }: AssignmentState, node: number, change: number): void => {
  for (let above = node; above !== tree.start; above = tree.parentOf[above]!) seats[above]! += change;
  seats[tree.start]! += change;
};

const seat = (state: AssignmentState, c: number, cell: number): void => {
  const { firstOccupant, nextOccupant, previousOccupant } = state;
  const head = firstOccupant[cell]!;
  nextOccupant[c] = head;
  previousOccupant[c] = NOBODY;
  if (head !== NOBODY) previousOccupant[head] = c;
  firstOccupant[cell] = c;
  state.cellOf[c] = cell;
  addUsed(state, cell, 1);
};

const unseat = (state: AssignmentState, c: number): void => {
  const { firstOccupant, nextOccupant, previousOccupant } = state;
  const cell = state.cellOf[c]!;
  const next = nextOccupant[c]!;
  const previous = previousOccupant[c]!;
  if (previous === NOBODY) firstOccupant[cell] = next;
  else nextOccupant[previous] = next;
  if (next !== NOBODY) previousOccupant[next] = previous;
  state.cellOf[c] = NOBODY;
  addUsed(state, cell, -1);
};

/** Gives a person a seat of the cell instead of the one they have, if any; OUTSIDE: none. */
export const move = (state: AssignmentState, c: number, cell: number): void => {
  if (state.cellOf[c] !== NOBODY) unseat(state, c);
  if (cell !== OUTSIDE) seat(state, c, cell);
};
