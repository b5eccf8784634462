import { describe, expect, test } from 'vitest';
import { LANGUAGE_LEVELS, languageRank, SFI_TO_CEFR, SpokenLanguage } from './language-level.ts';

describe('language levels', () => {
  test('rise from A1 to mother tongue by one', () => {
    expect(['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native']).toEqual([...LANGUAGE_LEVELS]);
    expect(LANGUAGE_LEVELS.map(languageRank)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test.each([
    ['A', 'A1'],
    ['B', 'A1'],
    ['C', 'A2'],
    ['D', 'B1'],
  ] as const)('SFI %s counts as %s', (course, level) => {
    expect(SFI_TO_CEFR[course]).toBe(level);
  });

  test('a later SFI course never counts as less', () => {
    const ranks = Object.values(SFI_TO_CEFR).map(languageRank);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });
});

describe('a spoken language', () => {
  test.each(['tigrinja', 'engelska', 'serbiska-kroatiska', "n'ko", 'ქართული'])('%s is a name', (language) => {
    expect(SpokenLanguage.safeParse({ language, level: null }).success).toBe(true);
  });

  test.each(['', 'a', '1engelska', 'engelska; B2', 'engelska (modersmål)', 'x'.repeat(41)])(
    '%j is none',
    (language) => {
      expect(SpokenLanguage.safeParse({ language, level: null }).success).toBe(false);
    },
  );

  test('the level is known or null, never left out', () => {
    expect(SpokenLanguage.safeParse({ language: 'dari', level: 'native' }).success).toBe(true);
    expect(SpokenLanguage.safeParse({ language: 'dari' }).success).toBe(false);
    expect(SpokenLanguage.safeParse({ language: 'dari', level: 'B3' }).success).toBe(false);
  });
});
