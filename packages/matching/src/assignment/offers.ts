import { LISTED, makeShortlist, type Shortlists } from './shortlists.ts';
import { type AssignmentState, columnsIn, NOBODY } from './state.ts';

/**
 * The best and the second-best offer for a seat of a cell, the value of the edge included, from people who have none
 * there. Nobody pays less than nothing: without an offer over 0, `best` is NOBODY, and what is missing is 0.
 */
export interface Offers {
  best: number;
  bestHigh: number;
  bestLow: number;
  nextHigh: number;
  nextLow: number;
}

export const newOffers = (): Offers => ({ best: NOBODY, bestHigh: 0, bestLow: 0, nextHigh: 0, nextLow: 0 });

const isOver = (high: number, low: number, otherHigh: number, otherLow: number): boolean =>
  high > otherHigh || (high === otherHigh && low > otherLow);

const forget = (offers: Offers): void => {
  offers.best = NOBODY;
  offers.bestHigh = 0;
  offers.bestLow = 0;
  offers.nextHigh = 0;
  offers.nextLow = 0;
};

const consider = (state: AssignmentState, cell: number, index: number, offers: Offers): void => {
  const { candidate, value, lot } = columnsIn(state);
  const c = candidate[index]!;
  if (state.cellOf[c] === cell) return;
  const high = state.offerHigh[c]! + value[index]! * state.packing.valueUnit;
  const low = state.offerLow[c]! + lot[index]!;
  if (isOver(high, low, offers.bestHigh, offers.bestLow)) {
    offers.nextHigh = offers.bestHigh;
    offers.nextLow = offers.bestLow;
    offers.best = c;
    offers.bestHigh = high;
    offers.bestLow = low;
  } else if (isOver(high, low, offers.nextHigh, offers.nextLow)) {
    offers.nextHigh = high;
    offers.nextLow = low;
  }
};

/** Whether the list of the cell is enough to be certain of both offers. */
const readShortlist = (state: AssignmentState, cell: number, lists: Shortlists, offers: Offers): boolean => {
  forget(offers);
  const end = cell * LISTED + lists.count[cell]!;
  for (let place = cell * LISTED; place < end; place += 1) {
    if (!isOver(lists.high[place]!, lists.low[place]!, offers.nextHigh, offers.nextLow)) return true;
    consider(state, cell, lists.index[place]!, offers);
  }
  return !isOver(lists.otherHigh[cell]!, lists.otherLow[cell]!, offers.nextHigh, offers.nextLow);
};

/** Sets `offers` to what is offered for a seat of the cell. */
export const readOffers = (state: AssignmentState, cell: number, lists: Shortlists, offers: Offers): void => {
  if (readShortlist(state, cell, lists, offers)) return;
  makeShortlist(state, cell, lists);
  if (readShortlist(state, cell, lists, offers)) return;
  // Even a new list is too short when most of it sits in the cell.
  const { columnStart } = columnsIn(state);
  forget(offers);
  for (let index = columnStart[cell]!; index < columnStart[cell + 1]!; index += 1) consider(state, cell, index, offers);
};
