import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import { checkCertificate } from '@gruppstart/matching/assignment/certificate';
import { solveByShortestPaths } from '@gruppstart/matching/assignment/shortest-paths';
import * as z from 'zod';
import { atMost, type Bench, type BenchTools, forInformation, type Row } from '../bench.ts';
import { interleave, median, ratios, spread, timed } from '../measure.ts';
import {
  byHighs,
  byLinearSumAssignment,
  byMinCostFlow,
  byMunkres,
  byMunkresTurned,
  type Contestant,
  type Optimum,
  ours,
} from './assignment-contestants.ts';
import { generatedProblem } from './assignment-problems.ts';
import { leastCost, parseCosts } from './cost-matrix.ts';
import { REGION } from './region.ts';

const SEED = 20_270_111;
const ROUNDS = 3;
const MUNICIPALITY = { people: 1_000, cells: 500, edgesPerPerson: 80, tiers: 1, seed: SEED } as const;
const COUNTY = { people: 5_000, cells: 1_500, edgesPerPerson: 120, tiers: 1, seed: SEED } as const;

const MEGABYTE = 1_000_000;
const REGION_GOAL_MS = 3_000;
const BYTES_PER_EDGE = 100;
const FIXED_BYTES = 60 * MEGABYTE;

/** A quick solver is run again and again for so long, so that it is measured warm, as a slow one is. */
const SLICE_MS = 500;

const cpuMilliseconds = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** Processor time per run, all threads: it says the same on a busy machine, and is on an idle one hardly more than the clock's. */
const cpuPerRun = (work: () => unknown): number => {
  const startedAt = process.cpuUsage();
  let runs = 0;
  do {
    work();
    runs += 1;
  } while (cpuMilliseconds(startedAt) < SLICE_MS);
  return cpuMilliseconds(startedAt) / runs;
};

/** Measures them in turn, and stops when two do not come to the same optimum. */
const race = async <Name extends string>(contestants: Readonly<Record<Name, Contestant>>) => {
  const found: Optimum[] = [];
  // `Object.entries` forgets which names they are.
  const entries = Object.entries(contestants) as [Name, Contestant][];
  const measured = Object.fromEntries(
    entries.map(([name, solve]) => [name, () => cpuPerRun(() => found.push(solve()))]),
  ) as Record<Name, () => number>;
  const milliseconds = await interleave(ROUNDS, measured);
  if (!found.every((optimum) => isDeepStrictEqual(optimum, found[0])))
    throw new Error(`Not one optimum but several: ${JSON.stringify(found)}`);
  return milliseconds;
};

const raceRows = async (tell: BenchTools['tell']): Promise<readonly Row[]> => {
  const municipality = generatedProblem(MUNICIPALITY);
  tell(`1000x500: ${municipality.edgeCell.length} eligible pairs, four solvers; ${ROUNDS} rounds`);
  const small = await race({
    ours: ours(municipality),
    'min-cost-flow': byMinCostFlow(municipality),
    highs: await byHighs(municipality),
    munkres: byMunkres(municipality),
    'munkres-turned': byMunkresTurned(municipality),
  });
  const county = generatedProblem(COUNTY);
  tell(`5000x1500: ${county.edgeCell.length} eligible pairs, two solvers; ${ROUNDS} rounds`);
  const large = await race({ ours: ours(county), 'linear-sum-assignment': byLinearSumAssignment(county) });
  const of = (size: string, name: string, samples: readonly number[], baseline: readonly number[], goal: number): Row =>
    atMost(
      `assignment.${size}.of-${name}`,
      median(ratios(samples, baseline)),
      goal,
      'of its time',
      spread(baseline, 'times in CPU ms'),
    );
  return [
    forInformation('assignment.1000x500', median(small.ours), 'CPU ms', spread(small.ours, 'runs', 1)),
    of('1000x500', 'min-cost-flow', small.ours, small['min-cost-flow'], 1 / 20),
    of('1000x500', 'highs', small.ours, small.highs, 1 / 10),
    of('1000x500', 'munkres', small.ours, small.munkres, 1 / 5),
    forInformation(
      'assignment.1000x500.of-munkres-turned',
      median(ratios(small.ours, small['munkres-turned'])),
      'of its time',
      'with a row per seat instead of per person',
    ),
    forInformation('assignment.5000x1500', median(large.ours), 'CPU ms', spread(large.ours, 'runs', 1)),
    of('5000x1500', 'linear-sum-assignment', large.ours, large['linear-sum-assignment'], 1 / 100),
  ];
};

const solveInChild = promisify(execFile);
const Solved = z.object({ edges: z.int(), placed: z.int(), peakBytes: z.int() });
const SOLVE_REGION = fileURLToPath(new URL('./solve-region.ts', import.meta.url));

const regionRows = async (tell: BenchTools['tell']): Promise<readonly Row[]> => {
  const problem = generatedProblem(REGION);
  const withTiers = generatedProblem({ ...REGION, tiers: 4 });
  tell(`20000x5000: ${problem.edgeCell.length} eligible pairs, ${REGION.cells} seats; ${ROUNDS} rounds`);
  const milliseconds = await interleave(ROUNDS, {
    region: () => cpuPerRun(() => solveByShortestPaths(problem)),
    tiers: () => cpuPerRun(() => solveByShortestPaths(withTiers)),
  });
  const assignment = solveByShortestPaths(problem);
  const proofMs = cpuPerRun(() => checkCertificate(problem, assignment));
  const { stdout } = await solveInChild(process.execPath, [SOLVE_REGION]);
  const solved = Solved.parse(JSON.parse(stdout));
  return [
    atMost(
      'assignment.20000x5000',
      median(milliseconds.region),
      REGION_GOAL_MS,
      'CPU ms',
      spread(milliseconds.region, 'runs'),
    ),
    atMost(
      'assignment.20000x5000.tiers',
      median(milliseconds.tiers),
      REGION_GOAL_MS,
      'CPU ms',
      `four tiers, as many in the first as there are seats; ${spread(milliseconds.tiers, 'runs')}`,
    ),
    forInformation('assignment.20000x5000.proof', proofMs, 'CPU ms', 'the certificate of it'),
    atMost(
      'assignment.20000x5000.memory',
      solved.peakBytes / MEGABYTE,
      (solved.edges * BYTES_PER_EDGE + FIXED_BYTES) / MEGABYTE,
      'MB',
      `peak of a process of its own, with Node and the problem; ${solved.edges} edges`,
    ),
  ];
};

const instanceRows = async (file: string): Promise<readonly Row[]> => {
  const matrix = parseCosts(await readFile(file, 'utf8'));
  const found: number[] = [];
  const milliseconds = await timed(() => found.push(leastCost(matrix)));
  return [
    forInformation('assignment.instance', found[0]!, 'least cost', `${matrix.size} rows, proven`),
    forInformation('assignment.instance.time', milliseconds, 'ms'),
  ];
};

export const assignmentBench: Bench = {
  name: 'assignment',
  group: 'matching',
  title: 'people to seats: the solver alone, against others on the same problems, and at the size of a region',
  takesInstance: true,
  run: async ({ tell, instance }) =>
    instance === null ? [...(await raceRows(tell)), ...(await regionRows(tell))] : instanceRows(instance),
};
