import { defineConfig } from 'vitest/config';

/** The engine's own tests, as the mutation run repeats them. */
export default defineConfig({
  test: { include: ['packages/matching/src/**/*.test.ts'], testTimeout: 20_000 },
});
