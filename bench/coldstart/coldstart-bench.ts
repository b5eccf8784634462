import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { functionNames, REQUIRE_BANNER } from '@gruppstart/infra/build/bundle-functions';
import { leaveOut, SUBSTITUTES } from '@gruppstart/infra/build/left-out';
import { PROJECT } from '@gruppstart/infra/build/project-paths';
import { ensureBuild } from '@gruppstart/local/build';
import { build } from 'esbuild';
import * as z from 'zod';
import { type Bench, forInformation } from '../bench.ts';
import { interleave, median, ratios, spread } from '../measure.ts';

const STARTS = 10;
const BASELINE = 'hono-only';
/** What is loaded beside the functions: the baseline of the ratios, and the one library that weighs most. */
const ALONE = [BASELINE, 'dynamodb-only'] as const;
const IMPORT_ONCE = fileURLToPath(new URL('./import-once.mjs', import.meta.url));

/** What a template sets, with names of nothing: a bundle that is only loaded asks nobody. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-north-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  CORE_TABLE: 'core',
  AUDIT_TABLE: 'audit',
  BUCKET: 'bucket',
  INTAKE_QUEUE_URL: 'http://127.0.0.1:9/intake',
  MATCHING_QUEUE_URL: 'http://127.0.0.1:9/matching',
  VAULT_KEY_ID: 'vault-key',
  TZ: 'UTC',
};

const Cost = z.object({ cpuMicroseconds: z.number().positive() });
const run = promisify(execFile);

/** Bundled as the build bundles the functions, so that only what is inside differs. */
const bundleAlone = (name: string, outfile: string) =>
  build({
    entryPoints: [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE_BANNER },
    alias: { ...SUBSTITUTES },
    plugins: [leaveOut],
    define: { 'process.env.NODE_ENV': '"production"' },
    minify: true,
    logLevel: 'warning',
  });

const importMilliseconds = async (bundle: string): Promise<number> => {
  const { stdout } = await run(process.execPath, [IMPORT_ONCE, bundle], { env: ENVIRONMENT });
  return Cost.parse(JSON.parse(stdout)).cpuMicroseconds / 1000;
};

export const coldstartBench: Bench = {
  name: 'coldstart',
  title: `CPU time to load each function’s bundle, as a multiple of one with hono alone; ${STARTS} fresh processes each`,
  run: async ({ tell, folder }) => {
    await ensureBuild(tell);
    const names = await functionNames(PROJECT);
    const alone = ALONE.map((name): [string, string] => [name, join(folder, `${name}.mjs`)]);
    for (const [name, outfile] of alone) await bundleAlone(name, outfile);
    const bundles = Object.fromEntries([
      ...alone,
      ...names.map((name): [string, string] => [name, join(PROJECT.functions, name, 'index.mjs')]),
    ]);
    const contestants = Object.fromEntries(
      Object.entries(bundles).map(([name, bundle]) => [name, () => importMilliseconds(bundle)]),
    );
    // Once unmeasured: the files are then in the machine's memory for everybody.
    tell(`${STARTS} starts of ${names.length} functions, of hono alone and of the SDK’s client alone, in turn`);
    await interleave(1, contestants);
    const samples = await interleave(STARTS, contestants);
    const of = (name: string): readonly number[] => samples[name] ?? [];
    return [
      ...names.map((name) => {
        const times = ratios(of(name), of(BASELINE));
        return forInformation(`coldstart.${name}`, median(times), 'x hono alone', spread(times, 'starts', 1));
      }),
      ...[...ALONE, ...names].map((name) =>
        forInformation(`coldstart.cpu.${name}`, median(of(name)), 'ms CPU', spread(of(name), 'starts')),
      ),
    ];
  },
};
