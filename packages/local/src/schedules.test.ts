import { expect, onTestFinished, test } from 'vitest';
import { createClock, daysInMs, type LaptopClock } from './clock.ts';
import { type RunningSchedules, startSchedules } from './schedules.ts';
import type { ScheduleModel } from './template/model.ts';

const MINUTELY: ScheduleModel = {
  name: 'Minutely',
  arn: 'arn:aws:events:eu-north-1:000000000000:rule/Minutely',
  expression: 'rate(1 minute)',
  timeZone: 'UTC',
  functionName: 'Outbox',
  input: null,
  source: 'aws.events',
};
const MORNING: ScheduleModel = {
  ...MINUTELY,
  name: 'Morning',
  expression: 'cron(0 6 * * ? *)',
  input: '{"kind":"morning"}',
};

interface Setup {
  readonly clock: LaptopClock;
  readonly schedules: RunningSchedules;
  readonly events: readonly unknown[];
}

function setUp(...models: readonly ScheduleModel[]): Setup {
  const clock = createClock(0, () => Date.parse('2026-12-01T05:30:00Z'));
  const events: unknown[] = [];
  const schedules = startSchedules({
    schedules: models,
    clock,
    accountId: '000000000000',
    region: 'eu-north-1',
    ticks: false,
    fleet: {
      pool: (name) => ({
        name,
        invoke: async (event) => {
          events.push(event);
          return { kind: 'answered', payload: 'null' };
        },
        free: () => 1,
        workerCount: () => 0,
        idleSinceMs: () => null,
        retireIdle: () => false,
        stop: async () => {},
      }),
    },
  });
  onTestFinished(() => schedules.stop());
  return { clock, schedules, events };
}

test('a schedule fires once when the clock is moved past its time, however often it was due', async () => {
  const { clock, schedules, events } = setUp(MINUTELY);
  clock.moveByMs(59_000);
  expect(events).toHaveLength(0);
  clock.moveByMs(1_000);
  expect(events).toHaveLength(1);
  clock.moveByMs(daysInMs(14));
  expect(events).toHaveLength(2);
  await schedules.settled();
});

test('its event is EventBridge’s, with the laptop’s time', () => {
  const { clock, events } = setUp(MINUTELY);
  clock.moveByMs(60_000);
  expect(events).toEqual([
    {
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: '2026-12-01T05:31:00Z',
      region: 'eu-north-1',
      resources: [MINUTELY.arn],
      detail: {},
    },
  ]);
});

test('its own input replaces the event', () => {
  const { clock, events } = setUp(MORNING);
  clock.moveByMs(30 * 60_000);
  expect(events).toEqual([{ kind: 'morning' }]);
});

test('one can be fired at once, due or not, and an unknown one cannot', async () => {
  const { schedules, events } = setUp(MINUTELY, MORNING);
  expect(await schedules.fire('Morning')).toEqual({ kind: 'answered', payload: 'null' });
  expect(events).toEqual([{ kind: 'morning' }]);
  expect(await schedules.fire('Evening')).toBeNull();
});

test('moved back, the clock finds its schedules due in the new time', () => {
  const { clock, events } = setUp(MORNING);
  clock.moveByMs(daysInMs(30));
  expect(events).toHaveLength(1);
  clock.moveByMs(daysInMs(-30));
  expect(events).toHaveLength(1);
  clock.moveByMs(31 * 60_000);
  expect(events).toHaveLength(2);
});
