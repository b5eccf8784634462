import type { Assignment, AssignmentProblem } from './problem.ts';

/** What was found when an assignment was checked, with the values that its prices prove to be the best. */
export interface CertificateFacts {
  readonly edgesChecked: number;
  readonly placed: number;
  readonly points: number;
  readonly waitDays: number;
}

export type CertificateFault =
  | 'wrong-size'
  | 'price-not-exact'
  | 'price-negative'
  | 'seat-without-edge'
  | 'place-over-seats'
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
 * 1. no price is negative; 2. no edge is worth more than person + place + start cost together; 3. an edge that is taken
 * is worth exactly that; 4. a person with a gain has a seat, a place with a price is full, a start with a price is full.
 * Then every other assignment is worth at most as much as this one.
 */
export const checkCertificate = (problem: AssignmentProblem, assignment: Assignment): CertificateCheck => {
  const { candidateCount, placeCount, edgeStart, edgePlace, edgePoints, edgeLot, waitDays, lots, seats } = problem;
  const { placeOf, prices } = assignment;
  const { candidateHigh, candidateLow, placeHigh, placeLow, startHigh, startLow } = prices;
  const perCandidate = [placeOf, candidateHigh, candidateLow, waitDays, lots];
  const perPlace = [placeHigh, placeLow, seats];
  if (perCandidate.some((array) => array.length !== candidateCount) || edgeStart.length !== candidateCount + 1)
    return fail('wrong-size', 0);
  if (perPlace.some((array) => array.length !== placeCount)) return fail('wrong-size', 1);
  const starts = Float64Array.of(startHigh, startLow);
  if (![candidateHigh, candidateLow, placeHigh, placeLow, starts].every(isExact)) return fail('price-not-exact', 0);

  const units = unitsOf(problem);
  const used = new Int32Array(placeCount);
  let edgesChecked = 0;
  let placed = 0;
  let points = 0;
  let waited = 0;
  if (sign(startHigh, startLow) < 0) return fail('price-negative', -1);
  for (let c = 0; c < candidateCount; c += 1) {
    const gainHigh = candidateHigh[c]!;
    const gainLow = candidateLow[c]!;
    const gain = sign(gainHigh, gainLow);
    if (gain < 0) return fail('price-negative', c);
    const place = placeOf[c]!;
    let isSeated = false;
    for (let e = edgeStart[c]!; e < edgeStart[c + 1]!; e += 1) {
      const p = edgePlace[e]!;
      const worthHigh = units.placed + edgePoints[e]! * units.point + waitDays[c]!;
      const worthLow = lots[c]! * units.lot + edgeLot[e]!;
      const slack = sign(
        gainHigh + placeHigh[p]! + startHigh - worthHigh,
        gainLow + placeLow[p]! + startLow - worthLow,
      );
      edgesChecked += 1;
      if (slack < 0) return fail('edge-worth-more-than-its-prices', e);
      if (p !== place) continue;
      if (slack > 0) return fail('taken-edge-worth-less-than-its-prices', e);
      isSeated = true;
      points += edgePoints[e]!;
    }
    if (isSeated) {
      used[place]! += 1;
      placed += 1;
      waited += waitDays[c]!;
    } else if (place !== -1) return fail('seat-without-edge', c);
    else if (gain > 0) return fail('gain-without-seat', c);
  }
  for (let p = 0; p < placeCount; p += 1) {
    const price = sign(placeHigh[p]!, placeLow[p]!);
    if (price < 0) return fail('price-negative', p);
    if (used[p]! > seats[p]!) return fail('place-over-seats', p);
    if (price > 0 && used[p]! < seats[p]!) return fail('price-of-free-seat', p);
  }
  if (placed > problem.totalSeats) return fail('start-over-seats', -1);
  if (sign(startHigh, startLow) > 0 && placed < problem.totalSeats) return fail('price-of-start-with-room', -1);
  return { ok: true, facts: { edgesChecked, placed, points, waitDays: waited } };
};

/** The units of `Packing`, worked out here once more so that a mistake there cannot hide itself. */
const unitsOf = ({ candidateCount, edgePoints, edgeLot, waitDays }: AssignmentProblem) => {
  let longestWait = 0;
  for (const days of waitDays) longestWait = Math.max(longestWait, days);
  let mostPoints = 0;
  for (const value of edgePoints) mostPoints = Math.max(mostPoints, value);
  let highestLot = 0;
  for (const value of edgeLot) highestLot = Math.max(highestLot, value);
  const people = Math.max(1, candidateCount);
  const point = longestWait + 1;
  return { point, placed: (people * mostPoints + 1) * point, lot: people * highestLot + 1 };
};
