/** When a schedule is next due, strictly after an instant; null when never again. */
export type NextDue = (afterMs: number) => number | null;

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)` or EventBridge's six-field `cron(minute hour day-of-month month day-of-week year)`. Fields take
 * `*`, `?`, lists, ranges, steps and names; `L`, `W` and `#` are refused, because nothing here needs them.
 * Throws for anything else.
 */
export function readScheduleExpression(expression: string, timeZone: string): NextDue {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) {
    const everyMs = Number(rate[1]) * (UNIT_MS[rate[2] ?? ''] ?? Number.NaN);
    if (!(everyMs > 0)) throw new Error(`${expression}: not a rate`);
    return (afterMs) => afterMs + everyMs;
  }
  const cron = /^cron\(([^()]+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (cron?.length !== 6) throw new Error(`${expression}: neither rate(...) nor cron(...) with six fields`);
  return nextByCron(readCron(cron, expression), timeZone);
}

interface CronFields {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  /** Null is every day that the other day field allows. */
  readonly daysOfMonth: ReadonlySet<number> | null;
  readonly months: ReadonlySet<number>;
  /** 1 is Sunday, as EventBridge counts. */
  readonly daysOfWeek: ReadonlySet<number> | null;
  readonly years: ReadonlySet<number> | null;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function readCron(fields: readonly string[], expression: string): CronFields {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  const read = (field: string, from: number, to: number, names: readonly string[] = []): ReadonlySet<number> => {
    const values = readField(field, from, to, names);
    if (values === null) throw new Error(`${expression}: the laptop cannot read ${field}`);
    return values;
  };
  const everyDay = (field: string): boolean => field === '*' || field === '?';
  return {
    minutes: read(minute, 0, 59),
    hours: read(hour, 0, 23),
    daysOfMonth: everyDay(dayOfMonth) ? null : read(dayOfMonth, 1, 31),
    months: read(month, 1, 12, MONTHS),
    daysOfWeek: everyDay(dayOfWeek) ? null : read(dayOfWeek, 1, 7, WEEKDAYS),
    years: year === '*' ? null : read(year, 1970, 2199),
  };
}

function readField(field: string, from: number, to: number, names: readonly string[]): ReadonlySet<number> | null {
  const values = new Set<number>();
  const numberOf = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    if (named >= 0) return named + from;
    return /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [first = '', last] = range.split('-');
    const start = range === '*' ? from : numberOf(first);
    const openEnd = range === '*' || part.includes('/');
    const end = openEnd && last === undefined ? to : numberOf(last ?? first);
    const stride = numberOf(step);
    if (!(start >= from && end <= to && start <= end && stride >= 1)) return null;
    for (let value = start; value <= end; value += stride) values.add(value);
  }
  return values;
}

/** Far enough for any day that can come (29 February), near enough to end. */
const SEARCH_DAYS = 366 * 9;

function nextByCron(cron: CronFields, timeZone: string): NextDue {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    weekday: 'short',
  });
  const dayFits = (local: LocalMinute): boolean =>
    cron.months.has(local.month) &&
    (cron.years?.has(local.year) ?? true) &&
    (cron.daysOfMonth?.has(local.day) ?? true) &&
    (cron.daysOfWeek?.has(local.weekday) ?? true);
  return (afterMs) => {
    const endMs = afterMs + SEARCH_DAYS * 86_400_000;
    let instantMs = (Math.floor(afterMs / 60_000) + 1) * 60_000;
    while (instantMs < endMs) {
      const local = readLocal(format, instantMs);
      if (!dayFits(local)) {
        // To just before the day's end; the last hour is walked, so that a change of the clocks is never jumped over.
        const minutesLeft = Math.max(1, 23 * 60 - (local.hour * 60 + local.minute));
        instantMs += minutesLeft * 60_000;
      } else if (!cron.hours.has(local.hour)) {
        instantMs += (60 - local.minute) * 60_000;
      } else if (!cron.minutes.has(local.minute)) {
        instantMs += 60_000;
      } else {
        return instantMs;
      }
    }
    return null;
  };
}

interface LocalMinute {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly weekday: number;
}

function readLocal(format: Intl.DateTimeFormat, instantMs: number): LocalMinute {
  const parts = new Map(format.formatToParts(instantMs).map(({ type, value }) => [type, value]));
  const numberOf = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    year: numberOf('year'),
    month: numberOf('month'),
    day: numberOf('day'),
    hour: numberOf('hour'),
    minute: numberOf('minute'),
    weekday: WEEKDAYS.indexOf((parts.get('weekday') ?? '').toUpperCase()) + 1,
  };
}
