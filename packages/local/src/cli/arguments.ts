import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { LaptopRefusal } from '../laptop-refusal.ts';

/** The command line is not one that the command understands; `usage` says what it does understand. */
export class UsageRefusal extends LaptopRefusal {
  readonly usage: string;

  constructor(swedish: string, english: string, usage: string) {
    super(swedish, english);
    this.usage = usage;
  }
}

/** What is printed when a command ends without having done its work: Swedish, English, and the usage if that was it. */
export function explainRefusal(refusal: LaptopRefusal): string {
  const usage = refusal instanceof UsageRefusal ? [refusal.usage] : [];
  return [refusal.swedish, refusal.english, ...usage].join('\n\n');
}

/**
 * Throws UsageRefusal for what a strict `parseArgs` with the same options would throw on, since that one answers in
 * English only; and for an empty value, which is nearly always a shell variable that was not set.
 */
export function checkArguments(args: readonly string[], options: ParseArgsOptionsConfig, usage: string): void {
  for (const token of parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional') {
      throw new UsageRefusal(`"${token.value}" hör inte hit.`, `"${token.value}" does not belong here.`, usage);
    }
    if (token.kind === 'option-terminator') continue;
    const { rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) {
      throw new UsageRefusal(`Valet ${rawName} finns inte.`, `There is no option ${rawName}.`, usage);
    }
    if (option.type === 'boolean') {
      if (value === undefined) continue;
      throw new UsageRefusal(`Valet ${rawName} tar inget värde.`, `The option ${rawName} takes no value.`, usage);
    }
    if (value === undefined || value === '' || (!inlineValue && value.startsWith('-'))) {
      throw new UsageRefusal(`Valet ${rawName} saknar värde.`, `The option ${rawName} lacks a value.`, usage);
    }
  }
}
