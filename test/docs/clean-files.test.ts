import { describe, expect, test } from 'vitest';
import { projectFiles, read } from './markdown.ts';

const FILES = [
  ...projectFiles('**/*.{ts,mts,mjs,js,json,md,css,csv,yml,yaml,txt}'),
  ...projectFiles('.ci/*'),
  ...projectFiles('.{npmrc,gitignore}'),
];

/** Put together here, so that this file does not find itself. */
const folder = (...names: readonly string[]): RegExp => new RegExp(`(?<![\\w.~@-])/(?:${names.join('|')})/(?=[\\w.-])`);
const host = (...names: readonly string[]): RegExp => new RegExp(`(?:${names.join('|')})`, 'i');

const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a folder of somebody’s machine', folder('work', 'root', 'home', 'Users')],
  ['a folder of somebody’s Windows', /[A-Z]:\\{1,2}Users/],
  [
    'a host of a package registry',
    host(
      `//[\\w.-]*regis${'try'}[\\w.-]*\\.`,
      `regis${'try'}\\.npmjs`,
      `npm${'\\.pkg\\.'}`,
      `artifact${'ory'}`,
      `verda${'ccio'}`,
    ),
  ],
  ['a mark of work left undone', new RegExp(`\\b(?:TO${'DO'}|FIX${'ME'}|XX${'X'})\\b`)],
];

describe('the files of the project', () => {
  test('are there to be looked at', () => {
    expect(FILES.length).toBeGreaterThan(400);
    for (const file of ['package-lock.json', '.npmrc', '.ci/run', 'infra/src/build/cli.ts'])
      expect(FILES).toContain(file);
  });

  test.each(FORBIDDEN)('hold no %s', (_what, pattern) => {
    const found = FILES.flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
    );
    expect(found).toEqual([]);
  });

  test.each([
    ['/ho', 'me/anna/x.ts', 0],
    ['see /wo', 'rk/main for it', 0],
    ['https://regis', 'try.example.org/zod', 2],
    ['TO', 'DO: later', 3],
  ])('are searched by patterns that find %s%s', (start, end, index) => {
    expect(FORBIDDEN[index]?.[1].test(`${start}${end}`)).toBe(true);
  });
});
