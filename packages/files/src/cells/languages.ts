import {
  LANGUAGE_LEVELS,
  type LanguageLevel,
  languageRank,
  SFI_TO_CEFR,
  SpokenLanguage,
} from '@gruppstart/domain/intake/language-level';
import { ok } from '@gruppstart/domain/shared/result';
import { type CellReading, refuse } from './cell-reading.ts';
import { fold, oneLine, plainDashes, saysNone, splitList } from './cell-text.ts';
import { forbiddenInFreeText } from './free-text.ts';

const MAX_LANGUAGES = 12;
const MAX_PART_CHARACTERS = 60;

const SFI = /^sfi[ -]?([a-d])$/;
const SFI_LEVELS: ReadonlyMap<string, LanguageLevel> = new Map(
  Object.entries(SFI_TO_CEFR).map(([course, level]) => [course.toLowerCase(), level]),
);
const LEVEL_BY_TEXT: ReadonlyMap<string, LanguageLevel> = new Map([
  ...LANGUAGE_LEVELS.map((level): [string, LanguageLevel] => [level.toLowerCase(), level]),
  ['modersmål', 'native'],
]);

/** CEFR, an SFI course or mother tongue; null for any other text. */
const levelOf = (text: string): LanguageLevel | null => {
  const folded = plainDashes(fold(text));
  const course = SFI.exec(folded)?.[1];
  return (course === undefined ? LEVEL_BY_TEXT.get(folded) : SFI_LEVELS.get(course)) ?? null;
};

/** The cell Svenska. */
export const readSwedish = (text: string): CellReading<LanguageLevel> => {
  const level = levelOf(text);
  return level === null ? refuse('language-level-unknown') : ok(level);
};

/** A language and, after it, what is meant as a level: "engelska B1", "engelska (SFI C)", "dari: modersmål". */
const WITH_LEVEL =
  /^(.+?)[ :(]+((?:sfi[ -]?[^\s)]{1,2})|(?:[a-z]\d[^\s)]{0,2})|modersmål|native|flytande|mycket bra|mycket god|bra|god|goda|lite|grundläggande|nybörjare|medel)\)?$/iu;

const LANGUAGE_NAME = SpokenLanguage.shape.language;

const readOneLanguage = (part: string): CellReading<SpokenLanguage> => {
  if (part.length > MAX_PART_CHARACTERS) return refuse('language-malformed');
  const parts = WITH_LEVEL.exec(part);
  const name = fold(parts?.[1] ?? part);
  const level = parts?.[2] === undefined ? null : levelOf(parts[2]);
  if (parts && level === null) return refuse('language-level-unknown');
  if (name === 'svenska' || !LANGUAGE_NAME.safeParse(name).success) return refuse('language-malformed');
  if (forbiddenInFreeText(name)) return refuse('free-text-forbidden');
  return ok({ language: name, level });
};

/** Languages other than Swedish, with or without level. One named twice is one, at the higher level stated. */
export const readLanguages = (text: string): CellReading<SpokenLanguage[]> => {
  if (saysNone(text)) return ok([]);
  const byName = new Map<string, SpokenLanguage>();
  for (const part of splitList(plainDashes(text))) {
    const reading = readOneLanguage(part);
    if (!reading.ok) return reading;
    const { language, level } = reading.value;
    const known = byName.get(language)?.level ?? null;
    const isHigher = level !== null && (known === null || languageRank(level) > languageRank(known));
    byName.set(language, { language, level: isHigher ? level : known });
  }
  if (byName.size === 0) return refuse('language-malformed');
  return byName.size > MAX_LANGUAGES ? refuse('too-many-values') : ok([...byName.values()]);
};

/** The language to book an interpreter in: one name, null when none is needed. */
export const readInterpreterLanguage = (text: string): CellReading<string | null> => {
  if (saysNone(text) || fold(text) === 'nej') return ok(null);
  const name = fold(plainDashes(oneLine(text)));
  if (!LANGUAGE_NAME.safeParse(name).success) return refuse('language-malformed');
  return forbiddenInFreeText(name) ? refuse('free-text-forbidden') : ok(name);
};
