import { runMatching } from '@gruppstart/matching/run-matching';
import { atMost, type Bench, forInformation } from '../bench.ts';
import { interleave, type Measurement, median, spread, timed } from '../measure.ts';
import { generatedInput } from './generated-input.ts';

const SHAPE = { candidates: 1_000, places: 500, startSeats: 300, seed: 20_270_111 } as const;
const ROUNDS = 7;
const GOAL_MS = 2_000;

export const matchingBench: Bench = {
  name: 'matching',
  title: `a whole run, ${SHAPE.candidates} people by ${SHAPE.places} places: verdicts, assignment, certificate, call list`,
  run: async ({ tell }) => {
    const input = generatedInput(SHAPE);
    const { summary } = runMatching(input);
    tell(`${summary.proposed} of ${summary.candidates} proposed; ${ROUNDS} rounds`);
    // Other engines and solvers that ours is compared with stand beside it here, and their ratio becomes a row.
    const contestants = {
      ours: () => timed(() => runMatching(input)),
    } satisfies Record<string, Measurement>;
    const milliseconds = await interleave(ROUNDS, contestants);
    return [
      atMost('matching.whole-run', median(milliseconds.ours), GOAL_MS, 'ms', spread(milliseconds.ours, 'runs')),
      forInformation(
        'matching.proposed',
        summary.proposed,
        'people',
        `of ${summary.candidates}, ${summary.seats} seats`,
      ),
    ];
  },
};
