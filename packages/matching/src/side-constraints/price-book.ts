import type { ConstrainedStart } from './constrained-start.ts';
import type { ConstraintPrice, Worth } from './proof.ts';

export const NOTHING: Worth = { value: 0, lots: 0 };

export const addWorth = (a: Worth, b: Worth, times: number): Worth => ({
  value: a.value + times * b.value,
  lots: a.lots + times * b.lots,
});

/** -1, 0 or 1 as a worth is under, at or over nothing. */
export const signOf = ({ value, lots }: Worth): number => Math.sign(value) || Math.sign(lots);

/** Prices of side constraints, and what they come to for people and cells. Never changed once made. */
export interface PriceBook {
  readonly prices: readonly ConstraintPrice[];
  /** What is added to a person's worth wherever they are placed. */
  readonly shifts: ReadonlyMap<number, Worth>;
  /** Value added to a person's pairs in a unit. */
  readonly inUnit: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** What a seat in a cell is charged. */
  readonly charges: ReadonlyMap<number, number>;
  readonly givenBack: Worth;
}

/** The cells of each node that is a part of a capacity constraint. */
export type CellsOfNode = ReadonlyMap<number, readonly number[]>;

export const cellsOfParts = ({ flow, constraints }: ConstrainedStart): CellsOfNode => {
  const cells = new Map<number, number[]>();
  for (const constraint of constraints)
    if ('parts' in constraint) for (const { node } of constraint.parts) cells.set(node, []);
  for (let cell = 0; cell < flow.cellCount; cell += 1)
    for (let node = cell; node !== -1; node = flow.nodeParent[node]!) cells.get(node)?.push(cell);
  return cells;
};

export const bookOf = (
  { constraints }: ConstrainedStart,
  cellsOfNode: CellsOfNode,
  prices: readonly ConstraintPrice[],
): PriceBook => {
  const shifts = new Map<number, Worth>();
  const inUnit = new Map<number, Map<number, number>>();
  const charges = new Map<number, number>();
  let givenBack = NOTHING;
  const shift = (c: number, price: Worth, times: number): void => {
    shifts.set(c, addWorth(shifts.get(c) ?? NOTHING, price, times));
  };
  for (const price of prices) {
    const constraint = constraints[price.constraint]!;
    if ('parts' in constraint) {
      givenBack = addWorth(givenBack, price, constraint.capacity);
      for (const { node, need } of constraint.parts)
        for (const cell of cellsOfNode.get(node) ?? [])
          charges.set(cell, (charges.get(cell) ?? 0) + need * price.value);
    } else if (constraint.kind === 'together') {
      shift(constraint.first, price, -1);
      shift(constraint.second, price, 1);
    } else {
      givenBack = addWorth(givenBack, price, 1);
      for (const c of [constraint.first, constraint.second]) {
        if (constraint.from === 'start') shift(c, price, -1);
        else {
          const units = inUnit.get(c) ?? new Map<number, number>();
          inUnit.set(c, units.set(price.unit, (units.get(price.unit) ?? 0) - price.value));
        }
      }
    }
  }
  return { prices, shifts, inUnit, charges, givenBack };
};
