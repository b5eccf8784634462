import type { CriterionTopic, JudgedCriterion } from '@gruppstart/domain/matching/criterion';
import type { CandidateOutcome, ProposedOutcome, UnplacedOutcome } from '@gruppstart/domain/matching/outcome';
import type { RunPurpose } from '@gruppstart/domain/matching/run-purpose';
import { assertNever } from '@gruppstart/domain/shared/result';
import { nearestLacks } from './nearest-lacks.ts';
import { PERSON_ENGLISH } from './person-english.ts';
import { PERSON_SWEDISH } from './person-swedish.ts';
import type { ByTopic, PersonWording } from './person-wording.ts';
import type { ExplainLabels, ExplanationLanguage } from './phrasebook.ts';
import { partIn, withPart } from './seat-part-text.ts';
import { isGiven } from './sentences.ts';

const WORDINGS: Readonly<Record<ExplanationLanguage, PersonWording>> = { sv: PERSON_SWEDISH, en: PERSON_ENGLISH };

/** What is said to the person, in paragraphs of whole sentences; none is empty. */
type Paragraphs = readonly (readonly string[])[];

/** What a topic is called by itself; empty where its kind says it all. */
const nameOf = (topic: CriterionTopic, labels: ExplainLabels): string => {
  switch (topic.kind) {
    case 'skill':
      return labels.skill(topic.skillId);
    case 'language':
      return topic.language;
    case 'licence':
      return topic.licence;
    case 'experience':
      return labels.occupation(topic.occupationId);
    case 'availability':
    case 'place-window':
    case 'share':
    case 'working-times':
    case 'engagements':
    case 'travel':
    case 'own-wishes':
    case 'swedish':
      return '';
    default:
      return assertNever(topic);
  }
};

const topicOf = (judged: JudgedCriterion): CriterionTopic =>
  judged.kind === 'requirement' ? judged.asked : { kind: judged.kind };

/** The sentences of some topics, each once. */
const sentencesOf = (topics: readonly CriterionTopic[], wording: Partial<ByTopic>, labels: ExplainLabels): string[] => [
  ...new Set(topics.flatMap((topic) => wording[topic.kind]?.(nameOf(topic, labels)) ?? [])),
];

const isTaught = (judged: JudgedCriterion): boolean => judged.kind === 'requirement' && isGiven(judged);

/** Who is known to have no wishes is not told that the place is one of them. */
const isWorthSaying = (judged: JudgedCriterion): boolean =>
  judged.kind !== 'own-wishes' || judged.found.wishRank !== null;

const proposedText = (
  outcome: ProposedOutcome,
  purpose: RunPurpose,
  labels: ExplainLabels,
  wording: PersonWording,
  language: ExplanationLanguage,
): Paragraphs => {
  const place = labels.place(outcome.placeId);
  const part = partIn(place, outcome.seatPart, language);
  const judged = outcome.verdicts.filter((each) => !isTaught(each));
  const lacking = judged.filter(({ verdict, excludes }) => verdict === 'no' && excludes);
  const topicsWhere = (chosen: (each: JudgedCriterion) => boolean) => judged.filter(chosen).map(topicOf);
  const unknown = sentencesOf(
    topicsWhere(({ verdict, excludes }) => verdict === 'unknown' && excludes),
    wording.unknown,
    labels,
  );
  return [
    [
      ...(purpose === 'admission'
        ? wording.admission(labels.startDate(outcome.cohortId))
        : [...wording.placement(place), ...(part === null ? [] : [wording.sharedJob(part)])]),
      ...(outcome.pinned ? [wording.chosenByCoordinator] : []),
      ...(outcome.movedFrom === null ? [] : [wording.changed]),
      ...(outcome.preliminary ? [wording.preliminary] : []),
    ],
    [
      ...sentencesOf(
        topicsWhere((each) => each.verdict === 'yes' && isWorthSaying(each)),
        wording.fits,
        labels,
      ),
      ...outcome.verdicts.filter(isTaught).map((each) => wording.taught(nameOf(topicOf(each), labels))),
    ],
    [
      ...lacking.map((each) => wording.lacks(each, nameOf(topicOf(each), labels))),
      ...sentencesOf(
        topicsWhere(({ verdict, excludes }) => verdict === 'no' && !excludes),
        wording.unmet,
        labels,
      ),
    ],
    unknown,
    [
      ...(unknown.length > 0 ? [wording.tellWhatIsUnknown] : []),
      ...sentencesOf(lacking.map(topicOf), wording.advice, labels),
      ...(outcome.preliminary ? [] : [wording.answerYesOrNo[purpose]]),
    ],
  ];
};

const unplacedText = (
  outcome: UnplacedOutcome,
  labels: ExplainLabels,
  wording: PersonWording,
  language: ExplanationLanguage,
): Paragraphs => {
  const { reasons, nearest } = outcome;
  const lacks = nearestLacks(outcome);
  const lacking = nearest?.missing ?? [];
  const unknown = sentencesOf(nearest?.checks.map(({ topic }) => topic) ?? [], wording.unknown, labels);
  const isRuledOut = reasons.some(({ kind }) => kind === 'ruled-out');
  return [
    [wording.unplaced, ...new Set(reasons.map((reason) => wording.reason(reason)))],
    [
      ...(nearest === null
        ? []
        : [wording.nearest(withPart(labels.place(nearest.placeId), nearest.seatPart, language))]),
      ...(lacks === 'seat' ? [wording.nearestFits] : []),
      ...(lacks === 'free-seat' ? [wording.nearestIsFull] : []),
      ...(lacks === 'fit' ? [wording.nearestFitsTooLittle] : []),
      ...new Set(lacking.map((judged) => wording.lacks(judged, nameOf(topicOf(judged), labels)))),
      ...unknown,
    ],
    [
      ...sentencesOf(lacking.map(topicOf), wording.advice, labels),
      ...(unknown.length > 0 ? [wording.tellWhatIsUnknown] : []),
      ...(isRuledOut ? [wording.askWhy] : []),
      ...(lacking.length === 0 ? [wording.askWhenNext] : []),
    ],
  ];
};

/**
 * An outcome told to the person it is about: what happened, what fitted, what is lacking or not known, what to do and
 * whom to ask, and that people decide. Paragraphs with an empty line between them.
 */
export const personText = (
  outcome: CandidateOutcome,
  purpose: RunPurpose,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): string => {
  const wording = WORDINGS[language];
  const paragraphs =
    outcome.kind === 'proposed'
      ? proposedText(outcome, purpose, labels, wording, language)
      : unplacedText(outcome, labels, wording, language);
  return [...paragraphs, wording.ending]
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => sentences.join(' '))
    .join('\n\n');
};
