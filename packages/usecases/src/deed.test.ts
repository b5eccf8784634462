import { Instant } from '@gruppstart/domain/shared/local-date';
import { describe, expect, test } from 'vitest';
import { NOT_FOUND, refusal, refusalOf, todayOf, versionToChange } from './deed.ts';

describe('what the store refused', () => {
  test.each([
    [{ kind: 'already-done' }, 'already-done'],
    [{ kind: 'conflict' }, 'request-in-flight'],
    [{ kind: 'change-refused', changeIndex: 0, why: 'missing' }, 'not-found'],
    [{ kind: 'change-refused', changeIndex: 0, why: 'exists' }, 'precondition-failed'],
    [{ kind: 'change-refused', changeIndex: 0, why: 'stale' }, 'precondition-failed'],
    [{ kind: 'change-refused', changeIndex: 0, why: 'full' }, 'precondition-failed'],
  ] as const)('%j means %s', (refused, code) => {
    expect(refusalOf(refused)).toEqual({ code });
  });

  test('means what the deed says of the change, where it says anything', () => {
    const meanings = (index: number, why: string) =>
      index === 2 && why === 'full' ? ({ code: 'seats-full' } as const) : null;
    expect(refusalOf({ kind: 'change-refused', changeIndex: 2, why: 'full' }, meanings)).toEqual({
      code: 'seats-full',
    });
    expect(refusalOf({ kind: 'change-refused', changeIndex: 1, why: 'full' }, meanings).code).toBe(
      'precondition-failed',
    );
    expect(refusalOf({ kind: 'change-refused', changeIndex: 2, why: 'missing' }, meanings)).toBe(NOT_FOUND);
  });
});

test.each([
  [3, 3, 3],
  [2, 3, { code: 'precondition-failed' }],
  [4, 3, { code: 'precondition-failed' }],
  [null, 3, { code: 'precondition-failed' }],
  ['any', 3, 3],
] as const)('who has read version %s of what is at %i changes: %j', (expected, version, outcome) => {
  expect(versionToChange({ expected }, { value: null, version, seatsTaken: 0 })).toEqual(outcome);
});

test('a refusal holds only what it was given', () => {
  expect(refusal('seats-full')).toEqual({ code: 'seats-full' });
  expect(refusal('seats-full', { sv: 'a', en: 'b' }, [])).toEqual({
    code: 'seats-full',
    detail: { sv: 'a', en: 'b' },
    errors: [],
  });
});

test('today is the day in Stockholm', () => {
  expect(todayOf({ now: Instant.parse('2027-01-10T23:30:00.000Z') })).toBe('2027-01-11');
});
