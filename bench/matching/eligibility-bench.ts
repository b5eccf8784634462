import { isDeepStrictEqual } from 'node:util';
import { canonicalInput } from '@gruppstart/matching/canonical-input';
import { type CompiledRun, compileRun } from '@gruppstart/matching/compiled-run';
import { judgePairs } from '@gruppstart/matching/pairs';
import { atLeast, type Bench, forInformation } from '../bench.ts';
import { interleave, median, ratios, spread, timed } from '../measure.ts';
import { generatedInput } from './generated-input.ts';
import { naiveEligibility } from './naive-eligibility.ts';

const SEED = 20_270_111;
const SIZES = [
  { candidates: 1_000, places: 500, rounds: 9 },
  { candidates: 5_000, places: 1_500, rounds: 3 },
] as const;
const REGION = { candidates: 20_000, places: 5_000, rounds: 3 } as const;
const GOAL = 8;
/** So often is ours run beforehand, to be compiled as the loop is after one time through so many pairs. */
const WARM_UPS = 5;

interface Size {
  readonly candidates: number;
  readonly places: number;
}

const compiler = ({ candidates, places }: Size): (() => CompiledRun) => {
  const input = canonicalInput(generatedInput({ candidates, places, startSeats: candidates / 4, seed: SEED }));
  return () => compileRun(input);
};

/** A run as it is before anybody is judged: ours makes its levels anew each time, as in a real run. */
const timedOnFresh = (compile: () => CompiledRun, judge: (run: CompiledRun) => unknown): Promise<number> => {
  const run = compile();
  return timed(() => judge(run));
};

/** What is compared must be the same work: both come to the same edges, points and counts. Returns the edges. */
const assertAlike = (run: CompiledRun): number => {
  const { edgeSessions, ...ours } = judgePairs(run);
  if (!isDeepStrictEqual(ours, naiveEligibility(run))) throw new Error('The two ways of judging differ');
  return edgeSessions.length;
};

export const eligibilityBench: Bench = {
  name: 'eligibility',
  group: 'matching',
  title: 'who may have which place: everybody at once by bits, against a loop over pairs and criteria',
  run: async ({ tell }) => {
    const rows = [];
    for (const { rounds, ...size } of SIZES) {
      const name = `${size.candidates}x${size.places}`;
      const compile = compiler(size);
      const edges = assertAlike(compile());
      for (let round = 0; round < WARM_UPS; round += 1) judgePairs(compile());
      tell(`${name}: ${edges} eligible pairs; ${rounds} rounds`);
      const milliseconds = await interleave(rounds, {
        naive: () => timedOnFresh(compile, naiveEligibility),
        ours: () => timedOnFresh(compile, judgePairs),
      });
      const times = ratios(milliseconds.naive, milliseconds.ours);
      rows.push(
        atLeast(`eligibility.times-naive.${name}`, median(times), GOAL, 'times', spread(times, 'ratios', 1)),
        forInformation(
          `eligibility.ours.${name}`,
          median(milliseconds.ours),
          'ms',
          `${spread(milliseconds.ours, 'runs')}; naive ${median(milliseconds.naive).toFixed(0)} ms; ${edges} pairs`,
        ),
      );
    }
    const { rounds, ...size } = REGION;
    const name = `${size.candidates}x${size.places}`;
    const compile = compiler(size);
    const milliseconds = await interleave(rounds, { ours: () => timedOnFresh(compile, judgePairs) });
    rows.push(
      forInformation(`eligibility.ours.${name}`, median(milliseconds.ours), 'ms', spread(milliseconds.ours, 'runs')),
    );
    return rows;
  },
};
