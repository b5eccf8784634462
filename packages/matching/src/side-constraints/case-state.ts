import { changeCharge, changeSeats, withCharges } from '../assignment/change.ts';
import { insertCandidate } from '../assignment/let-in.ts';
import type { Objective } from '../assignment/objective.ts';
import { highOf, lowOf, rangeOf } from '../assignment/packing.ts';
import type { Row } from '../assignment/rows.ts';
import { solveAll } from '../assignment/shortest-paths.ts';
import { type AssignmentState, copyState, givenRowsOf, openState } from '../assignment/state.ts';
import { assignmentOf } from '../assignment/stored.ts';
import { removeCandidate } from '../assignment/take-out.ts';
import type { ConstrainedStart } from './constrained-start.ts';
import { bookOf, type CellsOfNode, cellsOfParts, NOTHING, type PriceBook } from './price-book.ts';
import type { CaseSolved, ConstraintPrice, Worth } from './proof.ts';
import { mayHave, type Restrictions, restrictionsOf, type Step, seatsOf } from './restrictions.ts';

/** A case of the search, solved: the best flow under its restrictions and prices. */
export interface CaseState {
  readonly start: ConstrainedStart;
  readonly cellsOfNode: CellsOfNode;
  /** The most that prices may change what a pair is worth, either way. As many lots are added to everybody's beforehand. */
  readonly room: Worth;
  readonly restrictions: Restrictions;
  readonly book: PriceBook;
  readonly state: AssignmentState;
}

/** The case in which everything is, without prices. */
export const openCase = (start: ConstrainedStart): CaseState => {
  const { flow } = start;
  const range = rangeOf(flow);
  const room = { value: Math.max(1, range.mostValue - range.leastValue), lots: Math.max(1, flow.candidateCount) };
  const problem = { ...flow, lots: flow.lots.map((lot) => lot + room.lots) };
  const state = openState(problem, {
    leastValue: range.leastValue - 3 * room.value,
    mostValue: range.mostValue + 3 * room.value,
    longestWait: range.longestWait,
  });
  solveAll(state);
  const cellsOfNode = cellsOfParts(start);
  return {
    start,
    cellsOfNode,
    room,
    restrictions: restrictionsOf(start),
    book: bookOf(start, cellsOfNode, []),
    state: withCharges(state),
  };
};

/** The pairs that a person has left, at what they are worth; null when nothing about them is changed. */
const ownRow = ({ start, restrictions, book }: CaseState, c: number): Row | null => {
  const { flow, unitOfCell } = start;
  const inUnit = book.inUnit.get(c);
  const cells: number[] = [];
  const values: number[] = [];
  const lots: number[] = [];
  const from = flow.edgeStart[c]!;
  const to = flow.edgeStart[c + 1]!;
  for (let e = from; e < to; e += 1) {
    if (!mayHave(start, restrictions, c, e)) continue;
    const cell = flow.edgeCell[e]!;
    cells.push(cell);
    values.push(flow.edgeValue[e]! + (inUnit?.get(unitOfCell[cell]!) ?? 0));
    lots.push(flow.edgeLot[e]!);
  }
  if (inUnit === undefined && cells.length === to - from) return null;
  return { cells: Int32Array.from(cells), values: Int32Array.from(values), lots: Uint16Array.from(lots) };
};

/** Lets a person take part again as the restrictions and prices say. */
const takePartAnew = (one: CaseState, c: number): void => {
  const { start, restrictions, book, state } = one;
  const { packing, problem } = state;
  removeCandidate(state, c);
  const row = ownRow(one, c);
  if (row === null) state.ownRows.delete(c);
  else state.ownRows.set(c, row);
  const shift = book.shifts.get(c) ?? NOTHING;
  const must = restrictions.required.has(c) ? 1 : 0;
  state.mustPlace[c] = must;
  state.personHigh[c] =
    highOf(packing, must, start.flow.tiers[c]!, problem.waitDays[c]!) + shift.value * packing.valueUnit;
  state.personLow[c] = lowOf(packing, problem.lots[c]! + shift.lots);
  insertCandidate(state, c);
};

const changeCharges = (state: AssignmentState, from: PriceBook, to: PriceBook): void => {
  for (const cell of new Set([...from.charges.keys(), ...to.charges.keys()])) {
    const more = (to.charges.get(cell) ?? 0) - (from.charges.get(cell) ?? 0);
    if (more !== 0) changeCharge(state, cell, more);
  }
};

/** The case after a step, or under other prices for the people named, solved on from this one; which stays as it is. */
export const carryOver = (
  from: CaseState,
  { restrictions, people, nodes }: Step,
  prices: readonly ConstraintPrice[] = from.book.prices,
): CaseState => {
  const { start, cellsOfNode } = from;
  const book = prices === from.book.prices ? from.book : bookOf(start, cellsOfNode, prices);
  const to: CaseState = { ...from, restrictions, book, state: copyState(from.state) };
  for (const node of nodes) changeSeats(to.state, node, seatsOf(start, restrictions, node));
  if (book !== from.book) changeCharges(to.state, from.book, book);
  for (const c of people) takePartAnew(to, c);
  return to;
};

/** The case under other prices for the people named. */
export const underPrices = (
  from: CaseState,
  prices: readonly ConstraintPrice[],
  people: readonly number[],
): CaseState | null => {
  const { start, cellsOfNode, room, restrictions } = from;
  const { shifts, inUnit, charges } = bookOf(start, cellsOfNode, prices);
  const values = [
    ...[...shifts.values()].map(({ value }) => value),
    ...[...inUnit.values()].flatMap((units) => [...units.values()]),
    ...charges.values(),
  ];
  const isInRoom =
    values.every((value) => Math.abs(value) <= room.value) &&
    [...shifts.values()].every(({ lots }) => Math.abs(lots) <= room.lots);
  return isInRoom ? carryOver(from, { restrictions, people, nodes: [] }, prices) : null;
};

/** What no assignment of the case exceeds; null when it holds none, as not all who are required find a seat. */
export const boundOf = ({ start, restrictions, book, state }: CaseState): Objective | null => {
  const { flow } = start;
  for (const c of restrictions.required) if (state.cellOf[c] === -1) return null;
  const { value, lots } = book.givenBack;
  const given = givenRowsOf(state);
  const sums = { mustPlaced: 0, placed: 0, tiers: 0, value, waitDays: 0, lots, pairLots: 0 };
  for (const [c, cell] of state.cellOf.entries()) {
    if (cell === -1) continue;
    const shift = book.shifts.get(c) ?? NOTHING;
    const own = state.ownRows.get(c);
    const row = own ?? given;
    const e = row.cells.indexOf(cell, own === undefined ? flow.edgeStart[c]! : 0);
    sums.placed += 1;
    sums.tiers += flow.tiers[c]!;
    sums.value += row.values[e]! + shift.value - (book.charges.get(cell) ?? 0);
    sums.waitDays += flow.waitDays[c]!;
    sums.lots += flow.lots[c]! + shift.lots;
    sums.pairLots += row.lots[e]!;
  }
  return sums;
};

/** The case as a step of a proof. */
export const solvedCase = ({ room, book, state }: CaseState): CaseSolved => {
  const { cellOf, prices } = assignmentOf(state);
  const { packing, nodeHigh, nodeLow, startHigh, startLow } = prices;
  return {
    kind: 'solved',
    cellOf,
    prices: { packing, nodeHigh, nodeLow, startHigh, startLow },
    constraintPrices: book.prices,
    addedLots: room.lots,
  };
};
