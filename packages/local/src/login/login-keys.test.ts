import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadLoginKeys } from './login-keys.ts';

let dataDir: string;
const keyFile = (): string => path.join(dataDir, 'login', 'login-keys.json');

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'gruppstart-keys-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe('the keys of the login', () => {
  test('are made at the first start and are the same at the next', async () => {
    const first = await loadLoginKeys(dataDir);
    expect(first.signingKey).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
    expect(await loadLoginKeys(dataDir)).toEqual(first);
  });

  test('are readable by their owner only, also when somebody has opened the file', async () => {
    await loadLoginKeys(dataDir);
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
    await chmod(keyFile(), 0o644);
    await loadLoginKeys(dataDir);
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
  });

  test('are the same for two that start at once on an empty folder', async () => {
    const [one, other] = await Promise.all([loadLoginKeys(dataDir), loadLoginKeys(dataDir)]);
    expect(one).toEqual(other);
  });

  test.each([
    { name: 'cut short', damage: (text: string) => text.slice(0, 200) },
    { name: 'without its private part', damage: (text: string) => text.replace('"d":', '"removed":') },
    { name: 'without the cookie key', damage: (text: string) => text.replace('"cookieKey"', '"removed"') },
    { name: 'not an object', damage: () => 'null' },
  ])('that are damaged ($name) are refused in Swedish and English and left alone', async ({ damage }) => {
    await loadLoginKeys(dataDir);
    const damaged = damage(await readFile(keyFile(), 'utf8'));
    await writeFile(keyFile(), damaged);
    await expect(loadLoginKeys(dataDir)).rejects.toThrow(/nyckelfil är skadad.*key file is damaged/s);
    expect(await readFile(keyFile(), 'utf8')).toBe(damaged);
  });
});
