import { describe, expect, test } from 'vitest';
import { makeLog } from './log.ts';

const SECRET = 'Åsa Testsson 198507099805';
const NOW = '2026-12-01T08:00:00.000Z';
const logging = () => {
  const lines: string[] = [];
  const log = makeLog(
    'matcher',
    (line) => lines.push(line),
    () => Date.parse(NOW),
  );
  return { log, last: () => JSON.parse(lines.at(-1) ?? '{}'), lines };
};

describe('a log line', () => {
  test('is one line of JSON with time, level, service, event and facts', () => {
    const { log, lines, last } = logging();
    log.info('message-handled', { runId: 'run_1', proposed: 12, ok: true, failure: null });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(last()).toEqual({
      time: NOW,
      level: 'info',
      service: 'matcher',
      event: 'message-handled',
      runId: 'run_1',
      proposed: 12,
      ok: true,
      failure: null,
    });
    log.warn('message-unreadable');
    expect(last()).toEqual({ time: NOW, level: 'warn', service: 'matcher', event: 'message-unreadable' });
  });

  test('bears what holds for all lines until that is changed, and its own facts before those', () => {
    const { log, last } = logging();
    log.during({ requestId: 'r-1', correlationId: 'of-all' });
    log.info('message-handled', { correlationId: 'own' });
    expect(last()).toMatchObject({ requestId: 'r-1', correlationId: 'own' });
    log.fault('message-failed', new Error('x'));
    expect(last()).toMatchObject({ requestId: 'r-1', correlationId: 'of-all' });
    log.during({ requestId: 'r-2' });
    log.warn('message-unreadable');
    expect(last()).toMatchObject({ requestId: 'r-2' });
    expect(last()).not.toHaveProperty('correlationId');
  });

  test.each([
    'cand_01jd4z8w6k3v9r5t2q7n0m1pxy',
    'JKJaXmPLvHcESHA=',
    '7f6e5d4c-0000-4000-8000-0123456789ab',
    '/grants/0/unitIds/2',
    'body-invalid',
    '2027-01-11T08:00:00.000Z',
    '',
  ])('takes an id, a code or a pointer as it is: %s', (fact) => {
    const { log, last } = logging();
    log.info('message-handled', { fact });
    expect(last().fact).toBe(fact);
  });

  test.each([SECRET, 'Testsson, Åsa', 'asa@example.se', 'Åsa', '070 123 45 67', '"x"', 'x\ny', 'x'.repeat(121)])(
    'withholds what somebody may have written: %j',
    (fact) => {
      const { log, last } = logging();
      log.during({ ambient: fact });
      log.info('message-handled', { fact, other: 1 });
      expect(last()).toMatchObject({ ambient: 'withheld', fact: 'withheld', other: 1 });
    },
  );

  test('of a fault names the error, its causes and where, and never what the errors say', () => {
    const { log, last, lines } = logging();
    const cause = new TypeError(`bad ${SECRET}`, { cause: new RangeError(SECRET) });
    log.fault('request-failed', new Error(SECRET, { cause }), { correlationId: 'req-1' });
    expect(last()).toMatchObject({
      level: 'error',
      event: 'request-failed',
      correlationId: 'req-1',
      error: 'Error < TypeError < RangeError',
    });
    expect(last().frames).toMatch(/^at .*log\.test\.ts:\d+:\d+/);
    expect(lines.join()).not.toContain('Testsson');
  });

  test.each([
    ['lines that look like frames', `x\n    at ${SECRET} (/a.ts:1:1)\n    at ${SECRET}`],
    ['nothing but such a line', `    at ${SECRET}`],
    ['many lines', Array.from({ length: 9 }, () => `at ${SECRET}`).join('\n')],
  ])('shows nothing of a message with %s', (_what, message) => {
    const { log, lines, last } = logging();
    log.fault('request-failed', new Error(message));
    expect(lines.join()).not.toContain('Testsson');
    expect(last().frames).toMatch(/log\.test\.ts/);
  });

  test('shows nothing of a message that was changed after the error was made', () => {
    const { log, lines } = logging();
    const error = new Error(`x\n    at ${SECRET}`);
    error.message = 'something else';
    log.fault('request-failed', error);
    expect(lines.join()).not.toContain('Testsson');
  });

  test.each([
    ['a name for a frame', `at ${SECRET} (file:///a.ts:1:1)`],
    ['a name for a file', `at file:///${SECRET}:1:1`],
    ['a name for a file in brackets', `at x (/${SECRET}/a.ts:1:1)`],
    ['an address for a frame', 'at asa.testsson@example.se (file:///a.ts:1:1)'],
  ])('shows nothing of a stack that has %s', (_what, frame) => {
    const { log, lines, last } = logging();
    const error = new Error('x');
    error.stack = `Error: x\n    ${frame}\n    at real (file:///var/task/index.mjs:1:2)`;
    log.fault('request-failed', error);
    expect(lines.join().toLowerCase()).not.toContain('testsson');
    expect(last().frames).toBe('at real (file:///var/task/index.mjs:1:2)');
  });

  test.each([
    'at file:///var/task/index.mjs:1:2',
    'at async file:///var/task/index.mjs:1:2',
    'at async make (file:///var/task/index.mjs:31:2017)',
    'at new Xe (file:///var/task/index.mjs:1:2)',
    'at Object.get [as stack] (/var/task/index.mjs:1:2)',
    'at #run (/var/task/index.mjs:1:2)',
    'at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  ])('shows a frame as Node writes them: %s', (frame) => {
    const { log, last } = logging();
    const error = new Error('x');
    error.stack = `Error: x\n    ${frame}`;
    log.fault('request-failed', error);
    expect(last().frames).toBe(frame);
  });

  test('repeats no name of an error that is not a word', () => {
    const { log, last } = logging();
    log.fault('request-failed', Object.assign(new Error('x', { cause: new TypeError('y') }), { name: SECRET }));
    expect(last().error).toBe('Error < TypeError');
  });

  test.each([
    ['text', SECRET, 'string'],
    ['nothing', undefined, 'undefined'],
    ['an object', { name: SECRET }, 'object'],
  ])('of %s that was thrown says only its type', (_what, thrown, type) => {
    const { log, last, lines } = logging();
    log.fault('request-failed', thrown);
    expect(last()).toMatchObject({ error: type, frames: '' });
    expect(lines.join()).not.toContain('Testsson');
  });

  test.each([
    ['AccessDenied', 'Error (AccessDenied)'],
    ['ECONNREFUSED', 'Error (ECONNREFUSED)'],
    [SECRET, 'Error'],
    [42, 'Error'],
  ])('of a fault names the code of a service when it is a word: %s', (code, told) => {
    const { log, last } = logging();
    log.fault('request-failed', Object.assign(new Error('x'), { code }));
    expect(last().error).toBe(told);
  });

  test.each(['another', ''])('has no frames when the message became %j after the stack was written', (message) => {
    const { log, last, lines } = logging();
    const error = new Error('x\n    at Testsson (/198507099805:1:1)');
    // Reading it writes it.
    expect(error.stack).toContain('Testsson');
    error.message = message;
    log.fault('request-failed', error);
    expect(last().frames).toBe('');
    expect(lines.join()).not.toContain('Testsson');
  });

  test('ends for an error that is its own cause', () => {
    const { log, last } = logging();
    const error = new Error('x');
    Object.assign(error, { cause: error });
    log.fault('request-failed', error);
    expect(last().error).toBe('Error < Error < Error < Error < Error');
  });
});
