import { describe, expect, test } from 'vitest';
import { MatchingProfile } from '../intake/matching-profile.ts';
import { OCCUPATIONS } from '../shared/vocabulary/occupations.ts';
import { SKILLS } from '../shared/vocabulary/skills.ts';
import { idOf } from '../test-support/builders.ts';
import { PROFILE_FIELDS } from './criterion.ts';
import { ProfileAnswer, withAnswer } from './profile-answer.ts';

const candidateId = idOf('candidate');
const answer = (field: string, value: unknown): ProfileAnswer => ProfileAnswer.parse({ candidateId, field, value });

const PROFILE = MatchingProfile.parse({
  enrolledSince: null,
  availableFrom: null,
  shareFromPercent: 50,
  shareToPercent: 75,
  workingTimes: null,
  engagements: null,
  licences: null,
  swedish: null,
  languages: null,
  skills: null,
  experience: null,
  knownItems: [],
  wishes: null,
  maxTravelMinutes: null,
  hasCar: null,
  postcode: '82630',
});

describe('an answer', () => {
  test('can be given to every question there is, and to no other', () => {
    const items = ['skill', 'language', 'licence', 'occupation'];
    expect(ProfileAnswer.options.map((option) => option.shape.field.value)).toEqual([...PROFILE_FIELDS, ...items]);
    expect(ProfileAnswer.safeParse({ candidateId, field: 'postcode', value: '82630' }).success).toBe(false);
  });

  test.each(PROFILE_FIELDS)('to %s is something known, never null', (field) => {
    expect(ProfileAnswer.safeParse({ candidateId, field, value: null }).success).toBe(false);
  });

  test.each([
    ['licences', []],
    ['hasCar', false],
    ['swedish', 'B1'],
    ['maxTravelMinutes', 45],
  ])('to %s takes the place of what was known of it, and of nothing else', (field, value) => {
    expect(withAnswer(PROFILE, answer(field, value))).toEqual({ ...PROFILE, [field]: value });
  });

  test.each([
    ['shareFromPercent', 75, { shareFromPercent: 75, shareToPercent: 75 }],
    ['shareFromPercent', 80, { shareFromPercent: 80, shareToPercent: null }],
    ['shareToPercent', 50, { shareFromPercent: 50, shareToPercent: 50 }],
    ['shareToPercent', 40, { shareFromPercent: null, shareToPercent: 40 }],
  ])('of %s %i to somebody who could work 50 to 75 percent leaves %j', (field, value, share) => {
    expect(withAnswer(PROFILE, answer(field, value))).toEqual({ ...PROFILE, ...share });
  });
});

describe('an answer about one thing in a list', () => {
  const [hygiene, cooking] = SKILLS.map(({ id }) => id);
  const [occupationId] = OCCUPATIONS.map(({ id }) => id);
  const skill = (value: object) => answer('skill', { skillId: hygiene, level: null, ...value });
  const [has, lacks] = [skill({ held: true, level: 3 }), skill({ held: false, level: 3 })];

  test('leaves the rest of a list that is not stated as unknown as it was', () => {
    const told = withAnswer(PROFILE, has);
    expect(told).toEqual({ ...PROFILE, knownItems: [{ kind: 'skill', skillId: hygiene, held: true, level: 3 }] });
    const more = withAnswer(told, answer('licence', { licence: 'B', held: false }));
    expect(more.knownItems.map(({ kind }) => kind)).toEqual(['skill', 'licence']);
    expect(more.skills).toBeNull();
  });

  test('takes the place of what was said of the same thing before, and says no level of what is not held', () => {
    const { knownItems } = withAnswer(withAnswer(PROFILE, has), lacks);
    expect(knownItems).toEqual([{ kind: 'skill', skillId: hygiene, held: false, level: null }]);
    const worked = answer('occupation', { occupationId, held: false, years: 4 });
    expect(withAnswer(PROFILE, worked).knownItems).toEqual([
      { kind: 'occupation', occupationId, held: false, years: 0 },
    ]);
    const speaks = withAnswer(PROFILE, answer('language', { language: 'arabiska', held: true, level: null }));
    expect(
      withAnswer(speaks, answer('language', { language: 'Arabiska', held: true, level: 'B1' })).knownItems,
    ).toMatchObject([{ language: 'Arabiska', level: 'B1' }]);
  });

  test.each([
    [{ skills: [] }, has, { skills: [{ skillId: hygiene, level: 3 }] }],
    [{ skills: [{ skillId: hygiene, level: null }] }, has, { skills: [{ skillId: hygiene, level: 3 }] }],
    [
      {
        skills: [
          { skillId: hygiene, level: 2 },
          { skillId: cooking, level: 1 },
        ],
      },
      lacks,
      { skills: [{ skillId: cooking, level: 1 }] },
    ],
    [
      { languages: [{ language: 'arabiska', level: null }] },
      answer('language', { language: 'Arabiska', held: true, level: 'C1' }),
      { languages: [{ language: 'Arabiska', level: 'C1' }] },
    ],
    [{ licences: ['AM'] }, answer('licence', { licence: 'B', held: true }), { licences: ['AM', 'B'] }],
    [{ licences: ['AM', 'CE'] }, answer('licence', { licence: 'B', held: false }), { licences: ['AM'] }],
    [
      { experience: [{ occupationId, years: 1 }] },
      answer('occupation', { occupationId, held: true, years: 5 }),
      { experience: [{ occupationId, years: 5 }] },
    ],
    [
      { experience: [{ occupationId, years: 1 }] },
      answer('occupation', { occupationId, held: false, years: 5 }),
      { experience: [] },
    ],
  ])('changes a list that is stated, which stays whole (%#)', (known, said, expected) => {
    const profile = MatchingProfile.parse({ ...PROFILE, ...known });
    expect(withAnswer(profile, said)).toEqual({ ...profile, ...expected });
  });

  test('falls away when the whole list is stated, and only then', () => {
    const told = withAnswer(withAnswer(PROFILE, has), answer('licence', { licence: 'B', held: true }));
    const stated = withAnswer(told, answer('skills', []));
    expect(stated.knownItems).toEqual([{ kind: 'licence', licence: 'B', held: true }]);
    expect(withAnswer(told, answer('hasCar', true)).knownItems).toEqual(told.knownItems);
  });
});

test('a class of licence or a time of day that is named twice is one', () => {
  expect(withAnswer(PROFILE, answer('licences', ['B', 'AM', 'B'])).licences).toEqual(['B', 'AM']);
  expect(withAnswer(PROFILE, answer('workingTimes', ['day', 'day'])).workingTimes).toEqual(['day']);
});
