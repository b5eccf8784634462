import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkArguments, explainRefusal } from '@gruppstart/local/cli/arguments';
import { DEFAULT_DATA_DIRECTORY } from '@gruppstart/local/data-directory';
import { LaptopRefusal } from '@gruppstart/local/laptop-refusal';
import { readAwsEnvironment } from '@gruppstart/store/aws-environment';
import * as z from 'zod';
import { makeQueues, type QueuesConfig } from '../queues.ts';
import { type DeadLetterOutcome, redrive } from '../redrive.ts';

export interface RedriveOutput {
  /** The variables of the process: with `--aws`, region and credentials stand there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Where `npm start` keeps its data and says where it runs. */
  readonly dataDir?: string;
}

const USAGE = `npm run redrive -- [--aws] [--data MAPP/DIR] [--queue NAMN/NAME] [--dry-run] [--discard-unreadable] [--json]

Sänder om meddelanden som misslyckats tre gånger. Utan --aws gäller det laptopen som körs.
Sends again the messages that failed three times. Without --aws: on the running laptop.
  --aws                 på AWS: AWS_REGION och nycklar ur miljön / on AWS: AWS_REGION and keys from the environment
  --data                laptopens datamapp, om inte .gruppstart / the laptop’s data folder, if not .gruppstart
  --queue               bara köer vars namn börjar så / only queues whose names begin so
  --dry-run             visa bara / show only
  --discard-unreadable  kasta det som ingen kan läsa / throw away what nobody can read
  --json                en rad JSON / one line of JSON
  --help                skriv ut detta / print this`;

const OPTIONS = {
  aws: { type: 'boolean' },
  data: { type: 'string' },
  queue: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'discard-unreadable': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const AWS_QUEUE_PREFIX = 'Gruppstart';
const LAPTOP_CREDENTIALS = { accessKeyId: 'operator', secretAccessKey: 'operator' };
const Running = z.object({ queuesUrl: z.url(), region: z.string() });

/** The running laptop's queues, from the note that `npm start` keeps while it runs. */
const laptopQueues = async (dataDir: string): Promise<QueuesConfig> => {
  try {
    const { queuesUrl, region } = Running.parse(JSON.parse(await readFile(join(dataDir, 'running.json'), 'utf8')));
    return { endpoint: queuesUrl, region, credentials: LAPTOP_CREDENTIALS, namePrefix: '' };
  } catch (cause) {
    throw new LaptopRefusal(
      'Gruppstart körs inte här: starta med "npm start", eller ange --data eller --aws.',
      'Gruppstart is not running here: start it with "npm start", or give --data or --aws.',
      { cause },
    );
  }
};

const awsQueues = (environment: RedriveOutput['environment']): QueuesConfig => {
  try {
    const { sqs } = readAwsEnvironment({ ...environment, AWS_REGION: environment.AWS_REGION ?? 'eu-north-1' });
    const endpoint = sqs.endpoint ?? `https://sqs.${sqs.region}.amazonaws.com`;
    return { endpoint, region: sqs.region, credentials: sqs.credentials, namePrefix: AWS_QUEUE_PREFIX };
  } catch (cause) {
    throw new LaptopRefusal(
      'AWS_ACCESS_KEY_ID och AWS_SECRET_ACCESS_KEY saknas i miljön. "aws configure export-credentials --format env" skriver ut dem.',
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not in the environment. "aws configure export-credentials --format env" prints them.',
      { cause },
    );
  }
};

const OUTCOME_TEXTS: Readonly<Record<DeadLetterOutcome['outcome'], string>> = {
  'sent-again': 'sänt igen / sent again',
  discarded: 'kastat / discarded',
  left: 'kvar / left',
};

const describe = ({ queue, messageId, subject, outcome }: DeadLetterOutcome): string => {
  const about =
    subject.kind === 'unreadable'
      ? `oläsligt / unreadable (${messageId})`
      : `${subject.kind} ${subject.tenant} ${subject.id} (${subject.correlationId})`;
  return `${queue}: ${about}: ${OUTCOME_TEXTS[outcome]}`;
};

/**
 * `npm run redrive`.
 *
 * @returns the exit code: 0, or 1 when the queues could not be reached or the arguments were wrong; `complain` has then
 * said why. What had been sent again by then stays sent; the rest lies where it lay.
 */
export const runRedrive = async (args: readonly string[], output: RedriveOutput): Promise<0 | 1> => {
  try {
    checkArguments(args, OPTIONS, USAGE);
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help === true) {
      output.print(USAGE);
      return 0;
    }
    const config =
      values.aws === true
        ? awsQueues(output.environment)
        : await laptopQueues(values.data ?? output.dataDir ?? DEFAULT_DATA_DIRECTORY);
    const outcomes = await redrive(makeQueues(config), {
      dryRun: values['dry-run'] === true,
      discardUnreadable: values['discard-unreadable'] === true,
      queue: values.queue ?? null,
    });
    if (values.json === true) output.print(JSON.stringify({ messages: outcomes }));
    else if (outcomes.length === 0) output.print('Inget ligger åt sidan. / Nothing has been put aside.');
    else for (const outcome of outcomes) output.print(describe(outcome));
    return 0;
  } catch (error) {
    if (error instanceof LaptopRefusal) {
      output.complain(explainRefusal(error));
      return 1;
    }
    output.complain(
      `Köerna svarade inte som väntat; det som inte är sänt ligger kvar. Kör igen. / The queues did not answer as expected; what was not sent lies where it lay. Run again. (${error instanceof Error ? error.message : String(error)})`,
    );
    return 1;
  }
};
