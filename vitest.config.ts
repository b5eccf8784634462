import { defineConfig } from 'vitest/config';

/** Cheap tests run side by side; those that start engines, a browser or the CDK have time and a place of their own. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'rules',
          include: [
            'packages/**/src/**/*.test.ts',
            'functions/**/src/**/*.test.ts',
            'bench/**/*.test.ts',
            'test/rooms/**/*.test.ts',
            'test/docs/**/*.test.ts',
            'test/observability/*.test.ts',
            'test/permissions/**/*.test.ts',
          ],
          exclude: ['packages/local/**', 'packages/operations/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'laptop',
          include: [
            'packages/local/src/**/*.test.ts',
            'packages/operations/src/**/*.test.ts',
            'test/contracts/**/*.test.ts',
            'test/usecases/**/*.test.ts',
            'test/faults/**/*.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Proves what the other tests recorded, so it comes after them: scripts/test.mjs.
        test: {
          name: 'rights',
          include: ['test/rights/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts', 'test/observability/journeys/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
