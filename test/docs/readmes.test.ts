import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOMS } from '../rooms/rooms.ts';
import { codeBlocks, projectFiles, ROOT, read, section, tableRows } from './markdown.ts';

const FOLDERS = globSync('{packages,functions}/*/package.json', { cwd: ROOT })
  .map((file) => dirname(file))
  .toSorted();

const headings = (text: string): readonly string[] =>
  [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading ?? '');

describe('every part has a README', () => {
  test('there are parts', () => {
    expect(FOLDERS.length).toBeGreaterThan(15);
  });

  test.each(FOLDERS)('%s says its purpose, its flow and its nuances, in ten lines or more', (folder) => {
    const file = `${folder}/README.md`;
    expect(existsSync(join(ROOT, file)), file).toBe(true);
    const text = read(file);
    expect(text.startsWith('# ')).toBe(true);
    expect(headings(text).slice(0, 3)).toEqual(['Purpose', 'Flow', 'Nuances']);
    expect(text.split('\n').length).toBeGreaterThanOrEqual(10);
  });
});

describe('the records of decisions', () => {
  const records = projectFiles('docs/decisions/[0-9]*.md');

  test('are numbered without a gap', () => {
    expect(records.length).toBeGreaterThan(15);
    expect(records.map((file) => Number(file.split('/').at(-1)?.slice(0, 4)))).toEqual(
      records.map((_, index) => index + 1),
    );
  });

  test.each(records)('%s says what, why and with which consequences, on one page', (file) => {
    const text = read(file);
    expect(headings(text)).toEqual(['What', 'Why', 'Consequences']);
    expect(text.split('\n').length).toBeLessThan(45);
  });

  test('stand in the index under their own title', () => {
    const titles = records.map((file) => {
      const name = file.split('/').at(-1) ?? '';
      return [`[${name.slice(0, 4)}](${name})`, read(file).split('\n')[0]?.slice(2)];
    });
    expect(tableRows(read('docs/decisions/README.md'))).toEqual(expect.arrayContaining(titles));
  });
});

describe('the README of the project', () => {
  const text = read('README.md');

  test('begins with the two commands, in a section of their own', () => {
    const commands = codeBlocks(section(text, 'Two commands'), 'sh').join('');
    expect(commands).toContain('npm ci && npm run demo');
    expect(commands).toContain('npm ci && npm test');
  });

  test('shows the way of a candidate as a diagram with every function of the way', () => {
    const [diagram = ''] = codeBlocks(section(text, 'The way of a candidate'), 'mermaid');
    const functions = ['intake-api', 'requirements-api', 'cohorts-api', 'intake-worker', 'matcher', 'outbox'];
    expect(functions.filter((name) => !diagram.includes(name))).toEqual([]);
  });

  test('has the rooms and what each may import, as the test of the rooms holds them', () => {
    const rows = tableRows(section(text, 'Rooms')).map(([room, mayImport]) => ({
      folder: /^\[([^\]]+)\]\(\1\)$/.exec(room ?? '')?.[1],
      mayImport: [...(mayImport ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    }));
    expect(rows).toEqual(ROOMS.map(({ folder, mayImport }) => ({ folder, mayImport })));
  });

  test('says how to deploy and under which licence it stands', () => {
    expect(section(text, 'To deploy')).toContain('cdk deploy');
    expect(section(text, 'Licence')).toContain((JSON.parse(read('package.json')) as { license: string }).license);
  });

  test('names a command for every script', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = text.replaceAll('npm run ', 'npm ');
    expect(Object.keys(scripts).filter((name) => !commands.includes(`npm ${name}`))).toEqual([]);
  });
});
