import type { JudgedCriterion } from '@gruppstart/domain/matching/criterion';
import type { ProposedOutcome, UnplacedOutcome, UnplacedReason } from '@gruppstart/domain/matching/outcome';
import type { Verdict } from '@gruppstart/domain/matching/verdict';
import { nearestLacks } from './nearest-lacks.ts';
import type { ExplainLabels, ExplanationLanguage, Phrasebook } from './phrasebook.ts';
import { withPart } from './seat-part-text.ts';
import { checkTopics, criterionSentence, isGiven, phrasebookFor, topicText } from './sentences.ts';

/** A proposal in words. Every list holds whole sentences, the most important first. */
export interface ProposalExplanation {
  readonly headline: string;
  /** One sentence per score part, then the sum. */
  readonly score: readonly string[];
  /** What the seat was charged, what is kept for others, what has changed since an earlier run. */
  readonly notes: readonly string[];
  /** What is known to speak against the pair. */
  readonly against: readonly string[];
  /** What is not known and has to be checked. */
  readonly toCheck: readonly string[];
  /** What is not known and excludes nobody. */
  readonly notStated: readonly string[];
  readonly met: readonly string[];
  /** What the introduction gives, so that it need not be brought along. */
  readonly taught: readonly string[];
}

const proposalNotes = (
  outcome: ProposedOutcome,
  labels: ExplainLabels,
  language: ExplanationLanguage,
  book: Phrasebook,
): string[] => {
  const { seatPricePoints, heldBack, movedFrom } = outcome;
  return [
    ...(seatPricePoints > 0 ? [book.seatPrice(seatPricePoints)] : []),
    ...(heldBack === null ? [] : [book.heldBack({ ...labels.place(heldBack.placeId), ...heldBack })]),
    ...(movedFrom === null
      ? []
      : [
          book.movedFrom({
            ...withPart(labels.place(movedFrom.placeId), movedFrom.seatPart, language),
            startDate: labels.startDate(movedFrom.cohortId),
          }),
        ]),
  ];
};

export const explainProposal = (
  outcome: ProposedOutcome,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): ProposalExplanation => {
  const book = phrasebookFor(language);
  const isTaught = (judged: JudgedCriterion): boolean => judged.kind === 'requirement' && isGiven(judged);
  const sentencesWhere = (chosen: (judged: JudgedCriterion) => boolean): string[] =>
    outcome.verdicts.filter(chosen).map((judged) => criterionSentence(judged, labels, book));
  const sentencesOf = (verdict: Verdict, excludes: readonly boolean[]): string[] =>
    sentencesWhere((judged) => !isTaught(judged) && judged.verdict === verdict && excludes.includes(judged.excludes));
  return {
    headline: book.proposed({
      ...withPart(labels.place(outcome.placeId), outcome.seatPart, language),
      startDate: labels.startDate(outcome.cohortId),
      preliminary: outcome.preliminary,
      pinned: outcome.pinned,
      againstMust: outcome.verdicts.some(({ verdict, excludes }) => verdict === 'no' && excludes),
    }),
    score: [...outcome.parts.map((part) => book.part(part)), book.total(outcome.points, outcome.maxPoints)],
    notes: proposalNotes(outcome, labels, language, book),
    against: sentencesOf('no', [true, false]),
    toCheck: sentencesOf('unknown', [true]),
    notStated: sentencesOf('unknown', [false]),
    met: sentencesOf('yes', [true, false]),
    taught: sentencesWhere(isTaught),
  };
};

/** Why there is no proposal, in words. */
export interface UnplacedExplanation {
  readonly headline: string;
  readonly reasons: readonly string[];
  readonly nearest: {
    readonly headline: string;
    readonly missing: readonly string[];
    /** Names of what is unknown there. */
    readonly toCheck: readonly string[];
  } | null;
}

const reasonTopics = (reason: UnplacedReason, labels: ExplainLabels, book: Phrasebook): string[] =>
  reason.kind === 'no-eligible-place' ? reason.excludedBy.map(({ topic }) => topicText(topic, labels, book)) : [];

export const explainUnplaced = (
  outcome: UnplacedOutcome,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): UnplacedExplanation => {
  const book = phrasebookFor(language);
  const startDate: ExplainLabels['startDate'] = (cohortId) => labels.startDate(cohortId);
  const { nearest } = outcome;
  const lacks = nearestLacks(outcome);
  return {
    headline: book.unplaced(),
    reasons: outcome.reasons.map((reason) => book.reason(reason, startDate, reasonTopics(reason, labels, book))),
    nearest:
      nearest === null || lacks === null
        ? null
        : {
            headline: book.nearest({ ...withPart(labels.place(nearest.placeId), nearest.seatPart, language), lacks }),
            missing: nearest.missing.map((judged) => criterionSentence(judged, labels, book)),
            toCheck: checkTopics(nearest.checks, labels, book),
          },
  };
};
