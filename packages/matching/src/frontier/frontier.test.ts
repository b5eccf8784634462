import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frontierOf, MAX_FRONTIER_POINTS, type PlacedAndPoints } from './frontier.ts';

const MAX_POINTS = 100;

/** A start where one person fewer loses the seat that gives least: points per person, the best first. */
const startOf = (points: readonly number[]) => {
  const best = points.toSorted((a, b) => b - a);
  return (people: number): PlacedAndPoints => ({
    placed: Math.min(people, best.length),
    points: best.slice(0, people).reduce((sum, value) => sum + value, 0),
  });
};

describe('the trade between how many are placed and how well they fit', () => {
  test('is one point when nobody who is left out would make the rest fit better', () => {
    const start = startOf([80, 80, 80, 80]);
    expect(frontierOf(start(4), start, MAX_POINTS)).toEqual([{ placed: 4, points: 320, fitPercent: 80 }]);
  });

  test('shows that one fewer fits much better', () => {
    const start = startOf([84, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84, 84, 0]);
    expect(frontierOf(start(14), start, MAX_POINTS)).toEqual([
      { placed: 14, points: 1092, fitPercent: 78 },
      { placed: 13, points: 1092, fitPercent: 84 },
    ]);
  });

  test('leaves out a smaller number that fits no better by a whole percent', () => {
    const start = startOf([90, 90, 90, 90, 90, 90, 90, 89]);
    expect(frontierOf(start(8), start, MAX_POINTS)).toHaveLength(2);
    expect(frontierOf(start(8), start, MAX_POINTS).at(-1)).toEqual({ placed: 7, points: 630, fitPercent: 90 });
  });

  test('never offers to leave a quarter of those who could be placed without a place', () => {
    const start = startOf([100, 100, 100, 100, 100, 10, 10, 10]);
    expect(frontierOf(start(8), start, MAX_POINTS).map(({ placed }) => placed)).toEqual([8, 7, 6]);
  });

  test('is empty when nobody can be placed, and when nothing gives points', () => {
    expect(frontierOf({ placed: 0, points: 0 }, startOf([]), MAX_POINTS)).toEqual([]);
    expect(frontierOf({ placed: 3, points: 0 }, startOf([]), 0)).toEqual([]);
  });

  test('is a handful of points: the most people first, each with fewer people and a better fit than the one before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: MAX_POINTS }), { minLength: 1, maxLength: 400 }), (points) => {
        const start = startOf(points);
        const frontier = frontierOf(start(points.length), start, MAX_POINTS);
        expect(frontier.length).toBeGreaterThan(0);
        expect(frontier.length).toBeLessThanOrEqual(MAX_FRONTIER_POINTS);
        expect(frontier[0]?.placed).toBe(points.length);
        for (const [index, point] of frontier.entries()) {
          expect({ placed: point.placed, points: point.points }).toEqual(start(point.placed));
          const before = frontier[index - 1];
          if (before === undefined) continue;
          expect(point.placed).toBeLessThan(before.placed);
          expect(point.fitPercent).toBeGreaterThan(before.fitPercent);
        }
      }),
      { numRuns: 100, seed: 20261122 },
    );
  });
});
