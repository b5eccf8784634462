import type { AwsCall } from '@gruppstart/local/recording/aws-call';
import { OPEN_CONTEXT_WORDS } from '@gruppstart/local/recording/kms-calls';
import { smallStacks } from '@gruppstart/local/testing/small-assembly';
import { describe, expect, test } from 'vitest';
import { keyCallsOf, platformCallsOf } from './implied-calls.ts';
import { type FunctionRights, readTemplateRights } from './policies.ts';
import { readRecordedCalls } from './recorded-calls.ts';
import { simulate } from './simulate.ts';
import { isUsed, singleRightsOf } from './single-rights.ts';
import { FUNCTIONS_WITHOUT_CALLS, UNUSED_RIGHTS } from './unused-rights.ts';

const rights = await readTemplateRights();
const recorded = readRecordedCalls();

const recordedOf = (name: string): readonly AwsCall[] =>
  recorded
    .filter((call) => call.function === name)
    .map(({ action, resource, context }) => ({ action, resource, context }));

/** What was recorded, and what follows from it and from the template. */
const callsOf = (fn: FunctionRights): readonly AwsCall[] => {
  const own = recordedOf(fn.name);
  const all = [...own, ...own.flatMap((call) => keyCallsOf(rights, call)), ...platformCallsOf(fn)];
  return [...new Map(all.map((call) => [JSON.stringify(call), call])).values()];
};

const textOf = ({ action, resource, context }: AwsCall): string =>
  `${action} on ${resource} ${JSON.stringify(context)}`;
const names = rights.functions.map(({ name }) => name);

describe('the recording', () => {
  test('has calls of every function but those that make none', () => {
    const silent = names.filter((name) => recordedOf(name).length === 0);
    expect(silent.toSorted()).toEqual(Object.keys(FUNCTIONS_WITHOUT_CALLS).toSorted());
  });

  test('has calls of no function that nobody knows', () => {
    const ofSmallStacks = Object.values(smallStacks()).flatMap((stack) => Object.keys(Object(stack.Resources)));
    expect(ofSmallStacks.filter((name) => names.includes(name))).toEqual([]);
    const strangers = new Set(recorded.map((call) => call.function).filter((name) => !names.includes(name)));
    expect([...strangers].filter((name) => !ofSmallStacks.includes(name))).toEqual([]);
  });

  test('has nothing in it that could be an id, a name or a number of anybody', () => {
    const words = recorded.flatMap(({ resource, context }) => [resource, ...Object.values(context).flat()]);
    expect(words.filter((word) => /[0-9]{6}|@|\s|_/.test(word.replaceAll(':000000000000:', ':')))).toEqual([]);
  });

  test('shows every condition key that a policy looks at', () => {
    const looked = rights.functions.flatMap(({ policy }) =>
      policy.Statement.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((keys) => Object.keys(keys))),
    );
    const known = [
      ...OPEN_CONTEXT_WORDS.map((word) => `kms:EncryptionContext:${word}`),
      'kms:ViaService',
      'dynamodb:LeadingKeys',
    ];
    // A new condition key must first be recorded (packages/local/src/recording), else every call would seem refused.
    expect([...new Set(looked)].filter((key) => !known.includes(key))).toEqual([]);
  });
});

describe.each(rights.functions)('$name', (fn) => {
  test('may make every call that it made', async () => {
    const refused: string[] = [];
    for (const call of callsOf(fn)) {
      if ((await simulate(rights, fn, call)) !== 'Allowed') refused.push(textOf(call));
    }
    expect(refused).toEqual([]);
  });

  test('has only those unused rights that were reviewed', async () => {
    const calls = callsOf(fn);
    const unused: string[] = [];
    const all = singleRightsOf(fn);
    for (const right of all) if (!(await isUsed(rights, fn, right, calls))) unused.push(right.text);
    const reviewed = (use: 'never' | 'sometimes'): readonly string[] =>
      UNUSED_RIGHTS.filter((entry) => entry.use === use && entry.functions.includes(fn.name)).flatMap(
        (entry) => entry.rights,
      );
    const sometimes = reviewed('sometimes');
    expect(sometimes.filter((text) => !all.some((right) => right.text === text))).toEqual([]);
    expect(unused.filter((text) => !sometimes.includes(text)).toSorted()).toEqual(reviewed('never').toSorted());
  });
});

test('every unused right has a reason, and a function that has it', () => {
  for (const { functions, rights: texts, reason } of UNUSED_RIGHTS) {
    expect(reason.length, texts.join()).toBeGreaterThan(20);
    expect(functions.filter((name) => !names.includes(name))).toEqual([]);
  }
});
