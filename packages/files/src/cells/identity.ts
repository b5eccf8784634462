import { PersonalNumber } from '@gruppstart/domain/intake/person';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import { ok } from '@gruppstart/domain/shared/result';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { type CellReading, refuse } from './cell-reading.ts';
import { oneLine, plainDashes } from './cell-text.ts';
import { hasRightCheckDigit } from './check-digit.ts';
import { forbiddenInReference } from './free-text.ts';

/** Nobody younger is referred to work, so two digits for the year mean the youngest age that is at least this. */
const YOUNGEST_AGE_YEARS = 15;
const COORDINATION_DAYS = 60;
const MAX_REFERENCE_CHARACTERS = 40;

const FULL = /^(\d{4})(\d{2})(\d{2})\s?[-+]?\s?(\d{4})$/;
const SHORT = /^(\d{2})(\d{2})(\d{2})\s?([-+]?)\s?(\d{4})$/;
/** 1,97009E+11: what is left when Excel has shown a twelve-digit number in a narrow column. */
const SCIENTIFIC = /^\d([.,]\d+)?E\+?\d{1,2}$/i;
/** Numbers of people born 2000-2009 lose their first zeros when Excel takes them for numbers. */
const LOST_ZEROS = /^\d{6,9}$/;
/** A number cell with decimals shown. */
const TRAILING_DECIMALS = /[.,]0+$/;

const scientific: BilingualText = {
  sv: 'Excel har gjort om personnumret till ett avrundat tal (som 1,97E+11) och siffror har gått förlorade. Formatera kolumnen som text och skriv numret igen.',
  en: 'Excel has turned the personal identity number into a rounded number (such as 1.97E+11) and digits are lost. Format the column as text and write the number again.',
};
const lostZeros: BilingualText = {
  sv: 'Personnumret har för få siffror; troligen har Excel tagit bort inledande nollor. Skriv det med tolv siffror, ÅÅÅÅMMDD-NNNN.',
  en: 'The personal identity number has too few digits; Excel has probably removed leading zeros. Write it with twelve digits, YYYYMMDD-NNNN.',
};
const noSuchDay: BilingualText = {
  sv: 'Personnumrets första del är ingen dag i kalendern (för samordningsnummer: dagen plus 60). Jämför med en handling och rätta.',
  en: 'The first part of the personal identity number is no day in the calendar (coordination number: the day plus 60). Compare with a document and correct it.',
};
const centuryUnclear: BilingualText = {
  sv: 'Det går inte att se vilket århundrade personnumret gäller. Skriv det med tolv siffror, ÅÅÅÅMMDD-NNNN.',
  en: 'It is not clear which century the personal identity number means. Write it with twelve digits, YYYYMMDD-NNNN.',
};

/** The day someone was born, as text; in a coordination number 60 has been added to the day. */
const birthDayOf = (year: number, month: string, day: string): string => {
  const dayNumber = Number(day);
  const plain = dayNumber > COORDINATION_DAYS ? dayNumber - COORDINATION_DAYS : dayNumber;
  return `${year}-${month}-${String(plain).padStart(2, '0')}`;
};

/** ISO days compare as text: born on or before the same day fifteen years ago. */
const isOldEnough = (birthDay: string, today: LocalDate): boolean => {
  const latest = `${Number(today.slice(0, 4)) - YOUNGEST_AGE_YEARS}${today.slice(4)}`;
  return birthDay <= latest;
};

/**
 * The year behind two digits. Without a plus sign: the youngest age of at least fifteen, and under a hundred. With a plus sign
 * (used from the year somebody turns a hundred): the latest year at least a hundred years back. Null: neither is possible.
 */
const fullYear = (
  twoDigits: number,
  month: string,
  day: string,
  isHundred: boolean,
  today: LocalDate,
): number | null => {
  const thisYear = Number(today.slice(0, 4));
  const thisCentury = thisYear - (thisYear % 100);
  for (const year of [thisCentury + twoDigits, thisCentury - 100 + twoDigits]) {
    const turnsHundred = thisYear - year >= 100;
    if (isHundred && turnsHundred) return year;
    if (!isHundred && !turnsHundred && isOldEnough(birthDayOf(year, month, day), today)) return year;
  }
  return null;
};

const checked = (
  year: number,
  month: string,
  day: string,
  last: string,
  today: LocalDate,
): CellReading<PersonalNumber> => {
  const birthDay = birthDayOf(year, month, day);
  if (!LocalDate.safeParse(birthDay).success) return refuse('personal-number-malformed', noSuchDay);
  if (birthDay > today || year < 1900) return refuse('personal-number-malformed', centuryUnclear);
  const number = PersonalNumber.safeParse(`${year}${month}${day}${last}`);
  if (!number.success) return refuse('personal-number-malformed');
  return hasRightCheckDigit(number.data) ? ok(number.data) : refuse('personal-number-check-digit');
};

/** Personnummer or samordningsnummer in any of the usual forms, as twelve digits. */
export const readPersonalNumber = (text: string, today: LocalDate): CellReading<PersonalNumber> => {
  const plain = plainDashes(oneLine(text));
  if (SCIENTIFIC.test(plain)) return refuse('personal-number-malformed', scientific);
  const digits = plain.replace(TRAILING_DECIMALS, '');
  if (LOST_ZEROS.test(digits)) return refuse('personal-number-malformed', lostZeros);
  const full = FULL.exec(digits);
  if (full) {
    const [, year = '', month = '', day = '', last = ''] = full;
    return checked(Number(year), month, day, last, today);
  }
  const short = SHORT.exec(digits);
  if (!short) return refuse('personal-number-malformed');
  const [, twoDigits = '', month = '', day = '', sign = '', last = ''] = short;
  const year = fullYear(Number(twoDigits), month, day, sign === '+', today);
  if (year === null) {
    // A day that is in no year is the more useful thing to say.
    const anyYear = LocalDate.safeParse(birthDayOf(2000, month, day)).success;
    return refuse('personal-number-malformed', anyYear ? centuryUnclear : noSuchDay);
  }
  return checked(year, month, day, last, today);
};

/** The day of birth that a number states. */
export const birthDateOfNumber = (number: PersonalNumber): LocalDate =>
  LocalDate.parse(birthDayOf(Number(number.slice(0, 4)), number.slice(4, 6), number.slice(6, 8)));

/**
 * The caseworker's own reference. It is kept outside the vault and shown in lists, so it must not be somebody's
 * number, address or diagnosis.
 */
export const readReference = (text: string): CellReading<string> => {
  const reference = plainDashes(oneLine(text));
  if (forbiddenInReference(reference)) return refuse('free-text-forbidden');
  const isPlain = /^[\p{L}\p{N} ._/:#-]+$/u.test(reference) && reference.length <= MAX_REFERENCE_CHARACTERS;
  return isPlain ? ok(reference) : refuse('reference-malformed');
};
