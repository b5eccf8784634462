import { describe, expect, test } from 'vitest';
import { type Surroundings, watched } from './invocation.ts';
import { makeLog } from './log.ts';

const SECRET = 'Åsa Testsson 198507099805';
const TRACE = '1-67412d8f-0123456789abcdef01234567';

const watching = (
  handler: (event: unknown, context: unknown) => Promise<unknown>,
  environment: Surroundings['environment'] = {},
) => {
  const lines: string[] = [];
  const printed: unknown[] = [];
  const print = (...said: readonly unknown[]): void => {
    printed.push(said);
  };
  const console = { debug: print, error: print, info: print, log: print, trace: print, warn: print };
  const log = makeLog('matcher', (line) => lines.push(line));
  const invoke = watched(log, handler, { environment, console });
  return { invoke, log, console, printed, lines, said: () => lines.map((line) => JSON.parse(line)) };
};

describe('what is logged during an invocation', () => {
  test('bears its id, and whether the environment was new', async () => {
    const { invoke, log, said } = watching(async () => log.info('grants-given', { grants: 1 }));
    await invoke({}, { awsRequestId: 'r-1' });
    await invoke({}, { awsRequestId: 'r-2' });
    await invoke({}, { awsRequestId: 'r-3' });
    expect(said()).toMatchObject([
      { event: 'grants-given', grants: 1, requestId: 'r-1', coldStart: true },
      { requestId: 'r-2', coldStart: false },
      { requestId: 'r-3', coldStart: false },
    ]);
  });

  test.each([
    ['the variable of the invocation', { _X_AMZN_TRACE_ID: `Root=${TRACE};Parent=53995c3f42cd8ad8;Sampled=1` }, {}],
    ['the gateway’s header', {}, { headers: { 'x-amzn-trace-id': `Root=${TRACE}` } }],
    ['a header with more in it', {}, { headers: { 'x-amzn-trace-id': `Self=1-2;Root=${TRACE};Sampled=0` } }],
    [
      'the variable before the header',
      { _X_AMZN_TRACE_ID: `Root=${TRACE}` },
      { headers: { 'x-amzn-trace-id': `Root=${TRACE.replace('8f', '90')}` } },
    ],
  ])('bears the trace named by %s', async (_what, environment, event) => {
    const { invoke, log, said } = watching(async () => log.info('grants-given'), environment);
    await invoke(event, {});
    expect(said()[0].traceId).toBe(TRACE);
  });

  test.each([
    ['no trace', {}],
    ['no headers', { headers: null }],
    ['somebody’s name for a trace', { headers: { 'x-amzn-trace-id': `Root=${SECRET}` } }],
    ['a name around a trace', { headers: { 'x-amzn-trace-id': `Root=${TRACE}${SECRET}` } }],
  ])('bears none where there is %s', async (_what, event) => {
    const { invoke, log, said, lines } = watching(async () => log.info('grants-given'));
    await invoke(event, undefined);
    expect(said()[0]).toMatchObject({ traceId: null, requestId: null });
    expect(lines.join()).not.toContain('Testsson');
  });

  test('does not reach into the next one', async () => {
    const { invoke, log, said } = watching(async () => log.info('grants-given'), {});
    await invoke({ headers: { 'x-amzn-trace-id': `Root=${TRACE}` } }, { awsRequestId: 'r-1' });
    await invoke({}, { awsRequestId: 'r-2' });
    expect(said()[1]).toMatchObject({ requestId: 'r-2', traceId: null });
  });
});

describe('an error that leaves the handler', () => {
  test('is logged without its text, and another one without text of ours leaves in its stead', async () => {
    const { invoke, said, lines } = watching(async () => {
      throw new TypeError(SECRET, { cause: new Error(SECRET) });
    });
    const left = await invoke({}, { awsRequestId: 'r-1' }).catch((error: unknown) => error);
    expect(said()).toMatchObject([
      { level: 'error', event: 'invocation-failed', error: 'TypeError < Error', requestId: 'r-1' },
    ]);
    expect(left).toBeInstanceOf(Error);
    const all = left instanceof Error ? [left.message, left.stack, left.cause, Object.keys(left)] : [];
    expect(`${JSON.stringify(all)}${lines.join()}`).not.toContain('Testsson');
    expect(all.at(-1)).toEqual([]);
  });

  test('does not spoil the next invocation', async () => {
    let fails = true;
    const { invoke } = watching(async () => {
      if (fails) throw new Error(SECRET);
      return 'done';
    });
    await expect(invoke({}, {})).rejects.toThrow('invocation-failed');
    fails = false;
    expect(await invoke({}, {})).toBe('done');
  });
});

describe('what a library prints', () => {
  test.each(['debug', 'error', 'info', 'log', 'trace', 'warn'] as const)(
    'by console.%s is not repeated; that it printed is',
    async (printer) => {
      const { invoke, console, printed, said, lines } = watching(async () => {
        console[printer](`Error processing request of ${SECRET}`, new TypeError(SECRET), { url: SECRET });
      });
      await invoke({}, { awsRequestId: 'r-1' });
      expect(printed).toEqual([]);
      expect(said()).toMatchObject([
        { level: 'error', event: 'library-printed', printer, error: 'TypeError', requestId: 'r-1' },
      ]);
      expect(said()[0].frames).toContain('invocation.test.ts');
      expect(lines.join()).not.toContain('Testsson');
    },
  );

  test('without an error in it is told too', async () => {
    const { invoke, console, said } = watching(async () => console.warn(SECRET));
    await invoke({}, {});
    expect(said()).toMatchObject([{ event: 'library-printed', printer: 'warn', error: 'undefined', frames: '' }]);
  });
});
