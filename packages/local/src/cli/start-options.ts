import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAt } from '../clock.ts';
import { DEFAULT_DATA_DIRECTORY } from '../data-directory.ts';
import { checkArguments, UsageRefusal } from './arguments.ts';

/** What `npm start -- ...` asks for. */
export interface StartOptions {
  readonly dataDir: string;
  readonly fresh: boolean;
  /** Milliseconds since 1970; null lets the clock go on from where it was. */
  readonly at: number | null;
  readonly apiPort: number;
  readonly loginPort: number;
  readonly controlPort: number;
  /** Prints what the functions print. */
  readonly verbose: boolean;
}

/** The login and the controls take the two ports after the API's. */
export const DEFAULT_PORT = 4700;

export const START_USAGE = [
  'npm start -- [--port 4700] [--data MAPP/DIR] [--fresh] [--at 2026-12-01] [--verbose]',
  '  --port     API på porten, inloggning och styrning på de två följande / the API on this port, login and controls on the next two',
  '  --data     mapp för allt som sparas (.gruppstart) / folder for everything that is kept',
  '  --fresh    börja om med tomma data / begin with empty data',
  '  --at       ställ klockan: en dag (kl. 8), en tidpunkt, eller now / set the clock: a day (8 o’clock), an instant, or now',
  '  --verbose  visa vad funktionerna loggar / show what the functions log',
  '  --help     skriv ut detta / print this',
].join('\n');

const OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string' },
  at: { type: 'string' },
  fresh: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Throws UsageRefusal for anything it does not understand. `machineNowMs` is what `--at now` means. */
export function readStartOptions(args: readonly string[], machineNowMs: number): StartOptions | 'help' {
  checkArguments(args, OPTIONS, START_USAGE);
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help === true) return 'help';
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_533) {
    throw new UsageRefusal(`--port ${values.port} är ingen port.`, `--port ${values.port} is not a port.`, START_USAGE);
  }
  return {
    dataDir: values.data === undefined ? DEFAULT_DATA_DIRECTORY : resolve(values.data),
    fresh: values.fresh === true,
    at: readAt(values.at, machineNowMs),
    apiPort: port,
    loginPort: port + 1,
    controlPort: port + 2,
    verbose: values.verbose === true,
  };
}

function readAt(text: string | undefined, machineNowMs: number): number | null {
  if (text === undefined) return null;
  const instantMs = text === 'now' ? machineNowMs : parseAt(text);
  if (instantMs === null) {
    throw new UsageRefusal(
      `--at ${text} är varken en dag eller en tidpunkt.`,
      `--at ${text} is neither a day nor an instant.`,
      START_USAGE,
    );
  }
  return instantMs;
}
