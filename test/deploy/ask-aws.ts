import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PYTHON } from './python-environment.ts';

/** One question to AWS: the service and operation as botocore calls them. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The ARN of the role to ask as; left out, the administrator. */
  readonly role?: string;
}

export type AwsAnswer = Readonly<Record<string, unknown>>;
export type AwsOutcome =
  | { readonly answer: AwsAnswer }
  /** The service's own code, for example `ResourceNotFoundException`. */
  | { readonly error: string; readonly message: string };

const PROGRAM = join(import.meta.dirname, 'emulator', 'ask_aws.py');

/** Asks all at once and gives the answers in the order of the questions, refusals too. */
export const askAwsAll = async (
  environment: Readonly<Record<string, string>>,
  calls: readonly AwsCall[],
): Promise<readonly AwsOutcome[]> => {
  const child = spawn(PYTHON, [PROGRAM], { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(calls.map((call) => ({ parameters: {}, ...call }))));
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`The questions to AWS could not be asked (exit code ${String(code)})`);
  return JSON.parse(output);
};

/** Asks all at once. Throws when one is refused. */
export const askAws = async (
  environment: Readonly<Record<string, string>>,
  calls: readonly AwsCall[],
): Promise<readonly AwsAnswer[]> => {
  const outcomes = await askAwsAll(environment, calls);
  return outcomes.map((outcome, index) => {
    if ('answer' in outcome) return outcome.answer;
    throw new Error(`${calls[index]?.service} ${calls[index]?.operation}: ${outcome.error} ${outcome.message}`);
  });
};
