import { CANDIDATE_COLUMN_KEYS, CANDIDATE_FILE } from '@gruppstart/contracts/candidate-file';
import { MatchingProfile } from '@gruppstart/domain/intake/matching-profile';
import type { RowErrorCode } from '@gruppstart/domain/intake/row-outcome';
import { describe, expect, test } from 'vitest';
import { isRowError } from './candidate-rows.ts';
import { type Cells, fileOf, oneRow, rowsOf, taken } from './test-support/candidate-file-text.ts';

describe('one row', () => {
  test('every column goes to its own place', () => {
    expect(oneRow({})).toEqual({
      line: 2,
      reference: 'R-1',
      person: {
        personalNumber: '197009269973',
        birthDate: null,
        givenName: 'Anna',
        familyName: 'Ek',
        phone: '070-578 16 94',
        email: 'anna.ek0@example.se',
        possibleMeasures: ['NYSTARTSJOBB'],
        measureValidUntil: '2027-06-30',
        supportNeeds: ['breaks'],
      },
      protection: 'none',
      profile: {
        enrolledSince: '2023-12-30',
        availableFrom: '2027-01-11',
        shareFromPercent: 50,
        shareToPercent: 100,
        workingTimes: ['day', 'evening'],
        engagements: [{ weekday: 5, fromMinute: 780, toMinute: 960 }],
        licences: ['B'],
        swedish: 'A2',
        languages: [
          { language: 'dari', level: null },
          { language: 'engelska', level: 'A2' },
        ],
        skills: [{ skillId: 'N9ho_NPL_JBg', level: 3 }],
        experience: [{ occupationId: 'KF64_AvU_S4N', years: 4 }],
        knownItems: [],
        wishes: [
          { kind: 'field', field: 'cleaning' },
          { kind: 'unit', unitName: 'Förskolan Solrosen' },
        ],
        maxTravelMinutes: 45,
        hasCar: false,
        postcode: '82693',
      },
      interpreterLanguage: 'dari',
      unmatchedSkills: ['Truckkort'],
      warnings: [expect.objectContaining({ line: 2, column: 'Kompetenser', code: 'skill-unmatched' })],
    });
  });

  test('an empty cell is unknown, and so is a column that is not there', () => {
    const required = ['reference', 'personalNumber', 'givenName', 'familyName'] as const;
    const blank = Object.fromEntries(
      CANDIDATE_COLUMN_KEYS.filter((key) => !required.some((own) => own === key)).map((key) => [key, ' ']),
    );
    const [withBlanks] = rowsOf(fileOf([blank]));
    const [withoutColumns] = rowsOf(fileOf([{}], required));
    expect(withBlanks).toEqual(withoutColumns);
    if (!withBlanks || isRowError(withBlanks)) throw new Error('The row was rejected');
    const { knownItems, ...facts } = withBlanks.profile;
    expect(Object.values(facts)).toEqual(Object.values(facts).map(() => null));
    expect(knownItems).toEqual([]);
    expect(Object.keys(withBlanks.profile).sort()).toEqual(Object.keys(MatchingProfile.shape).sort());
    expect(withBlanks.person).toMatchObject({
      phone: null,
      email: null,
      birthDate: null,
      possibleMeasures: [],
      supportNeeds: [],
    });
  });

  test('"inget" is a known none, not an unknown', () => {
    const { profile } = taken({
      licences: 'inget',
      engagements: 'inga',
      languages: 'inga',
      skills: 'inga',
      experience: 'ingen',
      wishes: 'inga',
    });
    expect([
      profile.licences,
      profile.engagements,
      profile.languages,
      profile.skills,
      profile.experience,
      profile.wishes,
    ]).toEqual([[], [], [], [], [], []]);
  });

  test('a cell that holds only names we do not know leaves its criterion unknown', () => {
    const { profile, unmatchedSkills, warnings } = taken({
      skills: 'Truckkort',
      experience: 'Astronaut 3 år',
      wishes: '12',
    });
    expect([profile.skills, profile.experience, profile.wishes]).toEqual([null, null, null]);
    expect(unmatchedSkills).toEqual(['Truckkort']);
    expect(warnings.map((warning) => warning.code)).toEqual([
      'skill-unmatched',
      'occupation-unmatched',
      'wish-unmatched',
    ]);
  });

  const faults: readonly { readonly cells: Cells; readonly column: string; readonly code: RowErrorCode }[] = [
    { cells: { reference: ' ' }, column: 'Referens', code: 'reference-missing' },
    { cells: { reference: 'a<b' }, column: 'Referens', code: 'reference-malformed' },
    { cells: { reference: '19700926-9973' }, column: 'Referens', code: 'free-text-forbidden' },
    { cells: { personalNumber: '1,97009E+11' }, column: 'Personnummer', code: 'personal-number-malformed' },
    { cells: { personalNumber: '19700926-9974' }, column: 'Personnummer', code: 'personal-number-check-digit' },
    { cells: { personalNumber: '' }, column: 'Födelsedatum', code: 'birth-date-missing' },
    { cells: { personalNumber: '', birthDate: '1991-02-30' }, column: 'Födelsedatum', code: 'date-not-in-calendar' },
    { cells: { birthDate: 'igår' }, column: 'Födelsedatum', code: 'date-malformed' },
    { cells: { givenName: '' }, column: 'Förnamn', code: 'name-missing' },
    { cells: { familyName: '\u00a0' }, column: 'Efternamn', code: 'name-missing' },
    { cells: { familyName: '19700926' }, column: 'Efternamn', code: 'name-malformed' },
    { cells: { phone: 'saknas' }, column: 'Telefon', code: 'phone-malformed' },
    { cells: { email: 'anna' }, column: 'E-post', code: 'email-malformed' },
    { cells: { postcode: '8269' }, column: 'Postnummer', code: 'postcode-malformed' },
    { cells: { possibleMeasures: 'SUPERJOBB' }, column: 'Möjlig insats', code: 'measure-unknown' },
    { cells: { measureValidUntil: '2027-06-31' }, column: 'Gäller till', code: 'date-not-in-calendar' },
    { cells: { enrolledSince: 'länge' }, column: 'Inskriven sedan', code: 'date-malformed' },
    { cells: { availableFrom: '2027-02-31' }, column: 'Tillgänglig från', code: 'date-not-in-calendar' },
    { cells: { shareFrom: 'halv' }, column: 'Tjänstgöringsgrad från', code: 'share-malformed' },
    { cells: { shareTo: '250' }, column: 'Tjänstgöringsgrad till', code: 'share-out-of-range' },
    { cells: { shareFrom: '75', shareTo: '50' }, column: 'Tjänstgöringsgrad till', code: 'share-range-reversed' },
    { cells: { workingTimes: 'jämt' }, column: 'Arbetstider', code: 'working-time-unknown' },
    { cells: { engagements: 'ibland' }, column: 'Upptagna tider', code: 'engagement-malformed' },
    { cells: { licences: 'Ja' }, column: 'Körkort', code: 'licence-unknown' },
    { cells: { swedish: 'flytande' }, column: 'Svenska', code: 'language-level-unknown' },
    { cells: { languages: 'dari 2000' }, column: 'Språk', code: 'language-malformed' },
    { cells: { interpreterLanguage: 'dari, arabiska' }, column: 'Tolkspråk', code: 'language-malformed' },
    { cells: { skills: 'Hygienstädning:9' }, column: 'Kompetenser', code: 'skill-level-unknown' },
    { cells: { skills: 'Hygienstädning, ADHD' }, column: 'Kompetenser', code: 'free-text-forbidden' },
    { cells: { experience: 'Städare' }, column: 'Erfarenhet', code: 'experience-malformed' },
    {
      cells: { wishes: Array.from({ length: 11 }, (_, i) => `Enhet ${i}`).join() },
      column: 'Önskemål',
      code: 'too-many-values',
    },
    { cells: { maxTravelMinutes: 'långt' }, column: 'Max restid', code: 'travel-minutes-malformed' },
    { cells: { hasCar: 'ibland' }, column: 'Bil', code: 'yes-no-unknown' },
    { cells: { protection: 'Ja' }, column: 'Skyddade personuppgifter', code: 'protection-unknown' },
    { cells: { wishes: 'x'.repeat(CANDIDATE_FILE.maxCellCharacters + 1) }, column: 'Önskemål', code: 'row-unreadable' },
  ];

  test.each(faults)(
    '$code in $column rejects the row and is told without repeating the cell',
    ({ cells, column, code }) => {
      const row = oneRow(cells);
      expect(row).toMatchObject({ line: 2, column, code });
      for (const text of Object.values(cells)) {
        if (text.trim().length > 4) expect(JSON.stringify(row)).not.toContain(text);
      }
    },
  );

  test('without number and birth date and reference nobody can be told from others', () => {
    const keys = ['personalNumber', 'reference', 'givenName', 'familyName'] as const;
    expect(rowsOf(fileOf([{ personalNumber: '', reference: '' }], keys))).toMatchObject([
      { column: 'Personnummer', code: 'identity-missing' },
    ]);
  });

  test('a birth date beside the number is not kept, and a different one is told', () => {
    expect(taken({ birthDate: '1970-09-26', skills: '' })).toMatchObject({ person: { birthDate: null }, warnings: [] });
    expect(taken({ birthDate: '1970-09-27', skills: '' })).toMatchObject({
      person: { birthDate: null },
      warnings: [{ column: 'Födelsedatum', code: 'birth-date-differs-from-number' }],
    });
    expect(taken({ personalNumber: '', birthDate: '1970-09-26' }).person).toMatchObject({
      personalNumber: null,
      birthDate: '1970-09-26',
    });
  });

  test('the contact of a protected person is not even read', () => {
    const row = taken({ protection: 'sekretessmarkering', phone: 'saknas', email: 'x', postcode: 'y', skills: '' });
    expect(row.person).toMatchObject({ phone: null, email: null, givenName: 'Anna' });
    expect(row.profile.postcode).toBeNull();
    expect(row.warnings).toEqual([]);
  });
});
