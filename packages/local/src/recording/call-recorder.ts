import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { signingFunction } from './access-keys.ts';
import type { AwsCall, Place, RecordedCall } from './aws-call.ts';

/** Names the folder for recordings; nothing is recorded when it is not set. */
export const CALLS_DIRECTORY_VARIABLE = 'GRUPPSTART_CALLS_DIR';

/** Keeps every distinct call that a function makes, and none that the laptop or a test makes itself. */
export interface CallRecorder {
  readonly place: Place;
  /**
   * @param signature the `Authorization` header, or the query of a presigned address
   * @param calls asked for only when a function signed the request
   */
  record(signature: string, calls: () => readonly AwsCall[]): void;
}

/**
 * Each recorder writes a file of its own, one line of JSON for each call that it has not seen before, at once: there
 * are a few dozen in all, and a laptop that is killed must leave behind what it did.
 */
export function openCallRecorder(directory: string, place: Place): CallRecorder {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${process.pid}-${randomBytes(6).toString('hex')}.jsonl`);
  const seen = new Set<string>();
  return {
    place,
    record(signature, calls) {
      const caller = signingFunction(signature);
      if (caller === null) return;
      for (const call of calls()) {
        const line = JSON.stringify({ function: caller, ...call } satisfies RecordedCall);
        if (seen.has(line)) continue;
        seen.add(line);
        appendFileSync(file, `${line}\n`);
      }
    },
  };
}
