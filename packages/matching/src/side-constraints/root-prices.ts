import { compareObjectives, type Objective } from '../assignment/objective.ts';
import { boundOf, type CaseState, carryOver, underPrices } from './case-state.ts';
import { excessOf, splitsOfPairs, usedIn } from './choose-split.ts';
import type { CapacityConstraint } from './constrained-start.ts';
import { addWorth, NOTHING, signOf } from './price-book.ts';
import type { Branching, ConstraintPrice, Worth } from './proof.ts';
import { stepInto } from './restrictions.ts';

/** Flows that were changed and solved on, of a case or a price that was tried: what a search costs. */
export interface Steps {
  count: number;
}

/** Rounds in which every constraint that is broken is priced once: later ones settle what the earlier ones moved. */
const ROUNDS = 3;

/** Prices that are tried for one capacity constraint. Each halves the doubt at least; most are found in four. */
const TRIES = 16;

/** What a side of a split costs against the case; null when it costs people or tiers, which no price can say. */
const costOf = (
  one: CaseState,
  before: Objective,
  branching: Branching,
  isSecond: boolean,
  steps: Steps,
): Worth | null => {
  const step = stepInto(one.start, one.restrictions, branching, isSecond);
  if (step === null) return null;
  steps.count += 1;
  const after = boundOf(carryOver(one, step));
  if (after === null || after.placed !== before.placed || after.tiers !== before.tiers) return null;
  // Days outrank lots: a price in value and lots alone must stay under what the days say.
  const days = before.waitDays - after.waitDays;
  return { value: before.value - after.value, lots: days === 0 ? before.lots - after.lots : 0 };
};

const lesser = (a: Worth | null, b: Worth | null): Worth | null => {
  if (a === null || b === null) return a ?? b;
  return signOf(addWorth(a, b, -1)) <= 0 ? a : b;
};

const priceOf = ({ book }: CaseState, constraint: number, unit: number): Worth =>
  book.prices.find((price) => price.constraint === constraint && price.unit === unit) ?? NOTHING;

const withPrice = ({ book }: CaseState, constraint: number, unit: number, worth: Worth): readonly ConstraintPrice[] => [
  ...book.prices.filter((price) => price.constraint !== constraint || price.unit !== unit),
  ...(signOf(worth) === 0 ? [] : [{ constraint, unit, ...worth }]),
];

/** Gives a pair in conflict the price at which the cheaper way out of it costs nothing more; the bound falls by as much. */
const pricePair = (one: CaseState, branching: Branching, steps: Steps): CaseState => {
  const constraint = one.start.constraints[branching.constraint]!;
  const before = boundOf(one);
  if ('parts' in constraint || before === null) return one;
  const cost = lesser(costOf(one, before, branching, false, steps), costOf(one, before, branching, true, steps));
  if (cost === null || signOf(cost) <= 0) return one;
  const unit = branching.kind === 'apart' ? branching.unit : -1;
  const { first, second } = constraint;
  const firstHasSeat = one.state.cellOf[first] !== -1;
  const worth = unit === -1 ? cost : { value: cost.value, lots: 0 };
  const price = addWorth(
    priceOf(one, branching.constraint, unit),
    worth,
    constraint.kind === 'together' && !firstHasSeat ? -1 : 1,
  );
  const priced = underPrices(one, withPrice(one, branching.constraint, unit, price), [first, second]);
  const after = priced && boundOf(priced);
  return priced !== null && after && compareObjectives(after, before) < 0 ? priced : one;
};

/** One price that was tried: what it comes to as a line over all prices. The bound at a price is the highest line. */
interface Tried {
  readonly one: CaseState;
  readonly bound: Objective;
  readonly price: number;
  readonly excess: number;
}

/**
 * Finds the price at which the bound is lowest. Each price that is tried tells an assignment, which is a line over all
 * prices: falling while it needs too much, rising when it leaves something. The lowest point is where two of them meet.
 */
const priceCapacity = (given: CaseState, constraint: CapacityConstraint, index: number, steps: Steps): CaseState => {
  const tryPrice = (price: number): Tried | null => {
    steps.count += 1;
    const { lots } = NOTHING;
    const one =
      price === priceOf(given, index, -1).value
        ? given
        : underPrices(given, withPrice(given, index, -1, { value: price, lots }), []);
    const bound = one && boundOf(one);
    if (one === null || !bound) return null;
    return { one, bound, price, excess: excessOf(constraint, usedIn(one.start, one.state.cellOf)) };
  };
  const highestNeed = Math.max(...constraint.parts.map(({ need }) => need));
  let low = tryPrice(priceOf(given, index, -1).value);
  let high = tryPrice(Math.floor(given.room.value / highestNeed));
  if (low === null || high === null || low.excess <= 0 || high.excess > 0) return given;
  for (let tries = 0; tries < TRIES && high.price - low.price > 1; tries += 1) {
    const meetAt: number =
      low.price +
      (low.bound.value - high.bound.value - high.excess * (high.price - low.price)) / (low.excess - high.excess);
    const price = Math.min(high.price - 1, Math.max(low.price + 1, Math.round(meetAt)));
    const tried = tryPrice(price);
    if (tried === null) break;
    if (tried.excess > 0) low = tried;
    else high = tried;
  }
  return compareObjectives(low.bound, high.bound) < 0 ? low.one : high.one;
};

/**
 * Prices constraints that are broken, so that the bound of the whole falls, and the bounds of all cases with it, where
 * splits alone would have to try every combination of ways out. What prices cannot settle is left to the splits.
 */
export const priceConstraints = (given: CaseState, steps: Steps): CaseState => {
  let one = given;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = one;
    for (const [index, constraint] of one.start.constraints.entries())
      if ('parts' in constraint && excessOf(constraint, usedIn(one.start, one.state.cellOf)) > 0)
        one = priceCapacity(one, constraint, index, steps);
    for (const [index, constraint] of one.start.constraints.entries()) {
      if ('parts' in constraint) continue;
      const split = splitsOfPairs(one.start, one.state.cellOf).find((each) => each.constraint === index);
      if (split !== undefined) one = pricePair(one, split, steps);
    }
    if (one === before) break;
  }
  return one;
};
