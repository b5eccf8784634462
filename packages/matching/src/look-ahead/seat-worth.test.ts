import { describe, expect, test } from 'vitest';
import type { AssignmentProblem } from '../assignment/problem.ts';
import { solveByShortestPaths } from '../assignment/shortest-paths.ts';
import { randomNumbers, randomProblem } from '../test-support/random-problems.ts';
import { seatWorth } from './seat-worth.ts';

const FULL_SCORE = 100;

/** Points of the best assignment, with a full score for each placement. */
const bestWorth = (problem: AssignmentProblem): number => {
  const { cellOf } = solveByShortestPaths(problem);
  let worth = 0;
  for (let c = 0; c < problem.candidateCount; c += 1)
    for (let e = problem.edgeStart[c]!; e < problem.edgeStart[c + 1]!; e += 1)
      if (problem.edgeCell[e] === cellOf[c]) worth += FULL_SCORE + problem.edgeValue[e]!;
  return worth;
};

const withSeats = (problem: AssignmentProblem, cell: number, change: number): AssignmentProblem => ({
  ...problem,
  nodeSeats: problem.nodeSeats.map((seats, index) => (index === cell ? seats + change : seats)),
});

describe('what a seat is worth', () => {
  test('is what the best assignment loses without it, and wins with one more: 400 random small ones solved anew', () => {
    const random = randomNumbers(20261127);
    let worthSomething = 0;
    for (let instance = 0; instance < 400; instance += 1) {
      const candidates = Math.floor(random() * 14);
      const problem = randomProblem(random, {
        candidates,
        cells: 1 + Math.floor(random() * 6),
        density: 0.2 + 0.6 * random(),
        maxSeats: 2,
        leastValue: instance % 2 === 0 ? 0 : 35,
        mostValue: instance % 3 === 0 ? 36 : 100,
        maxWait: 0,
        totalSeats: random() < 0.5 ? null : Math.floor(random() * (candidates + 1)),
      });
      const plain = { ...problem, edgeLot: problem.edgeLot.map(() => 0), lots: problem.lots.map(() => 0) };
      const worth = seatWorth(plain, solveByShortestPaths(plain), FULL_SCORE);
      const now = bestWorth(plain);
      for (let cell = 0; cell < plain.cellCount; cell += 1) {
        const without = plain.nodeSeats[cell] === 0 ? now : bestWorth(withSeats(plain, cell, -1));
        const withOneMore = bestWorth(withSeats(plain, cell, 1));
        expect({ loss: worth.loss[cell], gain: worth.gain[cell] }, `instance ${instance}, cell ${cell}`).toEqual({
          loss: now - without,
          gain: withOneMore - now,
        });
        if (now > without) worthSomething += 1;
      }
    }
    expect(worthSomething).toBeGreaterThan(300);
  });
});
