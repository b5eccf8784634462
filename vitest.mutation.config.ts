import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const DEAREST_LAST = [
  'search',
  'optimality',
  'incremental',
  'look-ahead',
  'judge-pairs',
  'what-would-change',
  'properties',
];
const FEWEST_RUNS = 20;
const SHARE_OF_RUNS = 0.1;
const FEWER_RUNS = '\0fewer-runs';

/**
 * Properties over fewer examples: a changed line is met by hundreds of mutants, and each of them repeats every test that
 * passes it. What so few miss counts as not noticed, so the score that comes out is a lower bound.
 */
const fewerRuns = {
  name: 'fewer-runs',
  enforce: 'pre' as const,
  resolveId: (source: string, importer: string | undefined) =>
    source === 'fast-check' && importer !== FEWER_RUNS ? FEWER_RUNS : null,
  load: (id: string) =>
    id === FEWER_RUNS
      ? `import * as fc from 'fast-check';
         export * from 'fast-check';
         export const assert = (property, { numRuns = 100, ...options } = {}) =>
           fc.assert(property, { ...options, numRuns: Math.min(numRuns, Math.max(${FEWEST_RUNS}, numRuns * ${SHARE_OF_RUNS})), endOnFailure: true });
         export default { ...fc, assert };`
      : null,
};

/** What costs seconds each time: a general solver, and very many people. Smaller tests hold the same. */
const TOO_DEAR = ['**/equals-highs.test.ts', '**/full-model.test.ts', '**/many-people.test.ts'];

/** What looks at one thing before what looks at whole runs: the first test that fails ends a mutant. */
class CheapFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const cost = ({ moduleId }: TestSpecification): number => DEAREST_LAST.findIndex((name) => moduleId.includes(name));
    return files.toSorted((a, b) => cost(a) - cost(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/** The engine's own tests, as the mutation run repeats them. */
export default defineConfig({
  plugins: [fewerRuns],
  test: {
    include: ['packages/matching/src/**/*.test.ts'],
    exclude: TOO_DEAR,
    testTimeout: 20_000,
    isolate: false,
    sequence: { sequencer: CheapFirst },
  },
});
