import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DELIMITERS,
  type DelimitedRecord,
  isBlankRecord,
  MAX_CELLS,
  MAX_LINE_BREAKS_IN_CELL,
  readDelimitedText,
} from './delimited-text.ts';

const read = (text: string, delimiter: (typeof DELIMITERS)[number] = ';'): readonly DelimitedRecord[] => [
  ...readDelimitedText(text, delimiter),
];
const cellsOf = (text: string) => read(text).map((record) => record.cells);

describe('reading delimited text', () => {
  test.each([
    {
      name: 'plain cells',
      text: 'a;b\nc;d',
      expected: [
        ['a', 'b'],
        ['c', 'd'],
      ],
    },
    { name: 'empty cells are cells', text: ';;\n', expected: [['', '', '']] },
    { name: 'the delimiter inside quotes belongs to the cell', text: '"a;b";c', expected: [['a;b', 'c']] },
    { name: 'a doubled quote is one quote', text: '"say ""hi""";c', expected: [['say "hi"', 'c']] },
    { name: 'an empty quoted cell', text: '"";c', expected: [['', 'c']] },
    {
      name: 'a quote inside an unquoted cell is a character',
      text: 'O"Neill;5" tum',
      expected: [['O"Neill', '5" tum']],
    },
    { name: 'spaces after a closing quote are nothing', text: '"a"  ;b', expected: [['a', 'b']] },
    { name: 'line breaks of three kinds end a record', text: 'a\r\nb\nc\rd', expected: [['a'], ['b'], ['c'], ['d']] },
    {
      name: 'a line break inside quotes belongs to the cell',
      text: '"a\r\nb";c\nd',
      expected: [['a\r\nb', 'c'], ['d']],
    },
    { name: 'nothing is no records', text: '', expected: [] },
  ])('$name', ({ text, expected }) => {
    expect(cellsOf(text)).toEqual(expected);
  });

  test('each record knows the line where it begins, also below a cell with line breaks', () => {
    expect(read('h\n"a\nb\r\nc";x\nd\n\ne').map((record) => record.line)).toEqual([1, 2, 5, 6, 7]);
  });

  test.each([
    { name: 'a quote that is never closed', text: 'a;"b\nc;d\ne;f' },
    { name: 'text after a closing quote', text: 'a;"b"x\nc;d\ne;f' },
  ])('$name costs that line and no other', ({ text }) => {
    expect(read(text)).toEqual([
      { line: 1, cells: null, overflow: false },
      { line: 2, cells: ['c', 'd'], overflow: false },
      { line: 3, cells: ['e', 'f'], overflow: false },
    ]);
  });

  test('a stray quote above a rightly quoted cell costs only its own line', () => {
    const records = read('a;"b\nc;"dari; engelska A2"\ne;f');
    expect(records.map((record) => record.cells)).toEqual([null, ['c', 'dari; engelska A2'], ['e', 'f']]);
  });

  test('a quoted cell may hold so many line breaks and no more', () => {
    const cell = (lineBreaks: number): string => `"${'x\n'.repeat(lineBreaks)}";b`;
    expect(read(cell(MAX_LINE_BREAKS_IN_CELL))).toHaveLength(1);
    expect(read(cell(MAX_LINE_BREAKS_IN_CELL + 1))[0]?.cells).toBeNull();
  });

  test('cells beyond the limit are not kept, but content among them is told', () => {
    const blank = read(`a${';'.repeat(MAX_CELLS + 5)}`)[0];
    expect(blank?.cells).toHaveLength(MAX_CELLS);
    expect(blank?.overflow).toBe(false);
    expect(read(`a${';'.repeat(MAX_CELLS + 5)}x`)[0]?.overflow).toBe(true);
  });

  test.each([
    { text: ';;', blank: true },
    { text: ' ;\t;', blank: true },
    { text: '"";""', blank: true },
    { text: ';x', blank: false },
    { text: '"', blank: false },
  ])('a line of $text is blank: $blank', ({ text, blank }) => {
    expect(read(text).map(isBlankRecord)).toEqual([blank]);
  });
});

const delimiter = fc.constantFrom(...DELIMITERS);
const cell = fc.string({ unit: fc.constantFrom('a', 'å', ';', ',', '\t', '|', '"', '\n', '\r\n', ' ', '1') });
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 8 });
const quoteAll = (rows: readonly (readonly string[])[], by: string): string =>
  rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(by)).join('\r\n');

describe('properties of delimited text', () => {
  test('whatever is written by RFC 4180 is read back as it was', () => {
    fc.assert(
      fc.property(table, delimiter, (rows, by) => {
        const records = read(quoteAll(rows, by), by);
        expect(records.map((record) => record.cells)).toEqual(rows);
      }),
    );
  });

  test('well-formed text is read as csv-parse reads it, with the same beginning lines', () => {
    fc.assert(
      fc.property(table, delimiter, (rows, by) => {
        const text = quoteAll(rows, by);
        const peer: string[][] = parse(text, {
          delimiter: by,
          relax_column_count: true,
          record_delimiter: ['\r\n', '\n'],
        });
        expect(read(text, by).map((record) => record.cells)).toEqual(peer);
      }),
    );
  });

  test('any text is read to its end, with rising line numbers', () => {
    const soup = fc.string({ unit: fc.constantFrom('"', ';', '\n', '\r', 'a', ' ', '""', '";"') });
    fc.assert(
      fc.property(soup, (text) => {
        const lines = read(text).map((record) => record.line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
        expect(lines.length > 0).toBe(text.length > 0);
      }),
    );
  });

  test('no letter outside quotes is lost: each reaches a cell or lies on a line that was given up', () => {
    const soup = fc.string({ unit: fc.constantFrom('"', ';', '\n', 'a', '";"', '""') });
    fc.assert(
      fc.property(soup, (text) => {
        const lines = text.split('\n');
        const kept = read(text).reduce((sum, record) => {
          const given = record.cells === null ? (lines[record.line - 1] ?? '') : record.cells.join('');
          return sum + given.split('a').length - 1;
        }, 0);
        expect(kept).toBe(text.split('a').length - 1);
      }),
    );
  });
});

describe('hostile text', () => {
  test.each([
    { name: 'a million quotes', text: '"'.repeat(1_000_000), records: 1 },
    { name: 'a million and one quotes', text: '"'.repeat(1_000_001), records: 1 },
    { name: 'one line of four million letters', text: 'x'.repeat(4_000_000), records: 1 },
    { name: 'a million delimiters', text: ';'.repeat(1_000_000), records: 1 },
    { name: 'a hundred thousand lines that open a quote', text: '"a\n'.repeat(100_000), records: 100_000 },
    { name: 'a hundred thousand short rows', text: 'a;b\n'.repeat(100_000), records: 100_000 },
    { name: 'quotes that stay open as long as they may', text: `"${'x\n'.repeat(40)}`.repeat(5_000), records: 200_000 },
  ])('$name is read to its end', ({ text, records }) => {
    let count = 0;
    for (const record of readDelimitedText(text, ';')) count += record.line > 0 ? 1 : 0;
    expect(count).toBe(records);
  });
});
