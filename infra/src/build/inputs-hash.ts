import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectPaths } from './project-paths.ts';

/*
 * Decides whether anything has to be built. Reads files and nothing else: the start of the laptop waits for this, so
 * neither esbuild nor aws-cdk-lib may be loaded from here.
 */

const INPUT_FOLDERS = ['functions', 'packages', 'infra/src'] as const;
const INPUT_FILES = ['package-lock.json', 'package.json', 'tsconfig.json', 'cdk.json'] as const;

/** Never part of a bundle: installed libraries are pinned by the lock file, and functions may not import the laptop. */
const OUTSIDE_FOLDERS: ReadonlySet<string> = new Set(['node_modules', 'testdata', 'test-support', 'packages/local']);

const isInput = (path: string): boolean => !/\.test\.tsx?$|\.md$/u.test(path);

const filesBelow = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (OUTSIDE_FOLDERS.has(entry.name) || OUTSIDE_FOLDERS.has(path)) return [];
    if (entry.isDirectory()) return filesBelow(root, path);
    return entry.isFile() && isInput(path) ? [path] : [];
  });

/** A hash of all that can change what is built: the names and bytes of the sources, the pins and the Node version. */
export const hashInputs = (root: string): string => {
  const hash = createHash('sha256').update(process.version);
  const files = [
    ...INPUT_FOLDERS.flatMap((folder) => (existsSync(join(root, folder)) ? filesBelow(root, folder) : [])),
    ...INPUT_FILES.filter((file) => existsSync(join(root, file))),
  ].toSorted();
  for (const file of files) {
    const content = readFileSync(join(root, file));
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};

/** What the last finished build was made from. */
interface BuildRecord {
  readonly inputs: string;
  readonly synthesized: boolean;
}

const recordPath = (paths: ProjectPaths): string => join(paths.build, 'build-record.json');

const readRecord = (paths: ProjectPaths): BuildRecord | null => {
  if (!existsSync(recordPath(paths))) return null;
  try {
    return JSON.parse(readFileSync(recordPath(paths), 'utf8'));
  } catch {
    // Half a record is no record: the build is made again.
    return null;
  }
};

/** True when a finished build of exactly these inputs lies there, with the templates when they are asked for. */
export const isUpToDate = (paths: ProjectPaths, inputs: string, withTemplates: boolean): boolean => {
  const record = readRecord(paths);
  return (
    record?.inputs === inputs &&
    existsSync(paths.functions) &&
    (!withTemplates || (record.synthesized && existsSync(join(paths.assembly, 'manifest.json'))))
  );
};

/** Called before a build touches anything, so that a build that was broken off is never taken for finished. */
export const forgetBuild = (paths: ProjectPaths): void => rmSync(recordPath(paths), { force: true });

export const rememberBuild = (paths: ProjectPaths, record: BuildRecord): void =>
  writeFileSync(recordPath(paths), JSON.stringify(record));
