import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalInput } from '../canonical-input.ts';
import { compileRun } from '../compiled-run.ts';
import { judgePairs } from '../pairs.ts';
import { runMatching } from '../run-matching.ts';
import { arbitraryConstrainedInput } from '../test-support/arbitrary-constrained-inputs.ts';
import { bestByFullModel, tierUnitOf } from '../test-support/full-model.ts';
import { loadHighs } from '../test-support/highs.ts';

const INSTANCES = 300;

// The reference solver takes most of the time.
const TIMEOUT_MS = 120_000;

test(
  `${INSTANCES} random runs with everything mixed equal a whole integer programme made from the input`,
  async () => {
    const highs = await loadHighs();
    let constrained = 0;
    for (const input of fc.sample(arbitraryConstrainedInput({ maxStarts: 1 }), {
      numRuns: INSTANCES,
      seed: 20_261_122,
    })) {
      const run = compileRun(canonicalInput(input));
      const best = bestByFullModel(highs, run, judgePairs(run));
      const { candidates, certificate } = runMatching(input);
      let placed = 0;
      let tiersAndPoints = 0;
      for (const [c, outcome] of candidates.entries()) {
        if (outcome.kind !== 'proposed') continue;
        placed += 1;
        tiersAndPoints += run.tiers[c]! * tierUnitOf(run) + outcome.points;
      }
      expect({ placed, tiersAndPoints }, JSON.stringify(input)).toEqual(best);
      expect(certificate.starts[0]).toMatchObject({ exact: true, gap: { placed: 0, points: 0 } });
      if (certificate.starts[0]!.cases > 1) constrained += 1;
    }
    expect(constrained).toBeGreaterThan(5);
  },
  TIMEOUT_MS,
);
