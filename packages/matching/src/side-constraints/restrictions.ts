import type { CapacityConstraint, ConstrainedStart } from './constrained-start.ts';
import type { Branching } from './proof.ts';

/** What the splits on the way to a case have settled, as the search keeps it. Never changed once made. */
export interface Restrictions {
  readonly out: ReadonlySet<number>;
  readonly required: ReadonlySet<number>;
  /** Units that a person may not be in. */
  readonly barredUnits: ReadonlyMap<number, readonly number[]>;
  /** Seats of nodes that have fewer than in the start. */
  readonly seats: ReadonlyMap<number, number>;
  /** Per capacity constraint that was split: the least people in each of its parts. */
  readonly least: ReadonlyMap<number, readonly number[]>;
}

export const restrictionsOf = ({ flow }: ConstrainedStart): Restrictions => ({
  out: new Set(),
  required: new Set(flow.mustPlace.keys().filter((c) => flow.mustPlace[c] === 1)),
  barredUnits: new Map(),
  seats: new Map(),
  least: new Map(),
});

/** What a split changes, so that a solved case can be carried over to it. */
export interface Step {
  readonly restrictions: Restrictions;
  /** People whose pairs or whose need to be placed have changed. */
  readonly people: readonly number[];
  /** Nodes that have fewer seats now. */
  readonly nodes: readonly number[];
}

export const seatsOf = ({ flow }: ConstrainedStart, { seats }: Restrictions, node: number): number =>
  seats.get(node) ?? flow.nodeSeats[node]!;

export const leastOf = ({ parts }: CapacityConstraint, { least }: Restrictions, index: number): readonly number[] =>
  least.get(index) ?? parts.map(() => 0);

/** What the parts need for certain, when each has the least people that it must. */
export const neededOf = ({ parts }: CapacityConstraint, counts: readonly number[]): number =>
  parts.reduce((sum, { need }, part) => sum + need * counts[part]!, 0);

/** Whether the parts cannot need too much any more, with as many people in each as it has seats. */
export const isSettled = (
  start: ConstrainedStart,
  restrictions: Restrictions,
  constraint: CapacityConstraint,
): boolean =>
  neededOf(
    constraint,
    constraint.parts.map(({ node }) => seatsOf(start, restrictions, node)),
  ) <= constraint.capacity;

const withSeats = (start: ConstrainedStart, before: Restrictions, node: number, seats: number): Step | null => ({
  restrictions: { ...before, seats: new Map(before.seats).set(node, Math.min(seats, seatsOf(start, before, node))) },
  people: [],
  nodes: [node],
});

/** One part has at least so many, so that the others have what is left. */
const withLeast = (
  start: ConstrainedStart,
  before: Restrictions,
  index: number,
  part: number,
  atLeast: number,
): Step | null => {
  const constraint = start.constraints[index] as CapacityConstraint;
  const counts = leastOf(constraint, before, index).with(part, atLeast);
  const spare = constraint.capacity - neededOf(constraint, counts);
  const seats = new Map(before.seats);
  const nodes: number[] = [];
  for (const [other, { node, need }] of constraint.parts.entries()) {
    const most = Math.floor(spare / need) + counts[other]!;
    const had = seatsOf(start, before, node);
    if (Math.min(most, had) < counts[other]!) return null;
    if (most >= had) continue;
    seats.set(node, most);
    nodes.push(node);
  }
  return { restrictions: { ...before, seats, least: new Map(before.least).set(index, counts) }, people: [], nodes };
};

/** One side of a split; null when it contradicts what was settled before, so that nothing is in it. */
export const stepInto = (
  start: ConstrainedStart,
  before: Restrictions,
  branching: Branching,
  isSecond: boolean,
): Step | null => {
  const constraint = start.constraints[branching.constraint]!;
  if ('parts' in constraint) {
    if (branching.kind !== 'capacity') return null;
    const { part, atMost } = branching;
    if (isSecond) return withLeast(start, before, branching.constraint, part, atMost + 1);
    if (atMost < leastOf(constraint, before, branching.constraint)[part]!) return null;
    return withSeats(start, before, constraint.parts[part]!.node, atMost);
  }
  const people = [constraint.first, constraint.second];
  const stepTo = (change: Partial<Restrictions>): Step | null => {
    const restrictions = { ...before, ...change };
    const isImpossible = people.some((c) => restrictions.out.has(c) && restrictions.required.has(c));
    return isImpossible ? null : { restrictions, people, nodes: [] };
  };
  if (constraint.kind === 'together')
    return isSecond
      ? stepTo({ required: new Set([...before.required, ...people]) })
      : stepTo({ out: new Set([...before.out, ...people]) });
  const person = isSecond ? constraint.second : constraint.first;
  if (constraint.from === 'start') return stepTo({ out: new Set([...before.out, person]) });
  if (branching.kind !== 'apart') return null;
  const units = [...(before.barredUnits.get(person) ?? []), branching.unit];
  return stepTo({ barredUnits: new Map(before.barredUnits).set(person, units) });
};

/** Whether a person may have a pair, as far as the splits go. */
export const mayHave = (
  { flow, unitOfCell }: ConstrainedStart,
  { out, barredUnits }: Restrictions,
  c: number,
  e: number,
): boolean => !out.has(c) && !(barredUnits.get(c)?.includes(unitOfCell[flow.edgeCell[e]!]!) ?? false);
