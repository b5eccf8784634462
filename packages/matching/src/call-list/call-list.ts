import { PROFILE_FIELDS, type ProfileField } from '@gruppstart/domain/matching/criterion';
import type { CallListEntry, CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import type { CompiledRun } from '../compiled-run.ts';
import { fieldSlot, type PairTable } from '../pairs.ts';
import type { QuestionGains } from './answer-gains.ts';

/** As many questions as somebody can ask in a few days. */
export const CALL_LIST_LENGTH = 200;

interface Question {
  readonly candidate: number;
  readonly field: ProfileField;
  readonly settles: number;
  readonly opens: number;
  readonly holdsProposal: boolean;
}

export interface CallList {
  readonly entries: readonly CallListEntry[];
  /** How many questions there are in all. */
  readonly questions: number;
}

const questionsOf = (table: PairTable, outcomes: readonly CandidateOutcome[]): Question[] => {
  const questions: Question[] = [];
  for (const [candidate, outcome] of outcomes.entries()) {
    const held = new Set(outcome.kind === 'proposed' ? outcome.checks.map((check) => check.source) : []);
    for (const [index, field] of PROFILE_FIELDS.entries()) {
      const settles = table.settles[fieldSlot(candidate, index)]!;
      if (settles === 0) continue;
      const opens = table.opens[fieldSlot(candidate, index)]!;
      questions.push({ candidate, field, settles, opens, holdsProposal: held.has(field) });
    }
  }
  return questions;
};

/** How many placements hang on the answer. */
const atStake = ({ ifYes, ifNo }: QuestionGains): number => ifYes.placed - ifNo.placed;

/**
 * The facts that are missing where they matter, the most telling first: those that open most places for certain, then
 * those on which most placements hang, then those that settle most places, then those that a proposal of this run waits
 * for, then those of who has waited longest. Worked out in full for the foremost questions, and for those that proposals
 * wait for. `outcomes` are in the order of the run's candidates.
 */
export const callListOf = (
  run: CompiledRun,
  table: PairTable,
  outcomes: readonly CandidateOutcome[],
  gainsOf: (candidate: number, field: ProfileField) => QuestionGains,
): CallList => {
  const later = (a: Question, b: Question): number =>
    b.settles - a.settles ||
    Number(b.holdsProposal) - Number(a.holdsProposal) ||
    run.waitDays[b.candidate]! - run.waitDays[a.candidate]! ||
    run.lots[b.candidate]! - run.lots[a.candidate]! ||
    PROFILE_FIELDS.indexOf(a.field) - PROFILE_FIELDS.indexOf(b.field);
  const questions = questionsOf(table, outcomes).sort((a, b) => b.opens - a.opens || later(a, b));
  const foremost = new Set([
    ...questions.slice(0, CALL_LIST_LENGTH),
    ...questions.filter(({ holdsProposal }) => holdsProposal).slice(0, CALL_LIST_LENGTH),
  ]);
  const entries = [...foremost]
    .sort((a, b) => a.candidate - b.candidate)
    .map((question) => ({ question, gains: gainsOf(question.candidate, question.field) }))
    .sort(
      (a, b) =>
        b.question.opens - a.question.opens || atStake(b.gains) - atStake(a.gains) || later(a.question, b.question),
    )
    .slice(0, CALL_LIST_LENGTH)
    .map(({ question: { candidate, ...question }, gains }, index) => ({
      rank: index + 1,
      candidateId: run.input.candidates[candidate]!.candidateId,
      ...question,
      ...gains,
    }));
  return { entries, questions: questions.length };
};
