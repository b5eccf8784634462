import type { ThrottlingModel } from '../template/model.ts';

/** A token bucket, as the rate and burst limits of a stage or a route are one. */
export interface Throttle {
  /** False when the request is one too many. */
  admit(): boolean;
}

/** `machineNowMs` is the machine's clock: moving the laptop's clock must not fill the bucket. */
export function createThrottle(limits: ThrottlingModel | null, machineNowMs: () => number = Date.now): Throttle {
  if (limits === null) return { admit: () => true };
  let tokens = limits.burst;
  let filledAtMs = machineNowMs();
  return {
    admit() {
      const nowMs = machineNowMs();
      tokens = Math.min(limits.burst, tokens + ((nowMs - filledAtMs) / 1000) * limits.ratePerSecond);
      filledAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
