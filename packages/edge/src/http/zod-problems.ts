import type { ProblemItem } from '@gruppstart/contracts/problem';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import type * as z from 'zod';
import { pointerOf } from './problem-answer.ts';

const MAX_ITEMS = 50;

/** Our own refinements name a code instead of a sentence. */
const OWN_MESSAGES: Readonly<Record<string, BilingualText>> = {
  'must-needs-reason': {
    sv: 'Ett ska-krav behöver en motivering: det stänger ute människor.',
    en: 'A must needs a reason: it shuts people out.',
  },
  'pinned-twice': {
    sv: 'Samma person är låst två gånger. Behåll en.',
    en: 'The same person is pinned twice. Keep one.',
  },
  'span-reversed': {
    sv: 'Tiden slutar innan den börjar. Dela en natt i två: till midnatt och från midnatt.',
    en: 'The time ends before it begins. Split a night in two: until midnight and from midnight.',
  },
  'weekday-repeated': {
    sv: 'Samma veckodag står två gånger.',
    en: 'The same weekday stands twice.',
  },
  'parts-overlap': {
    sv: 'De två delarna får ha högst en veckodag gemensamt.',
    en: 'The two parts may have one weekday in common at most.',
  },
  'pair-of-one': {
    sv: 'En parregel gäller två personer.',
    en: 'A rule for a pair is about two people.',
  },
  'apart-from-what': {
    sv: 'Ange start eller unit för keep-apart, och null för together.',
    en: 'State start or unit for keep-apart, and null for together.',
  },
  'page-of-1-to-100': {
    sv: 'Skriv ett heltal från 1 till 100.',
    en: 'Write a whole number from 1 to 100.',
  },
  'weights-all-zero': {
    sv: 'Minst en del av poängen måste vara mer än noll.',
    en: 'At least one part must give more than no points.',
  },
};

/** What zod calls a type, in Swedish. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'en text inom citattecken',
  number: 'ett tal',
  int: 'ett heltal',
  boolean: 'true eller false',
  array: 'en lista',
  object: 'ett objekt',
  record: 'ett objekt',
  null: 'null',
};

const FORMAT_TEXTS: Readonly<Record<string, BilingualText>> = {
  date: { sv: 'Skriv en dag som finns, som ÅÅÅÅ-MM-DD.', en: 'Write a day that exists, as YYYY-MM-DD.' },
  datetime: {
    sv: 'Skriv en tidpunkt som 2027-01-11T08:00:00.000Z.',
    en: 'Write an instant as 2027-01-11T08:00:00.000Z.',
  },
  email: { sv: 'Skriv en e-postadress.', en: 'Write an e-mail address.' },
  regex: {
    sv: 'Fel form. Kopiera id:t eller koden exakt som den står, eller se API-beskrivningen under /docs.',
    en: 'Wrong form. Copy the id or code exactly as it stands, or see the API description under /docs.',
  },
};

const UNUSABLE: BilingualText = { sv: 'Värdet går inte att använda här.', en: 'The value cannot be used here.' };

const sizeOf = (origin: string, size: number | bigint): BilingualText => {
  if (origin === 'string') return { sv: `${size} tecken`, en: `${size} characters` };
  if (origin === 'array') return { sv: `${size} i listan`, en: `${size} in the list` };
  return { sv: String(size), en: String(size) };
};

const notInList = (values: readonly unknown[]): BilingualText => {
  const list = values.slice(0, 20).map(String).join(', ');
  return { sv: `Värdet finns inte i listan: ${list}.`, en: `The value is not in the list: ${list}.` };
};

const textOf = (issue: z.core.$ZodIssue): BilingualText => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { sv: 'Uppgiften saknas.', en: 'This is missing.' }
        : {
            sv: `Fel typ: här väntas ${TYPE_NAMES[issue.expected] ?? issue.expected}.`,
            en: `Wrong type: ${issue.expected} is expected here.`,
          };
    case 'unrecognized_keys':
      return {
        sv: 'Okänt fält. Kontrollera stavningen eller ta bort det.',
        en: 'Unknown field. Check the spelling or leave it out.',
      };
    case 'too_big':
      return {
        sv: `För ${issue.origin === 'string' ? 'långt' : 'stort'}: högst ${sizeOf(issue.origin, issue.maximum).sv}.`,
        en: `Too large: ${sizeOf(issue.origin, issue.maximum).en} at most.`,
      };
    case 'too_small':
      return {
        sv: `För ${issue.origin === 'string' ? 'kort' : 'litet'}: minst ${sizeOf(issue.origin, issue.minimum).sv}.`,
        en: `Too small: ${sizeOf(issue.origin, issue.minimum).en} at least.`,
      };
    case 'invalid_value':
      return notInList(issue.values);
    case 'invalid_union':
      return 'options' in issue && issue.options ? notInList(issue.options) : UNUSABLE;
    case 'invalid_format':
      return OWN_MESSAGES[issue.message] ?? FORMAT_TEXTS[issue.format] ?? FORMAT_TEXTS.regex ?? UNUSABLE;
    case 'custom':
      return OWN_MESSAGES[issue.message] ?? UNUSABLE;
    default:
      return UNUSABLE;
  }
};

/**
 * What zod found, as pointers, stable codes and text in both languages. The refused value itself is never repeated.
 * Parse with `reportInput`, or a value of another type is told as missing; and never log the error, which then holds it.
 */
export const problemItems = (error: z.core.$ZodError, base = ''): readonly ProblemItem[] =>
  error.issues.slice(0, MAX_ITEMS).flatMap((issue): ProblemItem[] => {
    const at = `${base}${pointerOf(issue.path)}`;
    const detail = textOf(issue);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, 10).map((key) => ({
        pointer: `${at}${pointerOf([key.slice(0, 60)])}`,
        code: 'unknown-field',
        detail,
      }));
    }
    return [{ pointer: at, code: issue.code === 'custom' ? issue.message : issue.code.replaceAll('_', '-'), detail }];
  });
