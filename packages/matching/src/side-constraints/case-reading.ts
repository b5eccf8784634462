import type { ConstrainedStart } from './constrained-start.ts';
import type { Branching, ConstraintPrice, Worth } from './proof.ts';

/** A split on the way to a case, and which side of it the case is on. */
export interface Turn {
  readonly branching: Branching;
  readonly isSecond: boolean;
}

/** What the splits on the way to a case say, read from the splits alone. */
export interface CaseLimits {
  readonly isOut: Uint8Array;
  readonly isRequired: Uint8Array;
  readonly barredUnits: ReadonlyMap<number, ReadonlySet<number>>;
  readonly nodeSeats: Int32Array;
}

/** Null when the splits contradict each other, so that the case is empty. */
export const readTurns = ({ flow, constraints }: ConstrainedStart, turns: readonly Turn[]): CaseLimits | null => {
  const isOut = new Uint8Array(flow.candidateCount);
  const isRequired = Uint8Array.from(flow.mustPlace);
  const barredUnits = new Map<number, Set<number>>();
  const nodeSeats = Int32Array.from(flow.nodeSeats);
  /** Per constraint: the least people in each part. */
  const least = new Map<number, number[]>();
  for (const { branching, isSecond } of turns) {
    const constraint = constraints[branching.constraint]!;
    if (branching.kind === 'apart' && constraint.kind === 'apart') {
      const person = isSecond ? constraint.second : constraint.first;
      if (constraint.from === 'start') isOut[person] = 1;
      else barredUnits.set(person, new Set([...(barredUnits.get(person) ?? []), branching.unit]));
    } else if (branching.kind === 'together' && constraint.kind === 'together') {
      for (const person of [constraint.first, constraint.second]) (isSecond ? isRequired : isOut)[person] = 1;
    } else if (branching.kind === 'capacity' && 'parts' in constraint) {
      const { node } = constraint.parts[branching.part]!;
      if (isSecond) {
        const known = least.get(branching.constraint) ?? constraint.parts.map(() => 0);
        known[branching.part] = Math.max(known[branching.part]!, branching.atMost + 1);
        least.set(branching.constraint, known);
      } else nodeSeats[node] = Math.min(nodeSeats[node]!, branching.atMost);
    }
  }
  for (const [index, counts] of least) {
    const constraint = constraints[index]!;
    if (!('parts' in constraint)) continue;
    const { parts, capacity } = constraint;
    const reserved = parts.reduce((sum, { need }, part) => sum + need * counts[part]!, 0);
    for (const [part, { node, need }] of parts.entries()) {
      const most = Math.floor((capacity - reserved) / need) + counts[part]!;
      nodeSeats[node] = Math.min(nodeSeats[node]!, most);
      if (nodeSeats[node]! < counts[part]!) return null;
    }
  }
  if (nodeSeats.some((seats) => seats < 0)) return null;
  for (const [person, out] of isOut.entries()) if (out === 1 && isRequired[person] === 1) return null;
  return { isOut, isRequired, barredUnits, nodeSeats };
};

/** What prices change: of a person's pairs, of a person's pairs in a unit, of a cell. */
export interface PriceEffects {
  readonly personValue: Float64Array;
  readonly personLots: Float64Array;
  readonly valueInUnit: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly cellValue: Float64Array;
  /** What is given back whoever is placed: each price times all that there is of the constraint. */
  readonly givenBack: Worth;
}

/** Whether a price can prove anything: whole numbers, of this constraint, and not under 0 where there is only a most. */
const isPriceOf = ({ constraints }: ConstrainedStart, price: ConstraintPrice): boolean => {
  const { value, lots } = price;
  const constraint = constraints[price.constraint];
  if (constraint === undefined || !Number.isSafeInteger(value) || !Number.isSafeInteger(lots)) return false;
  if (constraint.kind === 'together') return true;
  if ((Math.sign(value) || Math.sign(lots)) < 0) return false;
  return (constraint.kind === 'apart' && constraint.from === 'start') || lots === 0;
};

export const readPrices = (start: ConstrainedStart, prices: readonly ConstraintPrice[]): PriceEffects | null => {
  const { flow, constraints } = start;
  const personValue = new Float64Array(flow.candidateCount);
  const personLots = new Float64Array(flow.candidateCount);
  const valueInUnit = new Map<number, Map<number, number>>();
  const nodeValue = new Float64Array(flow.nodeParent.length);
  const givenBack = { value: 0, lots: 0 };
  const charge = (person: number, price: Worth, times: number): void => {
    personValue[person]! -= times * price.value;
    personLots[person]! -= times * price.lots;
  };
  for (const price of prices) {
    if (!isPriceOf(start, price)) return null;
    const { unit, value, lots } = price;
    const constraint = constraints[price.constraint]!;
    if (constraint.kind === 'together') {
      charge(constraint.first, price, 1);
      charge(constraint.second, price, -1);
    } else if (constraint.kind === 'apart') {
      givenBack.value += value;
      givenBack.lots += lots;
      for (const person of [constraint.first, constraint.second]) {
        if (constraint.from === 'start') {
          charge(person, price, 1);
          continue;
        }
        const units = valueInUnit.get(person) ?? new Map<number, number>();
        valueInUnit.set(person, units.set(unit, (units.get(unit) ?? 0) - value));
      }
    } else {
      givenBack.value += value * constraint.capacity;
      for (const { node, need } of constraint.parts) nodeValue[node]! -= value * need;
    }
  }
  const cellValue = nodeValue.slice(0, flow.cellCount);
  for (let cell = 0; cell < flow.cellCount; cell += 1)
    for (let node = flow.nodeParent[cell]!; node !== -1; node = flow.nodeParent[node]!)
      cellValue[cell]! += nodeValue[node]!;
  return { personValue, personLots, valueInUnit, cellValue, givenBack };
};
