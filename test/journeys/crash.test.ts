import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCohort, getRun, listOutcomes, orderRun } from '@gruppstart/contracts/routes/cohorts-routes';
import { getBatch, listBatchRows, listCandidates, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import { createPlace, putUnit } from '@gruppstart/contracts/routes/requirements-routes';
import { fetchToken } from '@gruppstart/local/login/fetch-token';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchFile, SODERHAMN_FILE, someRows } from './candidate-files.ts';
import { expectNoPersonalData, logsIn } from './log-sink.ts';
import { until } from './requests.ts';
import { ANNA, type As, asIn, CARE_HOME, easyPlace, everyItem, KARIN, takeBatch } from './small-town.ts';

const START = new URL('../../packages/local/src/cli/start.ts', import.meta.url).pathname;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** Three free ports in a row, as the command takes them. */
const freePort = async (): Promise<number> => {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 30_000);
    if ((await Promise.all([base, base + 1, base + 2].map(isFree))).every(Boolean)) return base;
  }
};

/** The product as a person starts it, in a process of its own that can be killed. */
const startProcess = async (port: number, dataDir: string, more: readonly string[] = []): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [START, '--port', String(port), '--data', dataDir, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  try {
    await until(
      async () => ({ output, exitCode: child.exitCode }),
      (seen) => seen.output.includes('Ctrl-C') || seen.exitCode !== null,
      100,
    );
    if (child.exitCode !== null) throw new Error(output);
    return child;
  } catch (cause) {
    child.kill('SIGKILL');
    throw cause;
  }
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
};

/** Lines of Söderhamn's file whose people are known before: a run has somebody to look at. */
const READY = [9, 10, 13];

/** Elsewhere nobody can kill the cloud. */
describe.skipIf(process.env.JOURNEYS_ENVIRONMENT !== undefined)('when the whole laptop dies', () => {
  let dataDir = '';
  let port = 0;
  let running: ChildProcess;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'crash-'));
    port = await freePort();
    running = await startProcess(port, dataDir, ['--at', '2026-12-01']);
  });
  afterAll(async () => {
    await end(running, 'SIGTERM');
    const printed = await logsIn(join(dataDir, 'logs'));
    await rm(dataDir, { recursive: true, force: true });
    expectNoPersonalData(printed);
  });

  const tokens = new Map<string, Promise<string>>();
  /** Tokens hold over the crash: the login keeps its key, and its address. */
  const as: As = (userName, door) =>
    asIn({
      apiUrl: `http://127.0.0.1:${port}`,
      token() {
        const name = `${userName} ${door}`;
        const token = tokens.get(name) ?? fetchToken({ issuer: `http://127.0.0.1:${port + 1}`, userName, door });
        tokens.set(name, token);
        return token;
      },
    })(userName, door);

  let batchId = '';
  let runId = '';
  const rowsOfBatch = async () => {
    const caseworker = await as(KARIN, 'intake');
    return everyItem(
      async (cursor) =>
        (await caseworker.call(listBatchRows, { params: { batchId }, query: { limit: '100', ...cursor } })).body,
    );
  };
  let settled: Awaited<ReturnType<typeof rowsOfBatch>> = [];

  beforeAll(async () => {
    await takeBatch(as, KARIN, someRows(READY));
    const units = await as(ANNA, 'requirements');
    const unit = { name: 'Solgården', field: 'care', postcode: '82630', municipalityCode: '2182' } as const;
    await units.call(putUnit, { params: { unitId: CARE_HOME }, body: unit });
    await units.call(createPlace, { body: easyPlace(CARE_HOME, 2) });
    const coordinator = await as(ANNA, 'cohorts');
    const start = { name: 'Gruppstart januari', startDate: '2027-01-11', seats: 12 };
    const cohortIds = [(await coordinator.call(createCohort, { body: start })).body.id];

    const file = batchFile(SODERHAMN_FILE);
    batchId = (await (await as(KARIN, 'intake')).call(sendBatch, { query: {}, body: file })).body.id;
    settled = await until(rowsOfBatch, (some) => some.length > 5);
    const asked = { purpose: 'admission' as const, cohortIds, horizon: 0 };
    runId = (await coordinator.call(orderRun, { body: asked })).body.id;
    await end(running, 'SIGKILL');
    running = await startProcess(port, dataDir);
  });

  test('in the middle of a batch, the batch ends as if nothing had happened', async () => {
    expect(settled.length).toBeLessThan(120);
    const caseworker = await as(KARIN, 'intake');
    const batch = await until(
      async () => (await caseworker.call(getBatch, { params: { batchId } })).body,
      ({ status }) => status === 'finished',
      60,
    );
    const [created, unchanged] = [113 - READY.length, READY.length];
    expect(batch.counts).toEqual({ rows: 120, created, updated: 0, unchanged, rejected: 7, warnings: 1 });
    const rows = await rowsOfBatch();
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 120 }, (_, index) => index + 2));
    // What had its outcome before has the same one now.
    const lines = new Set(settled.map(({ line }) => line));
    expect(rows.filter(({ line }) => lines.has(line))).toEqual(settled);
    const coordinator = await as(ANNA, 'intake');
    const people = await everyItem(
      async (cursor) => (await coordinator.call(listCandidates, { query: { limit: '100', ...cursor } })).body,
    );
    expect(new Set(people.map(({ id }) => id)).size).toBe(113);
  });

  test('just after a run was ordered, the run is made', async () => {
    const coordinator = await as(ANNA, 'cohorts');
    const params = { runId };
    const run = await until(
      async () => (await coordinator.call(getRun, { params })).body,
      ({ status }) => status !== 'working',
      60,
    );
    expect(run.result?.summary).toMatchObject({ proposed: 2 });
    const outcomes = await everyItem(
      async (cursor) => (await coordinator.call(listOutcomes, { params, query: { limit: '100', ...cursor } })).body,
    );
    expect(outcomes).toHaveLength(run.result?.summary.candidates ?? 0);
    expect(new Set(outcomes.map(({ outcome }) => outcome.candidateId)).size).toBe(outcomes.length);
  });
});
