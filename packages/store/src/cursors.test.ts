import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CursorScope, decodeCursor, encodeCursor } from './cursors.ts';

const scope: CursorScope = { name: 'T#soderhamn#UNITS|', prefixes: ['T#soderhamn#', ''], fixed: {} };

describe('cursors', () => {
  it('lead back to the position they were made from', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), fc.string({ minLength: 1, maxLength: 200 }), (a, b) => {
        const position = [`T#soderhamn#${a}`, b];
        const cursor = encodeCursor(scope, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(scope, cursor)).toEqual(position);
      }),
    );
  });

  it.each([
    { what: 'another list', other: { ...scope, name: 'T#soderhamn#COHORTS|' } },
    { what: 'another tenant', other: { ...scope, name: 'T#skovde#UNITS|' } },
    { what: 'other prefixes', other: { ...scope, prefixes: ['T#skovde#', ''] } },
    { what: 'another number of parts', other: { ...scope, prefixes: ['T#soderhamn#'] } },
  ])('are null for $what', ({ other }) => {
    expect(decodeCursor(other, encodeCursor(scope, ['T#soderhamn#unit_a', 'unit_a']))).toBeNull();
  });

  it('never throw, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((text) => btoa(encodeURI(text))),
        ),
        (text) => {
          expect(decodeCursor(scope, text)).toBeNull();
        },
      ),
    );
  });
});
