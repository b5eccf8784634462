import { describe, expect, test } from 'vitest';
import { loadHighs } from '../test-support/highs.ts';
import { type ProblemShape, randomNumbers, randomProblem } from '../test-support/random-problems.ts';
import { checkCertificate } from './certificate.ts';
import type { Assignment, AssignmentProblem } from './problem.ts';
import { solveByShortestPaths } from './shortest-paths.ts';

/** Placed, points, wait, lots, place lots: the objective in its order. */
type Worth = readonly [number, number, number, number, number];

const isBetter = (a: Worth, b: Worth): boolean => {
  for (const [level, value] of a.entries()) if (value !== b[level]) return value > b[level]!;
  return false;
};

const add = (a: Worth, b: Worth): Worth => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]];

const edgeWorth = (problem: AssignmentProblem, c: number, e: number): Worth => [
  1,
  problem.edgePoints[e]!,
  problem.waitDays[c]!,
  problem.lots[c]!,
  problem.edgeLot[e]!,
];

const worthOf = (problem: AssignmentProblem, assignment: Assignment): Worth => {
  let total: Worth = [0, 0, 0, 0, 0];
  for (let c = 0; c < problem.candidateCount; c += 1)
    for (let e = problem.edgeStart[c]!; e < problem.edgeStart[c + 1]!; e += 1)
      if (problem.edgePlace[e] === assignment.placeOf[c]) total = add(total, edgeWorth(problem, c, e));
  return total;
};

/** The best worth by trying everything: for each set of seats used, the best so far. */
const bestByEnumeration = (problem: AssignmentProblem): Worth => {
  let reached = new Map<string, { readonly used: readonly number[]; readonly worth: Worth }>();
  const none = problem.seats.length === 0 ? [] : Array.from(problem.seats, () => 0);
  reached.set(none.join(), { used: none, worth: [0, 0, 0, 0, 0] });
  for (let c = 0; c < problem.candidateCount; c += 1) {
    const next = new Map(reached);
    for (const { used, worth } of reached.values())
      for (let e = problem.edgeStart[c]!; e < problem.edgeStart[c + 1]!; e += 1) {
        const p = problem.edgePlace[e]!;
        if (used[p]! >= problem.seats[p]! || worth[0] >= problem.totalSeats) continue;
        const usedThen = used.map((count, place) => (place === p ? count + 1 : count));
        const worthThen = add(worth, edgeWorth(problem, c, e));
        const known = next.get(usedThen.join());
        if (known === undefined || isBetter(worthThen, known.worth))
          next.set(usedThen.join(), { used: usedThen, worth: worthThen });
      }
    reached = next;
  }
  let best: Worth = [0, 0, 0, 0, 0];
  for (const { worth } of reached.values()) if (isBetter(worth, best)) best = worth;
  return best;
};

const smallShape = (random: () => number): ProblemShape => {
  const below = (limit: number): number => Math.floor(random() * limit);
  const candidates = below(9);
  return {
    candidates,
    places: below(6),
    density: 0.2 + 0.8 * random(),
    maxSeats: 1 + below(3),
    // Few distinct points and waits make ties, where the later objectives decide.
    maxPoints: [0, 1, 3, 100][below(4)]!,
    maxWait: [0, 1, 5, 2000][below(4)]!,
    totalSeats: random() < 0.5 ? null : below(candidates + 1),
  };
};

describe('the assignment is the best there is', () => {
  test('600 random small instances equal enumeration on all five objectives, with a certificate that holds', () => {
    const random = randomNumbers(20261122);
    let placed = 0;
    for (let instance = 0; instance < 600; instance += 1) {
      const problem = randomProblem(random, smallShape(random));
      const assignment = solveByShortestPaths(problem);
      const worth = worthOf(problem, assignment);
      expect(worth, `instance ${instance}`).toEqual(bestByEnumeration(problem));
      expect(checkCertificate(problem, assignment), `instance ${instance}`).toEqual({
        ok: true,
        facts: { edgesChecked: problem.edgePlace.length, placed: worth[0], points: worth[1], waitDays: worth[2] },
      });
      placed += worth[0];
    }
    expect(placed).toBeGreaterThan(600);
  });

  test('30 larger instances equal HiGHS, stage by stage: placed, points, wait', { timeout: 60_000 }, async () => {
    const highs = await loadHighs();
    const random = randomNumbers(7);
    const stage = (problem: AssignmentProblem, level: 0 | 1 | 2, fixed: readonly number[]): number => {
      const rows = Array.from({ length: problem.candidateCount }, (_, c) =>
        Array.from({ length: problem.edgeStart[c + 1]! - problem.edgeStart[c]! }, (_, i) => problem.edgeStart[c]! + i),
      );
      const worths = rows.flatMap((row, c) => row.map((e) => edgeWorth(problem, c, e)));
      const sumOf = (edges: readonly number[], factor: (e: number) => number): string =>
        edges.map((e) => `+ ${factor(e)} x${e}`).join(' ');
      const all = worths.map((_, e) => e);
      const limits = [
        ...rows.filter((row) => row.length > 0).map((row) => `${sumOf(row, () => 1)} <= 1`),
        ...Array.from(problem.seats, (seats, p) => ({ seats, edges: all.filter((e) => problem.edgePlace[e] === p) }))
          .filter(({ edges }) => edges.length > 0)
          .map(({ seats, edges }) => `${sumOf(edges, () => 1)} <= ${seats}`),
        `${sumOf(all, () => 1)} <= ${problem.totalSeats}`,
        ...fixed.map((value, index) => `${sumOf(all, (e) => worths[e]![index]!)} = ${value}`),
      ];
      const model = [
        'Maximize',
        ` obj: ${sumOf(all, (e) => worths[e]![level]!)}`,
        'Subject To',
        ...limits.map((limit, index) => ` c${index}: ${limit}`),
        'Binary',
        ...all.map((e) => ` x${e}`),
        'End',
      ].join('\n');
      const solution = highs.solve(model);
      expect(solution.Status).toBe('Optimal');
      return Math.round(solution.ObjectiveValue);
    };
    for (let instance = 0; instance < 30; instance += 1) {
      const problem = randomProblem(random, {
        candidates: 12,
        places: 8,
        density: 0.5,
        maxSeats: 2,
        maxPoints: instance % 2 === 0 ? 4 : 100,
        maxWait: 400,
        totalSeats: instance % 3 === 0 ? 5 : null,
      });
      const worth = worthOf(problem, solveByShortestPaths(problem));
      const placed = stage(problem, 0, []);
      const points = stage(problem, 1, [placed]);
      const wait = stage(problem, 2, [placed, points]);
      expect([worth[0], worth[1], worth[2]], `instance ${instance}`).toEqual([placed, points, wait]);
    }
  });

  test('a municipality of 1,000 people and 500 places is solved with a certificate that holds', () => {
    for (const totalSeats of [null, 14]) {
      const problem = randomProblem(randomNumbers(3), {
        candidates: 1000,
        places: 500,
        density: 0.3,
        maxSeats: 1,
        maxPoints: 100,
        maxWait: 3000,
        totalSeats,
      });
      const check = checkCertificate(problem, solveByShortestPaths(problem));
      expect(check).toMatchObject({ ok: true, facts: { edgesChecked: problem.edgePlace.length } });
    }
  });

  test('a problem too large for exact arithmetic is refused', () => {
    const problem = randomProblem(randomNumbers(1), {
      candidates: 3,
      places: 2,
      density: 1,
      maxSeats: 1,
      maxPoints: 1,
      maxWait: 1,
      totalSeats: null,
    });
    const edgePoints = problem.edgePoints.map(() => 2_000_000_000);
    const waitDays = problem.waitDays.map(() => 2_000_000_000);
    expect(() => solveByShortestPaths({ ...problem, edgePoints, waitDays })).toThrow(RangeError);
  });
});
