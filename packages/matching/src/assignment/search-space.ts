import { type NodeHeap, newHeap, nodeCameCloser, popNode, pushNode } from './node-heap.ts';
import type { Shortlists } from './shortlists.ts';

/** Where a newcomer comes from, and where somebody who loses a seat goes. */
export const OUTSIDE = -1;

/** Tells that a person goes from a cell to a cell, or from or to OUTSIDE. */
export type TellMove = (person: number, from: number, to: number) => void;

/** What one search for the shortest way needs while it runs; nothing of it is kept from one to the next. */
export interface SearchSpace {
  /** Nodes by their distance. */
  readonly heap: NodeHeap;
  /** The step by which a node was reached best: who moves (-1: nobody, a step between a node and its parent) … */
  readonly stepPerson: Int32Array;
  /** … and the node at the other end of the step. */
  readonly stepNode: Int32Array;
  /** Round in which a node was last reached, and last settled. */
  readonly reached: Int32Array;
  readonly settled: Int32Array;
  readonly settledNodes: Int32Array;
  settledCount: number;
  round: number;
  /** The shortest whole way found in this round, and its last step. */
  bestHigh: number;
  bestLow: number;
  bestPerson: number;
  bestNode: number;
  /** Lists that stand for whole columns, while offers only fall. */
  shortlists: Shortlists | null;
  /** What a newcomer's row would gain at the prices before the search. */
  openHigh: number;
  openLow: number;
}

export const newSearchSpace = (nodes: number): SearchSpace => ({
  heap: newHeap(new Float64Array(nodes), new Float64Array(nodes)),
  stepPerson: new Int32Array(nodes),
  stepNode: new Int32Array(nodes),
  reached: new Int32Array(nodes),
  settled: new Int32Array(nodes),
  settledNodes: new Int32Array(nodes),
  settledCount: 0,
  round: 0,
  bestHigh: 0,
  bestLow: 0,
  bestPerson: -1,
  bestNode: OUTSIDE,
  shortlists: null,
  openHigh: 0,
  openLow: 0,
});

/** Begins a search for something shorter than a way of the given length on which nobody moves. */
export const beginSearch = (search: SearchSpace, high: number, low: number): void => {
  search.round += 1;
  search.settledCount = 0;
  search.heap.size = 0;
  search.bestHigh = high;
  search.bestLow = low;
  search.bestPerson = -1;
  search.bestNode = OUTSIDE;
};

/** Offers a way to a node; it is kept when it is shorter than what was known and than the best whole way. */
export const reach = (
  search: SearchSpace,
  node: number,
  high: number,
  low: number,
  person: number,
  other: number,
): void => {
  const { heap, round } = search;
  if (high > search.bestHigh || (high === search.bestHigh && low >= search.bestLow)) return;
  if (search.settled[node] === round) return;
  if (search.reached[node] !== round) {
    search.reached[node] = round;
    heap.high[node] = high;
    heap.low[node] = low;
    search.stepPerson[node] = person;
    search.stepNode[node] = other;
    pushNode(heap, node);
    return;
  }
  const difference = high - heap.high[node]!;
  if (difference > 0 || (difference === 0 && low >= heap.low[node]!)) return;
  heap.high[node] = high;
  heap.low[node] = low;
  search.stepPerson[node] = person;
  search.stepNode[node] = other;
  nodeCameCloser(heap, node);
};

/** Offers a whole way by its last step. */
export const arrive = (search: SearchSpace, high: number, low: number, person: number, node: number): void => {
  if (high > search.bestHigh || (high === search.bestHigh && low >= search.bestLow)) return;
  search.bestHigh = high;
  search.bestLow = low;
  search.bestPerson = person;
  search.bestNode = node;
};

/** Settles the nearest node that is nearer than the best whole way, and returns it; -1 when there is none left. */
export const settleNext = (search: SearchSpace): number => {
  const { heap } = search;
  if (heap.size === 0) return -1;
  const node = popNode(heap);
  const high = heap.high[node]!;
  if (high > search.bestHigh || (high === search.bestHigh && heap.low[node]! >= search.bestLow)) return -1;
  search.settled[node] = search.round;
  search.settledNodes[search.settledCount] = node;
  search.settledCount += 1;
  return node;
};
