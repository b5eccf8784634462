import { describe, expect, test } from 'vitest';
import { type CertificateFault, checkCertificate } from './certificate.ts';
import type { Assignment, AssignmentProblem, DualPrices } from './problem.ts';
import { solveByShortestPaths } from './shortest-paths.ts';

/** Three people; two places of one seat; person 2 fits only the first; the start has two seats. */
const problem: AssignmentProblem = {
  candidateCount: 3,
  placeCount: 2,
  edgeStart: Int32Array.of(0, 2, 4, 5),
  edgePlace: Int32Array.of(0, 1, 0, 1, 0),
  edgePoints: Int32Array.of(80, 60, 70, 50, 90),
  edgeLot: Int32Array.of(1, 2, 3, 4, 5),
  waitDays: Int32Array.of(100, 200, 50),
  lots: Int32Array.of(2, 0, 1),
  seats: Int32Array.of(1, 1),
  totalSeats: 2,
};

const solved = solveByShortestPaths(problem);

const withPrices = (change: Partial<DualPrices>): Assignment => ({
  ...solved,
  prices: { ...solved.prices, ...change },
});
const withPlaces = (...placeOf: number[]): Assignment => ({ ...solved, placeOf: Int32Array.from(placeOf) });
const shifted = (prices: Float64Array, index: number, by: number): Float64Array => {
  const copy = Float64Array.from(prices);
  copy[index]! += by;
  return copy;
};

describe('the certificate', () => {
  test('holds for what the solver answers, and counts every edge', () => {
    expect(Array.from(solved.placeOf)).toEqual([1, -1, 0]);
    expect(checkCertificate(problem, solved)).toEqual({
      ok: true,
      facts: { edgesChecked: 5, placed: 2, points: 150, waitDays: 150 },
    });
  });

  const planted: readonly { readonly name: string; readonly answer: Assignment; readonly fault: CertificateFault }[] = [
    { name: 'a worse assignment', answer: withPlaces(-1, 1, 0), fault: 'gain-without-seat' },
    { name: 'one person fewer', answer: withPlaces(1, -1, -1), fault: 'gain-without-seat' },
    { name: 'a seat without an eligible pair', answer: withPlaces(1, -1, 1), fault: 'seat-without-edge' },
    {
      name: 'a gain that is too small',
      answer: withPrices({ candidateHigh: shifted(solved.prices.candidateHigh, 0, -1) }),
      fault: 'edge-worth-more-than-its-prices',
    },
    {
      name: 'a gain that is too large',
      answer: withPrices({ candidateHigh: shifted(solved.prices.candidateHigh, 2, 1) }),
      fault: 'taken-edge-worth-less-than-its-prices',
    },
    {
      name: 'a gain of somebody without a seat',
      answer: withPrices({ candidateLow: shifted(solved.prices.candidateLow, 1, 1) }),
      fault: 'gain-without-seat',
    },
    {
      name: 'a negative price in the low part alone',
      answer: withPrices({ candidateLow: shifted(solved.prices.candidateLow, 1, -1) }),
      fault: 'price-negative',
    },
    {
      name: 'a negative price of the start',
      answer: withPrices({ startHigh: -1 }),
      fault: 'price-negative',
    },
    {
      name: 'a price that is no whole number',
      answer: withPrices({ placeHigh: shifted(solved.prices.placeHigh, 0, 0.5) }),
      fault: 'price-not-exact',
    },
    { name: 'prices of another size', answer: withPrices({ placeLow: new Float64Array(3) }), fault: 'wrong-size' },
  ];
  test.each(planted)('catches $name', ({ answer, fault }) => {
    expect(checkCertificate(problem, answer)).toMatchObject({ ok: false, fault });
  });

  test('catches a place over its seats, a start over its seats, and prices of what is not full', () => {
    const noSeat = { ...problem, seats: Int32Array.of(0, 1) };
    expect(checkCertificate(noSeat, solved)).toMatchObject({ ok: false, fault: 'place-over-seats' });
    expect(checkCertificate({ ...problem, totalSeats: 1 }, solved)).toMatchObject({
      ok: false,
      fault: 'start-over-seats',
    });
    const moreSeats = { ...problem, seats: Int32Array.of(2, 1) };
    expect(checkCertificate(moreSeats, solved)).toMatchObject({ ok: false, fault: 'price-of-free-seat' });
    const capped = { ...problem, totalSeats: 1 };
    const cappedAnswer = solveByShortestPaths(capped);
    expect(checkCertificate(capped, cappedAnswer)).toMatchObject({ ok: true, facts: { placed: 1 } });
    expect(checkCertificate({ ...problem, totalSeats: 2 }, cappedAnswer)).toMatchObject({
      ok: false,
      fault: 'price-of-start-with-room',
    });
  });
});
