import { expect, test } from 'vitest';
import { checkCertificate } from '../assignment/certificate.ts';
import { solveByShortestPaths } from '../assignment/shortest-paths.ts';
import { randomNumbers, randomProblem } from '../test-support/random-problems.ts';
import { longWaitsToKeep } from './long-waits.ts';

const LONG = 400;

test('who has waited as long as the limit and would be placed is kept; the others are free to be chosen by price', () => {
  const uncharged = { cellOf: Int32Array.of(3, 3, -1, 0), waitDays: Int32Array.of(400, 399, 900, 401) };
  expect([...longWaitsToKeep(uncharged, LONG)]).toEqual([1, 0, 0, 1]);
});

test('no price takes a start from somebody with a long wait, or lowers the number placed: 300 random starts', () => {
  const random = randomNumbers(20261127);
  let wouldHaveLost = 0;
  for (let instance = 0; instance < 300; instance += 1) {
    const problem = randomProblem(random, {
      candidates: 12,
      cells: 6,
      density: 0.4,
      maxSeats: 2,
      mostValue: 100,
      maxWait: 2 * LONG,
      maxTier: instance % 2,
      totalSeats: 6,
    });
    const prices = Int32Array.from({ length: problem.cellCount }, () => Math.floor(random() * 200));
    const uncharged = solveByShortestPaths(problem).cellOf;
    const keep = longWaitsToKeep({ cellOf: uncharged, waitDays: problem.waitDays }, LONG);
    const edgeValue = problem.edgeValue.map((value, e) => value - prices[problem.edgeCell[e]!]!);
    const charged = { ...problem, edgeValue, mustPlace: keep };
    const answer = solveByShortestPaths(charged);
    expect(checkCertificate(charged, answer).ok).toBe(true);
    const placed = (cellOf: Int32Array): number => cellOf.filter((cell) => cell !== -1).length;
    expect(placed(answer.cellOf), `instance ${instance}`).toBe(placed(uncharged));
    expect(
      answer.cellOf.every((cell, c) => keep[c] === 0 || cell !== -1),
      `instance ${instance}`,
    ).toBe(true);
    const unkept = solveByShortestPaths({ ...problem, edgeValue }).cellOf;
    if (unkept.some((cell, c) => keep[c] === 1 && cell === -1)) wouldHaveLost += 1;
  }
  expect(wouldHaveLost).toBeGreaterThan(20);
});
