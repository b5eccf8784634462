import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import type { PersonRecord } from '@gruppstart/domain/intake/person';
import type { OfficeId } from '@gruppstart/domain/shared/ids';
import type { Identity } from '../ports/vault.ts';

const COORDINATION_DAY_OFFSET = 60;

/** The day of birth inside a personal number; a coordination number has 60 added to the day. */
const birthDateIn = (personalNumber: string): string => {
  const day = Number(personalNumber.slice(6, 8));
  const ofMonth = day > COORDINATION_DAY_OFFSET ? day - COORDINATION_DAY_OFFSET : day;
  return `${personalNumber.slice(0, 4)}-${personalNumber.slice(4, 6)}-${String(ofMonth).padStart(2, '0')}`;
};

export interface Identities {
  readonly number: Identity | null;
  readonly reference: Identity | null;
}

/**
 * By what a row's person is found again: the number, and the office's own reference with the day of birth. Both, so that
 * somebody who came first without a number and then with one (or the other way round) stays one person.
 */
export const identitiesOf = (
  { person, reference }: Pick<ParsedRow, 'person' | 'reference'>,
  officeId: OfficeId,
): Identities => {
  const { personalNumber } = person;
  const birthDate = personalNumber === null ? person.birthDate : birthDateIn(personalNumber);
  return {
    number: personalNumber === null ? null : { kind: 'personal-number', personalNumber },
    reference:
      birthDate === null ? null : { kind: 'reference', officeId, reference: reference.trim().toLowerCase(), birthDate },
  };
};

/** Two numbers that differ are two people, whatever reference a caseworker has used for both. */
export const areDifferentPeople = (
  known: Pick<PersonRecord, 'personalNumber'>,
  said: Pick<PersonRecord, 'personalNumber'>,
): boolean =>
  known.personalNumber !== null && said.personalNumber !== null && known.personalNumber !== said.personalNumber;
