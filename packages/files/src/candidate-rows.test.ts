import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Cells,
  errorsOf,
  fileOf,
  OTHER_NUMBERS,
  read,
  rowsOf,
  takenOf,
  utf8,
} from './test-support/candidate-file-text.ts';

const FIXTURES = join(import.meta.dirname, '../../../test/fixtures/batches');
const fixture = (name: string): Uint8Array => readFileSync(join(FIXTURES, name));

interface Expected {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: readonly { readonly row: number; readonly column: string; readonly code: string }[];
  readonly warnings: readonly { readonly row: number; readonly column: string }[];
  readonly withoutNumber: readonly number[];
  readonly protectedIdentity: readonly number[];
}
const expectedOf = (name: string): Expected => {
  const all: Record<string, Expected> = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8'));
  const expected = all[name];
  if (!expected) throw new Error(`expected.json has no ${name}`);
  return expected;
};

describe('the files that offices send', () => {
  const soderhamn = 'kandidater-soderhamn-2027-01.csv';

  test('Söderhamn’s file gives exactly the expected rows, codes and columns', () => {
    const expected = expectedOf(soderhamn);
    const rows = rowsOf(fixture(soderhamn));
    expect(rows).toHaveLength(expected.rows);
    expect(rows.map((row) => row.line)).toEqual(rows.map((_, index) => index + 2));
    expect(takenOf(rows)).toHaveLength(expected.accepted);
    expect(errorsOf(rows)).toEqual(expected.rejected.map(({ row, column, code }) => ({ line: row, column, code })));
  });

  test('Söderhamn’s file gives the expected warnings, people without number and protected people', () => {
    const expected = expectedOf(soderhamn);
    const rows = takenOf(rowsOf(fixture(soderhamn)));
    const warnings = rows.flatMap((row) => row.warnings);
    expect(
      warnings
        .filter((warning) => warning.code === 'support-need-not-kept')
        .map(({ line, column }) => ({ row: line, column })),
    ).toEqual(expected.warnings.map(({ row, column }) => ({ row, column })));
    expect(rows.filter((row) => row.person.personalNumber === null).map((row) => row.line)).toEqual(
      expected.withoutNumber,
    );
    const hidden = rows.filter((row) => row.protection !== 'none');
    expect(hidden.map((row) => row.line)).toEqual(expected.protectedIdentity);
    for (const { person, profile } of hidden) {
      expect([person.phone, person.email, profile.postcode]).toEqual([null, null, null]);
    }
    expect(warnings).toHaveLength(expected.warnings.length);
  });

  test('nothing of a cell that is not kept is left in what the file gives', () => {
    const given = JSON.stringify(rowsOf(fixture(soderhamn)));
    for (const text of ['ryggproblem', 'olycka', 'SUPERJOBB', 'flytande', '250', '2027-02-31', 'hakan.hassan63']) {
      expect(given).not.toContain(text);
    }
  });

  test('Skövde’s tab text with other column order is taken whole', () => {
    const name = 'kandidater-skovde-2027-01.txt';
    const rows = rowsOf(fixture(name));
    expect(rows).toHaveLength(expectedOf(name).rows);
    expect(errorsOf(rows)).toEqual([]);
  });

  test('a file with a column of diagnoses is refused whole', () => {
    expect(read(fixture('kandidater-otillaten-kolumn.csv'))).toMatchObject({
      ok: false,
      error: { code: 'column-forbidden', columns: ['Diagnos'] },
    });
  });
});

describe('which error a row tells', () => {
  const keys = ['familyName', 'swedish', 'personalNumber', 'reference', 'givenName'] as const;

  test('the first in the order of the file’s own columns', () => {
    const bad: Cells = { swedish: 'flytande', familyName: '', personalNumber: '1' };
    expect(errorsOf(rowsOf(fileOf([bad], keys)))).toEqual([{ line: 2, column: 'Efternamn', code: 'name-missing' }]);
    expect(errorsOf(rowsOf(fileOf([bad], [...keys].reverse())))).toEqual([
      { line: 2, column: 'Personnummer', code: 'personal-number-malformed' },
    ]);
  });

  test('a person named again is rejected, before the reference that is named again', () => {
    for (const order of [keys, [...keys].reverse()]) {
      expect(errorsOf(rowsOf(fileOf([{}, {}], order)))).toEqual([
        { line: 3, column: 'Personnummer', code: 'person-repeated-in-file' },
      ]);
    }
  });

  test('the same person is found however the number is written', () => {
    const rows = rowsOf(fileOf([{}, { reference: 'R-2', personalNumber: '700926 9973' }]));
    expect(errorsOf(rows)).toEqual([{ line: 3, column: 'Personnummer', code: 'person-repeated-in-file' }]);
    expect(JSON.stringify(rows[1])).toContain('rad 2');
  });

  test('a reference named again by another person is rejected, whatever its case', () => {
    const rows = rowsOf(fileOf([{ reference: 'Ab-1' }, { reference: ' aB-1', personalNumber: OTHER_NUMBERS[0] }]));
    expect(errorsOf(rows)).toEqual([{ line: 3, column: 'Referens', code: 'reference-repeated-in-file' }]);
  });

  test('without a number the birth date and the reference make the person', () => {
    const withoutNumber = { personalNumber: '', birthDate: '1991-04-17' };
    expect(errorsOf(rowsOf(fileOf([withoutNumber, withoutNumber])))).toEqual([
      { line: 3, column: 'Födelsedatum', code: 'person-repeated-in-file' },
    ]);
    expect(errorsOf(rowsOf(fileOf([withoutNumber, { ...withoutNumber, reference: 'R-2' }])))).toEqual([]);
  });

  test('a row that is rejected for something else still counts as the first', () => {
    const rows = rowsOf(fileOf([{ swedish: 'flytande' }, {}]));
    expect(errorsOf(rows)).toEqual([
      { line: 2, column: 'Svenska', code: 'language-level-unknown' },
      { line: 3, column: 'Personnummer', code: 'person-repeated-in-file' },
    ]);
  });

  test('different people with different references are all taken', () => {
    const rows = rowsOf(
      fileOf(OTHER_NUMBERS.map((personalNumber, index) => ({ personalNumber, reference: `R-${index}` }))),
    );
    expect(errorsOf(rows)).toEqual([]);
    expect(rows).toHaveLength(OTHER_NUMBERS.length);
  });
});

describe('ragged and broken rows', () => {
  const header = 'Referens;Personnummer;Förnamn;Efternamn;Bil;';
  const rowsUnder = (...lines: readonly string[]) => rowsOf(utf8([header, ...lines].join('\n')));

  test('missing cells at the end are empty', () => {
    expect(rowsUnder('R-1;19700926-9973;Anna;Ek')).toMatchObject([{ profile: { hasCar: null } }]);
  });

  test('empty cells beyond the header are nothing, filled ones reject the row', () => {
    expect(rowsUnder('R-1;19700926-9973;Anna;Ek;Ja;;;;')).toMatchObject([{ profile: { hasCar: true } }]);
    expect(errorsOf(rowsUnder('R-1;19700926-9973;Anna;Ek;dari; engelska;Ja'))).toEqual([
      { line: 2, column: null, code: 'too-many-cells' },
    ]);
    expect(errorsOf(rowsUnder(`R-1;19700926-9973;Anna;Ek;Ja${';'.repeat(300)}x`))).toEqual([
      { line: 2, column: null, code: 'too-many-cells' },
    ]);
  });

  test('a quote that is never closed costs its own row; blank rows are not counted', () => {
    const rows = rowsUnder('R-1;"19700926-9973;Anna;Ek;Ja', '', ';;;;', `R-2;${OTHER_NUMBERS[0]};Bo;Al;Nej`, '', '');
    expect(errorsOf(rows)).toEqual([{ line: 2, column: null, code: 'row-unreadable' }]);
    expect(rows.map((row) => row.line)).toEqual([2, 5]);
  });

  test('columns that are to be ignored are not read, whatever they hold', () => {
    const text = 'Skonummer;Referens;Personnummer;Förnamn;Efternamn;Hatt\nhar adhd;R-1;19700926-9973;Anna;Ek;7\n';
    expect(read(utf8(text))).toMatchObject({
      ok: false,
      error: { code: 'column-unknown', columns: ['Skonummer', 'Hatt'] },
    });
    const rows = rowsOf(utf8(text), true);
    expect(errorsOf(rows)).toEqual([]);
    expect(JSON.stringify(rows)).not.toContain('adhd');
  });
});
