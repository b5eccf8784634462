/**
 * The laptop's movable clock, as every thread of it sees it: one shared number, the milliseconds to add to the machine's
 * own time. Who moves the clock stores the number; each thread installs the shift once, before it loads what it runs.
 */
export const CLOCK_OFFSET_BYTES = BigInt64Array.BYTES_PER_ELEMENT;

/** A shared offset of 0 ms (the machine's own time) unless told otherwise. */
export const createClockOffset = (offsetMilliseconds = 0): SharedArrayBuffer => {
  const offset = new SharedArrayBuffer(CLOCK_OFFSET_BYTES);
  writeClockOffset(offset, offsetMilliseconds);
  return offset;
};

/** Atomic, so that another thread never reads half a number. */
export const writeClockOffset = (offset: SharedArrayBuffer, offsetMilliseconds: number): void => {
  Atomics.store(new BigInt64Array(offset), 0, BigInt(Math.round(offsetMilliseconds)));
};

/** Milliseconds to add to the machine's own time. */
export const readClockOffset = (offset: SharedArrayBuffer): number =>
  Number(Atomics.load(new BigInt64Array(offset), 0));

/**
 * Makes `Date.now()`, `new Date()` and `Date()` of this thread read the shifted clock, also in libraries that are
 * already loaded. Dates made from a value are untouched, and so are timers (`setTimeout` waits real milliseconds),
 * `performance.now()` and `Intl.DateTimeFormat.format()` called without a date.
 *
 * @returns a function that puts the machine's own clock back.
 */
export const installShiftedDate = (offset: SharedArrayBuffer): (() => void) => {
  const cell = new BigInt64Array(offset);
  const MachineDate = globalThis.Date;
  const machineNow = MachineDate.now;
  const shiftedNow = (): number => machineNow() + Number(Atomics.load(cell, 0));

  const ShiftedDate = new Proxy(MachineDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [shiftedNow()] : args, newTarget),
    apply: (target) => new target(shiftedNow()).toString(),
  });
  MachineDate.now = shiftedNow;
  MachineDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate;

  return () => {
    MachineDate.now = machineNow;
    MachineDate.prototype.constructor = MachineDate;
    globalThis.Date = MachineDate;
  };
};
