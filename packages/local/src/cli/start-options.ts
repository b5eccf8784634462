import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { REPOSITORY_ROOT } from '../build.ts';
import { parseAt } from '../clock.ts';
import { LaptopRefusal } from '../laptop-refusal.ts';

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

export const USAGE = [
  'npm start -- [--port 4700] [--data MAPP/DIR] [--fresh] [--at 2026-12-01] [--verbose]',
  '  --port     API på porten, inloggning och styrning på de två följande / the API on this port, login and controls on the next two',
  '  --data     mapp för allt som sparas (.gruppstart) / folder for everything that is kept',
  '  --fresh    börja om med tomma data / begin with empty data',
  '  --at       ställ klockan: en dag (kl. 8), en tidpunkt, eller now / set the clock: a day (8 o’clock), an instant, or now',
  '  --verbose  visa vad funktionerna loggar / show what the functions log',
].join('\n');

/** Throws LaptopRefusal, usage and all, for anything it does not understand. `machineNowMs` is what `--at now` means. */
export function readStartOptions(args: readonly string[], machineNowMs: number): StartOptions {
  const values = parse(args);
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_533) {
    throw new LaptopRefusal(`--port ${values.port} är ingen port.\n${USAGE}`, `--port ${values.port} is not a port.`);
  }
  return {
    dataDir: values.data === undefined ? join(REPOSITORY_ROOT, '.gruppstart') : resolve(values.data),
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
    throw new LaptopRefusal(
      `--at ${text} är varken en dag eller en tidpunkt.\n${USAGE}`,
      `--at ${text} is neither a day nor an instant.`,
    );
  }
  return instantMs;
}

function parse(args: readonly string[]): {
  readonly port?: string;
  readonly data?: string;
  readonly at?: string;
  readonly fresh?: boolean;
  readonly verbose?: boolean;
} {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        at: { type: 'string' },
        fresh: { type: 'boolean' },
        verbose: { type: 'boolean' },
      },
    });
    return values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LaptopRefusal(`Okänt val: ${reason}\n${USAGE}`, `Unknown option: ${reason}`, { cause });
  }
}
