import { CANDIDATE_FILE, FILE_REFUSAL_CODES } from '@gruppstart/contracts/candidate-file';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkHeader } from './candidate-header.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const check = (text: string, ignoreUnknownColumns = false) => checkHeader(utf8(text), { ignoreUnknownColumns });

const HEADER = 'Referens;Personnummer;Förnamn;Efternamn';
const ROW = 'R-1;19700926-9973;Anna;Ek';

describe('the header of a candidate file', () => {
  test('a good file gives its columns in its own order, and how many rows follow', () => {
    const checked = check(`Efternamn;Referens;Förnamn;Personnummer\r\n${ROW}\r\n;;;\r\n${ROW}\r\n\r\n`);
    expect(checked).toMatchObject({
      ok: true,
      value: {
        delimiter: ';',
        line: 1,
        rowCount: 2,
        columns: [
          { key: 'familyName', index: 0 },
          { key: 'reference', index: 1 },
          { key: 'givenName', index: 2 },
          { key: 'personalNumber', index: 3 },
        ],
      },
    });
  });

  test.each([
    { name: 'semicolon', by: ';' },
    { name: 'tab', by: '\t' },
    { name: 'comma', by: ',' },
    { name: 'vertical bar', by: '|' },
  ])('$name is found from the header, whatever the rows hold', ({ by }) => {
    const row = ['R-1', '19700926-9973', 'Anna', '"a, b; c|d\te"'].join(by);
    const checked = check(`${HEADER.replaceAll(';', by)}\n${row}`);
    expect(checked).toMatchObject({ ok: true, value: { delimiter: by, rowCount: 1 } });
  });

  test('headers may be quoted, in any case and with extra spaces', () => {
    expect(check(`"REFERENS" ; personnummer;" Förnamn ";EFTERNAMN\n${ROW}`)).toMatchObject({ ok: true });
  });

  test('titles and the line that Excel writes for itself may stand above the header', () => {
    const checked = check(`sep=;\nKandidater januari\n\n${HEADER}\n${ROW}`);
    expect(checked).toMatchObject({ ok: true, value: { line: 4, rowCount: 1 } });
  });

  test('a person above the header is not passed over as if it were a title', () => {
    expect(check(`${ROW}\n${HEADER}\n${ROW}`)).toMatchObject({ ok: false, error: { code: 'header-missing-columns' } });
  });

  test('a blank header cell is no column', () => {
    expect(check(`${HEADER};;\n${ROW}`)).toMatchObject({ ok: true, value: { rowCount: 1 } });
  });

  test.each([
    { name: 'no bytes', text: '', code: 'file-empty', columns: [] },
    { name: 'only blank lines', text: ' \r\n\r\n;;;\r\n', code: 'file-empty', columns: [] },
    { name: 'a header without rows', text: `${HEADER}\r\n\r\n`, code: 'file-without-rows', columns: [] },
    {
      name: 'a column that may not be held',
      text: `${HEADER};Diagnos\n${ROW};x`,
      code: 'column-forbidden',
      columns: ['Diagnos'],
    },
    {
      name: 'a forbidden column before a missing and an unknown one',
      text: 'Referens;Religion;Skonummer\nR-1;x;y',
      code: 'column-forbidden',
      columns: ['Religion'],
    },
    {
      name: 'a column that is not used here',
      text: `${HEADER};Skonummer\n${ROW};42`,
      code: 'column-unknown',
      columns: ['Skonummer'],
    },
    {
      name: 'the same column twice',
      text: `${HEADER};förnamn\n${ROW};Anna`,
      code: 'column-repeated',
      columns: ['Förnamn'],
    },
    {
      name: 'a missing column',
      text: 'Referens;Personnummer;Förnamn\nR-1;19700926-9973;Anna',
      code: 'header-missing-columns',
      columns: ['Efternamn'],
    },
    {
      name: 'neither number nor birth date',
      text: 'Referens;Förnamn;Efternamn\nR-1;Anna;Ek',
      code: 'header-missing-columns',
      columns: ['Personnummer / Födelsedatum'],
    },
    {
      name: 'a file without a header row',
      text: `${ROW}\n${ROW}`,
      code: 'header-missing-columns',
      columns: ['Referens', 'Förnamn', 'Efternamn', 'Personnummer / Födelsedatum'],
    },
    {
      name: 'columns separated by something we do not read',
      text: `${HEADER.replaceAll(';', ' : ')}\nx`,
      code: 'delimiter-unknown',
      columns: [],
    },
  ])('$name is refused: $code', ({ text, code, columns }) => {
    expect(check(text)).toMatchObject({ ok: false, error: { code, columns } });
  });

  test('letters garbled by the old DOS code page are explained, not reported as missing columns', () => {
    const sent = Uint8Array.from([...utf8('Referens;Personnummer;F'), 0x94, ...utf8('rnamn;Efternamn\nR;1;a;b')]);
    const checked = checkHeader(sent, { ignoreUnknownColumns: false });
    expect(checked).toMatchObject({ ok: false, error: { code: 'encoding-unreadable', columns: ['Förnamn'] } });
  });

  test('either the number or the birth date is enough', () => {
    expect(check('Referens;Födelsedatum;Förnamn;Efternamn\nR-1;1970-09-26;Anna;Ek')).toMatchObject({ ok: true });
    expect(check(`${HEADER}\n${ROW}`)).toMatchObject({ ok: true });
  });

  test('unknown columns are left unread when the sender says so, forbidden ones never', () => {
    expect(check(`${HEADER};Skonummer\n${ROW};42`, true)).toMatchObject({ ok: true });
    expect(check(`${HEADER};Skonummer;Diagnos\n${ROW};42;x`, true)).toMatchObject({
      ok: false,
      error: { code: 'column-forbidden', columns: ['Diagnos'] },
    });
  });

  test('a refusal never shows what looks like somebody’s data', () => {
    const personal = ['19700926-9973', 'anna.ek@example.se', 'x'.repeat(61)];
    const checked = check(`${HEADER};${personal.join(';')}\n${ROW}`);
    expect(checked).toMatchObject({
      ok: false,
      error: { code: 'column-unknown', columns: ['kolumn 5', 'kolumn 6', 'kolumn 7'] },
    });
    for (const text of personal) expect(JSON.stringify(checked)).not.toContain(text);
  });

  test('more columns than anybody needs are refused, also when unknown ones are to be ignored', () => {
    expect(check(`${HEADER}${';x'.repeat(300)}\n${ROW}`, true)).toMatchObject({
      ok: false,
      error: { code: 'column-unknown' },
    });
  });

  test('as many rows as are allowed, and one more', () => {
    const rows = (count: number): string => `${HEADER}\n${`${ROW}\n`.repeat(count)}`;
    expect(check(rows(CANDIDATE_FILE.maxRows))).toMatchObject({
      ok: true,
      value: { rowCount: CANDIDATE_FILE.maxRows },
    });
    expect(check(rows(CANDIDATE_FILE.maxRows + 1))).toMatchObject({ ok: false, error: { code: 'too-many-rows' } });
  });

  test('any bytes get an answer, and a refusal has one of the agreed codes', () => {
    const soup = fc.string({
      unit: fc.constantFrom('Referens', 'Diagnos', ';', ',', '\n', '"', 'å', 'Personnummer', ' '),
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), soup.map(utf8)), fc.boolean(), (sent, ignoreUnknownColumns) => {
        const checked = checkHeader(sent, { ignoreUnknownColumns });
        if (!checked.ok) expect(FILE_REFUSAL_CODES).toContain(checked.error.code);
      }),
    );
  });
});
