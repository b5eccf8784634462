import { closeSeat, insertCandidate } from './let-in.ts';
import { checkRow, type Row } from './rows.ts';
import { ABSENT, type AssignmentState } from './state.ts';
import { openSeat, removeCandidate } from './take-out.ts';

/** Whether a node costs something of its own: only then does one seat more of it alone change who is placed. */
const hasPrice = ({ priceHigh, priceLow, tree }: AssignmentState, node: number): boolean => {
  const parent = tree.parentOf[node];
  const high = priceHigh[node]! - (parent === undefined ? 0 : priceHigh[parent]!);
  const low = priceLow[node]! - (parent === undefined ? 0 : priceLow[parent]!);
  return high > 0 || (high === 0 && low > 0);
};

/** One seat more of a node: one more of everything above it too, and that one taken away again from the parent on. */
const addSeat = (state: AssignmentState, node: number): void => {
  if (!hasPrice(state, node)) {
    state.seats[node]! += 1;
    return;
  }
  openSeat(state, node);
  if (node !== state.tree.start) closeSeat(state, state.tree.parentOf[node]!);
};

const takeSeat = (state: AssignmentState, node: number): void => {
  if (state.used[node]! < state.seats[node]!) {
    state.seats[node]! -= 1;
    return;
  }
  closeSeat(state, node);
  if (node !== state.tree.start) openSeat(state, state.tree.parentOf[node]!);
};

/** Gives a cell or a group another number of seats and restores the best: at most two searches a seat. */
export const changeSeats = (state: AssignmentState, node: number, seats: number): void => {
  while (state.seats[node]! < seats) addSeat(state, node);
  while (state.seats[node]! > seats) takeSeat(state, node);
};

/** Gives the start another number of seats and restores the best: at most one search a seat. */
export const changeTotalSeats = (state: AssignmentState, seats: number): void =>
  changeSeats(state, state.tree.start, seats);

/** The same state, ready for cells to be charged for. */
export const withCharges = (state: AssignmentState): AssignmentState => ({
  ...state,
  costHigh: state.costHigh.slice(),
});

/**
 * Charges whoever has a seat in the cell so many points more, or fewer when under 0, as if every edge to it were worth so
 * much less. While the cell has no seats its price means nothing, so there the charge can take the place of the price.
 */
export const changeCharge = (state: AssignmentState, cell: number, points: number): void => {
  const seats = state.seats[cell]!;
  changeSeats(state, cell, 0);
  state.priceHigh[cell]! -= points * state.packing.valueUnit;
  changeSeats(state, cell, seats);
};

/** Lets something about a person be changed while they do not take part. */
const whileAbsent = (state: AssignmentState, c: number, change: () => void): void => {
  const isAbsent = state.part[c] === ABSENT;
  removeCandidate(state, c);
  change();
  if (!isAbsent) insertCandidate(state, c);
};

/**
 * Gives a person whose facts changed another row; an empty one lets them fit nowhere. Throws a RangeError, and changes
 * nothing, when a value is outside what the state was opened for.
 */
export const replaceRow = (state: AssignmentState, c: number, row: Row): void => {
  checkRow(state.packing, row);
  whileAbsent(state, c, () => state.ownRows.set(c, row));
};

/** Sets whether to place this person comes before everything else. */
export const changeMustPlace = (state: AssignmentState, c: number, mustPlace: 0 | 1): void => {
  if (state.mustPlace[c] === mustPlace) return;
  whileAbsent(state, c, () => {
    state.personHigh[c]! += (mustPlace - state.mustPlace[c]!) * state.packing.placedUnit;
    state.mustPlace[c] = mustPlace;
  });
};
