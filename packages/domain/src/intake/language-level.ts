import * as z from 'zod';

/** CEFR, and mother tongue above it, in rising order. */
export const LANGUAGE_LEVELS = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'] as const;
export const LanguageLevel = z.enum(LANGUAGE_LEVELS);
export type LanguageLevel = z.infer<typeof LanguageLevel>;

/** 0 for A1 up to 6 for mother tongue, so that levels compare as integers. */
export const languageRank = (level: LanguageLevel): number => LANGUAGE_LEVELS.indexOf(level);

/**
 * What a finished SFI course says in CEFR. The lower of each pair (B = A1/A2, C = A2/A2+, D = B1/B1+) so that a
 * course never promises more than it gives. Source: the course plan of SFI as mapped by onlineswedish.org and Skolverket.
 */
export const SFI_TO_CEFR = { A: 'A1', B: 'A1', C: 'A2', D: 'B1' } as const satisfies Record<string, LanguageLevel>;

/** A language other than Swedish, by its Swedish name in lower case (`tigrinja`), level null when not stated. */
export const SpokenLanguage = z.strictObject({
  language: z.string().regex(/^[\p{L}][\p{L} '-]{1,39}$/u),
  level: LanguageLevel.nullable(),
});
export type SpokenLanguage = z.infer<typeof SpokenLanguage>;

/** Languages are compared without regard to case. */
export const languageKey = (language: string): string => language.toLowerCase();
