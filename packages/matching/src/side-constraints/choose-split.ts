import {
  type CapacityConstraint,
  type ConstrainedStart,
  type SideConstraint,
  usedByNode,
} from './constrained-start.ts';
import type { PriceBook } from './price-book.ts';
import type { Branching } from './proof.ts';
import { leastOf, neededOf, type Restrictions, seatsOf } from './restrictions.ts';

/** What an assignment uses of the parts of each constraint, counted when it is first asked for. */
export type Used = () => Int32Array;

export const usedIn = ({ flow }: ConstrainedStart, cellOf: Int32Array): Used => {
  let used: Int32Array | null = null;
  return () => {
    used ??= usedByNode(flow, cellOf);
    return used;
  };
};

const countsIn = ({ parts }: CapacityConstraint, used: Used): number[] => parts.map(({ node }) => used()[node]!);

/** A pair of people in conflict, as the split that settles it. */
const splitOfPair = (
  { unitOfCell }: ConstrainedStart,
  constraint: SideConstraint,
  index: number,
  cellOf: Int32Array,
): Branching | null => {
  if ('parts' in constraint) return null;
  const first = cellOf[constraint.first]!;
  const second = cellOf[constraint.second]!;
  if (constraint.kind === 'together')
    return (first === -1) === (second === -1) ? null : { kind: 'together', constraint: index };
  if (first === -1 || second === -1) return null;
  if (constraint.from === 'start') return { kind: 'apart', constraint: index, unit: -1 };
  const unit = unitOfCell[first]!;
  return unit === unitOfCell[second] ? { kind: 'apart', constraint: index, unit } : null;
};

/** How much more a capacity constraint needs than there is; 0 or under when it is kept. */
export const excessOf = (constraint: CapacityConstraint, used: Used): number =>
  neededOf(constraint, countsIn(constraint, used)) - constraint.capacity;

/** The pairs of people that are in conflict. */
export const splitsOfPairs = (start: ConstrainedStart, cellOf: Int32Array): Branching[] =>
  start.constraints.flatMap((constraint, index) => splitOfPair(start, constraint, index, cellOf) ?? []);

/** A constraint that an assignment breaks, as the split that settles it; null when it keeps them all. */
export const splitOfConflict = (
  start: ConstrainedStart,
  restrictions: Restrictions,
  cellOf: Int32Array,
): Branching | null => {
  const used = usedIn(start, cellOf);
  for (const [index, constraint] of start.constraints.entries()) {
    if (!('parts' in constraint)) {
      const split = splitOfPair(start, constraint, index, cellOf);
      if (split !== null) return split;
    } else if (excessOf(constraint, used) > 0)
      return splitOfExcess(start, restrictions, constraint, index, countsIn(constraint, used));
  }
  return null;
};

/** The part with which most is settled: the second side should leave the others less than they have. */
const splitOfExcess = (
  start: ConstrainedStart,
  restrictions: Restrictions,
  constraint: CapacityConstraint,
  index: number,
  counts: readonly number[],
): Branching => {
  const least = leastOf(constraint, restrictions, index);
  let best = -1;
  let bestCut = -1;
  for (const part of constraint.parts.keys()) {
    if (counts[part]! <= least[part]!) continue;
    const spare = constraint.capacity - neededOf(constraint, least.with(part, counts[part]!));
    let cut = 0;
    for (const [other, { node, need }] of constraint.parts.entries()) {
      if (other === part) continue;
      const most = Math.min(seatsOf(start, restrictions, node), Math.floor(spare / need) + least[other]!);
      cut += Math.max(0, counts[other]! - most);
    }
    if (cut > bestCut) {
      best = part;
      bestCut = cut;
    }
  }
  return { kind: 'capacity', constraint: index, part: best, atMost: counts[best]! - 1 };
};

/** A part that may still have more or fewer people; around what it has now, so that one side must move away from it. */
const splitOfSpare = (
  start: ConstrainedStart,
  restrictions: Restrictions,
  constraint: CapacityConstraint,
  index: number,
  counts: readonly number[],
): Branching | null => {
  const least = leastOf(constraint, restrictions, index);
  for (const [part, { node }] of constraint.parts.entries()) {
    const most = seatsOf(start, restrictions, node);
    if (least[part]! >= most) continue;
    const atMost = Math.max(least[part]!, Math.min(counts[part]!, most - 1));
    return { kind: 'capacity', constraint: index, part, atMost };
  }
  return null;
};

/** A price that the assignment does not pay in full, as a split that brings its constraint nearer; null without one. */
export const splitOfSlack = (
  start: ConstrainedStart,
  restrictions: Restrictions,
  { prices }: PriceBook,
  cellOf: Int32Array,
): Branching | null => {
  const used = usedIn(start, cellOf);
  for (const { constraint: index, unit } of prices) {
    const constraint = start.constraints[index]!;
    if ('parts' in constraint) {
      if (excessOf(constraint, used) === 0) continue;
      const split = splitOfSpare(start, restrictions, constraint, index, countsIn(constraint, used));
      if (split !== null) return split;
    } else if (constraint.kind === 'apart') {
      const isThere = (c: number): boolean => {
        const cell = cellOf[c]!;
        return cell !== -1 && (unit === -1 || start.unitOfCell[cell] === unit);
      };
      if (!isThere(constraint.first) && !isThere(constraint.second)) return { kind: 'apart', constraint: index, unit };
    }
  }
  return null;
};
