import { describe, expect, test } from 'vitest';
import { localDate } from '../shared/local-date.ts';
import { A_RESULT, aRun, idOf } from '../test-support/builders.ts';
import type { MatchRun } from './match-run.ts';
import { onceEach, runsThatHeld, twelveMonthsBefore } from './whole-months.ts';

describe('the twelve whole months', () => {
  test.each([
    ['2027-01-20', '2026-01-01', '2026-12-31'],
    ['2027-01-01', '2026-01-01', '2026-12-31'],
    ['2026-12-31', '2025-12-01', '2026-11-30'],
    ['2028-03-15', '2027-03-01', '2028-02-29'],
    ['2027-03-01', '2026-03-01', '2027-02-28'],
  ])('before the month of %s are %s to %s', (day, from, to) => {
    expect(twelveMonthsBefore(localDate(day))).toEqual({ from, to });
  });
});

const [JANUARY, MARCH] = [idOf('cohort', 1), idOf('cohort', 2)];
const finished = (digit: number, orderedAt: string, cohortIds: readonly string[], more = {}): MatchRun =>
  aRun({ id: idOf('run', digit), orderedAt, cohortIds, result: A_RESULT, ...more });
const PERIOD = { from: localDate('2026-01-01'), to: localDate('2026-12-31') };
const held = (runs: readonly MatchRun[]) =>
  runsThatHeld(runs, 'admission', PERIOD).map(({ run, holdsFor }) => [run.id, [...holdsFor]]);

describe('of the runs of a period', () => {
  test('the newest finished one holds for each start that it names, whatever their order in the list', () => {
    const first = finished(1, '2026-12-01T08:00:00.000Z', [JANUARY, MARCH]);
    const again = finished(2, '2026-12-02T08:00:00.000Z', [JANUARY]);
    expect(held([first])).toEqual([[first.id, [JANUARY, MARCH]]]);
    for (const runs of [
      [first, again],
      [again, first],
    ]) {
      expect(held(runs)).toEqual([
        [first.id, [MARCH]],
        [again.id, [JANUARY]],
      ]);
    }
  });

  test('one that was made again for all its starts counts no more', () => {
    const runs = [
      finished(1, '2026-12-01T08:00:00.000Z', [JANUARY]),
      finished(2, '2026-12-01T08:00:00.000Z', [JANUARY]),
    ];
    expect(held(runs)).toEqual([[idOf('run', 2), [JANUARY]]]);
  });

  test.each([
    ['has failed', { result: null, failure: 'no-places' }],
    ['is not finished', { result: null }],
    ['is for the other purpose', { purpose: 'placement' }],
    ['was ordered after it', { orderedAt: '2026-12-31T23:00:00.000Z' }],
    ['was ordered before it', { orderedAt: '2025-12-31T22:59:59.999Z' }],
  ])('one that %s neither counts nor takes another’s place', (_, more) => {
    const first = finished(1, '2026-12-01T08:00:00.000Z', [JANUARY]);
    const other = finished(2, '2026-12-02T08:00:00.000Z', [JANUARY], more);
    expect(held([first, other])).toEqual([[first.id, [JANUARY]]]);
  });

  test('its days are those of Stockholm', () => {
    expect(held([finished(1, '2025-12-31T23:00:00.000Z', [JANUARY])])).toHaveLength(1);
    expect(held([finished(1, '2026-12-31T22:59:59.999Z', [JANUARY])])).toHaveLength(1);
  });
});

describe('a person of several runs', () => {
  const turn = (day: string, proposed: boolean, key = 'ada') => ({ key, day: localDate(day), proposed });

  test('is counted once: proposed on the first day that did, else on the last day', () => {
    const [june, august, october] = [turn('2026-06-01', false), turn('2026-08-01', true), turn('2026-10-01', true)];
    expect(onceEach([june, august, october])).toEqual([august]);
    expect(onceEach([august, turn('2026-10-01', false)])).toEqual([august]);
    expect(onceEach([june, turn('2026-10-01', false)])).toEqual([turn('2026-10-01', false)]);
    expect(onceEach([june, turn('2026-06-01', true, 'bo')])).toEqual([june, turn('2026-06-01', true, 'bo')]);
  });
});
