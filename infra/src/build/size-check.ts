import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectPaths } from './project-paths.ts';

const KIBIBYTE = 1024;
const API_KIBIBYTES = 480;
const WORKER_KIBIBYTES = 450;
const LARGEST_SHOWN = 5;

const isApi = (name: string): boolean => name === 'docs' || name.endsWith('-api');

/** The most a bundle may weigh. A cold start reads and compiles all of it before the first answer. */
export const limitKibibytes = (name: string): number => (isApi(name) ? API_KIBIBYTES : WORKER_KIBIBYTES);

export interface SizeRow {
  readonly name: string;
  readonly bytes: number;
  readonly limitBytes: number;
  readonly ok: boolean;
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

/** `node_modules/@aws-sdk/client-kms/dist-es/x.js` belongs to `@aws-sdk/client-kms`; our own files stand for themselves. */
const partOf = (input: string): string => {
  const library = /(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(input)?.[1];
  return library ?? input;
};

export const rowOf = (name: string, account: BundleAccount): SizeRow => {
  const [output] = Object.values(account.outputs);
  if (output === undefined) throw new Error(`The account of ${name} has no output`);
  const weights = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    weights.set(partOf(input), (weights.get(partOf(input)) ?? 0) + bytesInOutput);
  }
  const limitBytes = limitKibibytes(name) * KIBIBYTE;
  return {
    name,
    bytes: output.bytes,
    limitBytes,
    ok: output.bytes <= limitBytes,
    largest: [...weights]
      .map(([input, bytes]) => ({ input, bytes }))
      .toSorted((a, b) => b.bytes - a.bytes || (a.input < b.input ? -1 : 1))
      .slice(0, LARGEST_SHOWN),
  };
};

/** Weighs every bundle of the last build. Not ok when one is too heavy or none has been built. */
export const checkSizes = (
  paths: Pick<ProjectPaths, 'meta'>,
): { readonly ok: boolean; readonly rows: readonly SizeRow[] } => {
  const rows = readdirSync(paths.meta)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => rowOf(file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(paths.meta, file), 'utf8'))));
  return { ok: rows.length > 0 && rows.every((row) => row.ok), rows };
};

const inKibibytes = (bytes: number): string => (bytes / KIBIBYTE).toFixed(1);

/** The table that a person reads, with what weighs most in each bundle that is over its limit. */
export const sizeTable = (rows: readonly SizeRow[]): string =>
  [
    `${'function'.padEnd(20)}${'KiB'.padStart(8)}${'limit'.padStart(8)}`,
    ...rows.flatMap((row) => [
      `${row.name.padEnd(20)}${inKibibytes(row.bytes).padStart(8)}${inKibibytes(row.limitBytes).padStart(8)}${row.ok ? '' : '  too large:'}`,
      ...(row.ok ? [] : row.largest.map(({ input, bytes }) => `  ${inKibibytes(bytes).padStart(8)}  ${input}`)),
    ]),
  ].join('\n');
