import { type AssignmentState, columnsIn } from './state.ts';

/**
 * The highest offers of each column, the value of the edge included, as they were when the list was made. While offers
 * only fall, as they do while seats are opened, what stands in a list is the most that can be offered still, and so is
 * `other` for everybody who is not in it. So a reader may stop where that is too little.
 */
export interface Shortlists {
  /** Indexes into the columns, LISTED of them per cell, the highest offer first. */
  readonly index: Int32Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly count: Int32Array;
  readonly otherHigh: Float64Array;
  readonly otherLow: Float64Array;
}

export const LISTED = 8;

/** Empty lists: nothing is known of anybody yet. */
export const newShortlists = (cellCount: number): Shortlists => ({
  index: new Int32Array(cellCount * LISTED),
  high: new Float64Array(cellCount * LISTED),
  low: new Float64Array(cellCount * LISTED),
  count: new Int32Array(cellCount),
  otherHigh: new Float64Array(cellCount).fill(Number.POSITIVE_INFINITY),
  otherLow: new Float64Array(cellCount),
});

const isAtLeast = (high: number, low: number, otherHigh: number, otherLow: number): boolean =>
  high > otherHigh || (high === otherHigh && low >= otherLow);

/** Makes the list of a cell anew, with the people who sit there: they may leave. */
export const makeShortlist = (state: AssignmentState, cell: number, lists: Shortlists): void => {
  const { offerHigh, offerLow, packing } = state;
  const { valueUnit } = packing;
  const { columnStart, candidate, value, lot } = columnsIn(state);
  const first = cell * LISTED;
  const last = first + LISTED - 1;
  let end = first;
  let otherHigh = Number.NEGATIVE_INFINITY;
  let otherLow = 0;
  const columnEnd = columnStart[cell + 1]!;
  for (let index = columnStart[cell]!; index < columnEnd; index += 1) {
    const c = candidate[index]!;
    const high = offerHigh[c]! + value[index]! * valueUnit;
    if (high < otherHigh) continue;
    const low = offerLow[c]! + lot[index]!;
    if (end > last) {
      if (isAtLeast(otherHigh, otherLow, high, low)) continue;
      if (isAtLeast(lists.high[last]!, lists.low[last]!, high, low)) {
        otherHigh = high;
        otherLow = low;
        continue;
      }
      otherHigh = lists.high[last]!;
      otherLow = lists.low[last]!;
      end = last;
    }
    let place = end;
    for (; place > first && !isAtLeast(lists.high[place - 1]!, lists.low[place - 1]!, high, low); place -= 1) {
      lists.index[place] = lists.index[place - 1]!;
      lists.high[place] = lists.high[place - 1]!;
      lists.low[place] = lists.low[place - 1]!;
    }
    lists.index[place] = index;
    lists.high[place] = high;
    lists.low[place] = low;
    end += 1;
  }
  lists.count[cell] = end - first;
  lists.otherHigh[cell] = otherHigh;
  lists.otherLow[cell] = otherLow;
};

/**
 * Lists what is offered for every cell, once for a state and all its copies: taking people out and asking about seats then
 * reads a few offers of a column in place of all. Letting somebody in ends it, for offers may rise then.
 */
export const listOffers = (state: AssignmentState): void => {
  const { cellCount } = state.problem;
  const lists = newShortlists(cellCount);
  for (let cell = 0; cell < cellCount; cell += 1) makeShortlist(state, cell, lists);
  state.offered = lists;
};
