import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOMS, ROOMS_WITH_STEPS, STEPS } from './rooms.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const IMPORT = /(?:^|[\s;])(?:import|export)\s(?:[^'";]*?\sfrom\s)?'([^']+)'|import\(\s*'([^']+)'\s*\)/gm;

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap((match) => match[1] ?? match[2] ?? []);

const isTestFile = (file: string): boolean => /\.test\.ts$|\/test(-support|data|ing)(\/|\.ts$)/.test(file);

const filesOf = (folder: string): readonly string[] =>
  globSync('**/*.ts', { cwd: join(ROOT, folder), exclude: (name) => name === 'node_modules' })
    .map((file) => join(ROOT, folder, file))
    .filter((file) => !isTestFile(file) && !file.endsWith('.d.ts'));

const allows = (allowed: string, specifier: string): boolean =>
  allowed.endsWith('/') || allowed.endsWith(':')
    ? specifier.startsWith(allowed)
    : specifier === allowed || specifier.startsWith(`${allowed}/`);

/** Code without comments and strings, so that a word in a sentence is no use of it. */
const codeOf = (file: string): string =>
  readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, (text) =>
    text.startsWith('/') ? '' : "''",
  );

describe('the rooms of the design', () => {
  test('cover every package and function there is', () => {
    const folders = globSync('{packages,functions}/*/package.json', { cwd: ROOT }).map((file) => dirname(file));
    expect(folders.length).toBeGreaterThan(10);
    expect([...folders, 'infra'].toSorted()).toEqual(ROOMS.map((room) => room.folder).toSorted());
  });

  test.each(ROOMS)('$folder imports only what its room allows', ({ folder, mayImport }) => {
    const files = filesOf(folder);
    expect(files.length).toBeGreaterThan(0);
    const foreign = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => !specifier.startsWith('.'))
        .filter((specifier) => !mayImport.some((allowed) => allows(allowed, specifier)))
        .map((specifier) => `${relative(ROOT, file)} imports ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });

  test.each(ROOMS)('$folder reaches into no other room by a relative path', ({ folder }) => {
    const leaving = filesOf(folder).flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .filter((specifier) => !resolve(dirname(file), specifier).startsWith(`${join(ROOT, folder)}/`))
        .map((specifier) => `${relative(ROOT, file)} imports ${specifier}`),
    );
    expect(leaving).toEqual([]);
  });

  test.each(ROOMS_WITH_STEPS)('%s imports earlier steps of the way only', (folder) => {
    const stepOf = (path: string): number => STEPS.findIndex((step) => path.startsWith(`${step}/`));
    const source = join(ROOT, folder, 'src');
    const backwards = filesOf(folder).flatMap((file) => {
      const own = stepOf(relative(source, file));
      if (own === -1) return [];
      return importsOf(file)
        .map((specifier) => {
          if (specifier.startsWith('.')) return relative(source, resolve(dirname(file), specifier));
          return specifier.replace(/^@gruppstart\/(domain|usecases)\//, '');
        })
        .filter((path) => stepOf(path) > own)
        .map((path) => `${relative(ROOT, file)} imports the later step ${path}`);
    });
    expect(backwards).toEqual([]);
  });

  test('what sex and age somebody has, is asked for by the fairness report alone', () => {
    const asking = ROOMS.flatMap(({ folder }) => filesOf(folder)).filter((file) =>
      importsOf(file).some((specifier) => /\bcompared-groups(\.ts)?$/.test(specifier)),
    );
    expect(asking.map((file) => relative(ROOT, file)).toSorted()).toEqual([
      'packages/domain/src/matching/fairness.ts',
      'packages/usecases/src/matching/fairness-sentences.ts',
      'packages/usecases/src/matching/read-fairness.ts',
    ]);
  });

  test('the clock, chance and promises stay out of the pure rooms', () => {
    const pure = ['packages/domain', 'packages/matching', 'packages/calendar', 'packages/access'];
    const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bPromise\b|\basync\b|\bconsole\.|\bprocess\./;
    const files = pure.flatMap(filesOf);
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => impure.test(codeOf(file))).map((file) => relative(ROOT, file))).toEqual([]);
  });
});
