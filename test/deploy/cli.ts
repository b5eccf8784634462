/** `npm run test:deploy`: see README.md beside this file. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '@gruppstart/infra/build/project-paths';
import * as z from 'zod';
import { copyAssembly } from '../../bench/cloud/copy-assembly.ts';
import { OTHERWISE_VARIABLE } from '../journeys/gateway-traits.ts';
import { askAws } from './ask-aws.ts';
import { ADMINISTRATOR, administratorEnvironment, REGION, startEmulator } from './emulator.ts';
import { KNOWN_GAPS, PASSED_OVER } from './known-gaps.ts';
import { ensurePythonEnvironment, NoEmulatorError, PYTHON } from './python-environment.ts';
import { Report, surprisesIn } from './results.ts';
import { RUN_FOLDER_VARIABLE, type RunFolder, runFolderAt } from './run-folder.ts';

/** Arbitrary bodies for each route; the laptop's journeys look longer. */
const FUZZ_RUNS = '2';
const CERTIFICATE_PROGRAM = join(import.meta.dirname, 'emulator', 'certificate.py');
const VITEST = join(PROJECT.root, 'node_modules', 'vitest', 'vitest.mjs');

class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** Ctrl-C and its like end the tests; what has been started and written then goes as after any failure. */
const interruption = new AbortController();
const interrupted = interruption.signal;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());

const started = performance.now();
const tell = (line: string): void =>
  console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${line}`);

const makeCertificate = ({ certificate, key }: RunFolder): void => {
  const { status, stderr } = spawnSync(PYTHON, [CERTIFICATE_PROGRAM, certificate, key], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`No certificate could be made: ${stderr}`);
};

/** An empty emulator for the contract suite, which makes its tables and queues itself, and a key for the vault. */
const startForContracts = async (run: RunFolder) => {
  const emulator = await startEmulator(run);
  const environment = administratorEnvironment(run, emulator.endpoint, run.folder);
  const [made] = await askAws(environment, [{ service: 'kms', operation: 'create_key' }]).catch(
    async (cause: unknown) => {
      await emulator.stop();
      throw cause;
    },
  );
  const { KeyMetadata } = z.object({ KeyMetadata: z.object({ KeyId: z.string() }) }).parse(made);
  const { endpoint } = emulator;
  return {
    emulator,
    variables: {
      CONTRACT_DYNAMODB_ENDPOINT: endpoint,
      CONTRACT_SQS_ENDPOINT: endpoint,
      CONTRACT_S3_ENDPOINT: endpoint,
      CONTRACT_KMS_ENDPOINT: endpoint,
      CONTRACT_KMS_KEY_ID: KeyMetadata.KeyId,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: ADMINISTRATOR.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ADMINISTRATOR.secretAccessKey,
    },
  };
};

const runTests = async (run: RunFolder, variables: Readonly<Record<string, string>>, only: readonly string[]) => {
  const reportFile = join(run.folder, 'report.json');
  const config = join(PROJECT.root, 'vitest.deploy.config.ts');
  const args = ['run', '--config', config, '--reporter=json', `--outputFile=${reportFile}`, ...only];
  const child = spawn(process.execPath, [VITEST, ...args], {
    cwd: PROJECT.root,
    env: {
      ...process.env,
      ...variables,
      FUZZ_RUNS,
      [RUN_FOLDER_VARIABLE]: run.folder,
      [OTHERWISE_VARIABLE]: KNOWN_GAPS.flatMap(({ trait = [] }) => trait).join(','),
      JOURNEYS_ENVIRONMENT: join(import.meta.dirname, 'deployed-environment.ts'),
      NODE_EXTRA_CA_CERTS: run.certificate,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  interrupted.addEventListener('abort', () => child.kill('SIGTERM'));
  if (interrupted.aborted) child.kill('SIGTERM');
  await once(child, 'exit');
  if (interrupted.aborted) throw new InterruptedError();
  if (!existsSync(reportFile)) throw new Error('The tests were stopped before they had ended');
  return Report.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
};

const summarize = (report: Report): void => {
  for (const { name, startTime, endTime, assertionResults } of report.testResults) {
    const counts = Map.groupBy(assertionResults, ({ status }) => status);
    const parts = [...counts].map(([status, tests]) => `${tests.length} ${status}`);
    const seconds = ((endTime - startTime) / 1000).toFixed(0);
    console.log(`  ${name.slice(PROJECT.root.length + 1)}: ${parts.join(', ')} (${seconds} s)`);
  }
};

/** @returns whether everything was as expected */
const testDeploy = async (only: readonly string[]): Promise<boolean> => {
  ensurePythonEnvironment(tell);
  const run = runFolderAt(mkdtempSync(join(tmpdir(), 'gruppstart-deploy-')));
  try {
    tell('Bringing the build up to date');
    await copyAssembly(run.assembly, tell);
    makeCertificate(run);
    tell('Starting an emulator for the contract suite');
    const { emulator, variables } = await startForContracts(run);
    tell('Deploying, and running journeys, contracts and the tests of the deployment');
    const report = await runTests(run, variables, only).finally(() => emulator.stop());
    summarize(report);
    if (only.length > 0) tell('Only a part was asked for: what is known beforehand of the rest was not compared');
    const surprises = surprisesIn(report, {
      failing: only.length > 0 ? [] : KNOWN_GAPS.flatMap(({ failing = [] }) => failing),
      passedOver: only.length > 0 ? [] : PASSED_OVER.filter(({ sometimes }) => !sometimes).map(({ test }) => test),
      sometimesPassedOver: PASSED_OVER.filter(({ sometimes }) => sometimes).map(({ test }) => test),
    });
    for (const line of surprises) console.log(`FAIL ${line}`);
    tell(`${surprises.length} surprises, ${KNOWN_GAPS.length} known gaps, ${PASSED_OVER.length} tests passed over`);
    return surprises.length === 0;
  } finally {
    rmSync(run.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
};

try {
  process.exitCode = (await testDeploy(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  if (error instanceof InterruptedError) process.exitCode = 130;
  else {
    console.error(error instanceof NoEmulatorError ? error.message : error);
    process.exitCode = 1;
  }
}
