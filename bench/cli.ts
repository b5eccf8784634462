import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { BENCHES } from './benches.ts';
import { machineLoad } from './measure.ts';
import { jsonText, tableText } from './table.ts';

const USAGE = [
  'npm run bench -- [NAME ...] [--json]',
  ...BENCHES.map(({ name, title }) => `  ${name.padEnd(10)} ${title}`),
].join('\n');

/** Progress goes beside the result, so that `--json` prints objects and nothing else. */
const tell = (line: string): void => console.error(line);

interface Asked {
  readonly benches: readonly Bench[];
  readonly asJson: boolean;
}

/** What was asked for; text that says what is wrong with it, or the help, instead. */
const readArguments = (args: readonly string[]): Asked | { readonly say: string; readonly exitCode: number } => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
    if (values.help) return { say: USAGE, exitCode: 0 };
    const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
    if (unknown.length > 0) return { say: `There is no bench ${unknown.join(', ')}.\n${USAGE}`, exitCode: 1 };
    const benches = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
    return { benches, asJson: values.json };
  } catch (error) {
    return { say: `${error instanceof Error ? error.message : String(error)}\n${USAGE}`, exitCode: 1 };
  }
};

const runOne = async (bench: Bench, asJson: boolean): Promise<void> => {
  tell(`${bench.name}: ${bench.title} (${machineLoad()})`);
  const folder = await mkdtemp(join(tmpdir(), `gruppstart-bench-${bench.name}-`));
  const removeAtOnce = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', removeAtOnce);
  try {
    const rows = await bench.run({ tell: (line) => tell(`  ${line}`), folder });
    tell(`${bench.name}: done (${machineLoad()})`);
    console.log(asJson ? jsonText(bench, rows) : tableText(bench, rows, machineLoad()));
  } finally {
    process.off('exit', removeAtOnce);
    await rm(folder, { recursive: true, force: true });
  }
};

// Ends through `exit`, so that the folder goes too; the clouds see that nobody is left and stop.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

// Lambda runs in UTC; the cloud's process takes the time zone from here.
process.env.TZ = 'UTC';

const asked = readArguments(process.argv.slice(2));
if ('say' in asked) {
  (asked.exitCode === 0 ? console.log : console.error)(asked.say);
  process.exitCode = asked.exitCode;
} else {
  for (const bench of asked.benches) {
    try {
      await runOne(bench, asked.asJson);
    } catch (error) {
      // The others are measured all the same.
      console.error(`${bench.name}:`, error);
      process.exitCode = 1;
    }
  }
}
