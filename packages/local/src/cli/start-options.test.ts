import { isAbsolute, join } from 'node:path';
import { expect, test } from 'vitest';
import { explainRefusal, UsageRefusal } from './arguments.ts';
import { readStartOptions, START_USAGE, type StartOptions } from './start-options.ts';

const NOW_MS = Date.parse('2026-11-22T10:00:00Z');
const read = (...args: readonly string[]): StartOptions => {
  const options = readStartOptions(args, NOW_MS);
  if (options === 'help') throw new Error('only help');
  return options;
};

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
  ['--data', ''],
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
  if (!(refusal instanceof UsageRefusal)) throw new Error('not refused', { cause: refusal });
  const [swedish, english, ...usage] = explainRefusal(refusal).split('\n\n');
  expect(swedish).toMatch(/är ingen port|är varken|saknar värde|finns inte|hör inte hit/);
  expect(english).toMatch(/is not a port|is neither|lacks a value|There is no|does not belong/);
  expect(usage).toEqual([START_USAGE]);
});

test.each([['--help'], ['-h'], ['--help', '--port', 'x']])('%s %s asks for help, whatever else is wrong', (...args) => {
  expect(
    readStartOptions(
      args.filter((arg) => arg !== undefined),
      NOW_MS,
    ),
  ).toBe('help');
});
