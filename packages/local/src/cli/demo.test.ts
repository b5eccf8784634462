import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UsageRefusal } from './arguments.ts';
import { readDemoOptions } from './demo-options.ts';

const DEMO = join(import.meta.dirname, 'demo.ts');

/** What the command printed until it ended, or until it began to run the demo. */
async function runDemo(...args: readonly string[]) {
  const child = spawn(process.execPath, [DEMO, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill());
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    if (stderr.includes('Startar')) child.kill();
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, stdout, stderr };
}

test('--help prints the usage in both languages and runs nothing', async () => {
  const { exitCode, stdout, stderr } = await runDemo('--help');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^npm run demo.*Går hela vägen.*Walks the whole way.*--json/s);
});

test('an unknown option is refused with the usage, and nothing runs', async () => {
  const { exitCode, stdout, stderr } = await runDemo('--jsn');
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/^Valet --jsn finns inte\.\n\nThere is no option --jsn\.\n\nnpm run demo/);
});

test('the options are read, and anything else is refused', () => {
  expect(readDemoOptions([])).toEqual({ json: false });
  expect(readDemoOptions(['--json'])).toEqual({ json: true });
  expect(readDemoOptions(['-h'])).toBe('help');
  for (const wrong of ['json', '--json=yes', '--at']) expect(() => readDemoOptions([wrong])).toThrow(UsageRefusal);
});
