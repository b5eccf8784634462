import { assignStarts } from '@gruppstart/matching/assign-starts';
import { checkCertificate } from '@gruppstart/matching/assignment/certificate';
import { solveByShortestPaths } from '@gruppstart/matching/assignment/shortest-paths';
import { listOffers } from '@gruppstart/matching/assignment/shortlists';
import { copyState } from '@gruppstart/matching/assignment/state';
import { assignmentOf, problemOf, stateFrom } from '@gruppstart/matching/assignment/stored';
import { removeCandidate } from '@gruppstart/matching/assignment/take-out';
import { answerGains } from '@gruppstart/matching/call-list/answer-gains';
import { callListOf } from '@gruppstart/matching/call-list/call-list';
import { canonicalInput } from '@gruppstart/matching/canonical-input';
import { compileRun } from '@gruppstart/matching/compiled-run';
import { judgePairs } from '@gruppstart/matching/pairs';
import { runMatching } from '@gruppstart/matching/run-matching';
import { solvedStart } from '@gruppstart/matching/solved-start';
import { keptIn } from '@gruppstart/matching/start-problem';
import { atMost, type Bench, forInformation, type Row } from '../bench.ts';
import { interleave, median, ratios, spread, timed } from '../measure.ts';
import { generatedProblem } from './assignment-problems.ts';
import { generatedInput } from './generated-input.ts';
import { REGION } from './region.ts';

const MUNICIPALITY = { candidates: 1_000, places: 500, startSeats: 300, seed: 20_270_111 } as const;
const ROUNDS = 7;
const REGION_ROUNDS = 3;
const DROP_OUTS = 50;

/** The call list with the gain of every answer, against solving the starts once. */
const callListRow = async (): Promise<Row> => {
  const run = compileRun(canonicalInput(generatedInput(MUNICIPALITY)));
  const table = judgePairs(run);
  const worth = { kept: keptIn(run), seatPrices: new Int32Array(run.places.length) };
  const solve = () => assignStarts(run, table, worth, solveByShortestPaths);
  const assignment = solve();
  const outcomes = runMatching(generatedInput(MUNICIPALITY)).candidates;
  const milliseconds = await interleave(ROUNDS, {
    list: () =>
      timed(() => {
        const solved = assignment.starts.map((result) => solvedStart(result, run.candidates.length));
        return callListOf(run, table, outcomes, answerGains({ run, table, worth, assignment, solved }));
      }),
    solve: () => timed(solve),
  });
  const times = ratios(milliseconds.list, milliseconds.solve);
  return atMost('questions.call-list', median(times), 10, 'full solves', spread(times, 'rounds', 2));
};

/** Somebody drops out of a region's assignment: mending it, against solving it again. */
const repairRows = async (tell: (line: string) => void): Promise<readonly Row[]> => {
  const problem = generatedProblem(REGION);
  tell(`${problem.edgeCell.length} edges`);
  const assignment = solveByShortestPaths(problem);
  const placed = [...assignment.cellOf.entries()].flatMap(([c, cell]) => (cell === -1 ? [] : [c]));
  const state = stateFrom(problem, assignment);
  // The edges turned round, and what is offered for each cell, are worked out once for all copies of a state.
  const listing = await timed(() => listOffers(state));
  const mends: number[] = [];
  const mendSome = async (): Promise<number> => {
    const some: number[] = [];
    for (let index = 0; index < DROP_OUTS; index += 1) {
      const mended = copyState(state);
      some.push(await timed(() => removeCandidate(mended, placed[(index * 211) % placed.length]!)));
      const check = checkCertificate(problemOf(mended), assignmentOf(mended));
      if (!check.ok) throw new Error(`A repair is not the best there is: ${check.fault}`);
    }
    mends.push(...some);
    return median(some);
  };
  const milliseconds = await interleave(REGION_ROUNDS, {
    mend: mendSome,
    fromStore: () => timed(() => removeCandidate(stateFrom(problem, assignment), placed[1]!)),
    solve: () => timed(() => solveByShortestPaths(problem)),
  });
  const typical = ratios(milliseconds.mend, milliseconds.solve);
  const fromStore = ratios(milliseconds.fromStore, milliseconds.solve);
  const mean = mends.reduce((sum, each) => sum + each, 0) / mends.length;
  return [
    atMost(
      'questions.repair',
      median(typical),
      1 / 50,
      'of a full solve',
      `the median of ${DROP_OUTS} drop-outs; ${spread(mends, 'repairs in ms', 1)}`,
    ),
    forInformation('questions.listing', listing, 'ms', 'once for a solved start: edges turned round, offers listed'),
    forInformation('questions.repair-mean', mean / median(milliseconds.solve), 'of a full solve', 'chains differ much'),
    forInformation('questions.repair-from-store', median(fromStore), 'of a full solve', spread(fromStore, 'rounds', 4)),
    forInformation('questions.region-solve', median(milliseconds.solve), 'ms', spread(milliseconds.solve, 'rounds')),
  ];
};

export const questionsBench: Bench = {
  name: 'questions',
  group: 'matching',
  title: 'what is asked of a solved start: the call list of a municipality, a drop-out in a region',
  run: async ({ tell }) => [await callListRow(), ...(await repairRows(tell))],
};
