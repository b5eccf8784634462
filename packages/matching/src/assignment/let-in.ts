import { nodeCameCloser, popNode, pushNode } from './node-heap.ts';
import { type AssignmentState, cameFromNode, NOBODY, seat, unseat } from './state.ts';

/** Offers a way to `node` of the given length; it is kept when it is shorter than what was known. */
const reach = (state: AssignmentState, node: number, high: number, low: number, cameFrom: number): void => {
  const { search } = state;
  const { heap, round } = search;
  if (high > search.bestHigh || (high === search.bestHigh && low >= search.bestLow)) return;
  if (search.settled[node] === round) return;
  if (search.reached[node] !== round) {
    search.reached[node] = round;
    heap.high[node] = high;
    heap.low[node] = low;
    search.cameFrom[node] = cameFrom;
    pushNode(heap, node);
    return;
  }
  const difference = high - heap.high[node]!;
  if (difference > 0 || (difference === 0 && low >= heap.low[node]!)) return;
  heap.high[node] = high;
  heap.low[node] = low;
  search.cameFrom[node] = cameFrom;
  nodeCameCloser(heap, node);
};

const offerEnd = ({ search }: AssignmentState, high: number, low: number, loser: number): void => {
  if (high > search.bestHigh || (high === search.bestHigh && low >= search.bestLow)) return;
  search.bestHigh = high;
  search.bestLow = low;
  search.loser = loser;
};

/** From a candidate at the given distance: to every other cell of the row, or out without a seat. */
const leaveCandidate = (state: AssignmentState, c: number, high: number, low: number): void => {
  const { problem, priceHigh, priceLow, search } = state;
  const { edgeCell, edgeValue, edgeLot } = problem;
  const { valueUnit } = state.packing;
  const outHigh = high + state.gainHigh[c]!;
  const outLow = low + state.gainLow[c]!;
  offerEnd(state, outHigh, outLow, c);
  const fromHigh = outHigh - state.personHigh[c]!;
  const fromLow = outLow - state.personLow[c]!;
  const end = problem.edgeStart[c + 1]!;
  for (let e = problem.edgeStart[c]!; e < end; e += 1) {
    const cell = edgeCell[e]!;
    const viaHigh = fromHigh + priceHigh[cell]! - edgeValue[e]! * valueUnit;
    if (viaHigh <= search.bestHigh) reach(state, cell, viaHigh, fromLow + priceLow[cell]! - edgeLot[e]!, c);
  }
};

/** From a node: up, where it has a seat free; down, to seats that are taken; from a cell to its occupants. */
const leaveNode = (state: AssignmentState, node: number, high: number, low: number): void => {
  const { priceHigh, priceLow, used, nextSibling, nextOccupant } = state;
  const fromHigh = high - priceHigh[node]!;
  const fromLow = low - priceLow[node]!;
  if (used[node]! < state.seats[node]!) {
    if (node === state.start) {
      offerEnd(state, fromHigh, fromLow, NOBODY);
      return;
    }
    const parent = state.parentOf[node]!;
    reach(state, parent, fromHigh + priceHigh[parent]!, fromLow + priceLow[parent]!, cameFromNode(node));
  }
  for (let child = state.firstChild[node]!; child !== -1; child = nextSibling[child]!)
    if (used[child]! > 0)
      reach(state, child, fromHigh + priceHigh[child]!, fromLow + priceLow[child]!, cameFromNode(node));
  if (node >= state.problem.cellCount) return;
  for (let c = state.firstOccupant[node]!; c !== NOBODY; c = nextOccupant[c]!) leaveCandidate(state, c, high, low);
};

/** Sets the newcomer's gain to the best that the prices leave, so that no edge of the row is worth more than it costs. */
const openGain = (state: AssignmentState, c: number): void => {
  const { problem, priceHigh, priceLow } = state;
  const personHigh = state.personHigh[c]!;
  const personLow = state.personLow[c]!;
  let high = 0;
  let low = 0;
  for (let e = problem.edgeStart[c]!; e < problem.edgeStart[c + 1]!; e += 1) {
    const cell = problem.edgeCell[e]!;
    const offerHigh = personHigh + problem.edgeValue[e]! * state.packing.valueUnit - priceHigh[cell]!;
    const offerLow = personLow + problem.edgeLot[e]! - priceLow[cell]!;
    if (offerHigh > high || (offerHigh === high && offerLow > low)) {
      high = offerHigh;
      low = offerLow;
    }
  }
  state.gainHigh[c] = high;
  state.gainLow[c] = low;
};

/** Finds the cheapest way from the newcomer to the end. */
const searchFrom = (state: AssignmentState, newcomer: number): void => {
  const { search } = state;
  const { heap } = search;
  search.round += 1;
  search.settledCount = 0;
  heap.size = 0;
  search.bestHigh = Number.POSITIVE_INFINITY;
  search.bestLow = 0;
  search.loser = NOBODY;
  leaveCandidate(state, newcomer, 0, 0);
  while (heap.size > 0) {
    const node = popNode(heap);
    const high = heap.high[node]!;
    const low = heap.low[node]!;
    if (high > search.bestHigh || (high === search.bestHigh && low >= search.bestLow)) break;
    search.settled[node] = search.round;
    search.settledNodes[search.settledCount] = node;
    search.settledCount += 1;
    leaveNode(state, node, high, low);
  }
};

/** Raises the prices of what was settled closer than the end, so that no exchange that pays is left. */
const raisePrices = (state: AssignmentState, newcomer: number): void => {
  const { gainHigh, gainLow, nextOccupant, search } = state;
  const { heap, bestHigh, bestLow } = search;
  gainHigh[newcomer]! -= bestHigh;
  gainLow[newcomer]! -= bestLow;
  for (let index = 0; index < search.settledCount; index += 1) {
    const node = search.settledNodes[index]!;
    const riseHigh = bestHigh - heap.high[node]!;
    const riseLow = bestLow - heap.low[node]!;
    state.priceHigh[node]! += riseHigh;
    state.priceLow[node]! += riseLow;
    if (node >= state.problem.cellCount) continue;
    for (let c = state.firstOccupant[node]!; c !== NOBODY; c = nextOccupant[c]!) {
      gainHigh[c]! -= riseHigh;
      gainLow[c]! -= riseLow;
    }
  }
};

/** Moves people along the way that was found. */
const moveAlong = (state: AssignmentState, newcomer: number): void => {
  const { cameFrom, loser } = state.search;
  if (loser === newcomer) return;
  let node = state.start;
  if (loser !== NOBODY) {
    node = state.cellOf[loser]!;
    unseat(state, loser);
  }
  for (;;) {
    const mover = cameFrom[node]!;
    if (mover < NOBODY) {
      node = cameFromNode(mover);
      continue;
    }
    const vacated = state.cellOf[mover]!;
    if (mover !== newcomer) unseat(state, mover);
    seat(state, mover, node);
    if (mover === newcomer) return;
    node = vacated;
  }
};

/** Lets one more person in, along the cheapest chain of exchanges; the assignment is then the best for all in it. */
export const insertCandidate = (state: AssignmentState, c: number): void => {
  const { edgeStart } = state.problem;
  if (edgeStart[c] === edgeStart[c + 1]) return;
  openGain(state, c);
  searchFrom(state, c);
  raisePrices(state, c);
  moveAlong(state, c);
};
