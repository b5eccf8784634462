import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interleave, median, ratios, spread, timed } from './measure.ts';

describe('the median', () => {
  test.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[2, 2, 100], 2],
    [[10, 9, 100], 10],
  ])('of %j is %d', (samples, expected) => {
    expect(median(samples)).toBe(expected);
  });

  test('of nothing does not exist', () => {
    expect(() => median([])).toThrow('no median');
  });

  test('has as many samples on either side, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 30 }), (samples) => {
        const middle = median(samples);
        const below = samples.filter((sample) => sample < middle).length;
        const above = samples.filter((sample) => sample > middle).length;
        expect(below).toBeLessThanOrEqual(samples.length / 2);
        expect(above).toBeLessThanOrEqual(samples.length / 2);
        expect(median(samples.toReversed())).toBe(middle);
      }),
    );
  });

  test('is shown with how far the samples lie apart', () => {
    expect(spread([3, 1, 2], 'runs')).toBe('median of 3 runs, 1 to 3');
    expect(spread([0.25, 0.5], 'rounds', 2)).toBe('median of 2 rounds, 0.25 to 0.50');
  });
});

describe('interleaving', () => {
  test('measures everybody once per round and turns the order every other round', async () => {
    const order: string[] = [];
    const contestant = (name: string) => () => order.push(name);
    await interleave(3, { a: contestant('a'), b: contestant('b'), c: contestant('c') });
    expect(order.join('')).toBe('abccbaabc');
  });

  test('keeps the samples of one round at one index', async () => {
    let clock = 0;
    const tick = (factor: number) => async () => {
      clock += 1;
      return clock * factor;
    };
    const samples = await interleave(2, { one: tick(1), ten: tick(10) });
    expect(samples).toEqual({ one: [1, 4], ten: [20, 30] });
    expect(ratios(samples.ten, samples.one)).toEqual([20, 7.5]);
  });

  test('passes on what goes wrong', async () => {
    const broken = () => Promise.reject(new Error('answered 503'));
    await expect(interleave(2, { broken })).rejects.toThrow('answered 503');
  });
});

test('timing waits for the work', async () => {
  let done = false;
  await timed(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    done = true;
  });
  expect(done).toBe(true);
});
