import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countOf, everyoneOf, listMembers, planesBy, popCount, wordsFor } from './bits.ts';

describe('sets of candidates as bits', () => {
  test.each([0, 1, 31, 32, 33, 63, 64, 65, 1000])('everyone of %i is that many, and no bit beyond', (count) => {
    const everyone = everyoneOf(count);
    const members = new Int32Array(count);
    expect(everyone).toHaveLength(wordsFor(count));
    expect(countOf(everyone)).toBe(count);
    expect(listMembers(everyone, members)).toBe(count);
    expect([...members]).toEqual([...members.keys()]);
  });

  test('members are listed by rising index, the sign bit of a word among them', () => {
    const members = new Int32Array(4);
    expect(listMembers(Int32Array.of(1 | (1 << 31), 0, 1 << 5), members)).toBe(3);
    expect([...members]).toEqual([0, 31, 69, 0]);
  });

  test('bits of any word are counted', () => {
    fc.assert(
      fc.property(fc.integer(), (word) => {
        const ones = (word >>> 0).toString(2).replaceAll('0', '').length;
        expect(popCount(word)).toBe(ones);
        expect(countOf(Int32Array.of(word, word))).toBe(2 * ones);
      }),
    );
  });

  test('a plane is made once for each index', () => {
    const planes = planesBy(2);
    planes(3)[1] = 7;
    expect([...planes(3)]).toEqual([0, 7]);
    expect([...planes(0)]).toEqual([0, 0]);
  });
});
