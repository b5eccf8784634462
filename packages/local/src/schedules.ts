import { randomUUID } from 'node:crypto';
import type { LaptopClock } from './clock.ts';
import type { FunctionFleet } from './functions/function-fleet.ts';
import { STOP_PATIENCE_MS } from './functions/function-pool.ts';
import type { InvocationOutcome } from './functions/outcome.ts';
import { type NextDue, readScheduleExpression } from './schedule-expression.ts';
import type { ScheduleModel } from './template/model.ts';

/** Fires schedules by the laptop's clock. */
export interface RunningSchedules {
  readonly names: readonly string[];
  /** Fires one at once, due or not; null for a name that no schedule has. */
  fire(name: string): Promise<InvocationOutcome | null>;
  /** When what has been fired so far is done. A move of the clock fires what became due by itself. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface SchedulesOptions {
  readonly schedules: readonly ScheduleModel[];
  readonly fleet: Pick<FunctionFleet, 'pool'>;
  readonly clock: LaptopClock;
  readonly accountId: string;
  readonly region: string;
  /** False leaves the ticker out: schedules then fire only on request and when the clock is moved. */
  readonly ticks?: boolean;
}

const TICK_MS = 1_000;

interface Entry {
  readonly schedule: ScheduleModel;
  readonly next: NextDue;
  dueMs: number | null;
}

/**
 * A schedule that was due several times while the clock was moved fires once: what it does is meant to look at the time,
 * and a move of two weeks would otherwise start twenty thousand runs of a minute's schedule.
 */
export function startSchedules(options: SchedulesOptions): RunningSchedules {
  const { clock, fleet } = options;
  const entries: Entry[] = options.schedules.map((schedule) => {
    const next = readScheduleExpression(schedule.expression, schedule.timeZone);
    return { schedule, next, dueMs: next(clock.nowMs()) };
  });
  const underWay = new Set<Promise<InvocationOutcome>>();

  const fire = ({ schedule }: Entry): Promise<InvocationOutcome> => {
    const work = fleet.pool(schedule.functionName).invoke(scheduledEvent(schedule, options));
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
    return work;
  };
  const tick = (): void => {
    const nowMs = clock.nowMs();
    const due = entries.filter(({ dueMs }) => dueMs !== null && dueMs <= nowMs);
    for (const entry of due) {
      entry.dueMs = entry.next(nowMs);
      void fire(entry);
    }
  };
  const timer = options.ticks === false ? null : setInterval(tick, TICK_MS);
  clock.onMove((fromMs, toMs) => {
    // Moved back, the schedules would otherwise sleep until the old time comes round again.
    if (toMs < fromMs) for (const entry of entries) entry.dueMs = entry.next(toMs);
    tick();
  });
  return {
    names: entries.map(({ schedule }) => schedule.name),
    async settled() {
      await Promise.all(underWay);
    },
    async fire(name) {
      const entry = entries.find(({ schedule }) => schedule.name === name);
      return entry === undefined ? null : fire(entry);
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      const patience = new Promise((resolve) => {
        setTimeout(resolve, STOP_PATIENCE_MS).unref();
      });
      await Promise.race([Promise.all(underWay), patience]);
    },
  };
}

function scheduledEvent(schedule: ScheduleModel, { clock, accountId, region }: SchedulesOptions): unknown {
  if (schedule.input !== null) return JSON.parse(schedule.input);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: schedule.source,
    account: accountId,
    time: new Date(clock.nowMs()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources: [schedule.arn],
    detail: {},
  };
}
