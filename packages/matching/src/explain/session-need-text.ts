import type { SessionNeed } from '@gruppstart/domain/matching/outcome';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { amount } from './numbers.ts';
import type { ExplainLabels, ExplanationLanguage, Phrasebook } from './phrasebook.ts';
import { phrasebookFor } from './sentences.ts';

interface Wording {
  start(skill: string, startDate: LocalDate, book: Phrasebook): string;
  need(people: number): string;
  notStated(people: number): string;
  seats(seats: number): string;
  readonly everybody: string;
}

const SWEDISH: Wording = {
  start: (skill, startDate, book) => `${skill}, start ${book.date(startDate)}`,
  need: (people) => `${people === 0 ? 'ingen' : people} behöver passet`,
  notStated: (people) => `för ${people} är det inte känt`,
  seats: (seats) => `Passet har ${seats === 0 ? 'inga säten' : amount(seats, 'ett säte', 'säten')}.`,
  everybody: 'Hela gruppen har passet.',
};

const ENGLISH: Wording = {
  start: (skill, startDate, book) => `${skill}, start on ${book.date(startDate)}`,
  need: (people) => `${people === 0 ? 'nobody' : people} ${people > 1 ? 'need' : 'needs'} the session`,
  notStated: (people) => `of ${people} it is not known`,
  seats: (seats) => `The session has ${seats === 0 ? 'no seats' : amount(seats, 'one seat', 'seats')}.`,
  everybody: 'The whole group has the session.',
};

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = { sv: SWEDISH, en: ENGLISH };

/** What the proposals of a start ask of a session: "Livsmedelshygien, start 11 januari 2027: 4 behöver passet. …" */
export const sessionNeedText = (
  { cohortId, skillId, need, notStated, seats }: SessionNeed,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): string => {
  const wording = WORDINGS[language];
  const where = wording.start(labels.skill(skillId), labels.startDate(cohortId), phrasebookFor(language));
  const who = [wording.need(need), ...(notStated > 0 ? [wording.notStated(notStated)] : [])].join(', ');
  return `${where}: ${who}. ${seats === null ? wording.everybody : wording.seats(seats)}`;
};
