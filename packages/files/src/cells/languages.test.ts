import { SpokenLanguage } from '@gruppstart/domain/intake/language-level';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInterpreterLanguage, readLanguages, readSwedish } from './languages.ts';

describe('the level of Swedish', () => {
  test.each([
    { text: 'A1', level: 'A1' },
    { text: 'b2', level: 'B2' },
    { text: 'C2', level: 'C2' },
    { text: 'SFI A', level: 'A1' },
    { text: 'SFI B', level: 'A1' },
    { text: 'sfi c', level: 'A2' },
    { text: 'SFI-D', level: 'B1' },
    { text: 'sfid', level: 'B1' },
    { text: 'modersmål', level: 'native' },
    { text: 'Modersmål', level: 'native' },
  ])('$text is $level', ({ text, level }) => {
    expect(readSwedish(text)).toEqual({ ok: true, value: level });
  });

  test.each(['flytande', 'bra', 'B3', 'SFI E', 'SFI', 'D', 'A1-A2', 'B1+', '4', 'ja'])('%s is no level', (text) => {
    expect(readSwedish(text)).toMatchObject({ ok: false, error: { code: 'language-level-unknown' } });
  });
});

describe('other languages', () => {
  test.each([
    { text: 'tigrinja', languages: [{ language: 'tigrinja', level: null }] },
    { text: 'engelska B1', languages: [{ language: 'engelska', level: 'B1' }] },
    {
      text: 'dari; engelska A2',
      languages: [
        { language: 'dari', level: null },
        { language: 'engelska', level: 'A2' },
      ],
    },
    {
      text: 'somaliska, engelska B1',
      languages: [
        { language: 'somaliska', level: null },
        { language: 'engelska', level: 'B1' },
      ],
    },
    {
      text: 'Arabiska modersmål\nFinska (B2)',
      languages: [
        { language: 'arabiska', level: 'native' },
        { language: 'finska', level: 'B2' },
      ],
    },
    { text: 'persiska: C1', languages: [{ language: 'persiska', level: 'C1' }] },
    { text: 'syrisk arabiska', languages: [{ language: 'syrisk arabiska', level: null }] },
    { text: 'serbo-kroatiska A2', languages: [{ language: 'serbo-kroatiska', level: 'A2' }] },
    { text: 'engelska, engelska B1, engelska A2', languages: [{ language: 'engelska', level: 'B1' }] },
    { text: 'inga', languages: [] },
    { text: 'inget', languages: [] },
  ])('$text is read', ({ text, languages }) => {
    expect(readLanguages(text)).toEqual({ ok: true, value: languages });
  });

  test.each([
    { text: 'engelska B3', code: 'language-level-unknown' },
    { text: 'engelska flytande', code: 'language-level-unknown' },
    { text: 'dari; engelska SFI E', code: 'language-level-unknown' },
    { text: 'svenska B1', code: 'language-malformed' },
    { text: '12', code: 'language-malformed' },
    { text: ';', code: 'language-malformed' },
    { text: 'x'.repeat(61), code: 'language-malformed' },
    { text: 'ADHD', code: 'free-text-forbidden' },
    {
      text: 'abcdefghijklmn'
        .split('')
        .map((letter) => `${letter}språk`)
        .join(','),
      code: 'too-many-values',
    },
  ])('$text is refused: $code', ({ text, code }) => {
    expect(readLanguages(text)).toMatchObject({ ok: false, error: { code } });
  });

  test('whatever is read has the form that the profile wants', () => {
    const words = fc.array(
      fc.constantFrom('dari', 'engelska', ' ', ';', ',', 'B1', 'SFI C', '(', ')', ':', '-', 'Ö', "'", '\n'),
    );
    fc.assert(
      fc.property(words, (parts) => {
        const reading = readLanguages(parts.join(''));
        if (reading.ok)
          for (const language of reading.value) expect(SpokenLanguage.safeParse(language).success).toBe(true);
      }),
    );
  });
});

describe('the language of an interpreter', () => {
  test.each([
    { text: 'dari', language: 'dari' },
    { text: ' Tigrinja ', language: 'tigrinja' },
    { text: 'nej', language: null },
    { text: 'inget', language: null },
  ])('$text is read', ({ text, language }) => {
    expect(readInterpreterLanguage(text)).toEqual({ ok: true, value: language });
  });

  test.each(['dari, arabiska', 'dari 2', 'x'.repeat(60)])('%s is not one language', (text) => {
    expect(readInterpreterLanguage(text)).toMatchObject({ ok: false, error: { code: 'language-malformed' } });
  });
});
