import { describe, expect, test } from 'vitest';
import { FIELD_LABELS, FIELDS_OF_WORK } from './fields-of-work.ts';
import { NEAR_OCCUPATIONS, OCCUPATIONS, OccupationId } from './occupations.ts';
import { SKILLS, SkillId } from './skills.ts';

const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase();
const repeated = (texts: readonly string[]): readonly string[] =>
  texts.filter((text, index) => texts.indexOf(text) !== index);

describe('skills', () => {
  test('each has an id and names of its own in both languages', () => {
    expect(SKILLS.length).toBeGreaterThan(15);
    expect(repeated(SKILLS.map(({ id }) => id))).toEqual([]);
    expect(repeated(SKILLS.map(({ label }) => fold(label)))).toEqual([]);
    expect(repeated(SKILLS.map(({ labelEn }) => fold(labelEn)))).toEqual([]);
    expect(SKILLS.filter(({ label, labelEn }) => label.trim() === '' || labelEn.trim() === '')).toEqual([]);
  });

  test('no name could be read as a level or a list separator', () => {
    expect(SKILLS.filter(({ label }) => /[:;\n]|\d$/.test(label))).toEqual([]);
  });
});

describe('occupations', () => {
  const known = new Set(OCCUPATIONS.map(({ id }) => id));

  test('each has an id of its own', () => {
    expect(OCCUPATIONS.length).toBeGreaterThan(10);
    expect(known.size).toBe(OCCUPATIONS.length);
  });

  test('no name or synonym means two of them', () => {
    expect(repeated(OCCUPATIONS.flatMap(({ label, synonyms }) => [label, ...synonyms]).map(fold))).toEqual([]);
    expect(repeated(OCCUPATIONS.map(({ labelEn }) => fold(labelEn)))).toEqual([]);
  });

  test('near ones refer to known ones, never to themselves, and each pair has one judgement', () => {
    expect(NEAR_OCCUPATIONS.filter(({ from, to }) => !known.has(from) || !known.has(to) || from === to)).toEqual([]);
    expect(repeated(NEAR_OCCUPATIONS.map(({ from, to }) => `${from} ${to}`))).toEqual([]);
  });
});

describe('fields of work', () => {
  test('each has one name in each language and shares it with no other', () => {
    expect(Object.keys(FIELD_LABELS)).toEqual([...FIELDS_OF_WORK]);
    expect(repeated(Object.values(FIELD_LABELS).map(({ sv }) => fold(sv)))).toEqual([]);
    expect(repeated(Object.values(FIELD_LABELS).map(({ en }) => fold(en)))).toEqual([]);
  });
});

test.each([SkillId, OccupationId])('an id is the taxonomy’s or a local one, nothing else', (schema) => {
  const taken = ['C1qR_L83_nzh', 'local_serviceassistent', 'C1qR-L83-nzh', 'local_', 'local_Å', 'städning', ''].filter(
    (text) => schema.safeParse(text).success,
  );
  expect(taken).toEqual(['C1qR_L83_nzh', 'local_serviceassistent']);
});
