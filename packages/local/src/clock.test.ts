import { describe, expect, test } from 'vitest';
import { createClock, daysInMs, parseAt } from './clock.ts';

describe('the clock', () => {
  test('goes at the machine’s pace, so far ahead as it was moved', () => {
    let machine = 1_000;
    const clock = createClock(0, () => machine);
    expect(clock.nowMs()).toBe(1_000);
    clock.moveTo(50_000);
    expect(clock.nowMs()).toBe(50_000);
    machine += 10;
    expect(clock.nowMs()).toBe(50_010);
    clock.moveByMs(daysInMs(-1));
    expect(clock.nowMs()).toBe(50_010 - 86_400_000);
    expect(clock.offsetMs()).toBe(49_000 - 86_400_000);
  });

  test('tells its listeners what it was moved from and to', () => {
    const clock = createClock(0, () => 1_000);
    const moves: [number, number][] = [];
    clock.onMove((from, to) => moves.push([from, to]));
    clock.moveTo(5_000);
    clock.moveByMs(-2_000);
    expect(moves).toEqual([
      [1_000, 5_000],
      [5_000, 3_000],
    ]);
  });

  test('can begin where it was last time', () => {
    expect(createClock(250, () => 1_000).nowMs()).toBe(1_250);
  });
});

describe('what is written after --at', () => {
  test.each<[string, string | null]>([
    ['2026-12-01', '2026-12-01T07:00:00.000Z'],
    ['2027-07-01', '2027-07-01T06:00:00.000Z'],
    ['2027-03-28', '2027-03-28T06:00:00.000Z'],
    ['2027-10-31', '2027-10-31T07:00:00.000Z'],
    ['2028-02-29', '2028-02-29T07:00:00.000Z'],
    ['2026-12-01T08:30:00Z', '2026-12-01T08:30:00.000Z'],
    ['2026-12-01T08:30:00+01:00', '2026-12-01T07:30:00.000Z'],
    ['2027-02-29', null],
    ['2026-13-01', null],
    ['1 december', null],
    ['2026', null],
    ['', null],
  ])('%s means %s', (text, expected) => {
    const instantMs = parseAt(text);
    expect(instantMs === null ? null : new Date(instantMs).toISOString()).toBe(expected);
  });
});
