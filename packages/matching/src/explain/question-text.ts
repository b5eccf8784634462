import type { AskedLevel, CallListEntry } from '@gruppstart/domain/matching/outcome';
import { quantity } from './numbers.ts';
import type { ExplainLabels, ExplanationLanguage } from './phrasebook.ts';
import { levelText, phrasebookFor, topicText } from './sentences.ts';

interface Wording {
  ask(what: string): string;
  /** Experience in an occupation near it counts too. */
  readonly orNear: string;
  places(count: number): string;
  askedBy(places: string): string;
  asked(levels: string): string;
  level(atLeast: string | null, places: string): string;
}

const SWEDISH: Wording = {
  ask: (what) => `Fråga om ${what}.`,
  orNear: ' eller något närliggande',
  places: (count) => quantity(count, 'plats', 'platser'),
  askedBy: (places) => `Krävs på ${places}.`,
  asked: (levels) => `Krävs: ${levels}.`,
  level: (atLeast, places) => `${atLeast === null ? 'oavsett nivå' : `minst ${atLeast}`} (${places})`,
};

const ENGLISH: Wording = {
  ask: (what) => `Ask about ${what}.`,
  orNear: ' or something near it',
  places: (count) => quantity(count, 'place', 'places'),
  askedBy: (places) => `Required at ${places}.`,
  asked: (levels) => `Required: ${levels}.`,
  level: (atLeast, places) => `${atLeast === null ? 'at any level' : `at least ${atLeast}`} (${places})`,
};

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = { sv: SWEDISH, en: ENGLISH };

const whatIsAsked = (asked: readonly AskedLevel[], language: ExplanationLanguage): readonly string[] => {
  const wording = WORDINGS[language];
  const book = phrasebookFor(language);
  const levels = asked.map(({ subject, places }) => ({
    atLeast: levelText(subject, book),
    places: wording.places(places),
  }));
  const [only] = levels;
  if (only === undefined) return [];
  if (levels.length === 1 && only.atLeast === null) return [wording.askedBy(only.places)];
  return [wording.asked(levels.map(({ atLeast, places }) => wording.level(atLeast, places)).join(', '))];
};

/**
 * The question behind an entry of the call list, with what the places ask for that wait for the answer: "Fråga om svenska.
 * Krävs: minst A2 (3 platser), minst B1 (1 plats)."
 */
export const questionSentences = (
  { field, topic, asked }: Pick<CallListEntry, 'field' | 'topic' | 'asked'>,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): string => {
  const wording = WORDINGS[language];
  const book = phrasebookFor(language);
  const near = topic.kind === 'experience' ? wording.orNear : '';
  // A requirement is named by its topic; of the rest one topic can hang on several facts.
  const what = asked.length === 0 ? book.field(field) : `${topicText(topic, labels, book)}${near}`;
  return [wording.ask(what), ...whatIsAsked(asked, language)].join(' ');
};
