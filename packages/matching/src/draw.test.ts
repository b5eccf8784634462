import { describe, expect, test } from 'vitest';
import { drawLots, lotBases, PAIR_LOT_LIMIT, pairLot } from './draw.ts';

const ids = Array.from({ length: 200 }, (_, index) => `cand_${index}`);

describe('the draw', () => {
  test('gives each person a lot of their own', () => {
    expect(Array.from(drawLots('aa', ids)).toSorted((a, b) => a - b)).toEqual(ids.map((_, index) => index));
  });

  test('depends on the seed, not on the order of people', () => {
    const lots = drawLots('aa', ids);
    const turned = drawLots('aa', ids.toReversed());
    expect(Array.from(turned).toReversed()).toEqual(Array.from(lots));
    expect(Array.from(drawLots('ab', ids))).not.toEqual(Array.from(lots));
  });

  test('decides between equal places within its limit, evenly', () => {
    const [people, places] = [lotBases('aa', ids), lotBases('aa', ['place_1', 'place_2'])];
    let first = 0;
    for (const person of people) {
      const [a, b] = [pairLot(person, places[0]!), pairLot(person, places[1]!)];
      for (const lot of [a, b]) expect(lot >= 0 && lot < PAIR_LOT_LIMIT).toBe(true);
      if (a > b) first += 1;
    }
    expect(Math.abs(first - 100)).toBeLessThan(30);
  });
});
