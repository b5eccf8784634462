import { PROBLEMS } from '@gruppstart/contracts/problem';
import { ROW_WARNING_CODES } from '@gruppstart/domain/intake/row-outcome';
import { projectFiles, read } from './markdown.ts';

/** What the check of a form says by itself; the names are zod's, with hyphens. */
const FORM_CODES = ['invalid-type', 'invalid-format', 'invalid-value', 'invalid-union', 'too-small', 'too-big'];

/** Codes of single rows in an answer that took the other rows. The rows of a candidate file have a page of their own. */
export const ANSWER_ROW_CODES: readonly string[] = [
  'unit-unknown',
  'row-repeated',
  'already-drafted',
  'job-ad-unreadable',
];

/** Answers of their own, and what only goes from room to room. */
const NOT_ITEMS: ReadonlySet<string> = new Set([...Object.keys(PROBLEMS), ...ROW_WARNING_CODES, 'already-done']);

const sourcesOf = (...folders: readonly string[]): readonly string[] =>
  folders
    .flatMap((folder) => projectFiles(`${folder}/**/*.ts`))
    .filter((file) => !file.endsWith('.test.ts'))
    .map(read);

const found = (sources: readonly string[], pattern: RegExp): readonly string[] =>
  sources.flatMap((source) => [...source.matchAll(pattern)].map(([, code]) => code ?? ''));

const refusals = sourcesOf('packages/usecases/src', 'packages/edge/src/http');

/** Every code that an item under `errors` can have, as the source names them. */
export const ITEM_CODES: readonly string[] = [
  ...new Set([
    ...FORM_CODES,
    ...found(refusals, /\bcode: '([a-z][a-z-]+)'/g),
    // The first word in quotes after the pointer.
    ...found(refusals, /\b(?:wrong|unknown|item)\([^;]*?'([a-z][a-z-]+)',/g),
    ...found(sourcesOf('packages/calendar/src'), /\bcode: '([a-z][a-z-]+)',/g),
    // A refinement of a stated form names its code in place of a message.
    ...found(
      sourcesOf('packages/domain/src/requirements', 'packages/domain/src/intake', 'packages/domain/src/matching'),
      /\bmessage: '([a-z-]+)'/g,
    ),
  ]),
].filter((code) => !NOT_ITEMS.has(code) && (code === 'unit-unknown' || !ANSWER_ROW_CODES.includes(code)));
