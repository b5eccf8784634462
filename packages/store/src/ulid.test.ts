import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ulid, ulidTime } from './ulid.ts';

const aTime = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const chance = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('ids made of time and chance', () => {
  it('begin as the ULID specification writes its example', () => {
    expect(ulidTime(1_469_918_176_385)).toBe('01aryz6s41');
  });

  it.each([
    { bytes: 0, text: '0'.repeat(16) },
    { bytes: 255, text: 'z'.repeat(16) },
  ])('end with sixteen characters for ten bytes of $bytes', ({ bytes, text }) => {
    expect(ulid(0, new Uint8Array(10).fill(bytes))).toBe(`0000000000${text}`);
  });

  it('have 26 characters of Crockford base32 in lower case', () => {
    fc.assert(
      fc.property(aTime, chance, (time, bytes) => {
        expect(ulid(time, bytes)).toMatch(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/);
      }),
    );
  });

  it('sort by time, whatever the chance', () => {
    fc.assert(
      fc.property(aTime, aTime, chance, chance, (one, two, a, b) => {
        fc.pre(one < two);
        expect(ulid(one, a) < ulid(two, b)).toBe(true);
      }),
    );
  });

  it('differ when one bit of chance does', () => {
    fc.assert(
      fc.property(aTime, chance, fc.nat(79), (time, bytes, bit) => {
        const other = Uint8Array.from(bytes);
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(ulid(time, other)).not.toBe(ulid(time, bytes));
      }),
    );
  });

  it('are refused with too little chance', () => {
    expect(() => ulid(0, new Uint8Array(9))).toThrow('10 random bytes');
  });
});
