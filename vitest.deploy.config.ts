import { defineConfig } from 'vitest/config';

/** What `npm run test:deploy` runs once it has the emulator ready; nothing of it is part of `npm test`. */
const COMMON = {
  setupFiles: ['test/deploy/localhost-names.ts'],
  testTimeout: 120_000,
  hookTimeout: 180_000,
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...COMMON, name: 'deployed journeys', include: ['test/journeys/**/*.test.ts'] } },
      { test: { ...COMMON, name: 'contracts', include: ['test/contracts/**/*.test.ts'] } },
      { test: { ...COMMON, name: 'deployment', include: ['test/deploy/**/*.test.ts'] } },
    ],
  },
});
