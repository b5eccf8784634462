import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spansOverlap, WeeklySpan } from './working-times.ts';

const at = (fromMinute: number, toMinute: number, weekday = 1): WeeklySpan => ({ weekday, fromMinute, toMinute });
const anySpan = fc
  .tuple(
    fc.integer({ min: 1, max: 7 }),
    fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 2 }),
  )
  .map(([weekday, minutes]) => at(Math.min(...minutes), Math.max(...minutes), weekday));

describe('a weekly span', () => {
  test.each([at(0, 1440), at(480, 720), at(1439, 1440, 7)])('%j is one', (span) => {
    expect(WeeklySpan.safeParse(span).success).toBe(true);
  });

  test.each([
    at(480, 720, 0),
    at(480, 720, 8),
    at(-1, 720),
    at(480, 1441),
    at(480.5, 720),
    at(720, 480),
    at(480, 480),
    at(1320, 360),
  ])('%j is none: it lies on one weekday and ends after it begins', (span) => {
    expect(WeeklySpan.safeParse(span).success).toBe(false);
  });
});

describe('two spans', () => {
  test.each([
    ['the same', at(480, 720), at(480, 720), true],
    ['one inside the other', at(480, 720), at(540, 600), true],
    ['a minute shared', at(480, 720), at(719, 800), true],
    ['end to end', at(480, 720), at(720, 800), false],
    ['apart', at(480, 720), at(800, 900), false],
    ['the same time on another day', at(480, 720), at(480, 720, 2), false],
  ])('%s', (_how, a, b, expected) => {
    expect(spansOverlap(a, b)).toBe(expected);
    expect(spansOverlap(b, a)).toBe(expected);
  });

  test('overlap exactly when they share a minute', () => {
    const minutesOf = (span: WeeklySpan): ReadonlySet<number> =>
      new Set(Array.from({ length: span.toMinute - span.fromMinute }, (_, index) => span.fromMinute + index));
    fc.assert(
      fc.property(anySpan, anySpan, (a, b) => {
        const shared = a.weekday === b.weekday && minutesOf(a).intersection(minutesOf(b)).size > 0;
        expect(spansOverlap(a, b)).toBe(shared);
      }),
    );
  });
});
