import { type CriterionSource, type CriterionTopic, PROFILE_FIELDS } from '@gruppstart/domain/matching/criterion';
import type { CallListEntry, CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import { canonicalJson, compareText } from '../canonical-json.ts';
import type { CompiledRun } from '../compiled-run.ts';
import { fieldOfQuestion, topicOfQuestion } from '../eligibility/questions.ts';
import type { PairTable } from '../pairs.ts';
import type { QuestionGains } from './answer-gains.ts';
import { askedLevels } from './asked-levels.ts';
import type { Question } from './row-if-answered.ts';

/** As many questions as somebody can ask in a few days. */
export const CALL_LIST_LENGTH = 200;

interface CountedQuestion {
  readonly candidate: number;
  readonly question: Question;
  readonly settles: number;
  readonly opens: number;
  readonly holdsProposal: boolean;
}

export interface CallList {
  readonly entries: readonly CallListEntry[];
  /** How many questions there are in all. */
  readonly questions: number;
}

const checkKey = (topic: CriterionTopic, source: CriterionSource): string => `${source} ${canonicalJson(topic)}`;

const questionsOf = (
  run: CompiledRun,
  table: PairTable,
  outcomes: readonly CandidateOutcome[],
): readonly CountedQuestion[] => {
  const held = outcomes.map(
    (outcome) =>
      new Set(outcome.kind === 'proposed' ? outcome.checks.map(({ topic, source }) => checkKey(topic, source)) : []),
  );
  const questions: CountedQuestion[] = [];
  for (const [number, { settles, opens }] of table.questions) {
    const field = fieldOfQuestion(number);
    const question = { ...run.topics[topicOfQuestion(number)]!, field };
    const check = checkKey(question.topic, field);
    for (const [candidate, places] of settles.entries())
      if (places > 0)
        questions.push({
          candidate,
          question,
          settles: places,
          opens: opens[candidate]!,
          holdsProposal: held[candidate]!.has(check),
        });
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
  gainsFor: (questions: number) => (candidate: number, question: Question) => QuestionGains,
): CallList => {
  const later = (a: CountedQuestion, b: CountedQuestion): number =>
    b.settles - a.settles ||
    Number(b.holdsProposal) - Number(a.holdsProposal) ||
    run.waitDays[b.candidate]! - run.waitDays[a.candidate]! ||
    run.lots[b.candidate]! - run.lots[a.candidate]! ||
    PROFILE_FIELDS.indexOf(a.question.field) - PROFILE_FIELDS.indexOf(b.question.field) ||
    compareText(a.question.topicKey, b.question.topicKey);
  const questions = questionsOf(run, table, outcomes).toSorted((a, b) => b.opens - a.opens || later(a, b));
  const foremost = new Set([
    ...questions.slice(0, CALL_LIST_LENGTH),
    ...questions.filter(({ holdsProposal }) => holdsProposal).slice(0, CALL_LIST_LENGTH),
  ]);
  const gainsOf = gainsFor(foremost.size);
  const entries = [...foremost]
    .sort((a, b) => a.candidate - b.candidate)
    .map((counted) => ({ counted, gains: gainsOf(counted.candidate, counted.question) }))
    .sort(
      (a, b) => b.counted.opens - a.counted.opens || atStake(b.gains) - atStake(a.gains) || later(a.counted, b.counted),
    )
    .slice(0, CALL_LIST_LENGTH)
    .map(({ counted: { candidate, question, settles, opens, holdsProposal }, gains }, index) => ({
      rank: index + 1,
      candidateId: run.input.candidates[candidate]!.candidateId,
      field: question.field,
      topic: question.topic,
      asked: [...askedLevels(run, table, candidate, question)],
      settles,
      opens,
      holdsProposal,
      ...gains,
    }));
  return { entries, questions: questions.length };
};
