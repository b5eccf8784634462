import type { CapacityConstraint } from './constrained-start.ts';

/** Cells that take the same seats, told apart by the sessions (one bit each) that people need to have one of them. */
export type SeatCells = readonly { readonly cell: number; readonly sessions: number }[];

/** The seats of one place that are free, by the cells that take them. */
export interface PlaceSeats {
  /** The cells of those who have a seat for themselves. */
  readonly whole: SeatCells;
  /** The cells of those who share a seat; null where no seat is shared. */
  readonly halves: { readonly first: SeatCells; readonly second: SeatCells } | null;
  /** Seats whose first part is free, and those whose second is; the same where no seat is shared. */
  readonly freeFirst: number;
  readonly freeSecond: number;
  readonly unit: number;
  /** What each person here needs of the unit's supervisors, in whole minutes a week. */
  readonly supervisorMinutes: number;
}

export interface SeatTree {
  readonly nodeParent: Int32Array;
  readonly nodeSeats: Int32Array;
  readonly constraints: readonly CapacityConstraint[];
}

interface Growing {
  readonly parents: number[];
  readonly seats: number[];
}

/** Puts nodes into a group of their own with so many seats; one alone needs no group. */
const groupOf = ({ parents, seats }: Growing, members: readonly number[], most: number): number => {
  const [first] = members;
  if (members.length === 1 && first !== undefined) {
    seats[first] = Math.min(seats[first]!, most);
    return first;
  }
  const group = parents.push(-1) - 1;
  seats.push(most);
  for (const member of members) parents[member] = group;
  return group;
};

const seatsNode = (growing: Growing, cells: SeatCells, free: number): number => {
  for (const { cell } of cells) growing.seats[cell] = free;
  return groupOf(
    growing,
    cells.map(({ cell }) => cell),
    free,
  );
};

/** The most people that a capacity is enough for: those who need least first. `parts`: by falling need. */
const mostPeople = ({ seats }: Growing, parts: CapacityConstraint['parts'], capacity: number): number => {
  let people = 0;
  let left = capacity;
  for (const { node, need } of parts.toReversed()) {
    const more = Math.min(seats[node]!, Math.floor(left / need));
    people += more;
    left -= more * need;
  }
  return people;
};

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** The same limit in the coarsest unit that says it exactly, and no more of it than whole people can use. */
const inCoarseUnits = (
  parts: CapacityConstraint['parts'],
  capacity: number,
): Pick<CapacityConstraint, 'parts' | 'capacity'> => {
  const unit = parts.map(({ need }) => need).reduce(greatestCommonDivisor);
  const coarse = parts.map(({ node, need }) => ({ node, need: need / unit }));
  const isReached = new Uint8Array(Math.floor(capacity / unit) + 1);
  isReached[0] = 1;
  for (const { need } of coarse)
    for (let sum = need; sum < isReached.length; sum += 1) if (isReached[sum - need] === 1) isReached[sum] = 1;
  return { parts: coarse, capacity: isReached.lastIndexOf(1) };
};

/**
 * Puts all limits into a tree that fit into one: the first halves of a seat with the whole ones; the people of a unit with
 * those who need as much of its supervisors; and step by step with those who need less. What does not fit comes out as
 * constraints: the second halves with the whole ones, a unit's hours where people need unequal amounts, sessions.
 */
export const seatTreeOf = (
  cellCount: number,
  places: readonly PlaceSeats[],
  /** Minutes left per unit; null where no limit is known. */
  minutesLeft: readonly (number | null)[],
  /** Seats of the sessions, in the order of the bits. */
  sessionSeats: readonly number[],
): SeatTree => {
  const growing: Growing = {
    parents: new Array<number>(cellCount).fill(-1),
    seats: new Array<number>(cellCount).fill(0),
  };
  const constraints: CapacityConstraint[] = [];
  /** Per unit: the nodes of its places by the minutes that each person there needs. */
  const nodesByNeed = minutesLeft.map(() => new Map<number, number[]>());
  for (const { whole, halves, freeFirst, freeSecond, unit, supervisorMinutes } of places) {
    const nodes = [seatsNode(growing, whole, Math.min(freeFirst, freeSecond))];
    if (halves !== null) {
      const first = seatsNode(growing, halves.first, freeFirst);
      const second = seatsNode(growing, halves.second, freeSecond);
      const parts = [...nodes, second].map((node) => ({ node, need: 1 }));
      constraints.push({ kind: 'shared-seat', parts, capacity: freeSecond });
      nodes.push(first);
      nodes.splice(0, 2, groupOf(growing, nodes, freeFirst), second);
    }
    const byNeed = nodesByNeed[unit]!;
    if (supervisorMinutes > 0) byNeed.set(supervisorMinutes, [...(byNeed.get(supervisorMinutes) ?? []), ...nodes]);
  }
  for (const [unit, capacity] of minutesLeft.entries()) {
    if (capacity === null) continue;
    const parts: { readonly node: number; readonly need: number }[] = [];
    /** Everybody who needs at least so much. */
    let all: number[] = [];
    for (const [need, nodes] of [...nodesByNeed[unit]!].toSorted(([a], [b]) => b - a)) {
      const seats = nodes.reduce((sum, node) => sum + growing.seats[node]!, 0);
      const node = groupOf(growing, nodes, Math.min(seats, Math.floor(capacity / need)));
      parts.push({ node, need });
      all = [groupOf(growing, [...all, node], mostPeople(growing, parts, capacity))];
    }
    if (parts.length > 1)
      constraints.push({ kind: 'supervisor-hours', ...inCoarseUnits(parts, Math.max(0, capacity)) });
  }
  const cells = places.flatMap(({ whole, halves }) => [whole, halves?.first ?? [], halves?.second ?? []].flat());
  for (const [bit, capacity] of sessionSeats.entries()) {
    const users = cells.filter(({ sessions }) => (sessions & (1 << bit)) !== 0);
    const parts = users.map(({ cell }) => ({ node: cell, need: 1 }));
    if (parts.length > 0) constraints.push({ kind: 'session-seats', parts, capacity });
  }
  return {
    nodeParent: Int32Array.from(growing.parents),
    nodeSeats: Int32Array.from(growing.seats),
    // What reaches furthest first.
    constraints: constraints.toReversed(),
  };
};
