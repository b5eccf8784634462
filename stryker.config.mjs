// How well the tests of the engine notice a changed program: `npm run test:mutation`, or with `--mutate FILES` a part.
export default {
  packageManager: 'npm',
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: [
    'packages/matching/src/**/*.ts',
    '!packages/matching/src/**/*.test.ts',
    '!packages/matching/src/test-support/**',
  ],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  incremental: true,
  incrementalFile: 'build/mutation/incremental.json',
  // The compiler has no API in JavaScript that could rewrite a tsconfig, and nothing here needs it: no such file.
  tsconfigFile: 'build/mutation/no-tsconfig.json',
  ignorePatterns: ['**', '!packages/matching/**', '!packages/domain/**', '!package.json', '!vitest.mutation.config.ts'],
  tempDirName: 'build/mutation/sandbox',
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: 'build/mutation/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: true },
  thresholds: { high: 90, low: 80, break: 80 },
  timeoutMS: 10_000,
  concurrency: 2,
};
