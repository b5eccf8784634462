import { searchFromRow, tellMovesIn } from './let-in.ts';
import type { Objective } from './objective.ts';
import { highOf, lowOf } from './packing.ts';
import { checkRow, type Row } from './rows.ts';
import { OUTSIDE, type TellMove } from './search-space.ts';
import { type AssignmentState, NOBODY, rowOf } from './state.ts';
import { tellMovesForSeat } from './take-out.ts';

/** What of a person counts beside the row. */
export interface Person {
  readonly mustPlace: 0 | 1;
  /** 0 … 9 */
  readonly tier: number;
  readonly waitDays: number;
  readonly lot: number;
}

/** A candidate of the state as a person. */
export const personIn = ({ problem, mustPlace }: AssignmentState, c: number): Person => ({
  mustPlace: mustPlace[c] === 1 ? 1 : 0,
  tier: problem.tiers[c]!,
  waitDays: problem.waitDays[c]!,
  lot: problem.lots[c]!,
});

/** What would change, line by line; nothing has. */
export interface Probe {
  readonly change: Objective;
  /** How many people would have another cell than now, or none any more; the person asked about is not counted. */
  readonly moved: number;
}

type Counted = { -readonly [Line in keyof Objective]: Objective[Line] };

const add = (sum: Counted, person: Person, { values, lots }: Row, e: number, times: 1 | -1): void => {
  sum.mustPlaced += times * person.mustPlace;
  sum.placed += times;
  sum.tiers += times * person.tier;
  sum.value += times * values[e]!;
  sum.waitDays += times * person.waitDays;
  sum.lots += times * person.lot;
  sum.pairLots += times * lots[e]!;
};

const tellNobody: TellMove = () => {};

/** Adds up the moves that are told to `tell`, which tells them on. The newcomer, if any, is told as NOBODY. */
const count = (state: AssignmentState, newcomer: { person: Person; row: Row } | null, tellOn: TellMove) => {
  const change: Counted = { mustPlaced: 0, placed: 0, tiers: 0, value: 0, waitDays: 0, lots: 0, pairLots: 0 };
  const total = { change, moved: 0, newcomerCell: OUTSIDE };
  const tell: TellMove = (c, from, to) => {
    tellOn(c, from, to);
    if (c === NOBODY) {
      if (newcomer === null) return;
      total.newcomerCell = to;
      add(change, newcomer.person, newcomer.row, newcomer.row.cells.indexOf(to), 1);
      return;
    }
    total.moved += 1;
    const row = rowOf(state, c);
    const person = personIn(state, c);
    if (from !== OUTSIDE) add(change, person, row, row.cells.indexOf(from), -1);
    if (to !== OUTSIDE) add(change, person, row, row.cells.indexOf(to), 1);
  };
  return { total, tell };
};

/**
 * What would change if one more person took part: somebody who takes no part, or who takes part and has no seat (then
 * with this row instead of theirs). One search, which ends as soon as the answer is certain; `tell` is told who would move,
 * the one asked about as NOBODY. Throws a RangeError when a value or the wait is outside what the state was opened for.
 */
export const probeRow = (
  state: AssignmentState,
  person: Person,
  row: Row,
  tell: TellMove = tellNobody,
): Probe & { readonly cell: number } => {
  const { packing } = state;
  checkRow(packing, row);
  if (person.waitDays > packing.longestWait)
    throw new RangeError(`A wait of ${person.waitDays} days is longer than ${packing.longestWait}`);
  const high = highOf(packing, person.mustPlace, person.tier, person.waitDays);
  searchFromRow(state, row, 0, row.cells.length, high, lowOf(packing, person.lot));
  const { total, tell: counted } = count(state, { person, row }, tell);
  tellMovesIn(state.search, counted);
  return { change: total.change, moved: total.moved, cell: total.newcomerCell };
};

/**
 * What one more seat of a cell or a group would change, with one more of each group that it is in; the start keeps its
 * seats. Asked of the start's node (`tree.start`): one more seat in the start. One search backwards.
 */
export const probeExtraSeat = (state: AssignmentState, node: number, tell: TellMove = tellNobody): Probe => {
  const { total, tell: counted } = count(state, null, tell);
  tellMovesForSeat(state, node, counted);
  return { change: total.change, moved: total.moved };
};
