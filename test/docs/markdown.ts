import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Root of the project. */
export const ROOT = resolve(import.meta.dirname, '../..');

const LEFT_OUT = new Set(['node_modules', 'build', '.git', '.gruppstart', 'cdk.out', 'coverage', 'reports']);

/** Every file of the project whose name fits, from the root, sorted. What the build or an installation makes is left out. */
export const projectFiles = (pattern: string): readonly string[] =>
  // `infra/src/build` is a source folder with the same name as the build's own.
  globSync(pattern, { cwd: ROOT, exclude: (name) => LEFT_OUT.has(name) })
    .concat(globSync(`infra/src/build/${pattern}`, { cwd: ROOT }))
    .filter((file, index, all) => all.indexOf(file) === index)
    .toSorted();

export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

export const MARKDOWN_FILES = projectFiles('**/*.md');

/** The text of a page from a heading to the next one of the same or a higher level. Throws when there is no such heading. */
export const section = (text: string, heading: string): string => {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start === -1) throw new Error(`There is no heading "${heading}"`);
  const level = lines[start]!.indexOf(' ');
  const length = lines.slice(start + 1).findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= level);
  return lines.slice(start, length === -1 ? undefined : start + 1 + length).join('\n');
};

/** The cells of every table row under a heading, header and rule rows left out. */
export const tableRows = (text: string): readonly (readonly string[])[] => {
  const lines = text.split('\n');
  return lines
    .filter(
      (line, index) =>
        line.startsWith('|') && !/^\|[\s:|-]+\|$/.test(line) && !/^\|[\s:|-]+\|$/.test(lines[index + 1] ?? ''),
    )
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim()),
    );
};

/** `` `code` `` without its marks; null for a cell that is something else. */
export const codeIn = (cell: string | undefined): string | null => /^`([^`]+)`$/.exec(cell ?? '')?.[1] ?? null;

/** The codes of the first column of all tables in a text. */
export const firstColumnCodes = (text: string): readonly string[] =>
  tableRows(text).flatMap(([cell]) => {
    const code = codeIn(cell);
    return code === null ? [] : [code];
  });

/** Fenced blocks of one language. */
export const codeBlocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found === language)
    .map(([, , block]) => block ?? '');

export const withoutCode = (text: string): string =>
  text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');

/** The anchor that a heading gets where the pages are shown. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

export const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? '')));
