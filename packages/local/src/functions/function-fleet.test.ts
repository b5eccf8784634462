import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createClock, daysInMs, type LaptopClock } from '../clock.ts';
import type { FunctionModel } from '../template/model.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { createFunctionFleet, type FleetOptions, type FunctionFleet } from './function-fleet.ts';
import { createFunctionLogs } from './function-log.ts';
import type { InvocationOutcome } from './outcome.ts';

interface Setup {
  readonly fleet: FunctionFleet;
  readonly clock: LaptopClock;
  readonly readLog: (name?: string) => Promise<string>;
}

/** A fleet of functions given by their source; all have 64 MB and 2 s unless told otherwise. */
async function setUp(
  sources: Readonly<Record<string, string>>,
  models: Partial<FunctionModel> = {},
  options: Partial<FleetOptions> = {},
): Promise<Setup> {
  const directory = await temporaryDirectory();
  const functions: FunctionModel[] = [];
  for (const [name, source] of Object.entries(sources)) {
    const codeDirectory = join(directory, name);
    await mkdir(codeDirectory);
    await writeFile(join(codeDirectory, 'index.mjs'), source);
    functions.push({
      name,
      arn: `arn:aws:lambda:eu-north-1:000000000000:function:${name}`,
      codeDirectory,
      handler: 'index.handler',
      memoryMb: 64,
      timeoutSeconds: 2,
      environment: { OWN: name },
      reservedConcurrency: null,
      ...models,
    });
  }
  const clock = createClock();
  const logs = createFunctionLogs(join(directory, 'logs'), clock.nowMs);
  const fleet = createFunctionFleet({
    functions,
    platformEnvironment: { AWS_REGION: 'eu-north-1' },
    clockOffset: clock.offset,
    logs,
    ...options,
  });
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closed ??= fleet.stop().then(() => logs.close());
    return closed;
  };
  onTestFinished(close);
  return {
    fleet,
    clock,
    readLog: async (name = 'f') => {
      await close();
      return readFile(join(directory, 'logs', `${name}.log`), 'utf8');
    },
  };
}

function answer(outcome: InvocationOutcome): unknown {
  if (outcome.kind !== 'answered') throw new Error(`not answered but ${JSON.stringify(outcome)}`);
  return JSON.parse(outcome.payload);
}

const SLEEP = 'const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));';

describe('an invocation', () => {
  test('hands the event over as JSON and brings the answer back as JSON', async () => {
    const { fleet } = await setUp({
      f: 'export const handler = async (event) => ({ got: event, when: new Date(0), gone: undefined });',
    });
    expect(answer(await fleet.pool('f').invoke({ a: 1, b: undefined }))).toEqual({
      got: { a: 1 },
      when: '1970-01-01T00:00:00.000Z',
    });
    expect(await fleet.pool('f').invoke({})).toMatchObject({ kind: 'answered' });
  });

  test('gives the function its own environment and none of the runner’s', async () => {
    const { fleet } = await setUp({ f: 'export const handler = async () => process.env;' });
    const environment = answer(await fleet.pool('f').invoke({}));
    expect(environment).toMatchObject({
      OWN: 'f',
      AWS_REGION: 'eu-north-1',
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '64',
    });
    expect(environment).not.toHaveProperty('PATH');
    expect(environment).not.toHaveProperty('VITEST');
  });

  test('gives the function a context with the time that is left', async () => {
    const { fleet } = await setUp({
      f: 'export const handler = async (event, context) => ({ id: context.awsRequestId, name: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() });',
    });
    const context = answer(await fleet.pool('f').invoke({}));
    expect(context).toMatchObject({
      name: 'f',
      arn: 'arn:aws:lambda:eu-north-1:000000000000:function:f',
      memory: '64',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const { left } = context as { left: number };
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(2000);
  });

  test('keeps what the bundle keeps between invocations of one worker', async () => {
    const { fleet } = await setUp({
      f: 'let count = 0; export const handler = async () => { count += 1; return count; };',
    });
    expect([answer(await fleet.pool('f').invoke({})), answer(await fleet.pool('f').invoke({}))]).toEqual([1, 2]);
    expect(fleet.workerCount()).toBe(1);
  });

  test('that throws is a failure, its stack is in the log, and the worker goes on', async () => {
    const { fleet, readLog } = await setUp({
      f: 'let count = 0; export const handler = async (event) => { count += 1; if (event.bad) throw new TypeError("no such seat"); return count; };',
    });
    expect(await fleet.pool('f').invoke({ bad: true })).toEqual({
      kind: 'failed',
      errorType: 'TypeError',
      message: 'no such seat',
    });
    expect(answer(await fleet.pool('f').invoke({}))).toBe(2);
    expect(await readLog()).toContain('no such seat');
  });

  test('writes what it prints to the log as lines', async () => {
    const { fleet, readLog } = await setUp({
      f: 'export const handler = async () => { console.log("one"); console.error("two"); };',
    });
    await fleet.pool('f').invoke({});
    const lines = (await readLog()).split('\n');
    expect(lines).toContain('one');
    expect(lines).toContain('two');
  });
});

describe('a worker that breaks is replaced', () => {
  const breakers: [string, string, Partial<InvocationOutcome>][] = [
    ['hangs', 'await new Promise(() => setInterval(() => {}, 1000));', { kind: 'timed-out' }],
    ['never yields', 'for (;;) {}', { kind: 'timed-out' }],
    ['leaves the process', 'process.exit(3);', { kind: 'crashed', reason: 'exit-3' }],
    [
      'has an uncaught error',
      'setTimeout(() => { throw new Error("loose"); }); await new Promise(() => {});',
      { kind: 'crashed', reason: 'uncaught-error' },
    ],
    [
      'has an unhandled rejection',
      'Promise.reject(new Error("loose")); await new Promise(() => {});',
      { kind: 'crashed', reason: 'uncaught-error' },
    ],
    [
      'uses more memory than it has',
      'const all = []; for (;;) all.push(new Array(10_000).fill({}));',
      { kind: 'crashed', reason: 'out-of-memory' },
    ],
  ];
  test.each(breakers)('when it %s', async (_how, body, expected) => {
    const { fleet } = await setUp(
      { f: `export const handler = async (event) => { if (event.break) { ${body} } return 'well'; };` },
      { timeoutSeconds: 1.5, memoryMb: 32 },
    );
    expect(await fleet.pool('f').invoke({ break: true })).toEqual(expected);
    expect(answer(await fleet.pool('f').invoke({}))).toBe('well');
    expect(fleet.workerCount()).toBe(1);
  });

  test('when its bundle cannot be loaded, and again at the next try', async () => {
    const { fleet } = await setUp({ f: 'throw new Error("no table"); export const handler = 1;' });
    expect(await fleet.pool('f').invoke({})).toMatchObject({ kind: 'crashed' });
    expect(await fleet.pool('f').invoke({})).toMatchObject({ kind: 'crashed' });
    expect(fleet.workerCount()).toBe(0);
  });

  test('when it exports no handler', async () => {
    const { fleet, readLog } = await setUp({ f: 'export const other = 1;' });
    expect(await fleet.pool('f').invoke({})).toMatchObject({ kind: 'crashed' });
    expect(await readLog()).toContain('exports no function handler');
  });
});

describe('several invocations at once', () => {
  const counting = `${SLEEP} let busy = 0; export const handler = async () => { busy += 1; const seen = busy; await sleep(30); busy -= 1; return seen; };`;

  test('never share a worker, and there are no more workers than allowed', async () => {
    const { fleet } = await setUp({ f: counting }, {}, { maxWorkersPerFunction: 3 });
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => fleet.pool('f').invoke({})));
    expect(outcomes.map(answer)).toEqual(Array(12).fill(1));
    expect(fleet.workerCount()).toBe(3);
  });

  test('respect the function’s reserved concurrency', async () => {
    const { fleet } = await setUp({ f: counting }, { reservedConcurrency: 1 });
    await Promise.all(Array.from({ length: 4 }, () => fleet.pool('f').invoke({})));
    expect(fleet.workerCount()).toBe(1);
  });

  test('are throttled when too many wait', async () => {
    const { fleet } = await setUp({ f: counting }, {}, { maxWorkersPerFunction: 1, maxWaiting: 2 });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => fleet.pool('f').invoke({})));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      'answered',
      'answered',
      'answered',
      'throttled',
      'throttled',
      'throttled',
    ]);
  });

  test('are throttled when they have waited too long', async () => {
    const { fleet } = await setUp(
      { f: `${SLEEP} export const handler = () => sleep(500);` },
      {},
      { maxWorkersPerFunction: 1, maxWaitMs: 50 },
    );
    const outcomes = await Promise.all([fleet.pool('f').invoke({}), fleet.pool('f').invoke({})]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['answered', 'throttled']);
  });

  test('of many functions stay within the budget of the whole laptop', async () => {
    const source = 'export const handler = async () => 1;';
    const { fleet } = await setUp({ a: source, b: source, c: source }, {}, { maxWorkers: 2 });
    for (const name of ['a', 'b', 'c', 'a']) await fleet.pool(name).invoke({});
    expect(fleet.workerCount()).toBe(2);
    expect(fleet.pool('b').workerCount()).toBe(0);
  });

  test('are finished before the fleet stops, and refused after', async () => {
    const { fleet } = await setUp({
      f: `${SLEEP} export const handler = async () => { await sleep(100); return 'done'; };`,
    });
    const underWay = fleet.pool('f').invoke({});
    await fleet.stop();
    expect(answer(await underWay)).toBe('done');
    expect(await fleet.pool('f').invoke({})).toEqual({ kind: 'throttled' });
  });
});

describe('the clock in a worker', () => {
  const source = `export const handler = async () => ({
    now: Date.now(), made: new Date().getTime(), called: typeof Date(), fixed: new Date('2026-12-01').toISOString(),
    isDate: new Date() instanceof Date, sameClass: new Date().constructor === Date, parsed: Date.parse('2026-12-01T00:00:00Z'),
  });`;

  test('is the laptop’s, and a move shows at once in every worker', async () => {
    const { fleet, clock } = await setUp({ a: source, b: source });
    clock.moveTo(Date.parse('2031-05-06T07:08:09Z'));
    for (const name of ['a', 'b']) {
      expect(new Date((answer(await fleet.pool(name).invoke({})) as { now: number }).now).toISOString()).toMatch(
        /^2031-05-06T07:08/,
      );
    }
    clock.moveByMs(daysInMs(-365));
    for (const name of ['a', 'b']) {
      const seen = answer(await fleet.pool(name).invoke({})) as { now: number; made: number };
      expect(new Date(seen.now).toISOString()).toMatch(/^2030-05-06T07:08/);
      expect(seen.made).toBeGreaterThanOrEqual(seen.now);
    }
  });

  test('leaves dates made from a value alone', async () => {
    const { fleet, clock } = await setUp({ a: source });
    clock.moveByMs(daysInMs(1000));
    expect(answer(await fleet.pool('a').invoke({}))).toMatchObject({
      called: 'string',
      fixed: '2026-12-01T00:00:00.000Z',
      isDate: true,
      sameClass: true,
      parsed: 1_796_083_200_000,
    });
  });
});
