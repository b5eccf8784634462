import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { LaptopRefusal } from '../laptop-refusal.ts';
import { checkArguments, explainRefusal, UsageRefusal } from './arguments.ts';

const OPTIONS = {
  port: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
const check = (args: readonly string[]): void => checkArguments(args, OPTIONS, 'USAGE');

test.each([
  { args: [] },
  { args: ['--port', '4700', '--json'] },
  { args: ['--port=4700'] },
  { args: ['--port=-1'] },
  { args: ['-h'] },
  { args: ['--'] },
])('$args passes, and the strict parser takes it too', ({ args }) => {
  expect(() => check(args)).not.toThrow();
  expect(() => parseArgs({ args, options: OPTIONS })).not.toThrow();
});

test.each([
  { args: ['--jsn'], swedish: 'Valet --jsn finns inte.', english: 'There is no option --jsn.' },
  { args: ['--toString'], swedish: 'Valet --toString finns inte.', english: 'There is no option --toString.' },
  { args: ['-x'], swedish: 'Valet -x finns inte.', english: 'There is no option -x.' },
  { args: ['json'], swedish: '"json" hör inte hit.', english: '"json" does not belong here.' },
  { args: ['--json=1'], swedish: 'Valet --json tar inget värde.', english: 'The option --json takes no value.' },
  { args: ['--port'], swedish: 'Valet --port saknar värde.', english: 'The option --port lacks a value.' },
  { args: ['--port', '--json'], swedish: 'Valet --port saknar värde.', english: 'The option --port lacks a value.' },
])('$args is refused, as by the strict parser, but in both languages', ({ args, swedish, english }) => {
  expect(() => check(args)).toThrow(new UsageRefusal(swedish, english, 'USAGE'));
  expect(() => parseArgs({ args, options: OPTIONS })).toThrow();
});

test.each([[['--port', '']], [['--port=']]])('the empty value in %j is refused', (args) => {
  expect(() => check(args)).toThrow(UsageRefusal);
});

test('a refusal is said in Swedish, then in English, then with the usage if the command line was at fault', () => {
  expect(explainRefusal(new LaptopRefusal('Nej.', 'No.'))).toBe('Nej.\n\nNo.');
  expect(explainRefusal(new UsageRefusal('Nej.', 'No.', 'USAGE'))).toBe('Nej.\n\nNo.\n\nUSAGE');
});
