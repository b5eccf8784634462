import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_USERS } from '../login/demo-users.ts';
import { fetchToken, LoginRefusedError, LoginUnreachableError } from '../login/fetch-token.ts';
import { type RunningLogin, startLogin } from '../login/start-login.ts';
import { runTokenCommand } from './token.ts';

let dataDir: string;
let login: RunningLogin;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gruppstart-token-'));
  login = await startLogin({ port: 0, dataDir });
  await writeFile(
    path.join(dataDir, 'running.json'),
    JSON.stringify({ apiUrl: 'http://127.0.0.1:1', issuer: login.issuer }),
  );
});
afterAll(async () => {
  await login.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const run = async (args: readonly string[], runningName = 'running.json') => {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runTokenCommand(args, {
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
    runningFile: pathToFileURL(path.join(dataDir, runningName)),
  });
  return { exitCode, printed, complaints: complaints.join('\n') };
};

describe('npm run token', () => {
  test.each([
    { userName: 'karin.handlaggare', audience: 'gruppstart-intake' },
    { userName: 'maria.enhetschef', audience: 'gruppstart-requirements' },
    { userName: 'anna.samordnare', audience: 'gruppstart-cohorts' },
    { userName: 'farid.facket', audience: 'gruppstart-cohorts' },
  ])('prints one token for the door of $userName and nothing else', async ({ userName, audience }) => {
    const { exitCode, printed, complaints } = await run(['--as', userName]);
    expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: '' });
    expect(printed).toHaveLength(1);
    expect(decodeJwt(printed[0] ?? '')).toMatchObject({ aud: audience, iss: login.issuer });
  });

  test('takes another door and another issuer', async () => {
    const { printed } = await run(
      ['--as', 'anna.samordnare', '--door', 'intake', '--issuer', login.issuer],
      'absent.json',
    );
    expect(decodeJwt(printed[0] ?? '')).toMatchObject({ aud: 'gruppstart-intake', sub: 'user-1p6gz8n3vb' });
  });

  test('logs the batch sender in by its own credentials', async () => {
    const { printed } = await run(['--client', 'af-batch-sender']);
    expect(decodeJwt(printed[0] ?? '')).toMatchObject({ sub: 'af-batch-sender', aud: 'gruppstart-intake' });
  });

  test('prints one object with --json', async () => {
    const { printed } = await run(['--as', 'anna.samordnare', '--json']);
    const object = JSON.parse(printed.join(''));
    expect(object).toEqual({
      accessToken: expect.stringMatching(/^ey/),
      tokenType: 'Bearer',
      expiresAt: new Date((decodeJwt(object.accessToken).exp ?? 0) * 1000).toISOString(),
      issuer: login.issuer,
      subject: 'user-1p6gz8n3vb',
      door: 'cohorts',
      scope: 'cohorts.read cohorts.write',
    });
  });

  test('lists the users when there is none of that name, or none was named', async () => {
    for (const args of [['--as', 'nobody'], []]) {
      const { exitCode, printed, complaints } = await run(args);
      expect({ exitCode, printed }).toEqual({ exitCode: 1, printed: [] });
      for (const { userName } of DEMO_USERS) expect(complaints).toContain(userName);
    }
    const { complaints } = await run(['--as', 'nobody']);
    expect(complaints).toMatch(/finns inte.*There is no user/s);
  });

  test.each([
    { args: ['--as', 'anna.samordnare', '--client', 'af-batch-sender'], says: /antingen.*either/s },
    { args: ['--client', 'somebody'], says: /Klienten somebody finns inte.*no client somebody/s },
    { args: ['--as', 'anna.samordnare', '--door', 'kitchen'], says: /Dörren kitchen finns inte.*no door kitchen/s },
    { args: ['--client', 'af-batch-sender', '--door', 'cohorts'], says: /bara dörren intake.*intake only/s },
    { args: ['--as', 'anna.samordnare', '--issuer', 'nowhere'], says: /ingen adress.*not an address/s },
    {
      args: ['--ass', 'anna.samordnare'],
      says: /^Valet --ass finns inte\.\n\nThere is no option --ass\.\n\nnpm run --silent token/,
    },
  ])('refuses $args and says why in both languages', async ({ args, says }) => {
    const { exitCode, printed, complaints } = await run(args);
    expect({ exitCode, printed }).toEqual({ exitCode: 1, printed: [] });
    expect(complaints).toMatch(says);
  });

  test.each([
    { note: 'is absent', text: null },
    { note: 'is cut short', text: '{ "issuer": "htt' },
    { note: 'names no issuer', text: '{ "apiUrl": "http://127.0.0.1:1" }' },
  ])('says that nothing runs when the note of the running laptop $note', async ({ text }) => {
    if (text !== null) await writeFile(path.join(dataDir, 'odd.json'), text);
    const noteName = text === null ? 'absent.json' : 'odd.json';
    const { exitCode, printed, complaints } = await run(['--as', 'anna.samordnare'], noteName);
    expect({ exitCode, printed }).toEqual({ exitCode: 1, printed: [] });
    expect(complaints).toMatch(/körs inte här.*is not running here/s);
  });

  test('says that nothing answers when the laptop was killed and left its note behind', async () => {
    const stopped = await startLogin({ port: 0, dataDir });
    await stopped.stop();
    await writeFile(path.join(dataDir, 'stale.json'), JSON.stringify({ issuer: stopped.issuer }));
    const { exitCode, complaints } = await run(['--as', 'anna.samordnare'], 'stale.json');
    expect(exitCode).toBe(1);
    expect(complaints).toMatch(/Ingen inloggning svarar.*No login answers/s);
  });

  test('explains itself with --help', async () => {
    const { exitCode, printed, complaints } = await run(['--help']);
    expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: '' });
    expect(printed.join('\n')).toMatch(/^npm run --silent token.*--as/);
  });
});

describe('fetchToken', () => {
  test('throws what the page said when the password is wrong', async () => {
    const attempt = fetchToken({
      issuer: login.issuer,
      userName: 'anna.samordnare',
      door: 'cohorts',
      password: 'guess',
    });
    await expect(attempt).rejects.toThrow(LoginRefusedError);
    await expect(attempt).rejects.toThrow(/stämmer inte.*is wrong/s);
  });

  test('throws when something else answers at the address', async () => {
    const attempt = fetchToken({ issuer: `${login.issuer}/jwks`, userName: 'anna.samordnare', door: 'cohorts' });
    await expect(attempt).rejects.toThrow(LoginUnreachableError);
    await expect(attempt).rejects.toThrow(/är ingen inloggning.*is not a login/s);
  });
});
