import type { DualPrices } from '../assignment/problem.ts';

/**
 * A case split: every assignment that keeps the constraint is in the first case or in the second, many in both.
 * `constraint` is a position in `ConstrainedStart.constraints`, `part` one in a capacity's parts.
 *
 * | kind | first case | second case |
 * |---|---|---|
 * | apart | the first person is not placed (in the unit) | the second is not |
 * | together | neither is placed | both are |
 * | capacity | at most so many in the part | more, so that the other parts have less |
 */
export type Branching =
  | {
      readonly kind: 'apart';
      readonly constraint: number;
      /** -1: anywhere in the start. */
      readonly unit: number;
    }
  | { readonly kind: 'together'; readonly constraint: number }
  | { readonly kind: 'capacity'; readonly constraint: number; readonly part: number; readonly atMost: number };

/** Something of the objectives that people can pay for a constraint, in their order. */
export interface Worth {
  readonly value: number;
  readonly lots: number;
}

/**
 * What using a side constraint costs: a shared minute, a session's seat, being one of two who are kept apart. For
 * `together` the first person pays it and the second gets it, or the other way round when it is under 0. Read in the
 * order of the objectives, so that a value of 2 and -30 lots is over 0. Only what concerns a person as a whole has lots.
 */
export interface ConstraintPrice extends Worth {
  readonly constraint: number;
  /** For two who are kept apart from a unit: which unit. -1: no unit. */
  readonly unit: number;
}

/** The best flow of one case under these prices; the prices of the seats prove that it is. */
export interface CaseSolved {
  readonly kind: 'solved';
  readonly cellOf: Int32Array;
  readonly prices: Pick<DualPrices, 'packing' | 'nodeHigh' | 'nodeLow' | 'startHigh' | 'startLow'>;
  readonly constraintPrices: readonly ConstraintPrice[];
  /** What was added to everybody's lot, so that nobody has less than none with a price to pay. */
  readonly addedLots: number;
}

/** The splits that lead to the case contradict each other: nothing is in it. */
export interface CaseEmpty {
  readonly kind: 'empty';
}

export type ProofStep = (Branching & { readonly kind: Branching['kind'] }) | CaseSolved | CaseEmpty;

/**
 * Why no assignment of a start is better than the one it has, or by how much at most: all cases in order, each split
 * followed by its first case and then its second. A start without side constraints is one case.
 */
export type StartProof = readonly ProofStep[];
