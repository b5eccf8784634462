import { PersonRecord } from '@gruppstart/domain/intake/person';
import { ok } from '@gruppstart/domain/shared/result';
import { type CellReading, refuse } from './cell-reading.ts';
import { oneLine, plainDashes } from './cell-text.ts';

const MAX_NAME_CHARACTERS = 80;
/**
 * Wide on purpose: names are written in many ways, and a letter that a code page lacks arrives as "?" ("Y?lmaz"). Only
 * what shows that another column has slipped in is refused: digits, an at sign, separators.
 */
const NAME = /^(?=.*\p{L})[\p{L}\p{M} .,'’‘ʼ´`·?\ufffd()-]+$/u;
const PHONE = /^\+?[\d ()/.-]+$/;
const EMAIL = PersonRecord.shape.email;

export const readName = (text: string): CellReading<string> => {
  const name = plainDashes(oneLine(text));
  return name.length <= MAX_NAME_CHARACTERS && NAME.test(name) ? ok(name) : refuse('name-malformed');
};

/** One number, as written: how it is dialled from abroad is for whoever calls. */
export const readPhone = (text: string): CellReading<string> => {
  const phone = plainDashes(oneLine(text));
  const digitCount = phone.replace(/\D/g, '').length;
  const isPhone = PHONE.test(phone) && digitCount >= 5 && digitCount <= 15 && phone.length <= 40;
  return isPhone ? ok(phone) : refuse('phone-malformed');
};

export const readEmail = (text: string): CellReading<string> => {
  const email = EMAIL.safeParse(oneLine(text));
  return email.success && email.data !== null ? ok(email.data) : refuse('email-malformed');
};
