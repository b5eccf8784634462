import { describe, expect, test } from 'vitest';
import { makeLog } from './log.ts';

const SECRET = 'Åsa Testsson 198507099805';
const logging = () => {
  const lines: string[] = [];
  const log = makeLog('matcher', (line) => lines.push(line));
  return { log, last: () => JSON.parse(lines.at(-1) ?? '{}'), lines };
};

describe('a log line', () => {
  test('is one line of JSON with level, function, event and facts', () => {
    const { log, lines, last } = logging();
    log.info('run-finished', { runId: 'run_1', proposed: 12, ok: true, failure: null });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(last()).toEqual({
      level: 'info',
      function: 'matcher',
      event: 'run-finished',
      runId: 'run_1',
      proposed: 12,
      ok: true,
      failure: null,
    });
    log.warn('message-unreadable');
    expect(last()).toEqual({ level: 'warn', function: 'matcher', event: 'message-unreadable' });
  });

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
    ['text', SECRET, 'string'],
    ['nothing', undefined, 'undefined'],
    ['an object', { name: SECRET }, 'object'],
  ])('of %s that was thrown says only its type', (_what, thrown, type) => {
    const { log, last, lines } = logging();
    log.fault('request-failed', thrown);
    expect(last()).toMatchObject({ error: type, frames: '' });
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
