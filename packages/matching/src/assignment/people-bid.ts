import { addBidder, newBidQueue, nextBidder, waitingBidders } from './bid-queue.ts';
import { insertCandidate } from './let-in.ts';
import { type AssignmentState, addToPrice, move, NOBODY, takeNoPart, takePart } from './state.ts';

/** The best cell of a row, and how much better it is than the next best or than no seat, in two parts. */
interface Choice {
  cell: number;
  gainHigh: number;
  gainLow: number;
  leadHigh: number;
  leadLow: number;
}

const chooseCell = (state: AssignmentState, c: number, choice: Choice): void => {
  const { problem, priceHigh, priceLow } = state;
  const { edgeStart, edgeCell, edgeValue, edgeLot } = problem;
  const { valueUnit } = state.packing;
  const personHigh = state.personHigh[c]!;
  const personLow = state.personLow[c]!;
  let best = NOBODY;
  let bestHigh = 0;
  let bestLow = 0;
  let nextHigh = 0;
  let nextLow = 0;
  const end = edgeStart[c + 1]!;
  for (let e = edgeStart[c]!; e < end; e += 1) {
    const cell = edgeCell[e]!;
    const high = personHigh + edgeValue[e]! * valueUnit - priceHigh[cell]!;
    if (high < nextHigh) continue;
    const low = personLow + edgeLot[e]! - priceLow[cell]!;
    if (high > bestHigh || (high === bestHigh && low > bestLow)) {
      nextHigh = bestHigh;
      nextLow = bestLow;
      best = cell;
      bestHigh = high;
      bestLow = low;
    } else if (high > nextHigh || low > nextLow) {
      nextHigh = high;
      nextLow = low;
    }
  }
  choice.cell = best;
  choice.gainHigh = bestHigh;
  choice.gainLow = bestLow;
  choice.leadHigh = bestHigh - nextHigh;
  choice.leadLow = bestLow - nextLow;
};

/**
 * Up to which price of their cell people stay there for certain: what they offered over the next best when they came.
 * Other prices only rise while people bid, so it holds.
 */
interface Limits {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

const isUnder = (high: number, low: number, otherHigh: number, otherLow: number): boolean =>
  high < otherHigh || (high === otherHigh && low < otherLow);

const setPrice = (state: AssignmentState, cell: number, high: number, low: number): void =>
  addToPrice(state, cell, high - state.priceHigh[cell]!, low - state.priceLow[cell]!);

const sit = (state: AssignmentState, c: number, cell: number, { gainHigh, gainLow }: Choice): void => {
  takePart(state, c, gainHigh, gainLow);
  move(state, c, cell);
};

/** Whether a seat of the cell, all its groups and the start is free. */
const hasRoom = ({ tree, used, seats }: AssignmentState, cell: number): boolean => {
  for (let node = cell; node !== tree.start; node = tree.parentOf[node]!) if (used[node]! >= seats[node]!) return false;
  return used[tree.start]! < seats[tree.start]!;
};

/**
 * A person bids for a seat of a full cell: whoever there has the lowest limit goes, the newcomer included, and the price
 * rises to the lowest limit of those who stay. Returns who is to bid again.
 */
const bidForFullCell = (state: AssignmentState, c: number, choice: Choice, limits: Limits): number => {
  const { cell } = choice;
  let lowest = c;
  let nextHigh = Number.POSITIVE_INFINITY;
  let nextLow = 0;
  for (let other = state.firstOccupant[cell]!; other !== NOBODY; other = state.nextOccupant[other]!) {
    const high = limits.high[other]!;
    const low = limits.low[other]!;
    if (isUnder(high, low, limits.high[lowest]!, limits.low[lowest]!)) {
      nextHigh = limits.high[lowest]!;
      nextLow = limits.low[lowest]!;
      lowest = other;
    } else if (isUnder(high, low, nextHigh, nextLow)) {
      nextHigh = high;
      nextLow = low;
    }
  }
  if (lowest === c) {
    setPrice(state, cell, limits.high[c]!, limits.low[c]!);
    return c;
  }
  move(state, lowest, NOBODY);
  takeNoPart(state, lowest);
  sit(state, c, cell, choice);
  setPrice(state, cell, nextHigh, nextLow);
  return lowest;
};

/** Those with most to gain first, so that few who come in are sent out again. Equal ones as the problem lists them. */
const byWorth = ({ problem, personHigh, packing }: AssignmentState): Int32Array => {
  const { candidateCount, edgeStart, edgeValue } = problem;
  const worth = personHigh.slice();
  for (let c = 0; c < candidateCount; c += 1) {
    let most = packing.leastValue;
    for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) most = Math.max(most, edgeValue[e]!);
    worth[c]! += most * packing.valueUnit;
  }
  return Int32Array.from(worth.keys()).sort((a, b) => worth[b]! - worth[a]! || a - b);
};

/**
 * Solves a problem in which people are fewer than seats, or the start has far fewer than its cells, from a state in which
 * nobody takes part. First people bid for cells: quick, and right wherever it stops. A search each lets in those who are
 * left, because others outbid each other or because a group or the start is full.
 */
export const solveFromPeople = (state: AssignmentState): void => {
  const { candidateCount } = state.problem;
  const choice: Choice = { cell: NOBODY, gainHigh: 0, gainLow: 0, leadHigh: 0, leadLow: 0 };
  const limits: Limits = { high: new Float64Array(candidateCount), low: new Float64Array(candidateCount) };
  const withoutRoom: number[] = [];
  const queue = newBidQueue(byWorth(state));
  for (let c = nextBidder(queue); c !== NOBODY; c = nextBidder(queue)) {
    chooseCell(state, c, choice);
    const { cell } = choice;
    if (cell === NOBODY) {
      takePart(state, c, 0, 0);
      continue;
    }
    limits.high[c] = state.priceHigh[cell]! + choice.leadHigh;
    limits.low[c] = state.priceLow[cell]! + choice.leadLow;
    if (state.used[cell] === state.seats[cell]) addBidder(queue, bidForFullCell(state, c, choice, limits));
    else if (hasRoom(state, cell)) sit(state, c, cell, choice);
    else withoutRoom.push(c);
  }
  for (const c of withoutRoom) insertCandidate(state, c);
  for (const c of waitingBidders(queue)) insertCandidate(state, c);
};
