import { addBidder, newBidQueue, nextBidder, waitingBidders } from './bid-queue.ts';
import { closeSeat } from './let-in.ts';
import { newOffers, type Offers, readOffers } from './offers.ts';
import { newShortlists, type Shortlists } from './shortlists.ts';
import { type AssignmentState, addToPrice, columnsIn, move, NOBODY, takePart } from './state.ts';
import { openSeat } from './take-out.ts';

/** Seats that no problem has, for groups and the start while only the cells limit. */
const PLENTY = 2 ** 30;

/**
 * Opens a seat of a cell and lowers the price to the second-best offer, so that whoever offers most gets it for that. The
 * cell that the person leaves has one seat less, and is returned; NOBODY when no seat was lost by it.
 */
const bidForPerson = (state: AssignmentState, cell: number, lists: Shortlists, offers: Offers): number => {
  const { seats, used, cellOf } = state;
  seats[cell]! += 1;
  if (used[cell]! + 1 < seats[cell]!) return NOBODY;
  readOffers(state, cell, lists, offers);
  const { best } = offers;
  addToPrice(state, cell, offers.nextHigh - state.priceHigh[cell]!, offers.nextLow - state.priceLow[cell]!);
  if (best === NOBODY) return NOBODY;
  state.offerHigh[best]! -= offers.bestHigh - offers.nextHigh;
  state.offerLow[best]! -= offers.bestLow - offers.nextLow;
  const left = cellOf[best]!;
  const wasFull = left !== NOBODY && used[left]! === seats[left]!;
  move(state, best, cell);
  if (!wasFull) return NOBODY;
  seats[left]! -= 1;
  return left;
};

/** The seats of a cell that somebody could take, and one to be free when there are more. */
export const usableSeats = (state: AssignmentState, cell: number): number => {
  const { columnStart } = columnsIn(state);
  return Math.min(state.seats[cell]!, columnStart[cell + 1]! - columnStart[cell]! + 1);
};

/**
 * Solves a problem whose seats are scarce, from a state in which nobody takes part. Everybody comes in without a seat
 * while all cells are closed, and their seats are opened one by one. First they bid for people: quick, and right
 * wherever it stops. A search each opens those that are left. What groups and the start have too few of is then closed.
 */
export const solveFromSeats = (state: AssignmentState): void => {
  const { problem, seats, used, tree } = state;
  const { cellCount } = problem;
  const given = seats.slice();
  const bidders: number[] = [];
  for (let cell = 0; cell < cellCount; cell += 1)
    for (let count = usableSeats(state, cell); count > 0; count -= 1) bidders.push(cell);
  for (let c = 0; c < problem.candidateCount; c += 1) takePart(state, c, 0, 0);
  seats.fill(0, 0, cellCount);
  seats.fill(PLENTY, cellCount);

  const lists = newShortlists(cellCount);
  const offers = newOffers();
  for (let cell = 0; cell < cellCount; cell += 1) {
    if (given[cell] !== 0) continue;
    readOffers(state, cell, lists, offers);
    addToPrice(state, cell, offers.bestHigh, offers.bestLow);
  }
  const queue = newBidQueue(bidders);
  for (let cell = nextBidder(queue); cell !== NOBODY; cell = nextBidder(queue)) {
    const left = bidForPerson(state, cell, lists, offers);
    if (left !== NOBODY) addBidder(queue, left);
  }
  state.search.shortlists = lists;
  for (const cell of waitingBidders(queue)) openSeat(state, cell);
  state.search.shortlists = null;
  for (let cell = 0; cell < cellCount; cell += 1) seats[cell] = given[cell]!;

  for (const node of [...tree.parentsFirst.toReversed(), tree.start]) {
    if (node < cellCount) continue;
    seats[node] = Math.max(given[node]!, used[node]!);
    while (seats[node]! > given[node]!) closeSeat(state, node);
  }
};
