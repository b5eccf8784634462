import type { CriterionSource, CriterionTopic, JudgedCriterion, TaughtBy } from '@gruppstart/domain/matching/criterion';
import type { ScorePartKind } from '@gruppstart/domain/matching/score';
import type { MatchStart } from '../model.ts';
import type { CandidateFacts } from './facts.ts';
import { creditOf, type Judgement, verdictOf } from './judgement.ts';

/** One thing that a place judges people by. `judge` and `explain` rest on the same rule, so they cannot disagree. */
export interface Criterion {
  readonly topic: CriterionTopic;
  /** The topic as text, for counting. */
  readonly topicKey: string;
  /** What is asked: criteria of one run with the same key judge everybody alike at the same start. */
  readonly levelKey: string;
  /** Index in the place's requirements; null for the other criteria. */
  readonly requirementIndex: number | null;
  /** True when a `no` shuts the pair out. */
  readonly excludes: boolean;
  /** Null: not scored. */
  readonly part: ScorePartKind | null;
  /** For a learnable, how the introduction gives what is missing; null: it does not, or nothing is to be learnt. */
  readonly learntBy: TaughtBy | null;
  judge(facts: CandidateFacts, start: MatchStart): Judgement;
  /** What is read of a person: who has the same key is judged alike by every criterion on the topic at the same start. */
  factsKey(facts: CandidateFacts): string | number;
  /** Where the value is read; for an unknown, what has to be asked. */
  source(facts: CandidateFacts, start: MatchStart): CriterionSource;
  explain(facts: CandidateFacts, start: MatchStart): JudgedCriterion;
}

/** The members that every explained criterion has. */
export const judgedBase = (criterion: Criterion, facts: CandidateFacts, start: MatchStart) => {
  const judgement = criterion.judge(facts, start);
  return {
    verdict: verdictOf(judgement),
    source: criterion.source(facts, start),
    excludes: criterion.excludes,
    score: criterion.part === null ? null : { part: criterion.part, creditPercent: creditOf(judgement) },
  };
};
