import { type AssignmentState, columnsIn, NOBODY } from './state.ts';

/**
 * Reads the best and the second-best offer for a seat of a cell, its values included, from people who have none there.
 * Nobody pays less than nothing: without an offer over 0, `best` is NOBODY, and what is missing is 0.
 *
 * While seats bid, offers only fall. So a shortlist of the highest offers of a column answers for the whole of it as long
 * as both are no lower than the highest of the others was when the list was made.
 */
export interface Offers {
  readonly shortlists: Int32Array;
  readonly otherHigh: Float64Array;
  readonly otherLow: Float64Array;
  /** The offers of the list that is being made, the highest first. */
  readonly listedHigh: Float64Array;
  readonly listedLow: Float64Array;
  best: number;
  bestHigh: number;
  bestLow: number;
  nextHigh: number;
  nextLow: number;
}

/** The length of a shortlist. */
const LISTED = 8;
const UNUSED = -1;

export const newOffers = (cellCount: number): Offers => ({
  shortlists: new Int32Array(cellCount * LISTED).fill(UNUSED),
  otherHigh: new Float64Array(cellCount).fill(Number.POSITIVE_INFINITY),
  otherLow: new Float64Array(cellCount),
  listedHigh: new Float64Array(LISTED),
  listedLow: new Float64Array(LISTED),
  best: NOBODY,
  bestHigh: 0,
  bestLow: 0,
  nextHigh: 0,
  nextLow: 0,
});

const isAtLeast = (high: number, low: number, otherHigh: number, otherLow: number): boolean =>
  high > otherHigh || (high === otherHigh && low >= otherLow);

const consider = (offers: Offers, c: number, high: number, low: number): void => {
  if (!isAtLeast(offers.bestHigh, offers.bestLow, high, low)) {
    offers.nextHigh = offers.bestHigh;
    offers.nextLow = offers.bestLow;
    offers.best = c;
    offers.bestHigh = high;
    offers.bestLow = low;
  } else if (!isAtLeast(offers.nextHigh, offers.nextLow, high, low)) {
    offers.nextHigh = high;
    offers.nextLow = low;
  }
};

const forget = (offers: Offers): void => {
  offers.best = NOBODY;
  offers.bestHigh = 0;
  offers.bestLow = 0;
  offers.nextHigh = 0;
  offers.nextLow = 0;
};

const readListed = (state: AssignmentState, cell: number, offers: Offers): void => {
  const { cellOf, offerHigh, offerLow, packing } = state;
  const { candidate, value, lot } = columnsIn(state);
  forget(offers);
  for (let place = cell * LISTED; place < (cell + 1) * LISTED; place += 1) {
    const index = offers.shortlists[place]!;
    if (index === UNUSED) return;
    const c = candidate[index]!;
    if (cellOf[c] !== cell)
      consider(offers, c, offerHigh[c]! + value[index]! * packing.valueUnit, offerLow[c]! + lot[index]!);
  }
};

/** Lists the highest offers of a column, those of people who sit there included: they may leave. */
const makeShortlist = (state: AssignmentState, cell: number, offers: Offers): void => {
  const { offerHigh, offerLow, packing } = state;
  const { valueUnit } = packing;
  const { columnStart, candidate, value, lot } = columnsIn(state);
  const { shortlists, listedHigh, listedLow } = offers;
  const first = cell * LISTED;
  let listed = 0;
  let otherHigh = Number.NEGATIVE_INFINITY;
  let otherLow = 0;
  const end = columnStart[cell + 1]!;
  for (let index = columnStart[cell]!; index < end; index += 1) {
    const c = candidate[index]!;
    const high = offerHigh[c]! + value[index]! * valueUnit;
    if (high < otherHigh) continue;
    const low = offerLow[c]! + lot[index]!;
    if (listed === LISTED) {
      if (isAtLeast(otherHigh, otherLow, high, low)) continue;
      const lastHigh = listedHigh[LISTED - 1]!;
      const lastLow = listedLow[LISTED - 1]!;
      if (isAtLeast(lastHigh, lastLow, high, low)) {
        otherHigh = high;
        otherLow = low;
        continue;
      }
      otherHigh = lastHigh;
      otherLow = lastLow;
      listed -= 1;
    }
    let place = listed;
    for (; place > 0 && !isAtLeast(listedHigh[place - 1]!, listedLow[place - 1]!, high, low); place -= 1) {
      shortlists[first + place] = shortlists[first + place - 1]!;
      listedHigh[place] = listedHigh[place - 1]!;
      listedLow[place] = listedLow[place - 1]!;
    }
    shortlists[first + place] = index;
    listedHigh[place] = high;
    listedLow[place] = low;
    listed += 1;
  }
  offers.otherHigh[cell] = otherHigh;
  offers.otherLow[cell] = otherLow;
};

/** Everybody in the column, when even a new shortlist is too short: most of it sits there already. */
const readAll = (state: AssignmentState, cell: number, offers: Offers): void => {
  const { cellOf, offerHigh, offerLow, packing } = state;
  const { columnStart, candidate, value, lot } = columnsIn(state);
  for (let index = columnStart[cell]!; index < columnStart[cell + 1]!; index += 1) {
    const c = candidate[index]!;
    const high = offerHigh[c]! + value[index]! * packing.valueUnit;
    if (high >= offers.nextHigh && cellOf[c] !== cell) consider(offers, c, high, offerLow[c]! + lot[index]!);
  }
};

const isCertain = ({ nextHigh, nextLow, otherHigh, otherLow }: Offers, cell: number): boolean =>
  isAtLeast(nextHigh, nextLow, otherHigh[cell]!, otherLow[cell]!);

/** Sets `best` and the others of `offers` to what is offered for a seat of the cell. */
export const readOffers = (state: AssignmentState, cell: number, offers: Offers): void => {
  readListed(state, cell, offers);
  if (isCertain(offers, cell)) return;
  makeShortlist(state, cell, offers);
  readListed(state, cell, offers);
  if (isCertain(offers, cell)) return;
  forget(offers);
  readAll(state, cell, offers);
};
