// Runs inside every worker thread before anything else is loaded. Plain JavaScript, because stripping types costs each
// worker 12 MB and 15 ms.

/**
 * Makes `Date` of this thread read the laptop's clock: the machine's clock plus the milliseconds in the shared buffer.
 * A move of the clock therefore shows at the next look, in every thread at once. Timers and `performance.now()` keep
 * the machine's pace.
 *
 * @param {SharedArrayBuffer} offset eight bytes: one signed 64-bit count of milliseconds
 */
export function installClock(offset) {
  const view = new BigInt64Array(offset);
  const MachineDate = Date;
  const machineNow = Date.now;
  const now = () => machineNow() + Number(Atomics.load(view, 0));
  const LaptopDate = new Proxy(MachineDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: (target) => new target(now()).toString(),
  });
  MachineDate.now = now;
  MachineDate.prototype.constructor = LaptopDate;
  globalThis.Date = LaptopDate;
}
