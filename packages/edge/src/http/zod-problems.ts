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
  'span-reversed': {
    sv: 'Tiden slutar innan den börjar. Dela en natt i två: till midnatt och från midnatt.',
    en: 'The time ends before it begins. Split a night in two: until midnight and from midnight.',
  },
};

const textOf = (issue: z.core.$ZodIssue): BilingualText => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { sv: 'Uppgiften saknas.', en: 'This is missing.' }
        : { sv: `Fel typ: här väntas ${issue.expected}.`, en: `Wrong type: ${issue.expected} is expected here.` };
    case 'unrecognized_keys':
      return {
        sv: 'Okänt fält. Kontrollera stavningen eller ta bort det.',
        en: 'Unknown field. Check the spelling or leave it out.',
      };
    case 'too_big':
      return { sv: `För stort: högst ${String(issue.maximum)}.`, en: `Too large: ${String(issue.maximum)} at most.` };
    case 'too_small':
      return { sv: `För litet: minst ${String(issue.minimum)}.`, en: `Too small: ${String(issue.minimum)} at least.` };
    case 'invalid_value':
      return {
        sv: `Värdet finns inte i listan: ${issue.values.slice(0, 20).map(String).join(', ')}.`,
        en: `The value is not in the list: ${issue.values.slice(0, 20).map(String).join(', ')}.`,
      };
    case 'invalid_format':
      return { sv: `Fel form (${issue.format}).`, en: `Wrong form (${issue.format}).` };
    case 'custom':
      return (
        OWN_MESSAGES[issue.message] ?? { sv: 'Värdet går inte att använda här.', en: 'The value cannot be used here.' }
      );
    default:
      return { sv: 'Värdet går inte att använda här.', en: 'The value cannot be used here.' };
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
