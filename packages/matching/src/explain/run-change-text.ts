import { amount } from './numbers.ts';
import type { ExplanationLanguage } from './phrasebook.ts';

interface Totals {
  readonly points: number;
  /** Null without proposals. */
  readonly fitPercent: number | null;
}

/** What a change does to a run: to the whole, and to how many people. */
export interface RunChange {
  readonly before: Totals;
  readonly after: Totals;
  readonly newlyProposed: { readonly count: number };
  readonly noLongerProposed: { readonly count: number };
  readonly moved: { readonly count: number };
}

interface Wording {
  newlyProposed(count: number): string;
  noLongerProposed(count: number): string;
  moved(count: number): string;
  readonly nobody: string;
  fit(before: number, after: number): string;
  points(before: number, after: number): string;
  requestCosts(people: string): string;
  readonly requestFree: string;
}

const SWEDISH: Wording = {
  newlyProposed: (count) => `${amount(count, 'en person', 'personer')} till får plats`,
  noLongerProposed: (count) => `${amount(count, 'en annan', 'andra')} mister sin plats`,
  moved: (count) => `${count === 1 ? 'en' : count} flyttas`,
  nobody: 'Ingen annan påverkas.',
  fit: (before, after) => `Passningen går från ${before} till ${after} %.`,
  points: (before, after) => `Summan går från ${before} till ${after} poäng.`,
  requestCosts: (people) => `Att placera personen här kostar: ${people}.`,
  requestFree: 'Att placera personen här tar inte platsen från någon annan.',
};

const ENGLISH: Wording = {
  newlyProposed: (count) => `${amount(count, 'one more person gets', 'more people get')} a place`,
  noLongerProposed: (count) => (count === 1 ? 'one other person loses a place' : `${count} others lose their places`),
  moved: (count) => amount(count, 'one is moved', 'are moved'),
  nobody: 'Nobody else is affected.',
  fit: (before, after) => `The fit goes from ${before} to ${after} %.`,
  points: (before, after) => `The sum goes from ${before} to ${after} points.`,
  requestCosts: (people) => `To place the person here costs: ${people}.`,
  requestFree: 'To place the person here takes no place from anybody else.',
};

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = { sv: SWEDISH, en: ENGLISH };

/** Losses before gains; null when nobody is touched. */
const peopleIn = ({ newlyProposed, noLongerProposed, moved }: RunChange, wording: Wording): string | null => {
  const parts = [
    ...(noLongerProposed.count > 0 ? [wording.noLongerProposed(noLongerProposed.count)] : []),
    ...(newlyProposed.count > 0 ? [wording.newlyProposed(newlyProposed.count)] : []),
    ...(moved.count > 0 ? [wording.moved(moved.count)] : []),
  ];
  return parts.length === 0 ? null : parts.join(', ');
};

/** The fit where it changes, else the points where they do. */
const fitIn = ({ before, after }: RunChange, wording: Wording): string[] => {
  if (before.fitPercent !== null && after.fitPercent !== null && before.fitPercent !== after.fitPercent)
    return [wording.fit(before.fitPercent, after.fitPercent)];
  return before.points === after.points ? [] : [wording.points(before.points, after.points)];
};

const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** What a change does, in one or two sentences: people first, then the fit. */
export const runChangeSentences = (change: RunChange, language: ExplanationLanguage): string[] => {
  const wording = WORDINGS[language];
  const people = peopleIn(change, wording);
  return [people === null ? wording.nobody : `${capitalised(people)}.`, ...fitIn(change, wording)];
};

/** The same without points, which a unit could compare: people, and the fit where it changes. */
export const requestCostSentences = (change: RunChange, language: ExplanationLanguage): string[] => {
  const withoutPoints = { ...change, before: { ...change.before, points: 0 }, after: { ...change.after, points: 0 } };
  return namedRequestSentences(withoutPoints, language);
};

/** What it costs the others that a named person gets a place. The person is in none of the counts. */
export const namedRequestSentences = (change: RunChange, language: ExplanationLanguage): string[] => {
  const wording = WORDINGS[language];
  const people = peopleIn(change, wording);
  return [people === null ? wording.requestFree : wording.requestCosts(people), ...fitIn(change, wording)];
};
