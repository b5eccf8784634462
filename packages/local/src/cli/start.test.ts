import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { smallStacks, writeAssembly } from '../testing/small-assembly.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';

const VICTIM = join(import.meta.dirname, '..', 'testing', 'start-victim.ts');
const HANDLER = 'export const handler = async () => ({ statusCode: 200, body: "hej" });';

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
  readonly ready: () => Promise<void>;
}

function run(assembly: string, ...args: readonly string[]): Run {
  const child = spawn(process.execPath, [VICTIM, assembly, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  const ready = async (): Promise<void> => {
    while (!output.includes('Ctrl-C')) {
      if (child.exitCode !== null) throw new Error(output);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { child, output: () => output, exit, ready };
}

/** Three free ports in a row, as the command takes them. */
async function freePort(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 30_000);
    const taken = await Promise.all([base, base + 1, base + 2].map(isTaken));
    if (!taken.includes(true)) return base;
  }
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(true));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(false)));
  });
}

async function setUp(): Promise<{ readonly assembly: string; readonly data: string; readonly port: number }> {
  const directory = await temporaryDirectory();
  const assembly = join(directory, 'assembly');
  await writeAssembly(assembly, smallStacks(), { api: HANDLER, worker: HANDLER, minutely: HANDLER });
  return { assembly, data: join(directory, 'data'), port: await freePort() };
}

test.each(['SIGINT', 'SIGTERM'] as const)('says where everything is, and stops cleanly on %s', async (signal) => {
  const { assembly, data, port } = await setUp();
  const started = run(assembly, '--port', String(port), '--data', data, '--at', '2026-12-01');
  await started.ready();
  for (const shown of [
    `http://127.0.0.1:${port}`,
    `http://127.0.0.1:${port + 1}`,
    data,
    '2026-12-01 08:00',
    `--as karin.handlaggare --issuer http://127.0.0.1:${port + 1}`,
    'caseworker',
  ]) {
    expect(started.output()).toContain(shown);
  }
  expect(await (await fetch(`http://127.0.0.1:${port}/open/hej`)).text()).toBe('hej');
  started.child.kill(signal);
  expect(await started.exit).toBe(0);
  expect(started.output()).toContain('Stoppat');
  expect(started.output()).not.toMatch(/Warning|Error/);
});

test('ends with code 1 and says in both languages when a port is taken, whichever of the three', async () => {
  const { assembly, data, port } = await setUp();
  for (const taken of [port, port + 1, port + 2]) {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(taken, '127.0.0.1', resolve));
    const started = run(assembly, '--port', String(port), '--data', data);
    expect(await started.exit).toBe(1);
    expect(started.output()).toMatch(/upptagen/);
    expect(started.output()).toMatch(/taken/);
    expect(started.output()).toContain(String(taken));
    expect(started.output()).not.toMatch(/at .*\.ts:\d+/);
    await new Promise<void>((resolve) => blocker.close(() => resolve()));
  }
});

test('ends with code 1 when another run holds the data, which goes on undisturbed', async () => {
  const { assembly, data, port } = await setUp();
  const first = run(assembly, '--port', String(port), '--data', data);
  await first.ready();
  const second = run(assembly, '--port', String(await freePort()), '--data', data, '--fresh');
  expect(await second.exit).toBe(1);
  expect(second.output()).toContain('används redan');
  expect(second.output()).toContain('already in use');
  expect((await fetch(`http://127.0.0.1:${port}/open/hej`)).status).toBe(200);
});

test('ends with code 1 for an option it does not know', async () => {
  const { assembly } = await setUp();
  const started = run(assembly, '--colour', 'red');
  expect(await started.exit).toBe(1);
  expect(started.output()).toMatch(/^Valet --colour finns inte\.\n\nThere is no option --colour\.\n\nnpm start/);
});

test('says how it is used with --help, and nothing else', async () => {
  const { assembly } = await setUp();
  const started = run(assembly, '--help');
  expect(await started.exit).toBe(0);
  expect(started.output()).toMatch(/^npm start/);
  expect(started.output()).not.toMatch(/Okänt|finns inte|Unknown/);
});

test("ends with code 1 at somebody else's folder, and leaves it as it was", async () => {
  const { assembly, data, port } = await setUp();
  await mkdir(join(data, 'dynamodb'), { recursive: true });
  await writeFile(join(data, 'brev.txt'), 'kära');
  for (const more of [[], ['--fresh']]) {
    const started = run(assembly, '--port', String(port), '--data', data, ...more);
    expect(await started.exit).toBe(1);
    expect(started.output()).toMatch(/inte Gruppstarts.*not Gruppstart's/s);
    expect((await readdir(data)).toSorted()).toEqual(['brev.txt', 'dynamodb']);
  }
});
