import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../test-support/random-problems.ts';
import { randomStart, type StartShape } from '../test-support/random-starts.ts';
import { checkProof, type ProofFault } from './check-proof.ts';
import type { CapacityConstraint, ConstrainedStart } from './constrained-start.ts';
import type { CaseSolved, ProofStep, StartProof } from './proof.ts';
import { searchStart } from './search.ts';

/** Four people who fit both of two units; the first two are kept apart from a unit, the last two begin together. */
const start: ConstrainedStart = {
  flow: {
    candidateCount: 4,
    cellCount: 2,
    edgeStart: Int32Array.of(0, 2, 4, 6, 8),
    edgeCell: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1),
    edgeValue: Int32Array.of(90, 10, 80, 20, 70, 70, 5, 5),
    edgeLot: Uint16Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    mustPlace: new Uint8Array(4),
    tiers: new Uint8Array(4),
    waitDays: Int32Array.of(10, 20, 30, 40),
    lots: Int32Array.of(0, 1, 2, 3),
    nodeParent: Int32Array.of(-1, -1),
    nodeSeats: Int32Array.of(2, 1),
    totalSeats: 3,
  },
  unitOfCell: Int32Array.of(0, 1),
  constraints: [
    { kind: 'apart', first: 0, second: 1, from: 'unit' },
    { kind: 'together', first: 2, second: 3 },
  ],
};

const found = searchStart(start, 100)!;

const changed = (at: number, change: Partial<CaseSolved>): StartProof =>
  found.proof.map((step, index) => (index === at ? ({ ...step, ...change } as ProofStep) : step));

const solvedAt = found.proof.findIndex(({ kind }) => kind === 'solved');
const solved = found.proof[solvedAt] as CaseSolved;
const withSeatPrice = (by: number): StartProof => {
  const nodeHigh = solved.prices.nodeHigh.slice();
  nodeHigh[0]! += by;
  return changed(solvedAt, { prices: { ...solved.prices, nodeHigh } });
};

const SHAPE: StartShape = {
  candidates: 8,
  places: 5,
  units: 2,
  density: 0.7,
  mostValue: 30,
  maxWait: 90,
  maxTier: 0,
  maxSeats: 2,
  sharedShare: 0.5,
  needs: [120, 180],
  limitedUnitShare: 1,
  timeForShare: 0.6,
  apart: 2,
  together: 2,
  sessions: 1,
  sessionShare: 0.6,
  sessionSeats: 2,
  required: 0,
  totalSeats: 5,
};

const faultOf = (proof: StartProof, cellOf: Int32Array = found.cellOf, of: ConstrainedStart = start) => {
  const check = checkProof(of, cellOf, proof);
  return check.ok ? null : check.fault;
};

describe('the proof of a start', () => {
  test('holds for what the search found', () => {
    expect(Array.from(found.cellOf)).toEqual([0, -1, 1, 0]);
    expect(checkProof(start, found.cellOf, found.proof)).toMatchObject({
      ok: true,
      facts: { objective: { placed: 3, value: 165 }, bound: { placed: 3, value: 165 } },
    });
  });

  test('does not hold for two who share a start that they are kept apart from, be it in different units', () => {
    const apartFrom = (from: 'start' | 'unit'): ConstrainedStart => ({
      ...start,
      constraints: [{ kind: 'apart', first: 0, second: 1, from }],
    });
    const inTwoUnits = Int32Array.of(0, 1, 0, -1);
    expect(faultOf(found.proof, inTwoUnits, apartFrom('start'))).toBe('constraint-broken');
    expect(faultOf(found.proof, inTwoUnits, apartFrom('unit'))).not.toBe('constraint-broken');
  });

  const planted: readonly (readonly [string, StartProof, ProofFault])[] = [
    ['a seat that costs less', withSeatPrice(-1), 'case-not-the-best'],
    ['a seat that costs more', withSeatPrice(1), 'case-not-the-best'],
    ['another assignment in a case', changed(solvedAt, { cellOf: new Int32Array(4).fill(-1) }), 'case-not-the-best'],
    [
      'a price under nothing for being kept apart',
      changed(solvedAt, { constraintPrices: [{ constraint: 0, unit: 0, value: -5, lots: 0 }] }),
      'price-proves-nothing',
    ],
    [
      'a price in lots where there is no person to pay it',
      changed(solvedAt, { constraintPrices: [{ constraint: 0, unit: 0, value: 1, lots: 1 }] }),
      'price-proves-nothing',
    ],
    [
      'a price of half a point',
      changed(solvedAt, { constraintPrices: [{ constraint: 1, unit: -1, value: 0.5, lots: 0 }] }),
      'price-proves-nothing',
    ],
    [
      'a price of a constraint that is not there',
      changed(solvedAt, { constraintPrices: [{ constraint: 7, unit: -1, value: 1, lots: 0 }] }),
      'price-proves-nothing',
    ],
    [
      'a price that no number holds',
      changed(solvedAt, { constraintPrices: [{ constraint: 1, unit: -1, value: 2 ** 53, lots: 0 }] }),
      'price-proves-nothing',
    ],
    ['a case left out', found.proof.slice(0, -1), 'case-missing'],
    ['a case too many', [...found.proof, solved], 'case-too-many'],
    ['no case at all', [], 'case-missing'],
    ['a case said to be empty that is not', found.proof.with(solvedAt, { kind: 'empty' }), 'case-not-empty'],
    [
      'a split of a constraint that is not there',
      [{ kind: 'together', constraint: 5 }, ...found.proof, ...found.proof],
      'split-of-no-constraint',
    ],
    [
      'a split that a constraint does not have',
      [{ kind: 'apart', constraint: 1, unit: -1 }, ...found.proof, ...found.proof],
      'split-of-no-constraint',
    ],
    [
      'a split of two who are kept apart from a unit, without the unit',
      [{ kind: 'apart', constraint: 0, unit: -1 }, ...found.proof, ...found.proof],
      'split-of-no-constraint',
    ],
  ];
  test.each(planted)('is refused with %s', (_what, proof, fault) => {
    expect(faultOf(proof)).toBe(fault);
  });

  const assignments: readonly (readonly [string, readonly number[], ProofFault])[] = [
    ['two who are kept apart in one unit', [0, 0, -1, -1], 'constraint-broken'],
    ['one of two who begin together', [0, 1, 0, -1], 'constraint-broken'],
    ['a cell over its seats', [1, 0, 1, 0], 'start-over-seats'],
    ['a node over its seats', [-1, 1, 1, -1], 'node-over-seats'],
    ['a cell that is none', [0, 2, -1, -1], 'pair-without-edge'],
  ];
  test.each(assignments)('is refused for %s', (_what, cellOf, fault) => {
    expect(faultOf(found.proof, Int32Array.from(cellOf))).toBe(fault);
  });

  test('is refused when a required person is left out', () => {
    const mustPlace = Uint8Array.of(0, 1, 0, 0);
    expect(faultOf(found.proof, found.cellOf, { ...start, flow: { ...start.flow, mustPlace } })).toBe(
      'required-person-left-out',
    );
  });

  test('of a worse assignment that keeps everything tells by how much it is worse', () => {
    const worse = Int32Array.of(0, -1, -1, -1);
    expect(checkProof(start, worse, found.proof)).toMatchObject({
      ok: true,
      facts: { objective: { placed: 1 }, bound: { placed: 3 } },
    });
  });

  test('any price of a seat or a constraint in any case may be changed only where it changes nothing that is proven', () => {
    const random = randomNumbers(7);
    let refused = 0;
    for (let instance = 1; instance <= 40; instance += 1) {
      const one = randomStart(randomNumbers(instance), SHAPE);
      const result = searchStart(one, 1000)!;
      for (const [at, step] of result.proof.entries()) {
        if (step.kind !== 'solved') continue;
        const nodeHigh = step.prices.nodeHigh.map(
          (price) => price + (random() < 0.3 ? Math.round(4 * random() - 2) : 0),
        );
        const constraintPrices = step.constraintPrices.map((price) => ({
          ...price,
          value: price.value + Math.round(4 * random() - 2),
        }));
        const tampered = result.proof.with(at, { ...step, constraintPrices, prices: { ...step.prices, nodeHigh } });
        const check = checkProof(one, result.cellOf, tampered);
        if (check.ok) expect(check.facts.objective).toEqual(result.objective);
        else refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(50);
  });

  test('of several cases is refused without any one step', () => {
    let tried = 0;
    for (let instance = 1; instance <= 60; instance += 1) {
      const one = randomStart(randomNumbers(instance), SHAPE);
      const { proof, cellOf } = searchStart(one, 1000)!;
      if (proof.length < 5) continue;
      for (const at of proof.keys()) {
        tried += 1;
        expect(checkProof(one, cellOf, proof.toSpliced(at, 1)).ok).toBe(false);
      }
    }
    expect(tried).toBeGreaterThan(100);
  });

  test('counts the parts of a capacity by what they need', () => {
    const hours: CapacityConstraint = {
      kind: 'supervisor-hours',
      parts: [
        { node: 0, need: 2 },
        { node: 1, need: 3 },
      ],
      capacity: 4,
    };
    const withHours: ConstrainedStart = { ...start, constraints: [hours] };
    const best = searchStart(withHours, 100)!;
    expect(faultOf(best.proof, best.cellOf, withHours)).toBe(null);
    expect(faultOf(best.proof, Int32Array.of(0, 1, -1, -1), withHours)).toBe('constraint-broken');
    const split: ProofStep = { kind: 'capacity', constraint: 0, part: 2, atMost: 0 };
    expect(faultOf([split, ...best.proof, ...best.proof], best.cellOf, withHours)).toBe('split-of-no-constraint');
  });
});
