import { localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import Personnummer from 'personnummer';
import { describe, expect, test } from 'vitest';
import { hasRightCheckDigit } from './check-digit.ts';
import { birthDateOfNumber, readPersonalNumber, readReference } from './identity.ts';

const TODAY = localDate('2026-12-01');
const read = (text: string) => readPersonalNumber(text, TODAY);

/** The tenth digit, worked out here by Luhn's rule and not by the library that the reader asks. */
const withCheckDigit = (nine: string): string => {
  const sum = [...nine].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${nine}${(10 - (sum % 10)) % 10}`;
};
const shortNumber = (sixDigits: string, serial = '997'): string => withCheckDigit(`${sixDigits}${serial}`);

describe('a personal identity number', () => {
  test.each([
    '19700926-9973',
    '197009269973',
    '700926-9973',
    '7009269973',
    '19700926 9973',
    '19700926 - 9973',
    '19700926–9973',
    '700926\u22129973',
    '197009269973,0',
    '197009269973.00',
  ])('%s is read as twelve digits', (text) => {
    expect(read(text)).toEqual({ ok: true, value: '197009269973' });
  });

  test('a coordination number keeps its day plus 60, and its birth date has the day itself', () => {
    const number = read('851077-9831');
    expect(number).toEqual({ ok: true, value: '198510779831' });
    if (number.ok) expect(birthDateOfNumber(number.value)).toBe('1985-10-17');
  });

  test.each([
    { born: 'fifteen today', sixDigits: '111201', sign: '-', year: '2011' },
    { born: 'fifteen long ago', sixDigits: '050207', sign: '', year: '2005' },
    { born: 'in the last century', sixDigits: '270101', sign: '', year: '1927' },
    { born: 'a hundred this year', sixDigits: '260101', sign: '+', year: '1926' },
    { born: 'more than a hundred', sixDigits: '120615', sign: '+', year: '1912' },
  ])('two digits for the year mean $year for somebody $born', ({ sixDigits, sign, year }) => {
    const ten = shortNumber(sixDigits);
    const number = read(`${ten.slice(0, 6)}${sign}${ten.slice(6)}`);
    expect(number).toEqual({ ok: true, value: `${year.slice(0, 2)}${ten}` });
  });

  test.each([
    { who: 'fifteen tomorrow or a hundred and fourteen', sixDigits: '111202', sign: '-' },
    { who: 'a hundred, without the plus sign', sixDigits: '260101', sign: '-' },
    { who: 'fifty-six, with the plus sign', sixDigits: '700926', sign: '+' },
  ])('somebody $who could be of two centuries: all twelve digits are asked for', ({ sixDigits, sign }) => {
    const ten = shortNumber(sixDigits);
    const number = read(`${ten.slice(0, 6)}${sign}${ten.slice(6)}`);
    expect(number).toMatchObject({ ok: false, error: { code: 'personal-number-malformed' } });
    if (!number.ok) expect(number.error.detail.en).toContain('twelve digits');
  });

  test.each([
    { why: 'rounded by Excel', text: '1,97009E+11', says: '1,97E+11' },
    { why: 'rounded by an English Excel', text: '1.97009E+11', says: '1,97E+11' },
    { why: 'without its leading zero', text: '502079833', says: 'nollor' },
    { why: 'without two leading zeros', text: '10207983', says: 'nollor' },
    { why: 'a month that is not', text: '19701326-9973', says: 'kalendern' },
    { why: 'a day that is not', text: '19700231-9973', says: 'kalendern' },
    { why: 'a short one with a day that is not', text: '700231-9973', says: 'kalendern' },
    { why: 'a coordination number with a day that is not', text: '19700293-9973', says: 'kalendern' },
    { why: 'born in the future', text: '20700926-9973', says: 'århundrade' },
    { why: 'of another century', text: '18700926-9973', says: 'århundrade' },
    { why: 'too short', text: '19700926-997', says: 'ÅÅÅÅMMDD' },
    { why: 'an interim number', text: '19700926-T973', says: 'ÅÅÅÅMMDD' },
    { why: 'something else', text: 'saknas', says: 'ÅÅÅÅMMDD' },
  ])('$why is refused with advice and without being repeated', ({ text, says }) => {
    const number = read(text);
    expect(number).toMatchObject({ ok: false, error: { code: 'personal-number-malformed' } });
    if (number.ok) return;
    expect(number.error.detail.sv).toContain(says);
    expect(JSON.stringify(number.error)).not.toContain(text);
  });

  test('every wrong last digit is found', () => {
    for (const digit of '012456789') {
      expect(read(`19700926-997${digit}`)).toMatchObject({ ok: false, error: { code: 'personal-number-check-digit' } });
    }
    expect(read('19700926-9973').ok).toBe(true);
  });

  test('any day and serial with the right check digit is read, in every form, as the same number', () => {
    const day = fc.date({ min: new Date('1930-01-01'), max: new Date('2011-11-30'), noInvalidDate: true });
    const serial = fc.integer({ min: 1, max: 999 }).map((number) => String(number).padStart(3, '0'));
    fc.assert(
      fc.property(day, serial, fc.boolean(), (born, threeDigits, isCoordination) => {
        const iso = born.toISOString().slice(0, 10);
        const dayDigits = String(Number(iso.slice(8)) + (isCoordination ? 60 : 0)).padStart(2, '0');
        const ten = shortNumber(`${iso.slice(2, 4)}${iso.slice(5, 7)}${dayDigits}`, threeDigits);
        const twelve = `${iso.slice(0, 2)}${ten}`;
        expect(hasRightCheckDigit(ten)).toBe(true);
        for (const form of [twelve, `${twelve.slice(0, 8)}-${twelve.slice(8)}`, `${ten.slice(0, 6)}-${ten.slice(6)}`]) {
          const number = read(form);
          expect(number).toEqual({ ok: true, value: twelve });
          if (number.ok) expect(birthDateOfNumber(number.value)).toBe(iso);
        }
      }),
    );
  });

  test('the library is loaded as it is used', () => {
    expect(Personnummer).toBeDefined();
    expect(hasRightCheckDigit('197009269973')).toBe(true);
    expect(hasRightCheckDigit('197009269974')).toBe(false);
  });

  test('any text gets an answer', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof read(text).ok).toBe('boolean');
      }),
    );
  });
});

describe('a reference', () => {
  test.each([
    { text: 'AF-101-0001', value: 'AF-101-0001' },
    { text: ' ärende  7/2026 #2 ', value: 'ärende 7/2026 #2' },
    { text: '20270111-0001', value: '20270111-0001' },
    { text: 'X', value: 'X' },
  ])('$text is kept', ({ text, value }) => {
    expect(readReference(text)).toEqual({ ok: true, value });
  });

  test.each([
    { why: 'a personal number', text: '19700926-9973', code: 'free-text-forbidden' },
    { why: 'a personal number inside', text: 'AF 700926-9973 A', code: 'free-text-forbidden' },
    { why: 'an e-mail address', text: 'anna@example.se', code: 'free-text-forbidden' },
    { why: 'too long', text: 'x'.repeat(41), code: 'reference-malformed' },
    { why: 'odd characters', text: 'A<b>', code: 'reference-malformed' },
  ])('$why is refused: $code', ({ text, code }) => {
    expect(readReference(text)).toMatchObject({ ok: false, error: { code } });
  });
});
