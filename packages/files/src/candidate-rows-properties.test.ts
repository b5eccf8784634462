import { CANDIDATE_COLUMN_KEYS, CANDIDATE_COLUMNS, CANDIDATE_FILE } from '@gruppstart/contracts/candidate-file';
import { MatchingProfile } from '@gruppstart/domain/intake/matching-profile';
import { PersonRecord } from '@gruppstart/domain/intake/person';
import { RowError, RowWarning } from '@gruppstart/domain/intake/row-outcome';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRowError } from './candidate-rows.ts';
import {
  type Cells,
  fileOf,
  GOOD,
  OTHER_NUMBERS,
  type Row,
  read,
  rowsOf,
  takenOf,
  utf8,
} from './test-support/candidate-file-text.ts';

const holdsItsSchema = (row: Row): void => {
  if (isRowError(row)) {
    expect(RowError.safeParse(row).error).toBeUndefined();
    return;
  }
  expect(PersonRecord.safeParse(row.person).error).toBeUndefined();
  expect(MatchingProfile.safeParse(row.profile).error).toBeUndefined();
  for (const warning of row.warnings) expect(RowWarning.safeParse(warning).error).toBeUndefined();
};

describe('properties of reading a file', () => {
  test('any bytes get an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, ignoreUnknownColumns) => {
        expect(typeof read(bytes, ignoreUnknownColumns).ok).toBe('boolean');
      }),
    );
  });

  test('any bytes in the place of rows get one answer for each row, of the agreed form', () => {
    const header = fileOf([]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const result = read(Uint8Array.from([...header, 13, 10, ...bytes]));
        if (result.ok) for (const row of result.value.rows) holdsItsSchema(row);
      }),
    );
  });

  const piece = fc.oneof(
    fc.constantFrom(...Object.values(GOOD)),
    fc.constantFrom(
      ',',
      ';',
      ':',
      ' ',
      '-',
      '\n',
      '"',
      '%',
      'B1',
      '1',
      '2027-02-31',
      'inget',
      'mån 8-12',
      '\u00a0',
      'E+11',
      '\ud83d\ude00',
      '\ufffd',
      '\ud800',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  // A NUL refuses the whole file, which has a test of its own.
  const anyCell = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('').replaceAll('\0', ''));
  const anyCells = fc.record(Object.fromEntries(CANDIDATE_COLUMN_KEYS.map((key) => [key, anyCell])), {
    requiredKeys: [],
  });

  test('whatever stands in the cells, every row is taken in the agreed form or told off in it', () => {
    fc.assert(
      fc.property(fc.array(anyCells, { minLength: 1, maxLength: 4 }), (rows) => {
        const result = read(fileOf(rows));
        if (result.ok) {
          expect(result.value.rows.length).toBeGreaterThan(0);
          for (const row of result.value.rows) holdsItsSchema(row);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the same bytes give the same answer, and the order of columns does not change who is taken', () => {
    const order = fc.shuffledSubarray([...CANDIDATE_COLUMN_KEYS], { minLength: CANDIDATE_COLUMN_KEYS.length });
    fc.assert(
      fc.property(anyCells, order, (cells, keys) => {
        const rows = [cells, { ...cells, reference: 'R-9' }];
        expect(read(fileOf(rows))).toEqual(read(fileOf(rows)));
        const shuffled = read(fileOf(rows, keys));
        const plain = read(fileOf(rows));
        expect(shuffled.ok).toBe(plain.ok);
        if (shuffled.ok && plain.ok) expect(takenOf(shuffled.value.rows)).toEqual(takenOf(plain.value.rows));
      }),
    );
  });

  test('an error of a cell stays with its row: the others are read as if it were not there', () => {
    const people = OTHER_NUMBERS.map((personalNumber, index): Cells => ({ personalNumber, reference: `R-${index}` }));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: people.length - 1 }),
        anyCells,
        (place, { reference, personalNumber, birthDate, ...other }) => {
          const mixed = people.map((cells, index) => (index === place ? { ...cells, ...other } : cells));
          const rows = rowsOf(fileOf(mixed)).filter((_, index) => index !== place);
          const untouched = rowsOf(fileOf(people)).filter((_, index) => index !== place);
          expect(rows.map((row) => ({ ...row, line: 0, warnings: [] }))).toEqual(
            untouched.map((row) => ({ ...row, line: 0, warnings: [] })),
          );
        },
      ),
    );
  });
});

describe('hostile files', () => {
  const header = CANDIDATE_COLUMN_KEYS.map((key) => CANDIDATE_COLUMNS[key].header).join(';');
  const under = (text: string) => read(utf8(`${header}\n${text}`));

  test.each([
    { name: 'a million quotes', text: '"'.repeat(1_000_001), rows: 1 },
    { name: 'a cell of a million letters', text: `R;${'x'.repeat(1_000_000)}`, rows: 1 },
    { name: 'a million cells', text: `R${';x'.repeat(1_000_000)}`, rows: 1 },
    { name: 'as many rows as are allowed', text: 'R;x\n'.repeat(CANDIDATE_FILE.maxRows), rows: CANDIDATE_FILE.maxRows },
    {
      name: 'lists of two thousand separators in every cell',
      text: `R${`;"${',;'.repeat(990)}"`.repeat(26)}\n`.repeat(50),
      rows: 50,
    },
    { name: 'cells of brackets', text: `R${`;"engelska ${'('.repeat(1_900)}"`.repeat(26)}\n`.repeat(50), rows: 50 },
  ])('$name: every row is told off', ({ text, rows }) => {
    const result = under(text);
    if (!result.ok) throw new Error(result.error.code);
    expect(result.value.rows).toHaveLength(rows);
    expect(result.value.rows.every(isRowError)).toBe(true);
  });

  test('a hundred thousand rows are refused as one file', () => {
    expect(under('R;x\n'.repeat(100_000))).toMatchObject({ ok: false, error: { code: 'too-many-rows' } });
  });

  test('NULs anywhere refuse the file', () => {
    expect(under('R;\0')).toMatchObject({ ok: false, error: { code: 'encoding-unreadable' } });
    expect(read(new Uint8Array(1_000_000))).toMatchObject({ ok: false, error: { code: 'encoding-unreadable' } });
  });
});
