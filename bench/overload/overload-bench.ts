import { join } from 'node:path';
import { putUnit } from '@gruppstart/contracts/routes/requirements-routes';
import { DEMO_ROLES } from '@gruppstart/local/demo/demo-steps';
import { DEMO_MUNICIPALITY_CODE, DEMO_UNITS } from '@gruppstart/local/demo/demo-units';
import { rememberLogins } from '@gruppstart/local/demo/run-demo';
import { fetchToken } from '@gruppstart/local/login/fetch-token';
import { atLeast, atMost, type Bench, forInformation, type Row } from '../bench.ts';
import { copyAssembly } from '../cloud/copy-assembly.ts';
import { startCloudProcess } from '../cloud/start-cloud-process.ts';
import { median } from '../measure.ts';
import { type LoadOutcome, sendSteadily } from './open-load.ts';

/** Which of the two limits turns people away, and the requests a second that are tried for the peak under it. */
const SCENARIOS = [
  { name: 'stage', throttles: true, peakRates: [160, 200, 240] },
  // Without the stage's throttling only the functions' own concurrency is left.
  { name: 'functions', throttles: false, peakRates: [250, 350, 450] },
] as const;
type Scenario = (typeof SCENARIOS)[number];
const STRETCH_MS = 3_000;
const TIMES_TOO_MUCH = 10;
const OVERLOAD_MS = 6_000;
const ROUNDS = 2;
const GOAL_SHARE_OF_PEAK = 0.8;
const GOAL_RECOVERY_SECONDS = 5;
/** After the overload: half the peak, looked at in slices, until all that is sent is answered well and in time. */
const RECOVERY_SLICE_MS = 500;
const RECOVERY_SLICES = 20;
const CALM_SLICES = 3;

const percentile = (ascending: readonly number[], share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;

const statusesOf = ({ byStatus }: LoadOutcome): string =>
  [...byStatus]
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${count} x ${status}`)
    .join(', ');

/** What was neither a good answer nor a refusal that says when to come again. */
const wrongAnswers = ({ sent, byStatus, withoutRetryAfter }: LoadOutcome): number =>
  sent - (byStatus.get(200) ?? 0) - (byStatus.get(429) ?? 0) - (byStatus.get(503) ?? 0) + withoutRetryAfter;

/** Seconds from the end of the overload until three slices in a row were answered as in calm; Infinity if never. */
const recoverySeconds = async (send: (perSecond: number, ms: number) => Promise<LoadOutcome>, perSecond: number) => {
  const startedAtMs = performance.now();
  let calmSinceMs = 0;
  let calm = 0;
  for (let slice = 0; slice < RECOVERY_SLICES && calm < CALM_SLICES; slice += 1) {
    const fromMs = performance.now() - startedAtMs;
    const { sent, goodMs } = await send(perSecond, RECOVERY_SLICE_MS);
    if (goodMs.length < sent) calm = 0;
    else {
      if (calm === 0) calmSinceMs = fromMs;
      calm += 1;
    }
  }
  return calm === CALM_SLICES ? calmSinceMs / 1000 : Number.POSITIVE_INFINITY;
};

const measure = async (
  { name: scenario, throttles, peakRates }: Scenario,
  folder: string,
  assemblyDirectory: string,
  tell: (line: string) => void,
): Promise<readonly Row[]> => {
  const [unit] = DEMO_UNITS;
  if (!unit) throw new Error('The demo has no unit');
  const cloud = await startCloudProcess({ dataDir: join(folder, scenario), assemblyDirectory, throttles });
  try {
    const coordinator = await rememberLogins(cloud)(DEMO_ROLES.coordinator, 'requirements');
    const { name, field, postcode } = unit;
    const body = { name, field, postcode, municipalityCode: DEMO_MUNICIPALITY_CODE };
    await coordinator.call(putUnit, { params: { unitId: unit.id }, body });
    const token = await fetchToken({ issuer: cloud.issuer, userName: unit.manager, door: 'requirements' });
    const url = new URL(`/v1/units/${unit.id}`, cloud.apiUrl);
    const send = (perSecond: number, ms: number) => sendSteadily(url, token, perSecond, ms);

    tell(`${scenario}: warming up`);
    await send(peakRates[0], STRETCH_MS);
    const rounds: { peak: number; overload: LoadOutcome; recovery: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      let peak = 0;
      for (const rate of peakRates) peak = Math.max(peak, (await send(rate, STRETCH_MS)).goodPerSecond);
      const overload = await send(peak * TIMES_TOO_MUCH, OVERLOAD_MS);
      tell(`${scenario}: peak ${peak.toFixed(0)}/s; ${statusesOf(overload)}, ${overload.broken} broken`);
      rounds.push({ peak, overload, recovery: await recoverySeconds(send, peak / 2) });
    }
    const total = (of: (overload: LoadOutcome) => number) =>
      rounds.reduce((sum, { overload }) => sum + of(overload), 0);
    const sent = total((overload) => overload.sent);
    const id = (figure: string): string => `overload.${scenario}.${figure}`;
    const note = `${ROUNDS} rounds of ${OVERLOAD_MS / 1000} s`;
    return [
      atLeast(
        id('goodput'),
        median(rounds.map(({ peak, overload }) => overload.goodPerSecond / peak)),
        GOAL_SHARE_OF_PEAK,
        'of the peak',
        note,
      ),
      atMost(
        id('other-answers'),
        total(wrongAnswers),
        0,
        'answers',
        `of ${sent}: neither good nor 429/503 with Retry-After`,
      ),
      atMost(
        id('recovery'),
        Math.max(...rounds.map(({ recovery }) => recovery)),
        GOAL_RECOVERY_SECONDS,
        's',
        'the slowest round',
      ),
      forInformation(id('peak'), median(rounds.map(({ peak }) => peak)), 'good answers/s', note),
      forInformation(id('offered'), (sent * 1000) / ROUNDS / OVERLOAD_MS, 'requests/s', 'as far as the sender could'),
      forInformation(
        id('p95'),
        median(rounds.map(({ overload: { goodMs } }) => percentile(goodMs, 0.95))),
        'ms',
        'of the good answers',
      ),
    ];
  } finally {
    await cloud.stop();
  }
};

export const overloadBench: Bench = {
  name: 'overload',
  title: `${TIMES_TOO_MUCH} times the peak load for ${OVERLOAD_MS / 1000} s: what still gets through, and how soon it is calm again`,
  run: async ({ tell, folder }) => {
    const assemblyDirectory = join(folder, 'cloud-assembly');
    await copyAssembly(assemblyDirectory, tell);
    const rows: Row[] = [];
    for (const scenario of SCENARIOS) rows.push(...(await measure(scenario, folder, assemblyDirectory, tell)));
    return rows;
  },
};
