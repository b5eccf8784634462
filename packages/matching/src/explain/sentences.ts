import type { CriterionTopic, JudgedCriterion } from '@gruppstart/domain/matching/criterion';
import type { CheckNeeded } from '@gruppstart/domain/matching/outcome';
import type { RequirementSubject } from '@gruppstart/domain/requirements/requirement';
import { assertNever } from '@gruppstart/domain/shared/result';
import { ENGLISH } from './english.ts';
import type { ExplainLabels, ExplanationLanguage, JudgedOf, Phrasebook } from './phrasebook.ts';
import { SWEDISH } from './swedish.ts';

const PHRASEBOOKS: Readonly<Record<ExplanationLanguage, Phrasebook>> = { sv: SWEDISH, en: ENGLISH };

export const phrasebookFor = (language: ExplanationLanguage): Phrasebook => PHRASEBOOKS[language];

/** A topic as words inside a sentence. */
export const topicText = (topic: CriterionTopic, labels: ExplainLabels, book: Phrasebook): string => {
  const { topics } = book;
  switch (topic.kind) {
    case 'availability':
      return topics.availability;
    case 'place-window':
      return topics.placeWindow;
    case 'share':
      return topics.share;
    case 'working-times':
      return topics.workingTimes;
    case 'engagements':
      return topics.engagements;
    case 'travel':
      return topics.travel;
    case 'own-wishes':
      return topics.ownWishes;
    case 'skill':
      return topics.skill(labels.skill(topic.skillId));
    case 'swedish':
      return topics.swedish;
    case 'language':
      return topics.language(topic.language);
    case 'licence':
      return topics.licence(topic.licence);
    case 'experience':
      return topics.experience(labels.occupation(topic.occupationId));
    default:
      return assertNever(topic);
  }
};

const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** The level or the years that a requirement asks for, as words; null: any will do. */
export const levelText = (subject: RequirementSubject, book: Phrasebook): string | null => {
  switch (subject.kind) {
    case 'skill':
      return subject.minLevel === null ? null : book.skillLevel(subject.minLevel);
    case 'swedish':
      return book.level(subject.minLevel);
    case 'language':
      return subject.minLevel === null ? null : book.level(subject.minLevel);
    case 'licence':
      return null;
    case 'experience':
      return subject.minYears === 0 ? null : book.years(subject.minYears);
    default:
      return assertNever(subject);
  }
};

const askedText = (subject: RequirementSubject, labels: ExplainLabels, book: Phrasebook): string =>
  capitalised(book.asked(topicText(subject, labels, book), levelText(subject, book)));

const foundText = (judged: JudgedOf<'requirement'>, labels: ExplainLabels, book: Phrasebook): string | null => {
  const { found } = judged;
  switch (found.kind) {
    case 'not-stated':
    case 'none':
      return null;
    case 'skill':
      return found.level === null ? null : book.skillLevel(found.level);
    case 'language':
      return found.level === null ? null : book.level(found.level);
    case 'licence':
      return found.licences.join(', ');
    case 'experience': {
      const near =
        found.near === null ? [] : [book.nearYears(labels.occupation(found.near.occupationId), found.near.years)];
      return [book.years(found.years), ...near].join(', ');
    }
    default:
      return assertNever(found);
  }
};

/** The introduction gives it to somebody who is not known to have it, or in a session to who lacks it. */
export const isGiven = ({ strength, taught, verdict }: JudgedOf<'requirement'>): boolean =>
  strength === 'learnable' &&
  ((taught === 'cohort' && verdict !== 'yes') || (taught === 'session' && verdict === 'no'));

/** One judged criterion as one or two short sentences. */
export const criterionSentence = (judged: JudgedCriterion, labels: ExplainLabels, book: Phrasebook): string => {
  switch (judged.kind) {
    case 'availability':
      return book.availability(judged);
    case 'place-window':
      return book.placeWindow(judged);
    case 'share':
      return book.share(judged);
    case 'working-times':
      return book.workingTimes(judged);
    case 'engagements':
      return book.engagements(judged);
    case 'travel':
      return book.travel(judged);
    case 'requirement':
      return book.requirement(
        judged,
        askedText(judged.asked, labels, book),
        foundText(judged, labels, book),
        isGiven(judged),
      );
    case 'own-wishes':
      return book.ownWishes(judged);
    default:
      return assertNever(judged);
  }
};

/** What has to be checked, by name, each once. */
export const checkTopics = (checks: readonly CheckNeeded[], labels: ExplainLabels, book: Phrasebook): string[] => [
  ...new Set(checks.map((check) => topicText(check.topic, labels, book))),
];
