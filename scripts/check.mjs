// The gate: types, lint and format, unused code, the API document, bundle sizes. Each step prints only when it fails.
import { spawnSync } from 'node:child_process';

const STEPS = [
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['types of infra', 'tsc', ['-p', 'infra/tsconfig.json']],
  ['lint and format', 'biome', ['check', '--error-on-warnings', '.']],
  ['unused code', 'knip', []],
  ['build', 'node', ['infra/src/build/cli.ts', '--if-needed', '--synth']],
  ['API document', 'redocly', ['lint', 'build/openapi.json', '--extends=recommended']],
  ['bundle sizes', 'node', ['infra/src/build/cli.ts', '--check-sizes']],
];

let failed = 0;
for (const [name, command, args] of STEPS) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed += 1;
  console.log(`${stdout ?? ''}${stderr ?? ''}`.trimEnd());
}
process.exitCode = failed === 0 ? 0 : 1;
