import type { Objective } from '../assignment/objective.ts';
import type { Packing } from '../assignment/packing.ts';
import { HIGHEST_PAIR_LOT, HIGHEST_TIER } from '../assignment/problem.ts';
import type { CaseLimits, PriceEffects } from './case-reading.ts';
import { type ConstrainedStart, usedByNode } from './constrained-start.ts';
import type { CaseSolved } from './proof.ts';

/** What the prices of one case prove. `bound` null: not everybody who is required finds a seat in it. */
export interface CaseProven {
  readonly edgesChecked: number;
  readonly bound: Objective | null;
}

const isExact = (numbers: Float64Array): boolean => numbers.every((value) => Number.isSafeInteger(value));

const sign = (high: number, low: number): number => Math.sign(high) || Math.sign(low);

/** What a seat of each cell costs with all the groups it is in, the start included; null when that is no exact number. */
const costsOf = ({ flow }: ConstrainedStart, { prices }: CaseSolved) => {
  const { nodeHigh, nodeLow, startHigh, startLow } = prices;
  const high = new Float64Array(flow.cellCount).fill(startHigh);
  const low = new Float64Array(flow.cellCount).fill(startLow);
  for (let cell = 0; cell < flow.cellCount; cell += 1)
    for (let node = cell; node !== -1; node = flow.nodeParent[node]!) {
      high[cell]! += nodeHigh[node]!;
      low[cell]! += nodeLow[node]!;
    }
  return isExact(high) && isExact(low) ? { high, low } : null;
};

/** Whether a node or the start that costs something is full, and none has more people than seats. */
const areSeatsKept = (
  { flow }: ConstrainedStart,
  nodeSeats: Int32Array,
  { cellOf, prices }: CaseSolved,
  placed: number,
): boolean => {
  const used = usedByNode(flow, cellOf);
  for (const [node, seats] of nodeSeats.entries()) {
    const price = sign(prices.nodeHigh[node]!, prices.nodeLow[node]!);
    if (price < 0 || used[node]! > seats || (price > 0 && used[node]! < seats)) return false;
  }
  const price = sign(prices.startHigh, prices.startLow);
  return price >= 0 && placed <= flow.totalSeats && (price === 0 || placed === flow.totalSeats);
};

/** Whether one of each objective outweighs all that those after it can change, in numbers that stay exact. */
const areUnitsEnough = (
  units: Packing,
  { flow }: ConstrainedStart,
  leastValue: number,
  mostValue: number,
  lots: Float64Array,
): boolean => {
  const cells = flow.cellCount + 1;
  const longestWait = flow.waitDays.reduce((most, days) => Math.max(most, days), 0);
  const highestLot = lots.reduce((most, lot) => Math.max(most, lot), 0);
  const { valueUnit, tierUnit, placedUnit, lotUnit } = units;
  const valueReach = cells * Math.max(0, mostValue - units.leastValue) * valueUnit;
  return (
    Object.values(units).every((unit) => Number.isSafeInteger(unit)) &&
    leastValue >= units.leastValue &&
    lots.every((lot) => Number.isSafeInteger(lot) && lot >= 0) &&
    valueUnit > longestWait &&
    tierUnit > valueReach + longestWait &&
    placedUnit > HIGHEST_TIER * tierUnit + valueReach + longestWait &&
    lotUnit > cells * HIGHEST_PAIR_LOT &&
    4 * (3 * placedUnit + Math.abs(units.leastValue) * valueUnit) <= Number.MAX_SAFE_INTEGER &&
    4 * (highestLot + 1) * lotUnit <= Number.MAX_SAFE_INTEGER
  );
};

const areSizesRight = ({ flow }: ConstrainedStart, { cellOf, prices }: CaseSolved): boolean =>
  cellOf.length === flow.candidateCount &&
  prices.nodeHigh.length === flow.nodeParent.length &&
  prices.nodeLow.length === flow.nodeParent.length &&
  [prices.nodeHigh, prices.nodeLow, Float64Array.of(prices.startHigh, prices.startLow)].every(isExact);

/**
 * Proves in one pass over the pairs that the case's assignment is the best of its flow, by the prices of the seats: who
 * has a seat gains by no other pair more than by theirs, and not less than nothing; who has none gains nothing by any;
 * what costs something is full. Null when it does not hold.
 */
export const proveCase = (
  start: ConstrainedStart,
  { isOut, isRequired, barredUnits, nodeSeats }: CaseLimits,
  { personValue, personLots, valueInUnit, cellValue, givenBack }: PriceEffects,
  solved: CaseSolved,
): CaseProven | null => {
  const { flow, unitOfCell } = start;
  const { cellOf, addedLots } = solved;
  const { packing } = solved.prices;
  const { edgeStart, edgeCell, edgeValue, edgeLot } = flow;
  if (!areSizesRight(start, solved)) return null;
  const costs = costsOf(start, solved);
  if (costs === null) return null;
  const lots = Float64Array.from(flow.lots, (lot, c) => lot + addedLots + personLots[c]!);
  const sums = {
    mustPlaced: 0,
    placed: 0,
    tiers: 0,
    value: givenBack.value,
    waitDays: 0,
    lots: givenBack.lots,
    pairLots: 0,
  };
  let edgesChecked = 0;
  let leastValue = Number.POSITIVE_INFINITY;
  let mostValue = Number.NEGATIVE_INFINITY;
  let isPossible = true;
  for (let c = 0; c < flow.candidateCount; c += 1) {
    const cell = cellOf[c]!;
    const barred = barredUnits.get(c);
    const inUnit = valueInUnit.get(c);
    const personHigh =
      (isRequired[c]! + 1) * packing.placedUnit +
      flow.tiers[c]! * packing.tierUnit +
      flow.waitDays[c]! -
      packing.leastValue * packing.valueUnit;
    const personLow = lots[c]! * packing.lotUnit;
    let gainHigh = 0;
    let gainLow = 0;
    let ownHigh = -1;
    let ownLow = 0;
    let ownEdge = -1;
    let ownValue = 0;
    const end = isOut[c] === 1 ? 0 : edgeStart[c + 1]!;
    for (let e = edgeStart[c]!; e < end; e += 1) {
      const to = edgeCell[e]!;
      if (barred?.has(unitOfCell[to]!)) continue;
      let value = edgeValue[e]! + personValue[c]! + cellValue[to]!;
      if (inUnit !== undefined) value += inUnit.get(unitOfCell[to]!) ?? 0;
      if (value < leastValue) leastValue = value;
      if (value > mostValue) mostValue = value;
      const high = personHigh + value * packing.valueUnit - costs.high[to]!;
      const low = personLow + edgeLot[e]! - costs.low[to]!;
      if (high > gainHigh || (high === gainHigh && low > gainLow)) {
        gainHigh = high;
        gainLow = low;
      }
      if (to !== cell) continue;
      ownHigh = high;
      ownLow = low;
      ownEdge = e;
      ownValue = value;
    }
    edgesChecked += Math.max(0, end - edgeStart[c]!);
    if (cell === -1) {
      if (gainHigh !== 0 || gainLow !== 0) return null;
      if (isRequired[c] === 1) isPossible = false;
      continue;
    }
    if (ownEdge === -1 || ownHigh !== gainHigh || ownLow !== gainLow) return null;
    sums.placed += 1;
    sums.tiers += flow.tiers[c]!;
    sums.value += ownValue;
    sums.waitDays += flow.waitDays[c]!;
    sums.lots += lots[c]! - addedLots;
    sums.pairLots += edgeLot[ownEdge]!;
  }
  if (!areUnitsEnough(packing, start, leastValue, mostValue, lots)) return null;
  if (!areSeatsKept(start, nodeSeats, solved, sums.placed)) return null;
  return { edgesChecked, bound: isPossible ? sums : null };
};
