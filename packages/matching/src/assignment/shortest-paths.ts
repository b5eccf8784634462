import { type NodeHeap, newHeap, nodeCameCloser, popNode, pushNode } from './node-heap.ts';
import type { Assignment, AssignmentProblem } from './problem.ts';
import { packingOf } from './problem.ts';

/** Parent of a place that was reached by giving up a seat elsewhere under the start's limit. */
const VIA_START = -2;
const NOBODY = -1;

/**
 * The network is candidate → place → start → end, with a way from each candidate straight to the end (no seat). Node
 * numbers: places 0 … m-1, the start m. `price` of a node: what a further unit through it costs, in two parts.
 */
interface Search {
  readonly problem: AssignmentProblem;
  readonly weightHigh: Float64Array;
  readonly weightLow: Float64Array;
  readonly priceHigh: Float64Array;
  readonly priceLow: Float64Array;
  /** What a candidate gains over having no seat. */
  readonly gainHigh: Float64Array;
  readonly gainLow: Float64Array;
  readonly placeOf: Int32Array;
  readonly used: Int32Array;
  /** Occupants of a place as a doubly linked list. */
  readonly firstOccupant: Int32Array;
  readonly nextOccupant: Int32Array;
  readonly previousOccupant: Int32Array;
  readonly heap: NodeHeap;
  readonly parent: Int32Array;
  /** Round in which a node was last reached, and last settled. */
  readonly reached: Int32Array;
  readonly settled: Int32Array;
  readonly settledNodes: Int32Array;
  settledCount: number;
  placed: number;
  round: number;
  /** The cheapest way to the end found in this round, and who would lose a seat by it (NOBODY: the start has room). */
  bestHigh: number;
  bestLow: number;
  bestLoser: number;
}

const newSearch = (problem: AssignmentProblem): Search => {
  const { candidateCount, placeCount, edgeStart, edgePoints, edgeLot, waitDays, lots } = problem;
  const { placedUnit, pointUnit, lotUnit } = packingOf(problem);
  const edgeCount = edgeStart[candidateCount]!;
  const weightHigh = new Float64Array(edgeCount);
  const weightLow = new Float64Array(edgeCount);
  for (let c = 0; c < candidateCount; c += 1)
    for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) {
      weightHigh[e] = placedUnit + edgePoints[e]! * pointUnit + waitDays[c]!;
      weightLow[e] = lots[c]! * lotUnit + edgeLot[e]!;
    }
  const nodes = placeCount + 1;
  return {
    problem,
    weightHigh,
    weightLow,
    priceHigh: new Float64Array(nodes),
    priceLow: new Float64Array(nodes),
    gainHigh: new Float64Array(candidateCount),
    gainLow: new Float64Array(candidateCount),
    placeOf: new Int32Array(candidateCount).fill(NOBODY),
    used: new Int32Array(placeCount),
    firstOccupant: new Int32Array(placeCount).fill(NOBODY),
    nextOccupant: new Int32Array(candidateCount).fill(NOBODY),
    previousOccupant: new Int32Array(candidateCount).fill(NOBODY),
    heap: newHeap(new Float64Array(nodes), new Float64Array(nodes)),
    parent: new Int32Array(nodes),
    reached: new Int32Array(nodes),
    settled: new Int32Array(nodes),
    settledNodes: new Int32Array(nodes),
    settledCount: 0,
    placed: 0,
    round: 0,
    bestHigh: 0,
    bestLow: 0,
    bestLoser: NOBODY,
  };
};

const seat = (search: Search, c: number, p: number): void => {
  const head = search.firstOccupant[p]!;
  search.nextOccupant[c] = head;
  search.previousOccupant[c] = NOBODY;
  if (head !== NOBODY) search.previousOccupant[head] = c;
  search.firstOccupant[p] = c;
  search.placeOf[c] = p;
  search.used[p]! += 1;
  search.placed += 1;
};

const unseat = (search: Search, c: number): void => {
  const p = search.placeOf[c]!;
  const next = search.nextOccupant[c]!;
  const previous = search.previousOccupant[c]!;
  if (previous === NOBODY) search.firstOccupant[p] = next;
  else search.nextOccupant[previous] = next;
  if (next !== NOBODY) search.previousOccupant[next] = previous;
  search.placeOf[c] = NOBODY;
  search.used[p]! -= 1;
  search.placed -= 1;
};

/** Offers a way to `node` of the given length; it is kept when it is shorter than what was known. */
const reach = (search: Search, node: number, high: number, low: number, parent: number): void => {
  if (high > search.bestHigh || (high === search.bestHigh && low >= search.bestLow)) return;
  const { heap, round } = search;
  if (search.reached[node] !== round) {
    search.reached[node] = round;
    heap.high[node] = high;
    heap.low[node] = low;
    search.parent[node] = parent;
    pushNode(heap, node);
    return;
  }
  const difference = high - heap.high[node]!;
  if (difference > 0 || (difference === 0 && low >= heap.low[node]!)) return;
  heap.high[node] = high;
  heap.low[node] = low;
  search.parent[node] = parent;
  nodeCameCloser(heap, node);
};

const offerEnd = (search: Search, high: number, low: number, loser: number): void => {
  if (high > search.bestHigh || (high === search.bestHigh && low >= search.bestLow)) return;
  search.bestHigh = high;
  search.bestLow = low;
  search.bestLoser = loser;
};

/** From a candidate at the given distance: to every other place of the row, or out without a seat. */
const leaveCandidate = (search: Search, c: number, high: number, low: number): void => {
  const { problem, weightHigh, weightLow, priceHigh, priceLow, settled, round } = search;
  const fromHigh = high + search.gainHigh[c]!;
  const fromLow = low + search.gainLow[c]!;
  offerEnd(search, fromHigh, fromLow, c);
  const end = problem.edgeStart[c + 1]!;
  for (let e = problem.edgeStart[c]!; e < end; e += 1) {
    const p = problem.edgePlace[e]!;
    const viaHigh = fromHigh + priceHigh[p]! - weightHigh[e]!;
    if (viaHigh > search.bestHigh || settled[p] === round) continue;
    reach(search, p, viaHigh, fromLow + priceLow[p]! - weightLow[e]!, c);
  }
};

const leavePlace = (search: Search, p: number, high: number, low: number): void => {
  const start = search.problem.placeCount;
  if (search.used[p]! < search.problem.seats[p]! && search.settled[start] !== search.round)
    reach(
      search,
      start,
      high + search.priceHigh[start]! - search.priceHigh[p]!,
      low + search.priceLow[start]! - search.priceLow[p]!,
      p,
    );
  for (let c = search.firstOccupant[p]!; c !== NOBODY; c = search.nextOccupant[c]!)
    leaveCandidate(search, c, high, low);
};

const leaveStart = (search: Search, high: number, low: number): void => {
  const { problem, priceHigh, priceLow } = search;
  const start = problem.placeCount;
  if (search.placed < problem.totalSeats) {
    offerEnd(search, high - priceHigh[start]!, low - priceLow[start]!, NOBODY);
    return;
  }
  for (let p = 0; p < problem.placeCount; p += 1)
    if (search.used[p]! > 0 && search.settled[p] !== search.round)
      reach(search, p, high + priceHigh[p]! - priceHigh[start]!, low + priceLow[p]! - priceLow[start]!, VIA_START);
};

/** Sets the newcomer's gain to the best that the prices leave, so that no edge of the row is too dear or too cheap. */
const openCandidate = (search: Search, c: number): void => {
  const { problem, weightHigh, weightLow, priceHigh, priceLow } = search;
  let high = 0;
  let low = 0;
  for (let e = problem.edgeStart[c]!; e < problem.edgeStart[c + 1]!; e += 1) {
    const p = problem.edgePlace[e]!;
    const offerHigh = weightHigh[e]! - priceHigh[p]!;
    const offerLow = weightLow[e]! - priceLow[p]!;
    if (offerHigh > high || (offerHigh === high && offerLow > low)) {
      high = offerHigh;
      low = offerLow;
    }
  }
  search.gainHigh[c] = high;
  search.gainLow[c] = low;
};

/** Finds the cheapest way from the newcomer to the end. */
const searchFrom = (search: Search, newcomer: number): void => {
  const { heap, problem } = search;
  search.round += 1;
  search.settledCount = 0;
  heap.size = 0;
  search.bestHigh = Number.POSITIVE_INFINITY;
  search.bestLow = 0;
  search.bestLoser = NOBODY;
  leaveCandidate(search, newcomer, 0, 0);
  while (heap.size > 0) {
    const node = popNode(heap);
    const high = heap.high[node]!;
    const low = heap.low[node]!;
    if (high > search.bestHigh || (high === search.bestHigh && low >= search.bestLow)) break;
    search.settled[node] = search.round;
    search.settledNodes[search.settledCount] = node;
    search.settledCount += 1;
    if (node === problem.placeCount) leaveStart(search, high, low);
    else leavePlace(search, node, high, low);
  }
};

/** Raises the prices of what was settled closer than the end, so that no exchange that pays is left. */
const updatePrices = (search: Search, newcomer: number): void => {
  const { heap, problem, gainHigh, gainLow, bestHigh, bestLow } = search;
  gainHigh[newcomer]! -= bestHigh;
  gainLow[newcomer]! -= bestLow;
  for (let index = 0; index < search.settledCount; index += 1) {
    const node = search.settledNodes[index]!;
    const riseHigh = bestHigh - heap.high[node]!;
    const riseLow = bestLow - heap.low[node]!;
    search.priceHigh[node]! += riseHigh;
    search.priceLow[node]! += riseLow;
    if (node === problem.placeCount) continue;
    for (let c = search.firstOccupant[node]!; c !== NOBODY; c = search.nextOccupant[c]!) {
      gainHigh[c]! -= riseHigh;
      gainLow[c]! -= riseLow;
    }
  }
};

/** Moves people along the way that was found. */
const applyPath = (search: Search, newcomer: number): void => {
  const { parent, problem, bestLoser } = search;
  if (bestLoser === newcomer) return;
  let place: number;
  if (bestLoser === NOBODY) place = parent[problem.placeCount]!;
  else {
    place = search.placeOf[bestLoser]!;
    unseat(search, bestLoser);
  }
  for (;;) {
    const mover = parent[place]!;
    if (mover === VIA_START) {
      place = parent[problem.placeCount]!;
      continue;
    }
    const vacated = search.placeOf[mover]!;
    if (mover !== newcomer) unseat(search, mover);
    seat(search, mover, place);
    if (mover === newcomer) return;
    place = vacated;
  }
};

/**
 * Exact: successive shortest paths, one candidate at a time, Dijkstra with potentials over places. People only ever
 * enter along the cheapest chain of exchanges, so after each of them the assignment is the best for those seen so far.
 */
export const solveByShortestPaths = (problem: AssignmentProblem): Assignment => {
  const search = newSearch(problem);
  const { candidateCount, placeCount } = problem;
  for (let c = 0; c < candidateCount; c += 1) {
    if (problem.edgeStart[c] === problem.edgeStart[c + 1]) continue;
    openCandidate(search, c);
    searchFrom(search, c);
    updatePrices(search, c);
    applyPath(search, c);
  }
  const startHigh = search.priceHigh[placeCount]!;
  const startLow = search.priceLow[placeCount]!;
  const placeHigh = new Float64Array(placeCount);
  const placeLow = new Float64Array(placeCount);
  for (let p = 0; p < placeCount; p += 1) {
    const high = search.priceHigh[p]! - startHigh;
    const low = search.priceLow[p]! - startLow;
    if (high < 0 || (high === 0 && low <= 0)) continue;
    placeHigh[p] = high;
    placeLow[p] = low;
  }
  return {
    placeOf: search.placeOf,
    prices: { candidateHigh: search.gainHigh, candidateLow: search.gainLow, placeHigh, placeLow, startHigh, startLow },
  };
};
