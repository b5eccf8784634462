import type { ExplanationLanguage, Phrasebook } from './phrasebook.ts';
import { phrasebookFor } from './sentences.ts';

/** One of the two parts into which a seat is divided. */
export interface PartOfSeat {
  /** Of full time. */
  readonly sharePercent: number;
  /** 1 Monday … 7 Sunday, in order. */
  readonly weekdays: readonly number[];
}

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
export const seatPartText = (
  { sharePercent, weekdays }: PartOfSeat,
  wholePercent: number,
  language: ExplanationLanguage,
): string => {
  const { half, share } = WORDINGS[language];
  const days = weekdaysText(weekdays, phrasebookFor(language));
  return [sharePercent * 2 === wholePercent ? half : share(sharePercent), days].filter(Boolean).join(' ');
};
