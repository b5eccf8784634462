import { FIELD_LABELS, FIELDS_OF_WORK } from '@gruppstart/domain/shared/vocabulary/fields-of-work';
import { OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExperience } from './experience.ts';
import { forbiddenInFreeText } from './free-text.ts';
import { readSkills } from './skills.ts';
import { readWishes } from './wishes.ts';

const skillId = (label: string): string => {
  const skill = SKILLS.find((candidate) => candidate.label === label);
  if (!skill) throw new Error(`No skill ${label}`);
  return skill.id;
};
const KITCHEN = skillId('Städning och diskning, kök');
const HYGIENE = skillId('Hygienstädning');
const PRESCHOOL = skillId('Städning förskola/skola');

const occupationId = (label: string): string => {
  const occupation = OCCUPATIONS.find((candidate) => candidate.label === label);
  if (!occupation) throw new Error(`No occupation ${label}`);
  return occupation.id;
};

describe('skills', () => {
  test.each(SKILLS)('$label is known by name and by id, with and without level', ({ id, label }) => {
    for (const name of [label, label.toUpperCase(), id]) {
      expect(readSkills(name)).toEqual({ ok: true, value: { skills: [{ skillId: id, level: null }], unmatched: [] } });
      expect(readSkills(`${name}:3`)).toMatchObject({ ok: true, value: { skills: [{ skillId: id, level: 3 }] } });
    }
  });

  test.each([
    {
      name: 'a name with a comma in it is one skill',
      text: 'Städning och diskning, kök, Hygienstädning:2',
      skills: [
        { skillId: KITCHEN, level: null },
        { skillId: HYGIENE, level: 2 },
      ],
      unmatched: [],
    },
    {
      name: 'its level stands after all of it',
      text: 'Hygienstädning, Städning  och diskning, kök : 4',
      skills: [
        { skillId: HYGIENE, level: null },
        { skillId: KITCHEN, level: 4 },
      ],
      unmatched: [],
    },
    {
      name: 'semicolons and line breaks divide as commas do',
      text: 'Hygienstädning;Städning förskola/skola:1\nStädning och diskning, kök',
      skills: [
        { skillId: HYGIENE, level: null },
        { skillId: PRESCHOOL, level: 1 },
        { skillId: KITCHEN, level: null },
      ],
      unmatched: [],
    },
    {
      name: 'a name that begins like another is not that other',
      text: 'Hygienstädningar, Städning och diskning, köket',
      skills: [],
      unmatched: ['Hygienstädningar', 'Städning och diskning', 'köket'],
    },
    {
      name: 'an unknown name is kept as written, without its level',
      text: 'Truckkort:2, Hygienstädning, Truckkort',
      skills: [{ skillId: HYGIENE, level: null }],
      unmatched: ['Truckkort'],
    },
    {
      name: 'a skill named twice has the higher level',
      text: 'Hygienstädning:2, Hygienstädning, Hygienstädning:3, Hygienstädning:1',
      skills: [{ skillId: HYGIENE, level: 3 }],
      unmatched: [],
    },
    { name: 'a known none is an empty list', text: 'Inga', skills: [], unmatched: [] },
  ])('$name', ({ text, skills, unmatched }) => {
    expect(readSkills(text)).toEqual({ ok: true, value: { skills, unmatched } });
  });

  test.each([
    { text: 'Hygienstädning:5', code: 'skill-level-unknown' },
    { text: 'Hygienstädning:0', code: 'skill-level-unknown' },
    { text: 'Hygienstädning:', code: 'skill-level-unknown' },
    { text: 'Hygienstädning:expert', code: 'skill-level-unknown' },
    { text: 'Hygienstädning:1:2', code: 'skill-level-unknown' },
    { text: 'Truckkort:12', code: 'skill-level-unknown' },
    { text: ':3', code: 'skill-level-unknown' },
    { text: 'Truckkort, har adhd', code: 'free-text-forbidden' },
    { text: 'ring 070-578 16 94', code: 'free-text-forbidden' },
    { text: 'x'.repeat(81), code: 'too-many-values' },
    { text: Array.from({ length: 21 }, (_, index) => `okänd ${'x'.repeat(index)}`).join(','), code: 'too-many-values' },
  ])('$text is refused: $code', ({ text, code }) => {
    expect(readSkills(text)).toMatchObject({ ok: false, error: { code } });
  });

  test('any list of known skills, written with any separator, comes back whole and in order', () => {
    const held = fc.record({
      skill: fc.constantFrom(...SKILLS),
      level: fc.constantFrom(null, 1, 2, 3, 4),
    });
    const lists = fc.uniqueArray(held, { selector: ({ skill }) => skill.id, minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(lists, fc.constantFrom(', ', ',', '; ', '\n'), (list, separator) => {
        const text = list
          .map(({ skill, level }) => (level === null ? skill.label : `${skill.label}:${level}`))
          .join(separator);
        expect(readSkills(text)).toEqual({
          ok: true,
          value: { skills: list.map(({ skill, level }) => ({ skillId: skill.id, level })), unmatched: [] },
        });
      }),
    );
  });
});

describe('experience', () => {
  test.each(OCCUPATIONS)('$label is known by its names and its id', ({ id, label, synonyms }) => {
    for (const name of [label, id, ...synonyms]) {
      expect(readExperience(`${name} 4 år`)).toEqual({
        ok: true,
        value: { experience: [{ occupationId: id, years: 4 }], unmatchedCount: 0 },
      });
    }
  });

  const carer = occupationId('Barnskötare');
  const cleaner = occupationId('Städare');
  const nurse = occupationId('Undersköterska');

  test.each([
    {
      text: 'Barnskötare 4 år, Städare 9 år',
      experience: [
        { occupationId: carer, years: 4 },
        { occupationId: cleaner, years: 9 },
      ],
    },
    { text: 'barnskötare: 4', experience: [{ occupationId: carer, years: 4 }] },
    { text: 'Barnskötare (4 år)', experience: [{ occupationId: carer, years: 4 }] },
    {
      text: 'Barnskötare 1 år; Städare 2',
      experience: [
        { occupationId: carer, years: 1 },
        { occupationId: cleaner, years: 2 },
      ],
    },
    { text: 'Barnskötare 2,5 år', experience: [{ occupationId: carer, years: 2 }] },
    { text: 'Barnskötare 18 månader', experience: [{ occupationId: carer, years: 1 }] },
    { text: 'Barnskötare 6 mån', experience: [{ occupationId: carer, years: 0 }] },
    { text: 'Undersköterska, hemtjänst och äldreboende 5 år', experience: [{ occupationId: nurse, years: 5 }] },
    { text: 'Städare 2 år, Lokalvårdare 7 år', experience: [{ occupationId: cleaner, years: 9 }] },
    { text: 'Städare 40 år, Städare 40 år', experience: [{ occupationId: cleaner, years: 60 }] },
    { text: 'ingen', experience: [] },
  ])('$text is read', ({ text, experience }) => {
    expect(readExperience(text)).toEqual({ ok: true, value: { experience, unmatchedCount: 0 } });
  });

  test('an occupation that the vocabulary lacks is counted, not kept', () => {
    expect(readExperience('Astronaut 3 år, Städare 2 år')).toEqual({
      ok: true,
      value: { experience: [{ occupationId: cleaner, years: 2 }], unmatchedCount: 1 },
    });
  });

  test.each([
    'Barnskötare',
    'Barnskötare många år',
    'Barnskötare 61 år',
    'Barnskötare 4 år i Gävle',
    'Astronaut',
    '4 år',
    'Barnskötare -4 år',
    '12',
  ])('%s cannot be read', (text) => {
    expect(readExperience(text)).toMatchObject({ ok: false, error: { code: 'experience-malformed' } });
  });
});

describe('wishes', () => {
  test.each(FIELDS_OF_WORK)('the field %s is known by its Swedish name', (field) => {
    expect(readWishes(FIELD_LABELS[field].sv.toUpperCase())).toEqual({
      ok: true,
      value: { wishes: [{ kind: 'field', field }], unmatchedCount: 0 },
    });
  });

  test('fields and units keep the order of wish, and a repeated one counts once', () => {
    expect(readWishes('kök och måltid, Förskolan Solrosen; städ, Kök och måltid')).toEqual({
      ok: true,
      value: {
        wishes: [
          { kind: 'field', field: 'kitchen' },
          { kind: 'unit', unitName: 'Förskolan Solrosen' },
          { kind: 'field', field: 'cleaning' },
        ],
        unmatchedCount: 0,
      },
    });
  });

  test.each(['x', '12', 'x'.repeat(81)])('%s can be no wish and is not kept', (text) => {
    expect(readWishes(text)).toEqual({ ok: true, value: { wishes: [], unmatchedCount: 1 } });
  });

  test('wishes with forbidden text, or too many, are refused', () => {
    expect(readWishes('skola, ej kök pga astma')).toMatchObject({ ok: false, error: { code: 'free-text-forbidden' } });
    const many = Array.from({ length: 11 }, (_, index) => `Enhet ${index}`).join(',');
    expect(readWishes(many)).toMatchObject({ ok: false, error: { code: 'too-many-values' } });
  });
});

describe('forbidden free text', () => {
  test.each([
    'har ADHD',
    'Sjukskriven till våren',
    'ryggproblem efter olycka',
    'deprimerad',
    'lider av ångest',
    'är gravid',
    'diabetes typ 2',
    'tidigare straffad',
    'dömd för stöld',
    'muslim',
    'medlem i facket',
    '19700926-9973',
    'nr 700926 9973',
    '7009869973',
    '070-578 16 94',
    '+46705781694',
    '(08) 12 34 56 78',
    'anna.ek@example.se',
  ])('%s is found', (text) => {
    expect(forbiddenInFreeText(text)).toBe(true);
  });

  test.each([
    'Förskolan Solrosen',
    'Demensvård',
    'Diabetesvård',
    'Psykiatrisk omvårdnad',
    'Autismboende',
    'Sjukhusstädning',
    'Sjukvårdssvenska',
    'Truckkort A1-B2',
    'HLR 2026',
    'Enhet 12',
    'Storgatan 12, 826 30',
    'Avbrottsfri drift',
    'Kristinaskolan',
    'Addtech-vana',
  ])('%s is ordinary', (text) => {
    expect(forbiddenInFreeText(text)).toBe(false);
  });
});
