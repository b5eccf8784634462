// How well the tests of the engine notice a changed program: `npm run test:mutation`, or with `--mutate FILES` a part.
// The whole takes many hours. `MUTATE_ONE_IN=10 npm run test:mutation` takes every tenth strip of lines, evenly over all files.
import { globSync, readFileSync } from 'node:fs';

const STRIP_LINES = 12;
const oneIn = Number(process.env.MUTATE_ONE_IN ?? 1);

const isMutated = (file) => !file.endsWith('.test.ts') && !file.includes('/test-support/');

/** The strips of all files are numbered through, so that small files have their share too. */
const everyNthStrip = () => {
  let strip = Math.floor(oneIn / 2);
  return globSync('packages/matching/src/**/*.ts')
    .filter(isMutated)
    .sort()
    .flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n').length;
      const ranges = [];
      for (let first = 1; first <= lines; first += STRIP_LINES) {
        if (strip % oneIn === 0) ranges.push(`${file}:${first}-${first + STRIP_LINES - 1}`);
        strip += 1;
      }
      return ranges;
    });
};

export default {
  packageManager: 'npm',
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: everyNthStrip(),
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  incremental: true,
  incrementalFile: 'build/mutation/incremental.json',
  // The compiler has no API in JavaScript that could rewrite a tsconfig, and nothing here needs it: no such file.
  tsconfigFile: 'build/mutation/no-tsconfig.json',
  ignorePatterns: ['**', '!packages/matching/**', '!packages/domain/**', '!package.json', '!vitest.mutation.config.ts'],
  tempDirName: 'build/mutation/sandbox',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: 'build/mutation/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: true },
  thresholds: { high: 90, low: 80, break: 80 },
  timeoutMS: 4000,
  concurrency: 2,
};
