import { compareObjectives, type Objective } from '../assignment/objective.ts';
import { boundOf, type CaseState, carryOver, openCase, solvedCase } from './case-state.ts';
import { splitOfConflict, splitOfSlack } from './choose-split.ts';
import { type ConstrainedStart, objectiveOf } from './constrained-start.ts';
import type { PriceBook } from './price-book.ts';
import type { Branching, CaseSolved, ConstraintPrice, ProofStep, StartProof } from './proof.ts';
import { repaired } from './repair.ts';
import { isSettled, type Restrictions, stepInto } from './restrictions.ts';
import { priceConstraints, type Steps } from './root-prices.ts';

/** One case of the search: open, or split in two, or closed since nothing better is in it. */
interface Case {
  readonly depth: number;
  /** In the order of making, so that equals are told apart. */
  readonly number: number;
  readonly bound: Objective;
  one: CaseState | null;
  solved: CaseSolved | null;
  split: { readonly branching: Branching; readonly sides: readonly (Case | 'empty')[] } | null;
}

interface Found {
  readonly cellOf: Int32Array;
  readonly objective: Objective;
}

export interface SearchResult extends Found {
  readonly proof: StartProof;
  /** Cases that were solved. */
  readonly cases: number;
  /** The same with the prices that were tried. */
  readonly steps: number;
}

const NONE: Objective = { mustPlaced: 0, placed: -1, tiers: 0, value: 0, waitDays: 0, lots: 0, pairLots: 0 };

const close = (each: Case): void => {
  if (each.one === null) return;
  each.solved = solvedCase(each.one);
  each.one = null;
};

const comparePromise = (a: Case, b: Case): number =>
  compareObjectives(a.bound, b.bound) || a.depth - b.depth || b.number - a.number;

/** Keeps the list in rising order of promise. */
const putInOrder = (open: Case[], each: Case): void => {
  let low = 0;
  let high = open.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePromise(open[middle]!, each) < 0) low = middle + 1;
    else high = middle;
  }
  open.splice(low, 0, each);
};

/** Takes out the most promising of the open cases at a depth. */
const takeDeepest = (open: Case[], depth: number): Case | undefined => {
  const index = open.findLastIndex((each) => each.depth === depth);
  return index === -1 ? undefined : open.splice(index, 1)[0];
};

const proofOf = (root: Case): StartProof => {
  const proof: ProofStep[] = [];
  const left: (Case | 'empty')[] = [root];
  for (let each = left.pop(); each !== undefined; each = left.pop()) {
    if (each === 'empty') proof.push({ kind: 'empty' });
    else if (each.split !== null) {
      proof.push(each.split.branching);
      left.push(each.split.sides[1]!, each.split.sides[0]!);
    } else {
      close(each);
      proof.push(each.solved!);
    }
  }
  return proof;
};

/** A price has done its work in a case where its constraint can no longer be broken. */
const pricesAfter = (
  start: ConstrainedStart,
  { prices }: PriceBook,
  branching: Branching,
  after: Restrictions,
): readonly ConstraintPrice[] => {
  const constraint = start.constraints[branching.constraint]!;
  if ('parts' in constraint && !isSettled(start, after, constraint)) return prices;
  const unit = branching.kind === 'apart' ? branching.unit : -1;
  const left = prices.filter((price) => price.constraint !== branching.constraint || price.unit !== unit);
  return left.length === prices.length ? prices : left;
};

/**
 * Branch and bound: the most promising case first, each bounded by a flow. Ends when no open case can be better than
 * what was found, or at the limit of cases; the proof then holds all cases as they are. Null when no assignment was found
 * in which all who are required have a seat.
 */
export const searchStart = (start: ConstrainedStart, mostCases: number): SearchResult | null => {
  let cases = 0;
  const priced: Steps = { count: 0 };
  let best: Found | null = null;
  const offer = (cellOf: Int32Array | null): void => {
    if (cellOf === null) return;
    const objective = objectiveOf(start.flow, cellOf);
    if (best === null || compareObjectives(objective, best.objective) > 0) best = { cellOf: cellOf.slice(), objective };
  };
  const isBeaten = (bound: Objective): boolean =>
    bound.placed === -1 || (best !== null && compareObjectives(bound, best.objective) <= 0);
  const made = (one: CaseState, depth: number): Case => {
    cases += 1;
    const each: Case = { depth, number: cases, bound: boundOf(one) ?? NONE, one, solved: null, split: null };
    if (isBeaten(each.bound)) close(each);
    return each;
  };

  let opened = openCase(start);
  const isFeasible = splitOfConflict(start, opened.restrictions, opened.state.cellOf) === null;
  if (!isFeasible) {
    opened = priceConstraints(opened, priced);
    offer(repaired(start, opened.state.cellOf));
  }
  const root = made(opened, 0);
  /** Open cases in rising order of promise. */
  const open: Case[] = root.one === null ? [] : [root];
  /** Until something is found that keeps everything, the better side of each split is followed down. */
  let isDiving = true;
  let dive: Case | undefined;
  for (let each = open.pop(); each !== undefined; each = dive ?? open.pop()) {
    dive = undefined;
    const { one } = each;
    if (one === null || isBeaten(each.bound)) break;
    const { restrictions, book, state } = one;
    const conflict = splitOfConflict(start, restrictions, state.cellOf);
    if (conflict === null) {
      offer(state.cellOf);
      isDiving = false;
    }
    if (isBeaten(each.bound)) continue;
    const branching = conflict ?? splitOfSlack(start, restrictions, book, state.cellOf);
    if (branching === null || cases + 2 > mostCases) break;
    const sides = [false, true].map((isSecond): Case | 'empty' => {
      const step = stepInto(start, restrictions, branching, isSecond);
      if (step === null) return 'empty';
      return made(carryOver(one, step, pricesAfter(start, book, branching, step.restrictions)), each.depth + 1);
    });
    each.split = { branching, sides };
    each.one = null;
    for (const side of sides) if (side !== 'empty' && side.one !== null) putInOrder(open, side);
    if (isDiving) dive = takeDeepest(open, each.depth + 1);
  }
  if (best === null) return null;
  const { cellOf, objective } = best as Found;
  return { cellOf, objective, proof: proofOf(root), cases, steps: cases + priced.count };
};
