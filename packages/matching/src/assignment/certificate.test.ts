import { describe, expect, test } from 'vitest';
import { type CertificateFault, checkCertificate } from './certificate.ts';
import type { Packing } from './packing.ts';
import type { Assignment, AssignmentProblem, DualPrices } from './problem.ts';
import { solveByShortestPaths } from './shortest-paths.ts';

/** Three people; two cells of one seat; person 2 fits only the first; the start has two seats. */
const problem: AssignmentProblem = {
  candidateCount: 3,
  cellCount: 2,
  edgeStart: Int32Array.of(0, 2, 4, 5),
  edgeCell: Int32Array.of(0, 1, 0, 1, 0),
  edgeValue: Int32Array.of(80, 60, 70, 50, 90),
  edgeLot: Uint16Array.of(1, 2, 3, 4, 5),
  mustPlace: Uint8Array.of(0, 0, 0),
  tiers: Uint8Array.of(3, 2, 3),
  waitDays: Int32Array.of(100, 200, 50),
  lots: Int32Array.of(2, 0, 1),
  nodeParent: Int32Array.of(-1, -1),
  nodeSeats: Int32Array.of(1, 1),
  totalSeats: 2,
};

/** The same with both cells in a group of one seat. */
const grouped: AssignmentProblem = {
  ...problem,
  nodeParent: Int32Array.of(2, 2, -1),
  nodeSeats: Int32Array.of(1, 1, 1),
};

const solved = solveByShortestPaths(problem);
const solvedGrouped = solveByShortestPaths(grouped);

const withPrices = (change: Partial<DualPrices>): Assignment => ({
  ...solved,
  prices: { ...solved.prices, ...change },
});
const withUnits = (change: Partial<Packing>): Assignment =>
  withPrices({ packing: { ...solved.prices.packing, ...change } });
const withCells = (...cellOf: number[]): Assignment => ({ ...solved, cellOf: Int32Array.from(cellOf) });
const shifted = (prices: Float64Array, index: number, by: number): Float64Array => {
  const copy = Float64Array.from(prices);
  copy[index]! += by;
  return copy;
};

describe('the certificate', () => {
  test('holds for what the solver answers, counts every edge and adds up what was reached', () => {
    expect(Array.from(solved.cellOf)).toEqual([1, -1, 0]);
    expect(checkCertificate(problem, solved)).toEqual({
      ok: true,
      facts: {
        edgesChecked: 5,
        mustPlaced: 0,
        placed: 2,
        tiers: 6,
        value: 150,
        waitDays: 150,
        lots: 3,
        pairLots: 7,
      },
    });
  });

  test('holds where a group has fewer seats than its cells', () => {
    expect(Array.from(solvedGrouped.cellOf)).toEqual([-1, -1, 0]);
    expect(checkCertificate(grouped, solvedGrouped)).toMatchObject({ ok: true, facts: { placed: 1, value: 90 } });
  });

  const planted: readonly { readonly name: string; readonly answer: Assignment; readonly fault: CertificateFault }[] = [
    { name: 'a worse assignment', answer: withCells(-1, 1, 0), fault: 'gain-without-seat' },
    { name: 'one person fewer', answer: withCells(1, -1, -1), fault: 'gain-without-seat' },
    { name: 'a seat without an eligible pair', answer: withCells(1, -1, 1), fault: 'seat-without-edge' },
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
    { name: 'a negative price of the start', answer: withPrices({ startHigh: -1 }), fault: 'price-negative' },
    {
      name: 'a price that is no whole number',
      answer: withPrices({ nodeHigh: shifted(solved.prices.nodeHigh, 0, 0.5) }),
      fault: 'price-not-exact',
    },
    {
      name: 'prices whose sum is not exact',
      answer: withPrices({ nodeHigh: shifted(solved.prices.nodeHigh, 0, 2 ** 52), startHigh: 2 ** 53 - 1 }),
      fault: 'price-not-exact',
    },
    { name: 'prices of another size', answer: withPrices({ nodeLow: new Float64Array(3) }), fault: 'wrong-size' },
    { name: 'a day that weighs as much as a point', answer: withUnits({ valueUnit: 200 }), fault: 'units-too-small' },
    { name: 'points that outweigh a tier', answer: withUnits({ tierUnit: 120 * 201 }), fault: 'units-too-small' },
    { name: 'tiers that outweigh a person', answer: withUnits({ placedUnit: 9 * 24_000 }), fault: 'units-too-small' },
    { name: 'pair lots that outweigh a lot', answer: withUnits({ lotUnit: 3 * 4095 }), fault: 'units-too-small' },
    { name: 'a value under the least', answer: withUnits({ leastValue: 51 }), fault: 'units-too-small' },
    { name: 'units that pass what is exact', answer: withUnits({ placedUnit: 2 ** 50 }), fault: 'units-too-small' },
  ];
  test.each(planted)('catches $name', ({ answer, fault }) => {
    expect(checkCertificate(problem, answer)).toMatchObject({ ok: false, fault });
  });

  test('catches a cell, a group or a start over its seats, and prices of what is not full', () => {
    const noSeat = { ...problem, nodeSeats: Int32Array.of(0, 1) };
    expect(checkCertificate(noSeat, solved)).toMatchObject({ ok: false, fault: 'node-over-seats', index: 0 });
    expect(checkCertificate({ ...problem, totalSeats: 1 }, solved)).toMatchObject({
      ok: false,
      fault: 'start-over-seats',
    });
    const noGroupSeat = { ...grouped, nodeSeats: Int32Array.of(1, 1, 0) };
    expect(checkCertificate(noGroupSeat, solvedGrouped)).toMatchObject({
      ok: false,
      fault: 'node-over-seats',
      index: 2,
    });
    const moreGroupSeats = { ...grouped, nodeSeats: Int32Array.of(1, 1, 2) };
    expect(checkCertificate(moreGroupSeats, solvedGrouped)).toMatchObject({ ok: false, fault: 'price-of-free-seat' });
    const moreSeats = { ...problem, nodeSeats: Int32Array.of(2, 1) };
    expect(checkCertificate(moreSeats, solved)).toMatchObject({ ok: false, fault: 'price-of-free-seat' });
    const capped = { ...problem, totalSeats: 1 };
    const cappedAnswer = solveByShortestPaths(capped);
    expect(checkCertificate(capped, cappedAnswer)).toMatchObject({ ok: true, facts: { placed: 1 } });
    expect(checkCertificate({ ...problem, totalSeats: 2 }, cappedAnswer)).toMatchObject({
      ok: false,
      fault: 'price-of-start-with-room',
    });
  });

  test.each([
    { name: 'a group in itself', parents: [2, 2, 2] },
    { name: 'a cell in a cell', parents: [1, 2, -1] },
    { name: 'a group that is not there', parents: [2, 3, -1] },
  ])('catches $name', ({ parents }) => {
    const broken = { ...grouped, nodeParent: Int32Array.from(parents) };
    expect(checkCertificate(broken, solvedGrouped)).toMatchObject({ ok: false, fault: 'groups-not-a-tree' });
  });
});

describe('units that a problem is too large for', () => {
  test.each<[string, Partial<AssignmentProblem>]>([
    ['a tier above the highest', { tiers: Uint8Array.of(3, 10, 3) }],
    ['a wait below 0', { waitDays: Int32Array.of(100, -1, 50) }],
    ['a lot below 0', { lots: Int32Array.of(2, 0, -1) }],
    ['a lot that cannot be weighed', { lots: Int32Array.of(2, 2 ** 31 - 1, 1), cellCount: 2 }],
    ['somebody who must be placed twice', { mustPlace: Uint8Array.of(0, 2, 0) }],
    ['a pair lot above the highest', { edgeLot: Uint16Array.of(1, 2, 3, 5000, 5) }],
    ['a value below the least', { edgeValue: Int32Array.of(80, 60, 70, -50, 90) }],
  ])('%s', (_, change) => {
    expect(checkCertificate({ ...problem, ...change }, solved)).toMatchObject({ ok: false });
  });
});
