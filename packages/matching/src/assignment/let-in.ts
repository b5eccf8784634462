import type { Row } from './rows.ts';
import { arrive, beginSearch, OUTSIDE, reach, type SearchSpace, settleNext, type TellMove } from './search-space.ts';
import {
  ABSENT,
  type AssignmentState,
  addSeats,
  addToPrice,
  givenRowsOf,
  move,
  NOBODY,
  takePart,
  WITH_OWN_ROW,
} from './state.ts';

/** Along the edges firstEdge … endEdge - 1 to their cells; `fromHigh` and `fromLow` hold what does not vary with them. */
const takeEdges = (
  state: AssignmentState,
  c: number,
  cell: number,
  fromHigh: number,
  fromLow: number,
  { cells, values, lots }: Row,
  firstEdge: number,
  endEdge: number,
): void => {
  const { costHigh, priceLow, search } = state;
  const { valueUnit } = state.packing;
  const { bestHigh } = search;
  for (let e = firstEdge; e < endEdge; e += 1) {
    const to = cells[e]!;
    const viaHigh = fromHigh + costHigh[to]! - values[e]! * valueUnit;
    if (viaHigh <= bestHigh) reach(search, to, viaHigh, fromLow + priceLow[to]! - lots[e]!, c, cell);
  }
};

/** From a candidate at the given distance: out without a seat, or to every other cell of the row. */
const leaveCandidate = (state: AssignmentState, c: number, cell: number, high: number, low: number): void => {
  const fromHigh = high - state.offerHigh[c]!;
  const fromLow = low - state.offerLow[c]!;
  arrive(state.search, fromHigh + state.personHigh[c]!, fromLow + state.personLow[c]!, c, cell);
  if (state.part[c] === WITH_OWN_ROW) {
    const row = state.ownRows.get(c)!;
    takeEdges(state, c, cell, fromHigh, fromLow, row, 0, row.cells.length);
    return;
  }
  const { edgeStart } = state.problem;
  takeEdges(state, c, cell, fromHigh, fromLow, givenRowsOf(state), edgeStart[c]!, edgeStart[c + 1]!);
};

/** From a node: up, where it has a seat free; down, to seats that are taken; from a cell to its occupants. */
const leaveNode = (state: AssignmentState, node: number): void => {
  const { search, tree, priceHigh, priceLow, used, nextOccupant } = state;
  const high = search.heap.high[node]!;
  const low = search.heap.low[node]!;
  const fromHigh = high - priceHigh[node]!;
  const fromLow = low - priceLow[node]!;
  if (used[node]! < state.seats[node]!) {
    if (node === tree.start) {
      arrive(search, fromHigh, fromLow, NOBODY, node);
      return;
    }
    const parent = tree.parentOf[node]!;
    reach(search, parent, fromHigh + priceHigh[parent]!, fromLow + priceLow[parent]!, NOBODY, node);
  }
  for (let child = tree.firstChild[node]!; child !== -1; child = tree.nextSibling[child]!)
    if (used[child]! > 0) reach(search, child, fromHigh + priceHigh[child]!, fromLow + priceLow[child]!, NOBODY, node);
  if (node >= state.problem.cellCount) return;
  for (let c = state.firstOccupant[node]!; c !== NOBODY; c = nextOccupant[c]!)
    leaveCandidate(state, c, node, high, low);
};

const searchOn = (state: AssignmentState): void => {
  for (let node = settleNext(state.search); node !== -1; node = settleNext(state.search)) leaveNode(state, node);
};

/**
 * Finds the cheapest way to the end for a newcomer with the given edges: into a seat, or out again at the cost of what
 * the row would gain at the prices as they are.
 */
export const searchFromRow = (
  state: AssignmentState,
  row: Row,
  firstEdge: number,
  endEdge: number,
  personHigh: number,
  personLow: number,
): void => {
  const { costHigh, priceLow, search } = state;
  const { valueUnit } = state.packing;
  let gainHigh = 0;
  let gainLow = 0;
  for (let e = firstEdge; e < endEdge; e += 1) {
    const cell = row.cells[e]!;
    const high = personHigh + row.values[e]! * valueUnit - costHigh[cell]!;
    if (high < gainHigh) continue;
    const low = personLow + row.lots[e]! - priceLow[cell]!;
    if (high > gainHigh || low > gainLow) {
      gainHigh = high;
      gainLow = low;
    }
  }
  search.openHigh = gainHigh;
  search.openLow = gainLow;
  beginSearch(search, gainHigh, gainLow);
  takeEdges(state, NOBODY, OUTSIDE, gainHigh - personHigh, gainLow - personLow, row, firstEdge, endEdge);
  searchOn(state);
};

/** Raises the prices of what was settled closer than the end, so that no exchange that pays is left. */
const raisePrices = (state: AssignmentState): void => {
  state.offered = null;
  const { heap, bestHigh, bestLow, settledCount, settledNodes } = state.search;
  for (let index = 0; index < settledCount; index += 1) {
    const node = settledNodes[index]!;
    addToPrice(state, node, bestHigh - heap.high[node]!, bestLow - heap.low[node]!);
  }
};

/** The moves along the way that was found, from its end. The newcomer is told as NOBODY, who comes from OUTSIDE. */
export const tellMovesIn = ({ bestPerson, bestNode, stepPerson, stepNode }: SearchSpace, tell: TellMove): void => {
  if (bestPerson !== NOBODY) tell(bestPerson, bestNode, OUTSIDE);
  for (let node = bestNode; node !== OUTSIDE; node = stepNode[node]!)
    if (stepPerson[node] !== NOBODY || stepNode[node] === OUTSIDE) tell(stepPerson[node]!, stepNode[node]!, node);
};

/**
 * Lets one more person take part, along the cheapest chain of exchanges: the state is then the best for all who do. Who
 * takes part already is left as they are.
 */
export const insertCandidate = (state: AssignmentState, c: number): void => {
  if (state.part[c] !== ABSENT) return;
  const { search, personHigh, personLow } = state;
  const own = state.ownRows.get(c);
  const { edgeStart } = state.problem;
  if (own === undefined)
    searchFromRow(state, givenRowsOf(state), edgeStart[c]!, edgeStart[c + 1]!, personHigh[c]!, personLow[c]!);
  else searchFromRow(state, own, 0, own.cells.length, personHigh[c]!, personLow[c]!);
  raisePrices(state);
  takePart(state, c, search.openHigh - search.bestHigh, search.openLow - search.bestLow);
  tellMovesIn(search, (person, _from, to) => move(state, person === NOBODY ? c : person, to));
};

/** Takes one seat of a node, of all groups that it is in and of the start away. The node must have one. */
export const closeSeat = (state: AssignmentState, node: number): void => {
  beginSearch(state.search, Number.POSITIVE_INFINITY, 0);
  reach(state.search, node, 0, 0, NOBODY, OUTSIDE);
  searchOn(state);
  raisePrices(state);
  tellMovesIn(state.search, (person, _from, to) => {
    if (person !== NOBODY) move(state, person, to);
  });
  addSeats(state, node, -1);
};
