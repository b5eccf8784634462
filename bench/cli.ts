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
  'npm run bench -- assignment --instance FILE [--json]',
  ...BENCHES.map(({ name, title }) => `  ${name.padEnd(10)} ${title}`),
].join('\n');

/** Progress goes beside the result, so that `--json` prints objects and nothing else. */
const tell = (line: string): void => console.error(line);

interface Asked {
  readonly benches: readonly Bench[];
  readonly asJson: boolean;
  readonly instance: string | null;
}

/** What was asked for; text that says what is wrong with it, or the help, instead. */
const readArguments = (args: readonly string[]): Asked | { readonly say: string; readonly exitCode: number } => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        instance: { type: 'string' },
      },
    });
    if (values.help) return { say: USAGE, exitCode: 0 };
    const isAsked = (asked: string, { name, group }: Bench): boolean => name === asked || group === asked;
    const unknown = positionals.filter((asked) => !BENCHES.some((bench) => isAsked(asked, bench)));
    if (unknown.length > 0) return { say: `There is no bench ${unknown.join(', ')}.\n${USAGE}`, exitCode: 1 };
    const benches = BENCHES.filter(
      (bench) => positionals.length === 0 || positionals.some((asked) => isAsked(asked, bench)),
    );
    const instance = values.instance ?? null;
    if (instance !== null && !benches.every((bench) => bench.takesInstance === true))
      return { say: `--instance is for a bench that takes one.\n${USAGE}`, exitCode: 1 };
    return { benches, asJson: values.json, instance };
  } catch (error) {
    return { say: `${error instanceof Error ? error.message : String(error)}\n${USAGE}`, exitCode: 1 };
  }
};

const runOne = async (bench: Bench, { asJson, instance }: Asked): Promise<void> => {
  tell(`${bench.name}: ${bench.title} (${machineLoad()})`);
  const folder = await mkdtemp(join(tmpdir(), `gruppstart-bench-${bench.name}-`));
  const removeAtOnce = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', removeAtOnce);
  try {
    const rows = await bench.run({ tell: (line) => tell(`  ${line}`), folder, instance });
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
      await runOne(bench, asked);
    } catch (error) {
      // The others are measured all the same.
      console.error(`${bench.name}:`, error);
      process.exitCode = 1;
    }
  }
}
