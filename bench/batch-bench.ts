import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BatchView, getBatch, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import type { ApiClient } from '@gruppstart/local/demo/api-client';
import { DEMO_ROLES } from '@gruppstart/local/demo/demo-steps';
import { rememberLogins } from '@gruppstart/local/demo/run-demo';
import { atMost, type Bench, forInformation } from './bench.ts';
import { copyAssembly } from './cloud/copy-assembly.ts';
import { type CloudProcess, startCloudProcess } from './cloud/start-cloud-process.ts';
import { median, spread, timed } from './measure.ts';

const RUNS = 5;
const GOAL_MS = 5_000;
const LOOK_EVERY_MS = 20;
const GIVE_UP_AFTER_MS = 60_000;
const ROWS = 120;

const CANDIDATE_FILE = new URL('../packages/local/src/demo/data/kandidater-soderhamn-2027-01.csv', import.meta.url);

/** Sends the demo's file and looks until every row has its outcome. */
const takeBatch = async (caseworker: ApiClient, file: Uint8Array<ArrayBuffer>): Promise<BatchView> => {
  const sent = await caseworker.call(sendBatch, { query: {}, body: file });
  const giveUpAtMs = performance.now() + GIVE_UP_AFTER_MS;
  while (performance.now() < giveUpAtMs) {
    const { body } = await caseworker.call(getBatch, { params: { batchId: sent.body.id } });
    if (body.status === 'finished') return body;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`The batch was not finished in ${GIVE_UP_AFTER_MS} ms`);
};

/** Milliseconds from sending the demo's file until the batch is finished. Throws when rows are missing. */
export const timeBatch = async (cloud: CloudProcess): Promise<number> => {
  const caseworker = await rememberLogins(cloud)(DEMO_ROLES.caseworker, 'intake');
  const file = new Uint8Array(await readFile(CANDIDATE_FILE));
  let batch: BatchView | undefined;
  const milliseconds = await timed(async () => {
    batch = await takeBatch(caseworker, file);
  });
  if (batch?.rows !== ROWS) throw new Error(`The batch has ${batch?.rows} rows, not ${ROWS}`);
  return milliseconds;
};

export const batchBench: Bench = {
  name: 'batch',
  title: `${ROWS} rows from the request that sends them to the last candidate, on a fresh tenant`,
  run: async ({ tell, folder }) => {
    const assemblyDirectory = join(folder, 'cloud-assembly');
    await copyAssembly(assemblyDirectory, tell);
    const milliseconds: number[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      const cloud = await startCloudProcess({ dataDir: join(folder, `data-${run}`), assemblyDirectory });
      try {
        milliseconds.push(await timeBatch(cloud));
        tell(`run ${run} of ${RUNS}: ${milliseconds.at(-1)?.toFixed(0)} ms`);
      } finally {
        await cloud.stop();
      }
    }
    return [
      atMost('batch.to-last-candidate', median(milliseconds), GOAL_MS, 'ms', spread(milliseconds, 'runs')),
      forInformation('batch.rows-per-second', (ROWS * 1000) / median(milliseconds), 'rows/s'),
    ];
  },
};
