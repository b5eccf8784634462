import { randomNumbers } from '@gruppstart/matching/test-support/random-problems';
import { describe, expect, test } from 'vitest';
import { type CostMatrix, leastCost, parseCosts } from './cost-matrix.ts';

/** The least cost by trying every order of the columns. */
const leastByEnumeration = ({ size, costs }: CostMatrix): number => {
  const leastFrom = (row: number, taken: ReadonlySet<number>): number => {
    if (row === size) return 0;
    let least = Number.POSITIVE_INFINITY;
    for (let column = 0; column < size; column += 1)
      if (!taken.has(column))
        least = Math.min(least, costs[row * size + column]! + leastFrom(row + 1, new Set([...taken, column])));
    return least;
  };
  return leastFrom(0, new Set());
};

describe('a matrix of costs', () => {
  test('is read as OR-Library writes it: the size, then the costs row by row over any number of lines', () => {
    expect(parseCosts(' 3\n 1 2 3 4\n5\t6 7\r\n-8 9 \n')).toEqual({
      size: 3,
      costs: Int32Array.of(1, 2, 3, 4, 5, 6, 7, -8, 9),
    });
  });

  test.each([
    { name: 'an empty text', text: ' \n' },
    { name: 'no rows', text: '0' },
    { name: 'a cost too few', text: '2 1 2 3' },
    { name: 'a cost too many', text: '2 1 2 3 4 5' },
    { name: 'a fraction', text: '1 2.5' },
    { name: 'a word', text: '1 x' },
    { name: 'a cost that is no 32-bit number', text: '1 9999999999' },
  ])('with $name is refused', ({ text }) => {
    expect(() => parseCosts(text)).toThrow();
  });

  test('has the least cost that trying everything finds', () => {
    const four = parseCosts('4  9 2 7 8  6 4 3 7  5 8 1 8  7 6 9 4');
    expect(leastByEnumeration(four)).toBe(13);
    expect(leastCost(four)).toBe(13);
    const random = randomNumbers(5);
    for (let size = 1; size <= 7; size += 1) {
      const costs = Int32Array.from({ length: size * size }, () => Math.floor(random() * 20) - 5);
      expect(leastCost({ size, costs })).toBe(leastByEnumeration({ size, costs }));
    }
  });
});
