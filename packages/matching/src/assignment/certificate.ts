import type { Objective } from './objective.ts';
import type { Packing } from './packing.ts';
import { type Assignment, type AssignmentProblem, HIGHEST_PAIR_LOT, HIGHEST_TIER } from './problem.ts';

/** What was found when an assignment was checked: the objective that its prices prove to be the best. */
export interface CertificateFacts extends Objective {
  readonly edgesChecked: number;
}

export type CertificateFault =
  | 'wrong-size'
  | 'groups-not-a-tree'
  | 'units-too-small'
  | 'price-not-exact'
  | 'price-negative'
  | 'seat-without-edge'
  | 'node-over-seats'
  | 'start-over-seats'
  | 'edge-worth-more-than-its-prices'
  | 'taken-edge-worth-less-than-its-prices'
  | 'gain-without-seat'
  | 'price-of-free-seat'
  | 'price-of-start-with-room';

export type CertificateCheck =
  | { readonly ok: true; readonly facts: CertificateFacts }
  | { readonly ok: false; readonly fault: CertificateFault; readonly index: number };

const fail = (fault: CertificateFault, index: number): CertificateCheck => ({ ok: false, fault, index });

/** -1, 0 or 1 as a two-part number is under, at or over zero. */
const sign = (high: number, low: number): number => Math.sign(high) || Math.sign(low);

const isExact = (numbers: Float64Array): boolean => numbers.every((value) => Number.isSafeInteger(value));

/**
 * Checks in one pass over the edges that an assignment is the best of all, knowing nothing of how it was found. The
 * prices prove it (linear-programming duality, read in strict order of the two parts):
 * 1. no price is negative; 2. no edge is worth more than the person, the cell, its groups and the start cost together;
 * 3. an edge that is taken is worth exactly that; 4. a person with a gain has a seat, a node with a price is full, a
 * start with a price is full. Then every other assignment is worth at most as much as this one.
 */
export const checkCertificate = (problem: AssignmentProblem, assignment: Assignment): CertificateCheck => {
  const { candidateCount, edgeStart, edgeCell, edgeValue, edgeLot } = problem;
  const { mustPlace, tiers, waitDays, lots, nodeParent, nodeSeats } = problem;
  const { cellOf, prices } = assignment;
  const { packing, candidateHigh, candidateLow, nodeHigh, nodeLow, startHigh, startLow } = prices;
  const perCandidate = [cellOf, candidateHigh, candidateLow, mustPlace, tiers, waitDays, lots];
  if (perCandidate.some((array) => array.length !== candidateCount) || edgeStart.length !== candidateCount + 1)
    return fail('wrong-size', 0);
  if ([nodeHigh, nodeLow, nodeSeats].some((array) => array.length !== nodeParent.length)) return fail('wrong-size', 1);
  const starts = Float64Array.of(startHigh, startLow);
  if (![candidateHigh, candidateLow, nodeHigh, nodeLow, starts].every(isExact)) return fail('price-not-exact', 0);
  if (!areUnitsEnough(problem, packing)) return fail('units-too-small', 0);
  const order = parentsFirst(problem);
  if (order === null) return fail('groups-not-a-tree', 0);

  // What a seat costs with all the groups it is in, the start included.
  const costHigh = new Float64Array(nodeParent.length);
  const costLow = new Float64Array(nodeParent.length);
  for (const node of order) {
    const parent = nodeParent[node]!;
    costHigh[node] = nodeHigh[node]! + (parent === -1 ? startHigh : costHigh[parent]!);
    costLow[node] = nodeLow[node]! + (parent === -1 ? startLow : costLow[parent]!);
  }
  if (!isExact(costHigh) || !isExact(costLow)) return fail('price-not-exact', 1);

  const used = new Int32Array(nodeParent.length);
  const facts = { edgesChecked: 0, mustPlaced: 0, placed: 0, tiers: 0, value: 0, waitDays: 0, lots: 0, pairLots: 0 };
  if (sign(startHigh, startLow) < 0) return fail('price-negative', -1);
  for (let c = 0; c < candidateCount; c += 1) {
    const gain = sign(candidateHigh[c]!, candidateLow[c]!);
    if (gain < 0) return fail('price-negative', c);
    const high =
      (mustPlace[c]! + 1) * packing.placedUnit +
      tiers[c]! * packing.tierUnit -
      packing.leastValue * packing.valueUnit +
      waitDays[c]! -
      candidateHigh[c]!;
    const low = lots[c]! * packing.lotUnit - candidateLow[c]!;
    const cell = cellOf[c]!;
    let isSeated = false;
    for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) {
      const p = edgeCell[e]!;
      const slack = sign(costHigh[p]! - high - edgeValue[e]! * packing.valueUnit, costLow[p]! - low - edgeLot[e]!);
      facts.edgesChecked += 1;
      if (slack < 0) return fail('edge-worth-more-than-its-prices', e);
      if (p !== cell) continue;
      if (slack > 0) return fail('taken-edge-worth-less-than-its-prices', e);
      isSeated = true;
      facts.value += edgeValue[e]!;
      facts.pairLots += edgeLot[e]!;
    }
    if (isSeated) {
      used[cell]! += 1;
      facts.placed += 1;
      facts.mustPlaced += mustPlace[c]!;
      facts.tiers += tiers[c]!;
      facts.waitDays += waitDays[c]!;
      facts.lots += lots[c]!;
    } else if (cell !== -1) return fail('seat-without-edge', c);
    else if (gain > 0) return fail('gain-without-seat', c);
  }
  for (let index = order.length - 1; index >= 0; index -= 1) {
    const node = order[index]!;
    const parent = nodeParent[node]!;
    if (parent !== -1) used[parent]! += used[node]!;
  }
  for (let node = 0; node < nodeParent.length; node += 1) {
    const price = sign(nodeHigh[node]!, nodeLow[node]!);
    if (price < 0) return fail('price-negative', node);
    if (used[node]! > nodeSeats[node]!) return fail('node-over-seats', node);
    if (price > 0 && used[node]! < nodeSeats[node]!) return fail('price-of-free-seat', node);
  }
  if (facts.placed > problem.totalSeats) return fail('start-over-seats', -1);
  if (sign(startHigh, startLow) > 0 && facts.placed < problem.totalSeats) return fail('price-of-start-with-room', -1);
  return { ok: true, facts };
};

/** The nodes so that each comes after its parent; null when some go round in a ring, or a cell is a parent. */
const parentsFirst = ({ cellCount, nodeParent }: AssignmentProblem): Int32Array | null => {
  const depth = new Int32Array(nodeParent.length);
  for (let node = 0; node < nodeParent.length; node += 1) {
    for (let above = nodeParent[node]!; above !== -1; above = nodeParent[above]!) {
      if (above < cellCount || above >= nodeParent.length || depth[node]! > nodeParent.length) return null;
      depth[node]! += 1;
    }
  }
  return Int32Array.from(nodeParent.keys()).sort((a, b) => depth[a]! - depth[b]! || a - b);
};

/** Weighs the units of `Packing` once more, from the problem itself, so that a mistake there cannot hide itself. */
const areUnitsEnough = (problem: AssignmentProblem, units: Packing): boolean => {
  const { cellCount, edgeValue, edgeLot, mustPlace, tiers, waitDays, lots } = problem;
  const { leastValue, valueUnit, tierUnit, placedUnit, lotUnit } = units;
  if (!Object.values(units).every((unit) => Number.isSafeInteger(unit))) return false;
  let range = 0;
  let isFit = true;
  for (const value of edgeValue) {
    if (value < leastValue) isFit = false;
    if (value - leastValue > range) range = value - leastValue;
  }
  for (const lot of edgeLot) if (lot > HIGHEST_PAIR_LOT) isFit = false;
  for (const must of mustPlace) if (must > 1) isFit = false;
  for (const tier of tiers) if (tier > HIGHEST_TIER) isFit = false;
  let longestWait = 0;
  for (const days of waitDays) longestWait = days < 0 ? Number.POSITIVE_INFINITY : Math.max(longestWait, days);
  let highestLot = 0;
  for (const lot of lots) highestLot = lot < 0 ? Number.POSITIVE_INFINITY : Math.max(highestLot, lot);
  const valueReach = (cellCount + 1) * range * valueUnit;
  return (
    isFit &&
    valueUnit > longestWait &&
    tierUnit > valueReach + longestWait &&
    placedUnit > HIGHEST_TIER * tierUnit + valueReach + longestWait &&
    lotUnit > (cellCount + 1) * HIGHEST_PAIR_LOT &&
    4 * (3 * placedUnit + Math.abs(leastValue) * valueUnit) <= Number.MAX_SAFE_INTEGER &&
    4 * (highestLot + 1) * lotUnit <= Number.MAX_SAFE_INTEGER
  );
};
