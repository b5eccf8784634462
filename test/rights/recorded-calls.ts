import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RecordedCall } from '@gruppstart/local/recording/aws-call';
import { CALLS_DIRECTORY_VARIABLE } from '@gruppstart/local/recording/call-recorder';
import * as z from 'zod';

const ROOT = resolve(import.meta.dirname, '../..');
const DIRECTORY = process.env[CALLS_DIRECTORY_VARIABLE] ?? join(ROOT, 'build/calls');

const Line = z.strictObject({
  function: z.string().min(1),
  action: z.string().min(1),
  resource: z.string().min(1),
  context: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

/**
 * The distinct calls that the laptops of the last full run recorded.
 * @throws when there are none: nothing would be proven by an empty list
 */
export const readRecordedCalls = (): readonly RecordedCall[] => {
  const files = existsSync(DIRECTORY) ? globSync('*.jsonl', { cwd: DIRECTORY }) : [];
  const lines = new Set(
    files.flatMap((file) =>
      readFileSync(join(DIRECTORY, file), 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    ),
  );
  if (lines.size === 0) {
    throw new Error(
      `No calls are recorded in ${DIRECTORY}. Run \`npm test\`: it records what the functions ask of AWS while all other tests run, and then comes here.`,
    );
  }
  return [...lines].toSorted().map((line) => Line.parse(JSON.parse(line)));
};
