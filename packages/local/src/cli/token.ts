import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Door } from '@gruppstart/contracts/roles';
import { decodeJwt } from 'jose';
import { DEFAULT_DATA_DIRECTORY } from '../data-directory.ts';
import { DEMO_BATCH_CLIENT, DEMO_USERS, findDemoUser, homeDoorOf } from '../login/demo-users.ts';
import { DOOR_RESOURCES, findDoorByName } from '../login/door-resources.ts';
import { fetchBatchSenderToken, fetchToken, LoginRefusedError, LoginUnreachableError } from '../login/fetch-token.ts';
import { checkArguments, explainRefusal, UsageRefusal } from './arguments.ts';

/** Written by `npm start` while the laptop runs: `{ apiUrl, issuer }`. */
const RUNNING_FILE = pathToFileURL(join(DEFAULT_DATA_DIRECTORY, 'running.json'));

export interface TokenCommandOutput {
  /** The token and nothing else, so that it can be used in `$(…)`. */
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  readonly runningFile: URL;
}

/** What the command line asked for, or the texts that say what was wrong with it. */
type Parsed =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly lines: readonly string[] }
  | {
      readonly kind: 'fetch';
      readonly who: Who;
      readonly door: Door;
      readonly issuer: string | null;
      readonly json: boolean;
    };
type Who = { readonly kind: 'user'; readonly userName: string } | { readonly kind: 'batch-sender' };

const USAGE = `npm run --silent token -- --as ANVÄNDARE [--door DÖRR] [--issuer URL] [--json]
npm run --silent token -- --client ${DEMO_BATCH_CLIENT.clientId} [--issuer URL] [--json]

Skriver ut ett åtkomstbevis för en dörr: ${Object.keys(DOOR_RESOURCES).join(', ')} (annars rollens egen).
Prints an access token for one door (the role's own unless told otherwise).
  --as      användare att logga in som / user to log in as
  --client  maskinklient / machine client
  --door    dörr / door
  --issuer  inloggningens adress (annars den som körs) / the login's address (else the running one)
  --json    token, utgångstid och dörr som JSON / token, expiry and door as JSON
  --help    skriv ut detta / print this`;

const OPTIONS = {
  as: { type: 'string' },
  client: { type: 'string' },
  door: { type: 'string' },
  issuer: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const listUsers = (): readonly string[] => {
  const width = Math.max(...DEMO_USERS.map(({ userName }) => userName.length));
  return DEMO_USERS.map(
    ({ userName, tenant, grants, displayName }) =>
      `  ${userName.padEnd(width)}  ${tenant.padEnd(9)}  ${[...new Set(grants.map(({ role }) => role))].join(', ')}  (${displayName})`,
  );
};

const wrong = (...lines: readonly string[]): Parsed => ({ kind: 'wrong', lines });

const parseWho = (as: string | undefined, client: string | undefined): Who | readonly string[] => {
  if (as !== undefined && client !== undefined) {
    return ['Välj antingen --as eller --client. / Choose either --as or --client.'];
  }
  if (client !== undefined) {
    if (client === DEMO_BATCH_CLIENT.clientId) return { kind: 'batch-sender' };
    return [
      `Klienten ${client} finns inte; det finns ${DEMO_BATCH_CLIENT.clientId}. / ` +
        `There is no client ${client}; there is ${DEMO_BATCH_CLIENT.clientId}.`,
    ];
  }
  const users = ['Användare / Users:', ...listUsers()];
  if (as === undefined) return ['Säg vem med --as. / Say who with --as.', ...users];
  const user = findDemoUser(as);
  if (user !== undefined) return { kind: 'user', userName: user.userName };
  return [`Användaren ${as} finns inte. / There is no user ${as}.`, ...users];
};

const isRefusal = (who: Who | readonly string[]): who is readonly string[] => Array.isArray(who);

const parseDoor = (name: string | undefined, who: Who): Door | undefined => {
  if (name !== undefined) return findDoorByName(name)?.door;
  return homeDoorOf(who.kind === 'batch-sender' ? DEMO_BATCH_CLIENT : (findDemoUser(who.userName) ?? { grants: [] }));
};

const parse = (args: readonly string[]): Parsed => {
  try {
    checkArguments(args, OPTIONS, USAGE);
  } catch (error) {
    if (error instanceof UsageRefusal) return wrong(explainRefusal(error));
    throw error;
  }
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help === true) return { kind: 'help' };
  const who = parseWho(values.as, values.client);
  if (isRefusal(who)) return wrong(...who);
  const door = parseDoor(values.door, who);
  const doors = Object.keys(DOOR_RESOURCES).join(', ');
  if (door === undefined) {
    return wrong(
      `Dörren ${values.door} finns inte; det finns ${doors}. / There is no door ${values.door}; there are ${doors}.`,
    );
  }
  if (who.kind === 'batch-sender' && door !== 'intake') {
    return wrong('Filsändaren har bara dörren intake. / The batch sender has the door intake only.');
  }
  const issuer = values.issuer ?? null;
  if (issuer !== null && !URL.canParse(issuer)) {
    return wrong(`${issuer} är ingen adress. / ${issuer} is not an address.`);
  }
  return { kind: 'fetch', who, door, issuer, json: values.json === true };
};

/** Undefined when there is no note, or it is not one that `npm start` wrote. */
const readRunningIssuer = async (runningFile: URL): Promise<string | undefined> => {
  let running: unknown;
  try {
    running = JSON.parse(await readFile(runningFile, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof running !== 'object' || running === null || !('issuer' in running)) return undefined;
  return typeof running.issuer === 'string' ? running.issuer : undefined;
};

const describe = (token: string, door: Door): string => {
  const { iss, sub, scope, exp } = decodeJwt(token);
  const expiresAt = new Date((exp ?? 0) * 1000).toISOString();
  return JSON.stringify({ accessToken: token, tokenType: 'Bearer', expiresAt, issuer: iss, subject: sub, door, scope });
};

/**
 * `npm run token`: logs in on the running laptop and prints an access token.
 *
 * @returns the exit code: 0, or 1 when the user, the door or the login is not there; `complain` has then said why.
 */
export const runTokenCommand = async (args: readonly string[], output: TokenCommandOutput): Promise<0 | 1> => {
  const parsed = parse(args);
  if (parsed.kind === 'help') {
    output.print(USAGE);
    return 0;
  }
  if (parsed.kind === 'wrong') {
    for (const line of parsed.lines) output.complain(line);
    return 1;
  }
  const { who, door, json } = parsed;
  const issuer = parsed.issuer ?? (await readRunningIssuer(output.runningFile));
  if (issuer === undefined) {
    output.complain('Gruppstart körs inte här: starta med "npm start", eller ange --issuer.');
    output.complain('Gruppstart is not running here: start it with "npm start", or give --issuer.');
    return 1;
  }
  try {
    const token =
      who.kind === 'batch-sender'
        ? await fetchBatchSenderToken({ issuer })
        : await fetchToken({ issuer, userName: who.userName, door });
    output.print(json ? describe(token, door) : token);
    return 0;
  } catch (error) {
    if (error instanceof LoginUnreachableError) {
      output.complain(`${error.message} Körs "npm start"? / Is "npm start" running?`);
      return 1;
    }
    if (error instanceof LoginRefusedError) {
      output.complain(error.message);
      return 1;
    }
    throw error;
  }
};

if (import.meta.main) {
  process.exitCode = await runTokenCommand(process.argv.slice(2), {
    print: (line) => console.log(line),
    complain: (line) => console.error(line),
    runningFile: RUNNING_FILE,
  });
}
