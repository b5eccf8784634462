import type { AnswerGain } from '@gruppstart/domain/matching/outcome';
import { personIn, probeRow } from '../assignment/probe.ts';
import type { Row } from '../assignment/rows.ts';
import { type AssignmentState, copyState, NOBODY, rowOf } from '../assignment/state.ts';
import { removeCandidate } from '../assignment/take-out.ts';
import type { CompiledRun } from '../compiled-run.ts';
import { besidePoints } from '../points-of-change.ts';
import type { SolvedStart } from '../solved-start.ts';
import type { EdgeWorth } from '../start-problem.ts';
import { type Question, rowsIfAnswered } from './row-if-answered.ts';

export interface QuestionGains {
  readonly ifYes: AnswerGain;
  readonly ifNo: AnswerGain;
}

/** A state in which the person takes no part, so that any row of theirs can be tried. */
const without = (state: AssignmentState, person: number): AssignmentState => {
  if (state.cellOf[person] === NOBODY) return state;
  const changed = copyState(state);
  removeCandidate(changed, person);
  return changed;
};

/**
 * What the whole start would gain or lose by the answer to a question: exactly, by the best assignment that there would
 * be then, prices of seats as they are. `startOf(candidate)`: the solved start that the person takes part in, with the row there.
 */
export const answerGains = (
  run: CompiledRun,
  worth: EdgeWorth,
  startOf: (candidate: number) => { readonly solved: SolvedStart; readonly row: number } | null,
) => {
  const rowIfAnswered = rowsIfAnswered(run);
  let asked: { readonly candidate: number; readonly state: AssignmentState } | null = null;

  return (candidate: number, question: Question): QuestionGains => {
    const start = startOf(candidate);
    if (start === null) return { ifYes: { placed: 0, points: 0 }, ifNo: { placed: 0, points: 0 } };
    const { solved, row } = start;
    if (asked?.candidate !== candidate) asked = { candidate, state: without(solved.state, row) };
    const { state } = asked;
    const person = personIn(solved.state, row);
    const own = rowOf(solved.state, row);
    const gainOf = (tried: Row): AnswerGain => {
      const beside = besidePoints(run, worth, solved, candidate);
      const { placed, value } = probeRow(state, person, tried, beside.tell).change;
      return { placed, points: value - beside.sum() };
    };
    const now = gainOf(own);
    const gain = (given: 'yes' | 'no'): AnswerGain => {
      const then = gainOf(rowIfAnswered(candidate, own, question, given));
      return { placed: then.placed - now.placed, points: then.points - now.points };
    };
    return { ifYes: gain('yes'), ifNo: gain('no') };
  };
};
