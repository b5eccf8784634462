import type { AnswerGain } from '@gruppstart/domain/matching/outcome';
import type { RunAssignment } from '../assign-starts.ts';
import { personIn, probeRow } from '../assignment/probe.ts';
import type { Row } from '../assignment/rows.ts';
import { type AssignmentState, copyState, NOBODY, rowOf } from '../assignment/state.ts';
import { removeCandidate } from '../assignment/take-out.ts';
import type { CompiledRun } from '../compiled-run.ts';
import { pairRowOf } from '../pair-rows.ts';
import type { PairTable } from '../pairs.ts';
import { besidePoints } from '../points-of-change.ts';
import { type SolvedStart, startsOfCandidates } from '../solved-start.ts';
import { effortOfEach } from '../start-otherwise.ts';
import type { EdgeWorth } from '../start-problem.ts';
import { type AnswerGiven, type Question, rowsIfAnswered } from './row-if-answered.ts';

export interface QuestionGains {
  readonly ifYes: AnswerGain;
  readonly ifNo: AnswerGain;
  /** True when what was decided about hours, sessions, shared seats and pairs was held as it is. */
  readonly isEstimate: boolean;
}

/** A state in which the person takes no part, so that any row of theirs can be tried. */
const without = (state: AssignmentState, person: number): AssignmentState => {
  if (state.cellOf[person] === NOBODY) return state;
  const changed = copyState(state);
  removeCandidate(changed, person);
  return changed;
};

const NO_GAIN: AnswerGain = { placed: 0, points: 0 };

/** What a run has come to, as far as answers can change it. */
export interface AnswerGround {
  readonly run: CompiledRun;
  readonly table: PairTable;
  readonly worth: EdgeWorth;
  readonly assignment: RunAssignment;
  /** In the order of the run's starts. */
  readonly solved: readonly SolvedStart[];
}

/**
 * What the whole start would gain or lose by the answer to a question, by the best assignment that there would be then,
 * prices of seats as they are. A start whose people share more than seats is solved anew for each of so many `questions`,
 * as long as that is no great work. Somebody pinned stays where they are, so that only the points change.
 */
export const answerGains = ({ run, table, worth, assignment, solved }: AnswerGround) => {
  const ifAnswered = rowsIfAnswered(run);
  const startOf = startsOfCandidates(assignment, solved);
  let asked: { readonly candidate: number; readonly state: AssignmentState } | null = null;

  const gainsInFlow = (
    candidate: number,
    question: Question,
    { solved: start, row }: NonNullable<ReturnType<typeof startOf>>,
  ) => {
    if (asked?.candidate !== candidate) asked = { candidate, state: without(start.state, row) };
    const { state } = asked;
    const person = personIn(start.state, row);
    const own = rowOf(start.state, row);
    const gainOf = (tried: Row): AnswerGain => {
      const beside = besidePoints(run, worth, start, candidate);
      const { placed, value } = probeRow(state, person, tried, beside.tell).change;
      return { placed, points: value - beside.sum() };
    };
    const now = gainOf(own);
    return (given: AnswerGiven): AnswerGain => {
      const then = gainOf(ifAnswered.inState(candidate, own, question, given));
      return { placed: then.placed - now.placed, points: then.points - now.points };
    };
  };

  return (questions: number) =>
    (candidate: number, question: Question): QuestionGains => {
      if (assignment.pinned[candidate] === 1) {
        const cell = assignment.cellOf[candidate]!;
        const gain = (given: AnswerGiven): AnswerGain => ({
          placed: 0,
          points: ifAnswered.pointsAt(candidate, cell, question, given),
        });
        return { ifYes: gain('yes'), ifNo: gain('no'), isEstimate: false };
      }
      const start = startOf(candidate);
      if (start === null) return { ifYes: NO_GAIN, ifNo: NO_GAIN, isEstimate: false };
      const { otherwise } = start.solved.result;
      const effort = otherwise && effortOfEach(otherwise, 2 * questions);
      const anew = (given: AnswerGiven): AnswerGain | null => {
        if (otherwise === null || effort === null) return null;
        const row = ifAnswered.inTable(candidate, pairRowOf(table, candidate), question, given);
        return otherwise.changeOf({ rows: new Map([[candidate, row]]) }, effort);
      };
      const [yes, no] = [anew('yes'), anew('no')];
      if (yes !== null && no !== null) return { ifYes: yes, ifNo: no, isEstimate: false };
      const gain = gainsInFlow(candidate, question, start);
      return { ifYes: gain('yes'), ifNo: gain('no'), isEstimate: otherwise !== null };
    };
};
