import { PersonalNumber } from '@gruppstart/domain/intake/person';
import { OfficeId } from '@gruppstart/domain/shared/ids';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { describe, expect, test } from 'vitest';
import { areDifferentPeople, identitiesOf } from './identities.ts';

const OFFICE = OfficeId.parse('af-101');
const rowOf = (personalNumber: string | null, birthDate: string | null, reference = 'AF-1') => ({
  reference,
  person: {
    personalNumber: personalNumber === null ? null : PersonalNumber.parse(personalNumber),
    birthDate: birthDate === null ? null : localDate(birthDate),
    givenName: 'Anna',
    familyName: 'Ek',
    phone: null,
    email: null,
    possibleMeasures: [],
    measureValidUntil: null,
    supportNeeds: [],
  },
});

describe('by what a person is found again', () => {
  test('the reference with the day of birth is the same with a number and without', () => {
    const withNumber = identitiesOf(rowOf('197009269973', null), OFFICE);
    expect(withNumber.number).toEqual({ kind: 'personal-number', personalNumber: '197009269973' });
    expect(withNumber.reference).toEqual(identitiesOf(rowOf(null, '1970-09-26'), OFFICE).reference);
    expect(identitiesOf(rowOf(null, '1970-09-26'), OFFICE).number).toBeNull();
  });

  test('a coordination number has its day of birth behind 60 more', () => {
    expect(identitiesOf(rowOf('197009869973', null), OFFICE).reference).toMatchObject({ birthDate: '1970-09-26' });
  });

  test.each(['af-1', ' AF-1 ', 'Af-1'])('the reference "%s" is AF-1', (reference) => {
    expect(identitiesOf(rowOf(null, '1970-09-26', reference), OFFICE)).toEqual(
      identitiesOf(rowOf(null, '1970-09-26'), OFFICE),
    );
  });

  test.each([
    ['another day', rowOf(null, '1970-09-27'), OFFICE],
    ['another reference', rowOf(null, '1970-09-26', 'AF-2'), OFFICE],
    ['another office', rowOf(null, '1970-09-26'), OfficeId.parse('af-103')],
  ])('%s is somebody else', (_what, row, office) => {
    expect(identitiesOf(row, office).reference).not.toEqual(identitiesOf(rowOf(null, '1970-09-26'), OFFICE).reference);
  });

  test('two different numbers are two people, a number and none may be one', () => {
    const [one, other, none] = [rowOf('197009269973', null), rowOf('199702039927', null), rowOf(null, '1970-09-26')];
    expect(areDifferentPeople(one.person, other.person)).toBe(true);
    expect(areDifferentPeople(one.person, one.person)).toBe(false);
    expect(areDifferentPeople(one.person, none.person)).toBe(false);
    expect(areDifferentPeople(none.person, one.person)).toBe(false);
  });
});
