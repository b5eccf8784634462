import { describe, expect, test } from 'vitest';
import { GLOSSARY, SHADES } from './glossary.ts';
import { read, section, tableRows } from './markdown.ts';

const ORDLISTA = tableRows(read('docs/sv/ordlista.md'));
const README_WORDS = tableRows(section(read('README.md'), 'Words'));

describe('the Swedish glossary', () => {
  test.each(GLOSSARY)('gives %s its one Swedish word, %s, and says what it means', (inCode, inSwedish) => {
    const rows = ORDLISTA.filter(([, name]) => name === `\`${inCode}\``);
    expect(rows).toEqual([[inSwedish, `\`${inCode}\``, expect.stringMatching(/.{8}/)]]);
  });

  test.each(SHADES)('gives %s its Swedish word, %s', (inCode, inSwedish) => {
    expect(ORDLISTA.filter(([word, name]) => name === `\`${inCode}\`` && word?.startsWith(inSwedish))).toHaveLength(1);
  });

  test('has one row for each Swedish word', () => {
    const words = ORDLISTA.map(([word]) => word);
    expect(words.filter((word, index) => words.indexOf(word) !== index && word !== 'placering')).toEqual([]);
  });
});

describe('the glossary of the README', () => {
  test.each(GLOSSARY)('gives %s the same Swedish word, %s', (inCode, inSwedish) => {
    const rows = README_WORDS.filter(([names]) => names?.split(', ').includes(`\`${inCode}\``));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.[1]?.split(', ')).toContain(inSwedish);
  });
});
