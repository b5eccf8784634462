import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Place } from '@gruppstart/domain/requirements/place';
import { Requirement } from '@gruppstart/domain/requirements/requirement';
import { OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PlaceDraft, readJobAd } from './job-ad.ts';

/** An invented ad with the field names of the stored extracts. */
const AD = {
  id: '99000001',
  headline: 'Serviceassistent till äldreboendet Solgläntan',
  employer: 'Påhittade kommunen',
  occupation: { id: 'EaDK_DwG_ujx', label: 'Måltidsbiträde' },
  scope: { min: 50, max: 75 },
  vacancies: 2,
  municipalityCode: '2182',
  drivingLicenceRequired: true,
  drivingLicence: [{ concept_id: 'VTK8_WRx_GcM', label: 'B', legacy_ams_taxonomy_id: '3' }],
  description: { text: 'Ring Anna på 070-000 00 00' },
  mustHave: {
    skills: [{ concept_id: 'kj4Q_nLh_u8Q', label: 'Livsmedelshygien', weight: 10 }],
    languages: [
      { concept_id: 'zSLA_vw2_FXN', label: 'Svenska', weight: 10 },
      { concept_id: 'NVxJ_hLg_TYS', label: 'Engelska', weight: 10 },
    ],
    work_experiences: [{ concept_id: 'oRB5_b7i_Qzv', label: 'Köksbiträde', weight: 10 }],
    education: [],
    education_level: [],
  },
  niceToHave: { skills: [], languages: [], work_experiences: [], education: [], education_level: [] },
} as const;

const draftOf = (ad: unknown): PlaceDraft => {
  const read = readJobAd(ad);
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
};
const fieldsOf = (draft: PlaceDraft): readonly string[] => draft.unreadable.map((part) => part.field);

describe('a place from a job ad', () => {
  test('the structured fields become a draft in which everything asked for is a wish', () => {
    expect(draftOf(AD)).toEqual({
      adId: '99000001',
      title: 'Serviceassistent till äldreboendet Solgläntan',
      occupationId: 'EaDK_DwG_ujx',
      suggestedSeats: 2,
      sharePercent: 75,
      requirements: [
        { subject: { kind: 'skill', skillId: 'kj4Q_nLh_u8Q', minLevel: null }, strength: 'wish' },
        { subject: { kind: 'swedish', minLevel: 'A2' }, strength: 'wish' },
        { subject: { kind: 'language', language: 'engelska', minLevel: null }, strength: 'wish' },
        { subject: { kind: 'experience', occupationId: 'oRB5_b7i_Qzv', minYears: 1 }, strength: 'wish' },
        { subject: { kind: 'licence', licence: 'B' }, strength: 'wish' },
      ],
      municipalityCode: '2182',
      unreadable: [],
    });
  });

  test('free text, employer and contact are not read', () => {
    const given = JSON.stringify(draftOf(AD));
    expect(given).not.toContain('070');
    expect(given).not.toContain('kommunen');
  });

  test('an ad as the search service gives it reads the same', () => {
    const {
      occupation,
      scope,
      vacancies,
      municipalityCode,
      drivingLicenceRequired,
      drivingLicence,
      mustHave,
      niceToHave,
      ...rest
    } = AD;
    const served = {
      ...rest,
      occupation: { concept_id: occupation.id, label: occupation.label },
      scope_of_work: scope,
      number_of_vacancies: vacancies,
      workplace_address: { municipality_code: municipalityCode },
      driving_license_required: drivingLicenceRequired,
      driving_license: drivingLicence,
      must_have: mustHave,
      nice_to_have: niceToHave,
    };
    expect(draftOf(served)).toEqual(draftOf(AD));
  });

  test('must and nice to have are alike, and what is asked for twice is one wish', () => {
    const nice = draftOf({ ...AD, mustHave: AD.niceToHave, niceToHave: AD.mustHave });
    expect(nice.requirements).toEqual(draftOf(AD).requirements);
    expect(draftOf({ ...AD, niceToHave: AD.mustHave }).requirements).toEqual(draftOf(AD).requirements);
  });

  test.each(OCCUPATIONS)('the occupation $label is known by id and by name', ({ id, label, synonyms }) => {
    expect(draftOf({ ...AD, occupation: { id, label: 'annat' } }).occupationId).toBe(id);
    for (const name of [label, ...synonyms]) {
      expect(draftOf({ ...AD, occupation: { id: 'xxxx_xxx_xxx', label: name } }).occupationId).toBe(id);
    }
  });

  test.each(SKILLS)('the skill $label is known by id and by name', ({ id, label }) => {
    const skills = [{ concept_id: id, label: 'annat' }, { label }];
    const draft = draftOf({ ...AD, mustHave: { skills } });
    expect(draft.requirements[0]).toEqual({
      subject: { kind: 'skill', skillId: id, minLevel: null },
      strength: 'wish',
    });
  });

  test.each([
    {
      name: 'an occupation outside the vocabulary',
      change: { occupation: { id: 'UVrW_krj_vk8', label: 'Kemist' } },
      field: 'occupation',
    },
    { name: 'no occupation', change: { occupation: null }, field: 'occupation' },
    { name: 'no vacancies', change: { vacancies: 0 }, field: 'vacancies' },
    { name: 'half a vacancy', change: { vacancies: 1.5 }, field: 'vacancies' },
    { name: 'more vacancies than a place can have', change: { vacancies: 51 }, field: 'vacancies' },
    { name: 'no scope', change: { scope: { min: null, max: null } }, field: 'scope' },
    { name: 'a scope over full time', change: { scope: { min: 0, max: 101 } }, field: 'scope' },
    { name: 'no municipality', change: { municipalityCode: null }, field: 'municipalityCode' },
    {
      name: 'a skill outside the vocabulary',
      change: { mustHave: { skills: [{ label: 'Bokslut' }] } },
      field: 'mustHave.skills[0]',
    },
    { name: 'a concept that is none', change: { niceToHave: { skills: [7] } }, field: 'niceToHave.skills[0]' },
    {
      name: 'a language without name',
      change: { mustHave: { languages: [{ label: '1' }] } },
      field: 'mustHave.languages[0]',
    },
    {
      name: 'experience of an unknown occupation',
      change: { mustHave: { work_experiences: [{ label: 'Kemist' }] } },
      field: 'mustHave.work_experiences[0]',
    },
    { name: 'an education', change: { mustHave: { education: [{ label: 'Kemi' }] } }, field: 'mustHave.education[0]' },
    {
      name: 'a level of education',
      change: { niceToHave: { education_level: [{ label: 'Gymnasial' }] } },
      field: 'niceToHave.education_level[0]',
    },
    {
      name: 'a licence class of its own',
      change: { drivingLicence: [{ label: 'Utökad B' }] },
      field: 'drivingLicence[0]',
    },
    { name: 'a licence without class', change: { drivingLicence: null }, field: 'drivingLicenceRequired' },
  ])('$name is told to the manager and costs nothing else', ({ change, field }) => {
    const draft = draftOf({ ...AD, ...change });
    expect(fieldsOf(draft)).toEqual([field]);
    expect(draft.title).toBe(AD.headline);
  });

  test('what the vocabulary lacks is told by the ad’s own name', () => {
    const draft = draftOf({ ...AD, mustHave: { skills: [{ label: 'Bokslut' }] } });
    expect(draft.unreadable[0]?.reason).toEqual({
      sv: 'Kompetensen finns inte i ordlistan (Bokslut).',
      en: 'The skill is not in the vocabulary (Bokslut).',
    });
  });

  test('more demands than a place can hold are told', () => {
    const languages = Array.from({ length: 200 }, (_, index) => ({
      label: `språk${String.fromCharCode(97 + (index % 26))}${String.fromCharCode(97 + Math.floor(index / 26))}`,
    }));
    const draft = draftOf({ ...AD, mustHave: { languages } });
    expect(draft.requirements).toHaveLength(30);
    expect(fieldsOf(draft)).toContain('mustHave.languages');
  });

  test('a long headline is cut to the length of a title', () => {
    const draft = draftOf({ ...AD, headline: `${'Serviceassistent '.repeat(10)}\u0007` });
    expect(draft.title.length).toBeLessThanOrEqual(80);
    expect(draft.title.endsWith('…')).toBe(true);
    expect(draftOf({ ...AD, headline: `${'a'.repeat(78)}\ud83d\ude00b` }).title.isWellFormed()).toBe(true);
  });

  test.each([
    undefined,
    null,
    7,
    'ad',
    [],
    {},
    { id: '1' },
    { headline: 'Städare' },
    { ...AD, id: '' },
    { ...AD, id: 'a b' },
    { ...AD, headline: ' \n ' },
    { ...AD, headline: 7 },
  ])('%j is no ad', (input) => {
    expect(readJobAd(input)).toMatchObject({ ok: false, error: { code: 'job-ad-unreadable' } });
  });

  const isGoodDraft = (draft: PlaceDraft): void => {
    expect(Place.shape.title.safeParse(draft.title).success).toBe(true);
    expect(Place.shape.seats.safeParse(draft.suggestedSeats).success).toBe(true);
    expect(Place.shape.requirements.safeParse(draft.requirements).success).toBe(true);
    expect(draft.requirements.every((requirement) => requirement.strength === 'wish')).toBe(true);
    expect(draft.sharePercent === null || Place.shape.sharePercent.safeParse(draft.sharePercent).success).toBe(true);
    expect(draft.requirements.every((requirement) => Requirement.safeParse(requirement).success)).toBe(true);
  };

  test('any input gets an answer, also in the place of any field', () => {
    const keys = Object.keys(AD).filter((key) => key !== 'id' && key !== 'headline');
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...keys), (anything, key) => {
        expect(typeof readJobAd(anything).ok).toBe('boolean');
        isGoodDraft(draftOf({ ...AD, [key]: anything }));
        isGoodDraft(
          draftOf({ ...AD, mustHave: { skills: anything, languages: [anything], work_experiences: [anything] } }),
        );
      }),
    );
  });

  test('every real ad gives a draft, when the stored ads are at hand', () => {
    const path = join(import.meta.dirname, '../../../../shared/data/external/jobads_2025-09.json');
    const isPresent = existsSync(path);
    if (!isPresent)
      console.info(
        `Real job ads are not at hand (${'shared/data/external/jobads_2025-09.json'}): only invented ones are read.`,
      );
    const ads: readonly unknown[] = isPresent ? JSON.parse(readFileSync(path, 'utf8')) : [AD];
    const drafts = ads.map(draftOf);
    for (const draft of drafts) isGoodDraft(draft);
    expect(new Set(drafts.map((draft) => draft.adId)).size).toBe(ads.length);
    if (!isPresent) return;
    expect(drafts).toHaveLength(85);
    const kinds = drafts.flatMap((draft) => draft.requirements.map((requirement) => requirement.subject.kind));
    expect(drafts.filter((draft) => draft.requirements.some(({ subject }) => subject.kind === 'licence'))).toHaveLength(
      5,
    );
    expect(drafts.filter((draft) => draft.requirements.some(({ subject }) => subject.kind === 'swedish'))).toHaveLength(
      9,
    );
    expect(new Set(kinds)).toContain('language');
  });
});
