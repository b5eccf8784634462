import type { Objective } from '../assignment/objective.ts';
import type { AssignmentProblem } from '../assignment/problem.ts';

/**
 * People in some parts of the tree of seats share something that the tree cannot count: supervisors' time of which the
 * parts need unequal amounts; the second half of a seat, which both whole and half people use; the seats of a session
 * that gives what places of many units ask for. No part lies in another.
 */
export interface CapacityConstraint {
  readonly kind: 'supervisor-hours' | 'shared-seat' | 'session-seats';
  /** A node of the tree and what each person in it needs: minutes a week, half a seat, a session's seat. Over 0. */
  readonly parts: readonly { readonly node: number; readonly need: number }[];
  readonly capacity: number;
}

/** Two people who must not both be placed, or not both in the same unit. */
export interface ApartConstraint {
  readonly kind: 'apart';
  readonly first: number;
  readonly second: number;
  readonly from: 'start' | 'unit';
}

/** Two people who are both placed or neither. */
export interface TogetherConstraint {
  readonly kind: 'together';
  readonly first: number;
  readonly second: number;
}

export type SideConstraint = CapacityConstraint | ApartConstraint | TogetherConstraint;

/**
 * One start as a flow with what breaks the flow beside it. `flow.mustPlace` marks people without whom there is no
 * assignment at all. People, cells and nodes are numbered as in the flow.
 */
export interface ConstrainedStart {
  readonly flow: AssignmentProblem;
  readonly unitOfCell: Int32Array;
  readonly constraints: readonly SideConstraint[];
}

/** People in each node, its whole subtree together. */
export const usedByNode = ({ nodeParent }: AssignmentProblem, cellOf: Int32Array): Int32Array => {
  const used = new Int32Array(nodeParent.length);
  for (const cell of cellOf) for (let node = cell; node !== -1; node = nodeParent[node]!) used[node]! += 1;
  return used;
};

/** The edge by which a person has their cell; -1 without one. */
export const edgeTaken = ({ edgeStart, edgeCell }: AssignmentProblem, cellOf: Int32Array, c: number): number => {
  const cell = cellOf[c]!;
  if (cell === -1) return -1;
  for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) if (edgeCell[e] === cell) return e;
  return -1;
};

/** What an assignment comes to, counted from its pairs. Required people are in every assignment and count for nothing. */
export const objectiveOf = (flow: AssignmentProblem, cellOf: Int32Array): Objective => {
  const sums = { mustPlaced: 0, placed: 0, tiers: 0, value: 0, waitDays: 0, lots: 0, pairLots: 0 };
  for (let c = 0; c < flow.candidateCount; c += 1) {
    const e = edgeTaken(flow, cellOf, c);
    if (e === -1) continue;
    sums.placed += 1;
    sums.tiers += flow.tiers[c]!;
    sums.value += flow.edgeValue[e]!;
    sums.waitDays += flow.waitDays[c]!;
    sums.lots += flow.lots[c]!;
    sums.pairLots += flow.edgeLot[e]!;
  }
  return sums;
};
