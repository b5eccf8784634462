import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bindingLicences, libraryOf, misplacedInputs } from './bundle-contents.ts';
import type { ProjectPaths } from './project-paths.ts';

const KIBIBYTE = 1024;
const LARGEST_SHOWN = 5;

/**
 * The most a bundle may weigh, in KiB. A cold start reads and compiles all of it before the first answer: about a
 * millisecond of CPU for each 10 KiB.
 */
const API_KIBIBYTES = 470;
const KIBIBYTES: Readonly<Record<string, number>> = {
  // The sentences of two languages for all that a run can say, and the forms of all that can be asked of it.
  'cohorts-api': 580,
  docs: 16,
  'intake-worker': 440,
  // The engine itself.
  matcher: 520,
  outbox: 400,
  // The sentences of what a proposal and a named request come to, in two languages.
  'requirements-api': 490,
};
/** Those that an administrator calls, and any that is new. */
const OTHERS_KIBIBYTES = 400;

export const limitKibibytes = (name: string): number =>
  KIBIBYTES[name] ?? (name.endsWith('-api') ? API_KIBIBYTES : OTHERS_KIBIBYTES);

export interface SizeRow {
  readonly name: string;
  readonly bytes: number;
  readonly limitBytes: number;
  /** Neither too heavy nor holding what it should not. */
  readonly ok: boolean;
  /** What has no place in the bundle, each with the reason. */
  readonly misplaced: readonly string[];
  /** What weighs most in the bundle, in bytes of it, largest first. */
  readonly largest: readonly { readonly input: string; readonly bytes: number }[];
}

interface BundleAccount {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly bytes: number; readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }
    >
  >;
}

/** A library is one part; our own files stand for themselves. */
const partOf = (input: string): string => libraryOf(input) ?? input;

/** `root`: where the libraries are installed, to read their licences; without it licences are not asked about. */
export const rowOf = (name: string, account: BundleAccount, root?: string): SizeRow => {
  const [output] = Object.values(account.outputs);
  if (output === undefined) throw new Error(`The account of ${name} has no output`);
  const weights = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    weights.set(partOf(input), (weights.get(partOf(input)) ?? 0) + bytesInOutput);
  }
  const inputs = Object.entries(output.inputs).flatMap(([input, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [input] : [],
  );
  const misplaced = [...misplacedInputs(name, inputs), ...(root === undefined ? [] : bindingLicences(root, inputs))];
  const limitBytes = limitKibibytes(name) * KIBIBYTE;
  return {
    name,
    bytes: output.bytes,
    limitBytes,
    ok: output.bytes <= limitBytes && misplaced.length === 0,
    misplaced,
    largest: [...weights]
      .map(([input, bytes]) => ({ input, bytes }))
      .toSorted((a, b) => b.bytes - a.bytes || (a.input < b.input ? -1 : 1))
      .slice(0, LARGEST_SHOWN),
  };
};

/** Weighs every bundle of the last build. Not ok when one is too heavy, holds what it should not, or none has been built. */
export const checkSizes = (
  paths: Pick<ProjectPaths, 'meta' | 'root'>,
): { readonly ok: boolean; readonly rows: readonly SizeRow[] } => {
  const rows = readdirSync(paths.meta)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) =>
      rowOf(file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(paths.meta, file), 'utf8')), paths.root),
    );
  return { ok: rows.length > 0 && rows.every((row) => row.ok), rows };
};

const inKibibytes = (bytes: number): string => (bytes / KIBIBYTE).toFixed(1);

/** The table that a person reads: what weighs most in a bundle that is over its limit, and what has no place in it. */
export const sizeTable = (rows: readonly SizeRow[]): string =>
  [
    `${'function'.padEnd(20)}${'KiB'.padStart(8)}${'limit'.padStart(8)}`,
    ...rows.flatMap((row) => {
      const heavy = row.bytes > row.limitBytes;
      const line = `${row.name.padEnd(20)}${inKibibytes(row.bytes).padStart(8)}${inKibibytes(row.limitBytes).padStart(8)}`;
      return [
        `${line}${heavy ? '  too large:' : ''}`,
        ...(heavy ? row.largest.map(({ input, bytes }) => `  ${inKibibytes(bytes).padStart(8)}  ${input}`) : []),
        ...row.misplaced.map((reason) => `  ${reason}`),
      ];
    }),
  ].join('\n');
