import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  test('has its keys in order, no spaces, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [1, null, 'å"'], a: { d: true, c: undefined } })).toBe(
      '{"a":{"d":true},"b":[1,null,"å\\""]}',
    );
  });

  test('is JSON that says the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      }),
    );
  });

  test('is the same whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (members) => {
        const turned = Object.fromEntries(Object.entries(members).toReversed());
        expect(canonicalJson(turned)).toBe(canonicalJson(members));
      }),
    );
  });

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined], [() => 1], [[undefined]]])(
    'refuses %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow('canonicalJson');
    },
  );
});
