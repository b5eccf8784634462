import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsOf, MARKDOWN_FILES, ROOT, read, withoutCode } from './markdown.ts';

interface Link {
  readonly file: string;
  readonly target: string;
}

const LINKS: readonly Link[] = MARKDOWN_FILES.flatMap((file) =>
  [...withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => ({ file, target: target ?? '' })),
).filter(({ target }) => !/^[a-z]+:/.test(target));

const split = ({ file, target }: Link): { readonly path: string; readonly anchor: string | null } => {
  const [path = '', anchor = null] = target.split('#');
  return { path: path === '' ? file : join(dirname(file), decodeURIComponent(path)), anchor };
};

describe('links between the pages', () => {
  test('are there at all', () => {
    expect(LINKS.length).toBeGreaterThan(30);
  });

  test('lead to files and folders that exist', () => {
    expect(LINKS.filter((link) => !existsSync(join(ROOT, split(link).path)))).toEqual([]);
  });

  test('lead to headings that exist', () => {
    const broken = LINKS.filter((link) => {
      const { path, anchor } = split(link);
      return anchor !== null && !(path.endsWith('.md') && anchorsOf(read(path)).has(decodeURIComponent(anchor)));
    });
    expect(broken).toEqual([]);
  });

  test('leave no page without a way to it', () => {
    const reached = new Set(LINKS.map((link) => split(link).path));
    const pages = MARKDOWN_FILES.filter((file) => file.startsWith('docs/') && !file.endsWith('README.md'));
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });
});

describe('commands in the pages', () => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);
  const words = (pattern: RegExp): readonly { readonly file: string; readonly word: string }[] =>
    MARKDOWN_FILES.flatMap((file) => [...read(file).matchAll(pattern)].map(([, word]) => ({ file, word: word ?? '' })));

  test('name npm scripts that exist', () => {
    const named = words(/npm run (?:--silent )?([a-z][\w:-]*)/g);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ word }) => !scripts.includes(word))).toEqual([]);
    expect(words(/\bnpm (start|test)\b/g).filter(({ word }) => !scripts.includes(word))).toEqual([]);
  });

  test('name files of ours that exist', () => {
    const files = words(/(?:^|[`\s])((?:packages|functions|infra|test|bench|scripts|docs)\/[\w./-]+\.\w+)/gm);
    expect(files.length).toBeGreaterThan(3);
    const missing = files.filter(
      ({ file, word }) => !existsSync(join(ROOT, word)) && !existsSync(join(ROOT, dirname(file), word)),
    );
    expect(missing.map(({ file, word }) => `${relative('.', file)}: ${word}`)).toEqual([]);
  });
});
