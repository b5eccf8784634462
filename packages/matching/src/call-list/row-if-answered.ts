import type { ProfileField } from '@gruppstart/domain/matching/criterion';
import { type ProfileAnswer, withAnswer } from '@gruppstart/domain/matching/profile-answer';
import type { Row } from '../assignment/rows.ts';
import { type CompiledRun, type RunTopic, startForPair } from '../compiled-run.ts';
import type { Criterion } from '../criteria/criterion.ts';
import { type CandidateFacts, candidateFacts } from '../criteria/facts.ts';
import { isNo, isUnknown, type Judgement, NO, YES } from '../criteria/judgement.ts';
import type { MatchStart } from '../model.ts';
import type { PairRow } from '../pair-rows.ts';
import { addToTally, bestPoints, clearTally, newTally, reachesMinimumFit, totalPoints } from '../score.ts';

/** One thing to ask about, and the fact of the profile that the answer belongs to. */
export interface Question extends RunTopic {
  readonly field: ProfileField;
}

/** The best answer that there can be, which meets everything that waits for it, or the worst, which meets nothing. */
export type AnswerGiven = 'yes' | 'no';

/** More years than any place asks for. */
const MANY_YEARS = 60;

type ItemAnswer = Extract<ProfileAnswer, { field: 'skill' | 'language' | 'licence' | 'occupation' }>;

/** What somebody says of one thing in a list; null: the question is about a fact that is no list of things. */
const itemAnswer = (
  { topic }: Question,
  candidateId: ProfileAnswer['candidateId'],
  given: AnswerGiven,
): ItemAnswer | null => {
  const held = given === 'yes';
  switch (topic.kind) {
    case 'skill':
      return { candidateId, field: 'skill', value: { skillId: topic.skillId, held, level: 4 } };
    case 'language':
      return { candidateId, field: 'language', value: { language: topic.language, held, level: 'native' } };
    case 'licence':
      return { candidateId, field: 'licence', value: { licence: topic.licence, held } };
    case 'experience':
      return { candidateId, field: 'occupation', value: { occupationId: topic.occupationId, held, years: MANY_YEARS } };
    default:
      return null;
  }
};

/** What a cell is worth to somebody once a question is answered, and before. */
interface CellThen {
  readonly points: number;
  readonly pointsNow: number;
  readonly sessions: number;
}

/**
 * What a person would have if one question were answered: with a yes all pairs, with the points of what is met; with a no
 * those that it does not shut out. Who says yes to one thing in a list has it at the highest level, and all that follows
 * from it. No pair is looked for that is not there, for an unknown excludes nobody.
 */
export const rowsIfAnswered = (run: CompiledRun) => {
  const then = newTally();
  const now = newTally();

  /** What a criterion says once the question is answered. */
  const judgedThen = (candidate: number, question: Question, given: AnswerGiven) => {
    const { facts } = run.candidates[candidate]!;
    const answer = itemAnswer(question, run.input.candidates[candidate]!.candidateId, given);
    const answered: CandidateFacts | null =
      answer === null ? null : candidateFacts(withAnswer(facts.candidate, answer), run.travel);
    return (criterion: Criterion, judged: Judgement, start: MatchStart): Judgement => {
      if (criterion.source(facts, start) !== question.field) return judged;
      if (answered !== null) return criterion.judge(answered, start);
      const isAsked = isUnknown(judged) && criterion.topicKey === question.topicKey;
      if (!isAsked) return judged;
      return given === 'yes' ? YES : NO;
    };
  };

  /** `isShutOut`: by a no, or by too low a fit. */
  const cellThen = (candidate: number, cell: number, judge: ReturnType<typeof judgedThen>) => {
    const { criteria, scorePart, sessions, place } = run.cells[cell]!;
    const { facts } = run.candidates[candidate]!;
    const start = run.starts[startForPair(run.candidates[candidate]!, run.places[place]!)]!;
    clearTally(then);
    clearTally(now);
    let isShutOut = false;
    let needed = 0;
    for (const [k, criterion] of criteria.entries()) {
      const judged = criterion.judge(facts, start);
      const answered = judge(criterion, judged, start);
      if (isNo(answered)) {
        if (sessions[k]! >= 0) needed |= 1 << sessions[k]!;
        else if (criterion.excludes) isShutOut = true;
      }
      if (scorePart[k]! < 0) continue;
      addToTally(now, scorePart[k]!, judged);
      addToTally(then, scorePart[k]!, answered);
    }
    return {
      isShutOut: isShutOut || !reachesMinimumFit(bestPoints(then, run.weights), run.weights),
      points: totalPoints(then, run.weights),
      pointsNow: totalPoints(now, run.weights),
      sessions: needed,
    };
  };

  /** The cells that are left of some, each with what it is worth. */
  const cellsLeft = (candidate: number, cells: Iterable<number>, question: Question, given: AnswerGiven) => {
    const judge = judgedThen(candidate, question, given);
    const left: { readonly index: number; readonly cell: number; readonly worth: CellThen }[] = [];
    let index = 0;
    for (const cell of cells) {
      const { isShutOut, ...worth } = cellThen(candidate, cell, judge);
      if (!isShutOut) left.push({ index, cell, worth });
      index += 1;
    }
    return left;
  };

  return {
    /** In the values of a state: charges and taxes stay as they are. */
    inState: (candidate: number, row: Row, question: Question, given: AnswerGiven): Row => {
      const left = cellsLeft(candidate, row.cells, question, given);
      return {
        cells: Int32Array.from(left, ({ cell }) => cell),
        values: Int32Array.from(left, ({ index, worth }) => row.values[index]! + worth.points - worth.pointsNow),
        lots: Uint16Array.from(left, ({ index }) => row.lots[index]!),
      };
    },
    /** As it would stand in the table. */
    inTable: (candidate: number, row: PairRow, question: Question, given: AnswerGiven): PairRow => {
      const left = cellsLeft(candidate, row.cells, question, given);
      return {
        cells: left.map(({ cell }) => cell),
        points: left.map(({ worth }) => worth.points),
        sessions: left.map(({ worth }) => worth.sessions),
      };
    },
    /** What the answer changes of the points at one cell, whether or not it shuts the pair out. */
    pointsAt: (candidate: number, cell: number, question: Question, given: AnswerGiven): number => {
      const { points, pointsNow } = cellThen(candidate, cell, judgedThen(candidate, question, given));
      return points - pointsNow;
    },
  };
};
