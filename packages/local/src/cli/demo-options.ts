import { parseArgs } from 'node:util';
import { checkArguments } from './arguments.ts';

/** What `npm run demo -- ...` asks for. */
export interface DemoOptions {
  readonly json: boolean;
}

export const DEMO_USAGE = [
  'npm run demo -- [--json]',
  '  Går hela vägen en gång i en tillfällig mapp och skriver ut hur det gick.',
  '  Walks the whole way once in a temporary folder and prints how it went.',
  '  --json  siffrorna som ett JSON-objekt / the figures as one JSON object',
  '  --help  skriv ut detta / print this',
].join('\n');

const OPTIONS = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** Throws UsageRefusal for anything it does not understand. */
export function readDemoOptions(args: readonly string[]): DemoOptions | 'help' {
  checkArguments(args, OPTIONS, DEMO_USAGE);
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  return values.help === true ? 'help' : { json: values.json === true };
}
