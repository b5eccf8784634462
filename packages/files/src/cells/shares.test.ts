import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSharePercent } from './shares.ts';

describe('a share of full time', () => {
  test.each([
    { text: '75', percent: 75 },
    { text: '75 %', percent: 75 },
    { text: '75%', percent: 75 },
    { text: '75\u00a0%', percent: 75 },
    { text: '75 procent', percent: 75 },
    { text: '0,75', percent: 75 },
    { text: '0.75', percent: 75 },
    { text: '0,5', percent: 50 },
    { text: '1,0', percent: 100 },
    { text: '1', percent: 100 },
    { text: '1 %', percent: 1 },
    { text: '100', percent: 100 },
    { text: '100,0', percent: 100 },
    { text: '62,5', percent: 63 },
    { text: '2', percent: 2 },
  ])('$text is $percent %', ({ text, percent }) => {
    expect(readSharePercent(text)).toEqual({ ok: true, value: percent });
  });

  test.each(['250', '0', '0 %', '101', '-50', '0,001', '0,4 %', '100,6'])('%s is outside 1-100 %%', (text) => {
    expect(readSharePercent(text)).toMatchObject({ ok: false, error: { code: 'share-out-of-range' } });
  });

  test.each(['heltid', '50-75', '75 % %', '1,5', '1.01', '', '%', '5e1', '1/2'])('%j cannot be read', (text) => {
    expect(readSharePercent(text)).toMatchObject({ ok: false, error: { code: 'share-malformed' } });
  });

  test('every whole percent is the same with a percent sign and as a share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), (percent) => {
        const share = String(percent / 100).replace('.', ',');
        for (const form of [`${percent}`, `${percent} %`, share]) {
          expect(readSharePercent(form)).toEqual({ ok: true, value: percent });
        }
      }),
    );
  });
});
