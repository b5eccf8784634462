// Loaded by every process that the emulator starts for a function: Date reads the machine's clock plus the milliseconds
// in the clock file, as the emulator itself does. Timers and performance.now() keep the machine's pace.
import { openSync, readSync } from 'node:fs';

const file = openSync(process.env.CLOCK_FILE, 'r');
const bytes = new BigInt64Array(1);
const MachineDate = Date;
const machineNow = Date.now;
const now = () => {
  readSync(file, bytes, 0, 8, 0);
  return machineNow() + Number(bytes[0]);
};
const MovedDate = new Proxy(MachineDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: (target) => new target(now()).toString(),
});
MachineDate.now = now;
MachineDate.prototype.constructor = MovedDate;
globalThis.Date = MovedDate;
