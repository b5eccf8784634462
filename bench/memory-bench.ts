import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runDemo } from '@gruppstart/local/demo/run-demo';
import { atMost, type Bench } from './bench.ts';
import { copyAssembly } from './cloud/copy-assembly.ts';
import { startCloudProcess } from './cloud/start-cloud-process.ts';

/** The 600 MB are taken as millions of bytes, the smaller of the two meanings. */
const MEGABYTE = 1_000_000;
const GOAL_MEGABYTES = 600;
/** Long enough for what the last requests left behind to be collected if it ever is. */
const REST_MS = 5_000;

export const memoryBench: Bench = {
  name: 'memory',
  title: 'resident memory of the whole laptop cloud, its threads included, around a demo run',
  run: async ({ tell, folder }) => {
    const assemblyDirectory = join(folder, 'cloud-assembly');
    await copyAssembly(assemblyDirectory, tell);
    const cloud = await startCloudProcess({ dataDir: join(folder, 'data'), assemblyDirectory });
    try {
      const started = await cloud.measureMemory();
      // Of a cloud the demo uses the addresses and the clock.
      const { apiUrl, issuer, moveClock } = cloud;
      await runDemo({ apiUrl, issuer, moveClock }, tell);
      await pause(REST_MS);
      const rested = await cloud.measureMemory();
      const row = (id: string, bytes: number, note: string) =>
        atMost(`memory.${id}`, bytes / MEGABYTE, GOAL_MEGABYTES, 'MB', note);
      return [
        row('started', started.bytes, 'ready, grants given, nothing asked yet'),
        row('peak', rested.peakBytes, 'the highest since its start'),
        row('after', rested.bytes, `${REST_MS / 1000} s after the demo`),
      ];
    } finally {
      await cloud.stop();
    }
  },
};
