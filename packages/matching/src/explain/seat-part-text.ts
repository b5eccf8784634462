import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import type { SeatPart } from '@gruppstart/domain/requirements/place';
import type { ExplanationLanguage, NamedPlace, Phrasebook } from './phrasebook.ts';
import { phrasebookFor } from './sentences.ts';

interface Wording {
  readonly half: string;
  share(percent: number): string;
}

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = {
  sv: { half: 'halva tjänsten', share: (percent) => `${percent} % av heltid` },
  en: { half: 'half of the job', share: (percent) => `${percent} % of full time` },
};

/** Days that follow each other as from–to when they are three or more: "mån–ons", "mån, tis, fre". */
const weekdaysText = (weekdays: readonly number[], book: Phrasebook): string => {
  const inARow: number[][] = [];
  for (const day of weekdays) {
    const last = inARow.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else inARow.push([day]);
  }
  return inARow
    .map((days) => days.map((day) => book.weekday(day)))
    .flatMap((names) => (names.length < 3 ? names : [`${names[0]}–${names.at(-1)}`]))
    .join(', ');
};

/** A part inside a sentence: "halva tjänsten mån–ons". `wholePercent` is what the seat is of full time, undivided. */
const seatPartText = (
  { sharePercent, weekdays }: SeatPart,
  wholePercent: number,
  language: ExplanationLanguage,
): string => {
  const { half, share } = WORDINGS[language];
  const days = weekdaysText(weekdays, phrasebookFor(language));
  return [sharePercent * 2 === wholePercent ? half : share(sharePercent), days].filter(Boolean).join(' ');
};

/** The part that a proposal is for, in words; null for a whole seat, or where the place is no longer divided. */
export const partIn = (
  { shared }: NamedPlace,
  seatPart: SeatPartKind,
  language: ExplanationLanguage,
): string | null => {
  if (!shared || seatPart === 'whole') return null;
  const [first, second] = shared.parts;
  return seatPartText(seatPart === 'first' ? first : second, shared.wholePercent, language);
};

/** A place named together with the part of its seat that is meant: "Norrängen, halva tjänsten mån–ons". */
export const withPart = (place: NamedPlace, seatPart: SeatPartKind, language: ExplanationLanguage): NamedPlace => {
  const part = partIn(place, seatPart, language);
  return part === null ? place : { ...place, unitName: `${place.unitName}, ${part}` };
};
