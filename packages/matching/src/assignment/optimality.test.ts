import { describe, expect, test } from 'vitest';
import { solvedAndProven } from '../test-support/proven-solutions.ts';
import { type ProblemShape, randomNumbers, randomProblem } from '../test-support/random-problems.ts';
import { bestByEnumeration } from '../test-support/reference-solvers.ts';
import { checkCertificate } from './certificate.ts';
import type { AssignmentProblem } from './problem.ts';
import { solveByShortestPaths } from './shortest-paths.ts';

const tinyShape = (random: () => number): ProblemShape => {
  const below = (limit: number): number => Math.floor(random() * limit);
  const candidates = below(9);
  return {
    candidates,
    cells: below(6),
    groups: random() < 0.5 ? 0 : 1 + below(3),
    density: 0.2 + 0.8 * random(),
    maxSeats: 1 + below(3),
    leastValue: [0, 0, -3, -100][below(4)]!,
    // Few distinct values, tiers and waits make ties, where the later objectives decide.
    mostValue: [0, 1, 3, 100][below(4)]!,
    maxWait: [0, 1, 5, 2000][below(4)]!,
    maxTier: [0, 0, 1, 9][below(4)]!,
    mustShare: random() < 0.5 ? 0 : 0.3,
    totalSeats: random() < 0.5 ? null : below(candidates + 1),
  };
};

describe('the assignment is the best there is', () => {
  test('1,000 random tiny instances equal enumeration on all seven objectives, with a certificate that holds', () => {
    const random = randomNumbers(20261);
    let placed = 0;
    for (let instance = 0; instance < 1000; instance += 1) {
      const problem = randomProblem(random, tinyShape(random));
      const objective = solvedAndProven(problem, instance);
      expect(objective, `instance ${instance}`).toEqual(bestByEnumeration(problem));
      placed += objective.placed;
    }
    expect(placed).toBeGreaterThan(1000);
  });

  test.each([
    { name: 'many seats', change: { totalSeats: null } },
    { name: 'a start of 14', change: { totalSeats: 14 } },
    { name: 'few seats, groups, tiers and taxes', change: { groups: 60, maxTier: 9, leastValue: -4000 } },
  ])(
    'a municipality of 1,000 people and 500 cells with $name is solved with a certificate that holds',
    ({ change }) => {
      const problem = randomProblem(randomNumbers(3), {
        candidates: 1000,
        cells: 500,
        density: 0.3,
        maxSeats: 1,
        mostValue: 100,
        maxWait: 3000,
        totalSeats: null,
        ...change,
      });
      const check = checkCertificate(problem, solveByShortestPaths(problem));
      expect(check).toMatchObject({ ok: true, facts: { edgesChecked: problem.edgeCell.length } });
    },
  );
});

describe('exact numbers', () => {
  const problem = randomProblem(randomNumbers(1), {
    candidates: 3,
    cells: 2,
    density: 1,
    maxSeats: 1,
    mostValue: 1,
    maxWait: 1,
    totalSeats: null,
  });

  test('20,000 people, 5,000 cells, waits of a hundred years and values to some thousands either way have room', () => {
    const candidateCount = 20_000;
    const cellCount = 5000;
    const large: AssignmentProblem = {
      candidateCount,
      cellCount,
      edgeStart: Int32Array.from({ length: candidateCount + 1 }, (_, c) => c),
      edgeCell: Int32Array.from({ length: candidateCount }, (_, c) => c % cellCount),
      edgeValue: Int32Array.from({ length: candidateCount }, (_, c) => (c % 2 === 0 ? -8000 : 8000)),
      edgeLot: new Uint16Array(candidateCount).fill(4095),
      mustPlace: new Uint8Array(candidateCount).fill(1),
      tiers: new Uint8Array(candidateCount).fill(9),
      waitDays: new Int32Array(candidateCount).fill(36_525),
      lots: Int32Array.from({ length: candidateCount }, (_, c) => c),
      nodeParent: new Int32Array(cellCount).fill(-1),
      nodeSeats: new Int32Array(cellCount).fill(1),
      totalSeats: candidateCount,
    };
    expect(checkCertificate(large, solveByShortestPaths(large))).toMatchObject({ ok: true, facts: { placed: 5000 } });
  });

  test.each([
    {
      name: 'values that are too far apart',
      change: { edgeValue: Int32Array.of(-2e9, 2e9, 0, 0, 0, 0), waitDays: Int32Array.of(0, 0, 36_525) },
    },
    {
      name: 'waits that are too long',
      change: { waitDays: Int32Array.of(0, 0, 2e9), edgeValue: Int32Array.of(0, 0, 0, 0, 0, 1e6) },
    },
    {
      name: 'lots that are too high',
      change: {
        lots: Int32Array.of(0, 0, 2e9),
        cellCount: 200,
        nodeParent: new Int32Array(200).fill(-1),
        nodeSeats: new Int32Array(200),
      },
    },
  ])('$name are refused', ({ change }) => {
    expect(() => solveByShortestPaths({ ...problem, ...change })).toThrow(RangeError);
  });
});
