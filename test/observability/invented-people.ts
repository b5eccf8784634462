import { globSync, readFileSync } from 'node:fs';
import { GOOD } from '@gruppstart/files/test-support/candidate-file-text';
import { DEMO_USERS } from '@gruppstart/local/login/demo-users';
import { SECRET } from '../journeys/mutations.ts';
import { HOSTILE } from './hostile-person.ts';
import type { KnownPeople } from './personal-data.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** Every file of candidates that lies in the repository. */
export const candidateFiles = (): readonly string[] =>
  globSync(['test/fixtures/**/*.{csv,txt}', 'packages/*/src/**/*.csv'], { cwd: ROOT }).toSorted();

type Cells = Readonly<Record<string, string>>;

const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

/** The cells of a file by header, read without the product's own reader: rows that it refuses are people too. */
const rowsOf = (file: string): readonly Cells[] => {
  const [header = '', ...lines] = textOf(readFileSync(`${ROOT}${file}`)).split(/\r?\n/);
  const delimiter = header.includes('\t') ? '\t' : ';';
  const names = header.split(delimiter).map((name) => name.trim());
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = line.split(delimiter);
      return Object.fromEntries(names.map((name, index) => [name, (cells[index] ?? '').trim()]));
    });
};

const digitsOf = (text: string | undefined): string => (text ?? '').replaceAll(/\D/g, '');

/** A number with and without its century. */
const numbersFrom = (written: string | undefined): readonly string[] => {
  const digits = digitsOf(written);
  if (digits.length === 12) return [digits, digits.slice(2)];
  return digits.length === 10 ? [digits, `19${digits}`, `20${digits}`] : [];
};

const asWritten = (name: string): string =>
  name.toLocaleLowerCase('sv').replaceAll(/(?<!\p{L})\p{L}/gu, (first) => first.toLocaleUpperCase('sv'));

/** Names as words: a person with three has each of them. */
const wordsOf = (name: string | undefined): readonly string[] =>
  [...(name ?? '').matchAll(/\p{L}+(?:[-’']\p{L}+)*/gu)]
    .map(([word]) => asWritten(word))
    .filter(({ length }) => length > 1);

/** Everybody who is invented anywhere in the repository: in files, among the demo's users, in tests. */
export const inventedPeople = (planted: readonly string[] = []): KnownPeople => {
  const rows = candidateFiles().flatMap(rowsOf);
  const users = DEMO_USERS.map(({ displayName }) => displayName.split(' '));
  return {
    givenNames: new Set([
      ...rows.flatMap((row) => wordsOf(row.Förnamn)),
      ...users.flatMap(([given]) => wordsOf(given)),
      ...wordsOf(GOOD.givenName),
      ...wordsOf(HOSTILE.givenName),
      'Hjordis',
    ]),
    familyNames: new Set([
      ...rows.flatMap((row) => wordsOf(row.Efternamn)),
      ...users.flatMap(([, ...family]) => wordsOf(family.join(' '))),
      ...wordsOf(GOOD.familyName),
      ...wordsOf(HOSTILE.familyName),
      'Blaklint',
      'Testsson',
    ]),
    personalNumbers: new Set(
      [...rows.map(({ Personnummer }) => Personnummer), GOOD.personalNumber].flatMap(numbersFrom),
    ),
    phones: new Set(
      [...rows.map(({ Telefon }) => Telefon), GOOD.phone].map(digitsOf).filter(({ length }) => length > 6),
    ),
    protectedPostcodes: new Set(
      rows
        .filter((row) => !['', 'nej'].includes((row['Skyddade personuppgifter'] ?? '').toLowerCase()))
        .map(({ Postnummer }) => digitsOf(Postnummer))
        .filter(({ length }) => length === 5),
    ),
    planted: [SECRET, ...planted],
  };
};
