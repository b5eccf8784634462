import { expect, test } from 'vitest';
import { assertNever, err, ok } from './result.ts';

test('a deed that was done carries its value, a refused one its reason', () => {
  expect(ok(3)).toEqual({ ok: true, value: 3 });
  expect(err('full')).toEqual({ ok: false, error: 'full' });
});

test('a member that a switch does not know stops the deed', () => {
  expect(() => assertNever('new' as never)).toThrow('closed set');
});
