import { describe, expect, onTestFinished, test } from 'vitest';
import { createClock, daysInMs } from '../clock.ts';
import { startControlServer } from './control-server.ts';

const NOW_MS = Date.parse('2026-12-01T08:00:00Z');

/** The controls over a clock that stands still but for its moves. */
const controlled = async () => {
  const clock = createClock(0, () => NOW_MS);
  const server = await startControlServer(0, {
    nowMs: clock.nowMs,
    moveClock: async (move) => {
      if ('toMs' in move) clock.moveTo(move.toMs);
      else clock.moveByMs(daysInMs(move.byDays));
    },
    status: () => ({}) as never,
    queueDepths: async () => [],
    fireSchedule: async () => null,
  });
  onTestFinished(() => server.stop());
  const headers = { authorization: `Bearer ${server.secret}` };
  return {
    move: async (body: unknown) =>
      (await fetch(`${server.url}/clock`, { method: 'POST', headers, body: JSON.stringify(body) })).status,
    now: async () => (await fetch(`${server.url}/clock`, { headers })).json(),
  };
};

describe('the clock', () => {
  test.each([
    [{ byDays: 1 }, '2026-12-02T08:00:00.000Z'],
    [{ byDays: -9_000 }, '2002-04-11T08:00:00.000Z'],
    [{ at: '2027-01-11' }, '2027-01-11T07:00:00.000Z'],
  ])('is moved by %j', async (body, now) => {
    const laptop = await controlled();
    expect(await laptop.move(body)).toBe(200);
    expect(await laptop.now()).toEqual({ now });
  });

  test.each([
    { byDays: 1e12 },
    { byDays: -1e6 },
    { byDays: 1e6 },
    { at: '9999-12-31' },
    { at: '0001-01-01' },
    { byDays: '1' },
    {},
  ])('stays where it is with %j', async (body) => {
    const laptop = await controlled();
    expect(await laptop.move(body)).toBe(400);
    expect(await laptop.now()).toEqual({ now: '2026-12-01T08:00:00.000Z' });
  });
});
