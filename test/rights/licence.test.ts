import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';

const ROOT = resolve(import.meta.dirname, '../..');
/** AGPL: good for proving on our own machines, and never a part of what is handed out or run for others. */
const PROVER = '@cloud-copilot/';

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

const outsideTest = (pattern: string): readonly string[] =>
  globSync(`{packages,functions,infra,bench,scripts}/**/${pattern}`, {
    cwd: ROOT,
    exclude: (name) => name === 'node_modules',
  });

test('nothing outside the tests mentions the simulator of policies', () => {
  const files = outsideTest('*.{ts,mts,mjs,js,tsx,json}');
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => readFileSync(join(ROOT, file), 'utf8').includes(PROVER))).toEqual([]);
});

test('no bundle holds any of it', () => {
  const records = globSync('build/meta/**/*.json', { cwd: ROOT });
  expect(records.length).toBeGreaterThan(0);
  expect(records.filter((file) => readFileSync(join(ROOT, file), 'utf8').includes(PROVER))).toEqual([]);
});

test('it is needed for development only', () => {
  const manifests = ['package.json', ...outsideTest('package.json')];
  const needing = manifests.filter((file) => {
    const needs = Manifest.parse(JSON.parse(readFileSync(join(ROOT, file), 'utf8')));
    return Object.values(needs).some((packages) => Object.keys(packages ?? {}).some((name) => name.startsWith(PROVER)));
  });
  expect(needing).toEqual([]);
});
