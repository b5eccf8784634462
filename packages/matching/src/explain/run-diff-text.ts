import {
  PERSON_CHANGES,
  type PersonDifference,
  type PlaceDifference,
  type PolicyPart,
  type RunCause,
  type RunDifference,
  type RunStanding,
} from '@gruppstart/domain/matching/run-difference';
import { assertNever } from '@gruppstart/domain/shared/result';
import { amount } from './numbers.ts';
import type { ExplainLabels, ExplanationLanguage, NamedPlace } from './phrasebook.ts';
import { withPart } from './seat-part-text.ts';
import { phrasebookFor } from './sentences.ts';

type FilledSeats = NonNullable<PlaceDifference['from']>;

interface Wording {
  at(place: NamedPlace, date: string): string;
  cause(cause: RunCause): string;
  readonly noCause: string;
  proposed(before: number, after: number): string;
  fit(before: number, after: number): string;
  count(change: keyof RunDifference['counts'], people: number): string;
  newly(to: string, isNew: boolean): string;
  noLonger(from: string, isGone: boolean): string;
  moved(from: string, to: string): string;
  points(at: string, before: number, after: number): string;
  readonly left: string;
  readonly came: string;
  otherPart(at: string): string;
  placeFilled(place: NamedPlace, before: FilledSeats, after: FilledSeats): string;
  placeOnlyIn(place: NamedPlace, which: 'from' | 'to'): string;
}

const filledOf = ({ takenBefore, filled }: FilledSeats): number => takenBefore + filled;

const SWEDISH_PARTS: Readonly<Record<PolicyPart, string>> = {
  pins: 'vilka par som är valda i förväg',
  placeAtMost: 'hur många som placeras som mest',
  keep: 'vad som behålls från en tidigare körning',
};

const SWEDISH: Wording = {
  at: ({ title, unitName }, date) => `${title}, ${unitName}, start ${date}`,
  cause(cause) {
    switch (cause.kind) {
      case 'engine':
        return `Matchningen räknar inte likadant: ${cause.from} före, ${cause.to} efter.`;
      case 'weights':
        return `Vikterna är andra: ${cause.from} före, ${cause.to} efter.`;
      case 'purpose':
        return 'Den ena är en antagning och den andra en placering.';
      case 'starts':
        return 'De gäller inte samma starter.';
      case 'policy':
        return `Samordnaren har bestämt olika: ${cause.parts.map((part) => SWEDISH_PARTS[part]).join(', ')}.`;
      case 'facts':
        return 'Underlaget är taget vid olika tillfällen.';
      case 'draw':
        return 'Lotten är en annan.';
      default:
        return assertNever(cause);
    }
  },
  noCause: 'Underlag, vikter och det som bestämts är desamma, så resultatet är detsamma.',
  proposed: (before, after) => `Förslag: ${before} före, ${after} efter.`,
  fit: (before, after) => `Passning: ${before} % före, ${after} % efter.`,
  count(change, people) {
    switch (change) {
      case 'newly-proposed':
        return `${amount(people, 'en har', 'har')} fått ett förslag`;
      case 'no-longer-proposed':
        return `${amount(people, 'en har', 'har')} inte längre något förslag`;
      case 'moved':
        return `${amount(people, 'en är flyttad', 'är flyttade')}`;
      case 'points-changed':
        return `${amount(people, 'en har', 'har')} andra poäng på samma plats`;
      case 'left':
        return `${amount(people, 'en utan förslag är', 'utan förslag är')} inte längre med`;
      case 'came':
        return `${amount(people, 'en ny är', 'nya är')} med utan förslag`;
      case 'same':
        return `för ${people} är det likadant`;
      default:
        return assertNever(change);
    }
  },
  newly: (to, isNew) => (isNew ? `Är ny i körningen och föreslås: ${to}.` : `Har fått ett förslag: ${to}.`),
  noLonger: (from, isGone) =>
    isGone
      ? `Är inte längre med i körningen. Förslaget var: ${from}.`
      : `Har inte längre något förslag. Det var: ${from}.`,
  moved: (from, to) => `Är flyttad från ${from}, till ${to}.`,
  points: (at, before, after) => `Samma plats, ${at}: ${before} poäng före, ${after} efter.`,
  left: 'Är inte längre med i körningen, och hade inget förslag.',
  came: 'Är ny i körningen, utan förslag.',
  otherPart: (at) => `Samma plats, ${at}, men en annan del av sätet.`,
  placeFilled: ({ title, unitName }, before, after) =>
    `${title}, ${unitName}: ${filledOf(before)} av ${before.seats} säten fyllda före, ${filledOf(after)} av ${after.seats} efter.`,
  placeOnlyIn: ({ title, unitName }, which) =>
    `${title}, ${unitName}: ${which === 'from' ? 'inte längre med' : 'ny i körningen'}.`,
};

const ENGLISH_PARTS: Readonly<Record<PolicyPart, string>> = {
  pins: 'which pairs are chosen beforehand',
  placeAtMost: 'how many are placed at most',
  keep: 'what is kept of an earlier run',
};

const ENGLISH: Wording = {
  at: ({ title, unitName }, date) => `${title}, ${unitName}, start on ${date}`,
  cause(cause) {
    switch (cause.kind) {
      case 'engine':
        return `The matching does not work out the same: ${cause.from} before, ${cause.to} after.`;
      case 'weights':
        return `The weights are others: ${cause.from} before, ${cause.to} after.`;
      case 'purpose':
        return 'One is an admission and the other a placement.';
      case 'starts':
        return 'They are not for the same starts.';
      case 'policy':
        return `The coordinator has decided otherwise: ${cause.parts.map((part) => ENGLISH_PARTS[part]).join(', ')}.`;
      case 'facts':
        return 'The facts were taken at different times.';
      case 'draw':
        return 'The draw is another.';
      default:
        return assertNever(cause);
    }
  },
  noCause: 'Facts, weights and decisions are the same, so the result is the same.',
  proposed: (before, after) => `Proposals: ${before} before, ${after} after.`,
  fit: (before, after) => `Fit: ${before} % before, ${after} % after.`,
  count(change, people) {
    switch (change) {
      case 'newly-proposed':
        return `${amount(people, 'one has', 'have')} got a proposal`;
      case 'no-longer-proposed':
        return `${amount(people, 'one has', 'have')} no proposal any more`;
      case 'moved':
        return `${amount(people, 'one is', 'are')} moved`;
      case 'points-changed':
        return `${amount(people, 'one has', 'have')} other points at the same place`;
      case 'left':
        return `${amount(people, 'one without a proposal has', 'without a proposal have')} left`;
      case 'came':
        return `${amount(people, 'one has', 'have')} come in without a proposal`;
      case 'same':
        return `for ${people} it is the same`;
      default:
        return assertNever(change);
    }
  },
  newly: (to, isNew) => (isNew ? `Is new in the run and is proposed for: ${to}.` : `Has got a proposal: ${to}.`),
  noLonger: (from, isGone) =>
    isGone ? `Is no longer in the run. The proposal was: ${from}.` : `Has no proposal any more. It was: ${from}.`,
  moved: (from, to) => `Is moved from ${from}, to ${to}.`,
  points: (at, before, after) => `The same place, ${at}: ${before} points before, ${after} after.`,
  left: 'Is no longer in the run, and had no proposal.',
  came: 'Is new in the run, without a proposal.',
  otherPart: (at) => `The same place, ${at}, but another part of the seat.`,
  placeFilled: ({ title, unitName }, before, after) =>
    `${title}, ${unitName}: ${filledOf(before)} of ${before.seats} seats filled before, ${filledOf(after)} of ${after.seats} after.`,
  placeOnlyIn: ({ title, unitName }, which) =>
    `${title}, ${unitName}: ${which === 'from' ? 'no longer in the run' : 'new in the run'}.`,
};

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = { sv: SWEDISH, en: ENGLISH };

const COUNTS_IN_ORDER = [...PERSON_CHANGES, 'same'] as const satisfies readonly (keyof RunDifference['counts'])[];

const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** The difference as a whole: why it can be, what the runs come to, how many people it touches. */
export const runDifferenceSentences = (
  { from, to, causes, counts }: Pick<RunDifference, 'from' | 'to' | 'causes' | 'counts'>,
  language: ExplanationLanguage,
): string[] => {
  const wording = WORDINGS[language];
  const people = COUNTS_IN_ORDER.flatMap((change) =>
    counts[change] > 0 ? [wording.count(change, counts[change])] : [],
  );
  return [
    ...(causes.length === 0 ? [wording.noCause] : causes.map((cause) => wording.cause(cause))),
    wording.proposed(from.proposed, to.proposed),
    ...(from.fitPercent === null || to.fitPercent === null ? [] : [wording.fit(from.fitPercent, to.fitPercent)]),
    ...(people.length === 0 ? [] : [`${capitalised(people.join(', '))}.`]),
  ];
};

const seatText = (standing: RunStanding, labels: ExplainLabels, language: ExplanationLanguage): string => {
  if (standing.kind !== 'proposed') return '';
  const place = withPart(labels.place(standing.placeId), standing.seatPart, language);
  return WORDINGS[language].at(place, phrasebookFor(language).date(labels.startDate(standing.cohortId)));
};

/** What is otherwise for one person, without a subject: it stands beside the person's id. */
export const personDifferenceText = (
  { change, from, to }: PersonDifference,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): string => {
  const wording = WORDINGS[language];
  const [before, after] = [seatText(from, labels, language), seatText(to, labels, language)];
  switch (change) {
    case 'newly-proposed':
      return wording.newly(after, from.kind === 'not-in-run');
    case 'no-longer-proposed':
      return wording.noLonger(before, to.kind === 'not-in-run');
    case 'moved':
      return before === after ? wording.otherPart(after) : wording.moved(before, after);
    case 'points-changed':
      return wording.points(after, from.kind === 'proposed' ? from.points : 0, to.kind === 'proposed' ? to.points : 0);
    case 'left':
      return wording.left;
    case 'came':
      return wording.came;
    default:
      return assertNever(change);
  }
};

export const placeDifferenceText = (
  { placeId, from, to }: PlaceDifference,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): string => {
  const wording = WORDINGS[language];
  if (from === null) return wording.placeOnlyIn(labels.place(placeId), 'to');
  if (to === null) return wording.placeOnlyIn(labels.place(placeId), 'from');
  return wording.placeFilled(labels.place(placeId), from, to);
};
