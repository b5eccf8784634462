/**
 * The laptop's clock: the machine's clock plus an offset that every thread sees. Functions, schedules, expiry and tokens
 * read it; the queue engine keeps the machine's pace, so that waiting for a retry is never skipped by a move.
 */
export interface LaptopClock {
  /** Eight bytes, one signed 64-bit count of milliseconds; handed to workers. */
  readonly offset: SharedArrayBuffer;
  nowMs(): number;
  offsetMs(): number;
  moveTo(instantMs: number): void;
  moveByMs(milliseconds: number): void;
  /** Told after every move, with the instants before and after it. */
  onMove(listener: (fromMs: number, toMs: number) => void): void;
}

const MILLISECONDS_A_DAY = 86_400_000;

export function createClock(offsetMs = 0, machineNowMs: () => number = Date.now): LaptopClock {
  const offset = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const view = new BigInt64Array(offset);
  const listeners: ((fromMs: number, toMs: number) => void)[] = [];
  const readOffset = (): number => Number(Atomics.load(view, 0));
  const nowMs = (): number => machineNowMs() + readOffset();
  const setOffset = (milliseconds: number): void => {
    const before = nowMs();
    Atomics.store(view, 0, BigInt(Math.round(milliseconds)));
    for (const listener of listeners) listener(before, nowMs());
  };
  Atomics.store(view, 0, BigInt(Math.round(offsetMs)));
  return {
    offset,
    nowMs,
    offsetMs: readOffset,
    moveTo: (instantMs) => setOffset(instantMs - machineNowMs()),
    moveByMs: (milliseconds) => setOffset(readOffset() + milliseconds),
    onMove: (listener) => listeners.push(listener),
  };
}

export function daysInMs(days: number): number {
  return days * MILLISECONDS_A_DAY;
}

/**
 * Reads what a person writes after `--at`: an instant (`2026-12-01T08:30:00Z`), or a day alone, which means eight in the
 * morning in Sweden on that day, when the product's users come to work. Null when it is neither.
 */
export function parseAt(text: string): number | null {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day === null) {
    if (!/^\d{4}-\d{2}-\d{2}T/.test(text)) return null;
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? null : instant;
  }
  const midnightUtc = Date.parse(`${text}T00:00:00Z`);
  // The engine rolls 31 February over to March; such a day is a slip of the hand.
  if (Number.isNaN(midnightUtc) || !new Date(midnightUtc).toISOString().startsWith(text)) return null;
  const guess = midnightUtc + 8 * 3_600_000;
  return guess - stockholmOffsetMs(guess);
}

function stockholmOffsetMs(instantMs: number): number {
  const name = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Stockholm', timeZoneName: 'longOffset' })
    .formatToParts(instantMs)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const hours = /^GMT([+-]\d{2}):/.exec(name ?? '')?.[1];
  return Number(hours ?? 0) * 3_600_000;
}
