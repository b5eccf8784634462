import { isAbsolute, join } from 'node:path';
import { expect, test } from 'vitest';
import { LaptopRefusal } from '../laptop-refusal.ts';
import { readStartOptions } from './start-options.ts';

const NOW_MS = Date.parse('2026-11-22T10:00:00Z');
const read = (...args: readonly string[]) => readStartOptions(args, NOW_MS);

test('without options the laptop keeps its data in the repository and lets the clock be', () => {
  const options = read();
  expect(options).toMatchObject({
    fresh: false,
    at: null,
    apiPort: 4700,
    loginPort: 4701,
    controlPort: 4702,
    verbose: false,
  });
  expect(options.dataDir).toMatch(/\.gruppstart$/);
  expect(isAbsolute(options.dataDir)).toBe(true);
});

test('options are read', () => {
  expect(read('--port', '5000', '--data', 'x/y', '--fresh', '--at', '2026-12-01', '--verbose')).toEqual({
    dataDir: join(process.cwd(), 'x/y'),
    fresh: true,
    at: Date.parse('2026-12-01T07:00:00Z'),
    apiPort: 5000,
    loginPort: 5001,
    controlPort: 5002,
    verbose: true,
  });
  expect(read('--at', 'now').at).toBe(NOW_MS);
});

test.each([
  ['--port', '0'],
  ['--port', 'x'],
  ['--port', '65534'],
  ['--at', 'igår'],
  ['--at', '2026-02-30'],
  ['--quiet'],
  ['något'],
])('%s %s is refused in both languages', (...args) => {
  const attempt = (): unknown => {
    try {
      return read(...args.filter((arg) => arg !== undefined));
    } catch (error) {
      return error;
    }
  };
  const refusal = attempt();
  expect(refusal).toBeInstanceOf(LaptopRefusal);
  expect(refusal).toMatchObject({ swedish: expect.stringContaining('npm start'), english: expect.stringMatching(/./) });
});
