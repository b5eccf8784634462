import { describe, expect, test } from 'vitest';
import { atLeast, atMost, forInformation } from './bench.ts';
import { jsonText, tableText } from './table.ts';

const BENCH = { name: 'read', title: 'a small read' };
const ROWS = [
  atLeast('read.ratio', 0.5994, 0.6, 'of the bare rate', 'median of 3 rounds'),
  atMost('read.slow', 1234.5678, 2000, 'ms'),
  forInformation('read.rate', 512, 'requests/s'),
];

describe('a goal', () => {
  test.each([
    ['at least', atLeast('x', 0.6, 0.6, ''), true],
    ['at least', atLeast('x', 0.5999, 0.6, ''), false],
    ['at most', atMost('x', 480, 480, 'KiB'), true],
    ['at most', atMost('x', 480.0001, 480, 'KiB'), false],
    ['none', forInformation('x', 1, ''), null],
  ])('%s: %j', (_bound, row, met) => {
    expect(row.met).toBe(met);
  });
});

describe('the JSON of a bench', () => {
  test('is one line with the bench and its rows, and no more than the five fields of each', () => {
    const text = jsonText(BENCH, ROWS);
    expect(text).not.toContain('\n');
    expect(JSON.parse(text)).toEqual({
      bench: 'read',
      rows: [
        { id: 'read.ratio', figure: 0.599, goal: 0.6, unit: 'of the bare rate', met: false },
        { id: 'read.slow', figure: 1234.568, goal: 2000, unit: 'ms', met: true },
        { id: 'read.rate', figure: 512, goal: null, unit: 'requests/s', met: null },
      ],
    });
  });
});

describe('the table of a bench', () => {
  const lines = tableText(BENCH, ROWS, 'load 1.00 on 2 cores').split('\n');

  test('says what was measured and how busy the machine was', () => {
    expect(lines[0]).toBe('read: a small read (load 1.00 on 2 cores)');
  });

  test('shows the goal with its side, and shouts when it is missed', () => {
    expect(lines[2]).toMatch(/^ {2}read\.ratio +0\.599 +≥ 0\.6 +of the bare rate +NO +median of 3 rounds$/);
    expect(lines[3]).toMatch(/^ {2}read\.slow +1,235 +≤ 2,000 +ms +yes$/);
    expect(lines[4]).toMatch(/^ {2}read\.rate +512 +requests\/s$/);
  });

  test('lines up its columns', () => {
    const ends = lines.slice(2, 5).map((line) => /[\d.,]+(?= )/.exec(line.slice(12)));
    expect(new Set(ends.map((end) => (end?.index ?? 0) + (end?.[0].length ?? 0))).size).toBe(1);
  });
});
