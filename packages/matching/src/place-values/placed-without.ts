import { replaceRow } from '../assignment/change.ts';
import { type Person, personIn, probeRow } from '../assignment/probe.ts';
import type { Row } from '../assignment/rows.ts';
import { type AssignmentState, copyState, NOBODY, rowOf } from '../assignment/state.ts';

/** A pair that would become possible: a person of the state, who is not placed at the cell, and what the pair is worth. */
export interface Newcomer {
  readonly person: number;
  readonly value: number;
  readonly lot: number;
}

/** Somebody about whom nothing is known but that they fit the one cell. */
const ANYBODY: Person = { mustPlace: 0, tier: 0, waitDays: 0, lot: 0 };

/** Whether one more person at the cell would make one more in all: by a free seat, or by a chain that ends at one. */
export const canTakeOneMore = (state: AssignmentState, cell: number): boolean => {
  const row = { cells: Int32Array.of(cell), values: Int32Array.of(state.packing.leastValue), lots: Uint16Array.of(0) };
  return probeRow(state, ANYBODY, row).change.placed === 1;
};

const withEdge = ({ cells, values, lots }: Row, cell: number, { value, lot }: Newcomer): Row => ({
  cells: Int32Array.of(...cells, cell),
  values: Int32Array.of(...values, value),
  lots: Uint16Array.of(...lots, lot),
});

const placedIn = ({ used, tree }: AssignmentState): number => used[tree.start]!;

/**
 * How many more people would be placed if these pairs with one cell were possible. Exact: each newcomer who could make a
 * difference gets the edge on a copy of the state, which stays the optimum for what was let in so far.
 *
 * `freesOneMore(cell)`: whether one more seat at that cell would place one more; somebody who has a seat can only make a
 * difference by leaving such a cell.
 */
export const placedWithout = (
  state: AssignmentState,
  cell: number,
  newcomers: readonly Newcomer[],
  freesOneMore: (cell: number) => boolean,
): number => {
  if (newcomers.length === 0 || !canTakeOneMore(state, cell)) return 0;
  let changed: AssignmentState | null = null;
  for (const newcomer of newcomers) {
    const now: AssignmentState = changed ?? state;
    const row = withEdge(rowOf(now, newcomer.person), cell, newcomer);
    const seat = now.cellOf[newcomer.person]!;
    const mayHelp =
      seat === NOBODY
        ? probeRow(now, personIn(now, newcomer.person), row).change.placed === 1
        : changed !== null || freesOneMore(seat);
    if (!mayHelp) continue;
    changed ??= copyState(state);
    const before = placedIn(changed);
    replaceRow(changed, newcomer.person, row);
    if (placedIn(changed) > before && !canTakeOneMore(changed, cell)) break;
  }
  return changed === null ? 0 : placedIn(changed) - placedIn(state);
};
