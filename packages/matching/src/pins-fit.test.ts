import { SEAT_PART_KINDS } from '@gruppstart/domain/matching/outcome';
import { expect, test } from 'vitest';
import { pinsFit } from './pins-fit.ts';

type Part = (typeof SEAT_PART_KINDS)[number] | undefined;

/** Tries every way of giving people what they ask for. */
const canSeat = (first: number, second: number, [part, ...rest]: readonly Part[], left: number): boolean => {
  if (left === 0) return true;
  return (part === undefined ? SEAT_PART_KINDS : [part]).some((kind) => {
    const [a, b] = [first - Number(kind !== 'second'), second - Number(kind !== 'first')];
    return a >= 0 && b >= 0 && canSeat(a, b, rest, left - 1);
  });
};

test('there is room at a shared place exactly when some way of seating everybody is found', () => {
  const kinds: readonly Part[] = [undefined, ...SEAT_PART_KINDS];
  const lists: Part[][] = [[]];
  for (let from = 0; from < lists.length; from += 1)
    if (lists[from]!.length < 4) lists.push(...kinds.map((kind) => [...lists[from]!, kind]));
  for (const parts of lists) {
    for (let first = 0; first <= 3; first += 1) {
      for (let second = 0; second <= 3; second += 1) {
        const expected = canSeat(first, second, parts, parts.length);
        expect([first, second, parts, pinsFit({ first, second }, true, parts)]).toEqual([
          first,
          second,
          parts,
          expected,
        ]);
      }
    }
  }
});

test('where no seat is shared everybody takes a whole one, whatever the pin says', () => {
  expect(pinsFit({ first: 2, second: 2 }, false, [undefined, 'first'])).toBe(true);
  expect(pinsFit({ first: 1, second: 1 }, false, ['first', 'second'])).toBe(false);
});
