import { arrive, beginSearch, OUTSIDE, reach, type SearchSpace, settleNext, type TellMove } from './search-space.ts';
import { LISTED, makeShortlist, type Shortlists } from './shortlists.ts';
import {
  ABSENT,
  type AssignmentState,
  addSeats,
  addToPrice,
  addUsed,
  columnsIn,
  isCharged,
  move,
  NOBODY,
  takeNoPart,
  WITH_OWN_ROW,
} from './state.ts';

/** The end's number where a search passes through it. */
const endOf = (state: AssignmentState): number => state.tree.start + 1;

/** Somebody who could take the seat at `to`: from another cell, which they leave, or from outside, that is from the end. */
const comeFrom = (state: AssignmentState, target: number, c: number, high: number, low: number, to: number): void => {
  const from = state.cellOf[c]!;
  if (from !== NOBODY) reach(state.search, from, high, low, c, to);
  else if (target === endOf(state)) arrive(state.search, high, low, c, to);
  else reach(state.search, endOf(state), high, low, c, to);
};

/** Those who are listed for the cell; whether nobody else can come by a shorter way than the best. */
const enterByList = (
  state: AssignmentState,
  lists: Shortlists,
  target: number,
  cell: number,
  fromHigh: number,
  fromLow: number,
): boolean => {
  const { search, cellOf, offerHigh, offerLow } = state;
  const { valueUnit } = state.packing;
  const { candidate, value, lot } = columnsIn(state);
  const end = cell * LISTED + lists.count[cell]!;
  for (let place = cell * LISTED; place < end; place += 1) {
    if (fromHigh - lists.high[place]! > search.bestHigh) return true;
    const index = lists.index[place]!;
    const c = candidate[index]!;
    const viaHigh = fromHigh - offerHigh[c]! - value[index]! * valueUnit;
    if (viaHigh > search.bestHigh || cellOf[c] === cell) continue;
    comeFrom(state, target, c, viaHigh, fromLow - offerLow[c]! - lot[index]!, cell);
  }
  return fromHigh - lists.otherHigh[cell]! > search.bestHigh;
};

/** Everybody else who has an edge to the cell. */
const enterCell = (state: AssignmentState, target: number, cell: number, high: number, low: number): void => {
  const { search, part, cellOf, offerHigh, offerLow } = state;
  const { valueUnit } = state.packing;
  const { columnStart, candidate, value, lot } = columnsIn(state);
  const fromHigh = high + state.costHigh[cell]!;
  const fromLow = low + state.priceLow[cell]!;
  const { shortlists } = search;
  if (shortlists !== null) {
    if (enterByList(state, shortlists, target, cell, fromHigh, fromLow)) return;
    makeShortlist(state, cell, shortlists);
  } else if (state.offered !== null && state.ownRows.size === 0) {
    if (enterByList(state, state.offered, target, cell, fromHigh, fromLow)) return;
  }
  const end = columnStart[cell + 1]!;
  for (let index = columnStart[cell]!; index < end; index += 1) {
    const c = candidate[index]!;
    const viaHigh = fromHigh - offerHigh[c]! - value[index]! * valueUnit;
    if (viaHigh > search.bestHigh || cellOf[c] === cell || part[c] === WITH_OWN_ROW) continue;
    comeFrom(state, target, c, viaHigh, fromLow - offerLow[c]! - lot[index]!, cell);
  }
  for (const [c, row] of state.ownRows) {
    if (part[c] !== WITH_OWN_ROW || cellOf[c] === cell) continue;
    const e = row.cells.indexOf(cell);
    if (e === -1) continue;
    const viaHigh = fromHigh - offerHigh[c]! - row.values[e]! * valueUnit;
    comeFrom(state, target, c, viaHigh, fromLow - offerLow[c]! - row.lots[e]!, cell);
  }
};

/** Every way into a node: from above, where somebody below it gives up a seat; from below, where seats are free. */
const enterNode = (state: AssignmentState, target: number, node: number): void => {
  const { search, tree, priceHigh, priceLow, used, seats } = state;
  const high = search.heap.high[node]!;
  const low = search.heap.low[node]!;
  const fromHigh = high + priceHigh[node]!;
  const fromLow = low + priceLow[node]!;
  if (node === tree.start) arrive(search, fromHigh, fromLow, NOBODY, node);
  else if (used[node]! > 0) {
    const parent = tree.parentOf[node]!;
    const viaHigh = fromHigh - priceHigh[parent]!;
    const viaLow = fromLow - priceLow[parent]!;
    if (parent === target) arrive(search, viaHigh, viaLow, NOBODY, node);
    else reach(search, parent, viaHigh, viaLow, NOBODY, node);
  }
  for (let child = tree.firstChild[node]!; child !== -1; child = tree.nextSibling[child]!)
    if (used[child]! < seats[child]!)
      reach(search, child, fromHigh - priceHigh[child]!, fromLow - priceLow[child]!, NOBODY, node);
  if (node < state.problem.cellCount) enterCell(state, target, node, high, low);
};

/** Every way into the end: from the start while it has room, and from everybody who could give up their seat. */
const enterEnd = (state: AssignmentState): void => {
  const { search, tree, used, seats, cellOf, offerHigh, offerLow, personHigh, personLow } = state;
  const end = endOf(state);
  const high = search.heap.high[end]!;
  const low = search.heap.low[end]!;
  if (used[tree.start]! < seats[tree.start]!)
    arrive(search, high - state.priceHigh[tree.start]!, low - state.priceLow[tree.start]!, NOBODY, end);
  for (let c = 0; c < cellOf.length; c += 1)
    if (cellOf[c] !== NOBODY)
      reach(search, cellOf[c]!, high + personHigh[c]! - offerHigh[c]!, low + personLow[c]! - offerLow[c]!, c, end);
};

/** Finds the cheapest way from `target`, the start or the end, to a node in which a seat becomes free. */
const searchBackFrom = (state: AssignmentState, node: number, target: number): void => {
  const { search, tree, priceHigh, priceLow } = state;
  const end = endOf(state);
  const startHigh = target === end ? 0 : priceHigh[tree.start]!;
  const startLow = target === end ? 0 : priceLow[tree.start]!;
  // The shortest known is that the seat stays free.
  beginSearch(search, priceHigh[node]! - startHigh, priceLow[node]! - startLow);
  reach(search, node, 0, 0, NOBODY, OUTSIDE);
  for (let next = settleNext(search); next !== -1; next = settleNext(search))
    if (next === end) enterEnd(state);
    else enterNode(state, target, next);
};

/** The moves along the way that was found, to the node where the search began. */
const tellMovesOut = (search: SearchSpace, end: number, tell: TellMove): void => {
  const { bestPerson, bestNode, stepPerson, stepNode } = search;
  if (bestNode === OUTSIDE) return;
  const cellOrOutside = (node: number): number => (node === end ? OUTSIDE : node);
  if (bestPerson !== NOBODY) tell(bestPerson, OUTSIDE, bestNode);
  for (let node = bestNode; stepNode[node] !== OUTSIDE; node = stepNode[node]!)
    if (stepPerson[node] !== NOBODY) tell(stepPerson[node]!, cellOrOutside(node), cellOrOutside(stepNode[node]!));
};

/** Lowers the prices of what was settled closer than the end, so that nobody is left who would pay them. */
const lowerPrices = (state: AssignmentState): void => {
  const { heap, bestHigh, bestLow, settledCount, settledNodes } = state.search;
  for (let index = 0; index < settledCount; index += 1) {
    const node = settledNodes[index]!;
    addToPrice(state, node, heap.high[node]! - bestHigh, heap.low[node]! - bestLow);
  }
};

/** Hands on a seat that is counted as taken and about to become free, to whoever makes the most of it. */
const handOnSeat = (state: AssignmentState, node: number): void => {
  const end = endOf(state);
  searchBackFrom(state, node, end);
  lowerPrices(state);
  tellMovesOut(state.search, end, (person, _from, to) => move(state, person, to));
};

/** Lets a person no longer take part; their seat goes to whoever makes the most of it, along one chain of moves. */
export const removeCandidate = (state: AssignmentState, c: number): void => {
  if (state.part[c] === ABSENT) return;
  const cell = state.cellOf[c]!;
  if (cell !== NOBODY) {
    handOnSeat(state, cell);
    move(state, c, OUTSIDE);
  }
  takeNoPart(state, c);
};

/** An empty node may be cheaper than its parent. A price that is lifted to the parent's proves as much. */
const liftEmpty = (state: AssignmentState, node: number): void => {
  const { tree, used, priceHigh, priceLow } = state;
  if (node === tree.start) return;
  const parent = tree.parentOf[node]!;
  liftEmpty(state, parent);
  if (used[node]! > 0 || !isUnder(state, node, parent)) return;
  if (isCharged(state)) state.costHigh[node]! += priceHigh[parent]! - priceHigh[node]!;
  priceHigh[node] = priceHigh[parent]!;
  priceLow[node] = priceLow[parent]!;
};

const isUnder = ({ priceHigh, priceLow }: AssignmentState, node: number, other: number): boolean =>
  priceHigh[node]! < priceHigh[other]! || (priceHigh[node] === priceHigh[other] && priceLow[node]! < priceLow[other]!);

/** Adds one seat to a node, to all groups that it is in and to the start. */
export const openSeat = (state: AssignmentState, node: number): void => {
  liftEmpty(state, node);
  // As if somebody had sat on the new seat and left.
  addSeats(state, node, 1);
  addUsed(state, node, 1);
  handOnSeat(state, node);
  addUsed(state, node, -1);
};

/**
 * Tells the moves that one more seat of a node and of all groups that it is in would bring about, the seats of the start
 * as they are (of the start itself: one more of them). Nothing changes.
 */
export const tellMovesForSeat = (state: AssignmentState, node: number, tell: TellMove): void => {
  const { tree } = state;
  const end = endOf(state);
  liftEmpty(state, node);
  addUsed(state, node, 1);
  addSeats(state, node, 1);
  if (node !== tree.start) {
    addUsed(state, tree.start, -1);
    addSeats(state, tree.start, -1);
  }
  searchBackFrom(state, node, node === tree.start ? end : tree.start);
  addUsed(state, node, -1);
  addSeats(state, node, -1);
  if (node !== tree.start) {
    addUsed(state, tree.start, 1);
    addSeats(state, tree.start, 1);
  }
  tellMovesOut(state.search, end, tell);
};
