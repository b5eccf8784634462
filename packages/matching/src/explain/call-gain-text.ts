import { amount, quantity } from './numbers.ts';
import type { ExplanationLanguage } from './phrasebook.ts';

/** What an answer changes. Each may be below 0. */
export interface AnswerEffect {
  /** Places that it opens for the person. */
  readonly places: number;
  /** People placed, in all. */
  readonly placed: number;
  readonly points: number;
}

interface Wording {
  readonly yes: string;
  readonly no: string;
  /** Where the question is not one of yes or no: how much, when, how far. */
  readonly fitting: string;
  readonly unfitting: string;
  readonly nothing: string;
  readonly and: string;
  opens(places: number): string;
  shuts(places: number): string;
  gives(people: number): string;
  costs(people: number): string;
  raises(points: number): string;
  lowers(points: number): string;
  readonly estimate: string;
}

const SWEDISH: Wording = {
  yes: 'Ett ja',
  no: 'ett nej',
  fitting: 'Ett svar som passar',
  unfitting: 'ett som inte passar',
  nothing: 'ändrar inget',
  and: ' och ',
  opens: (places) => `öppnar ${amount(places, 'en plats', 'platser')}`,
  shuts: (places) => `stänger ${amount(places, 'en plats', 'platser')}`,
  gives: (people) => `ger ${amount(people, 'en placering', 'placeringar')}`,
  costs: (people) => `tar bort ${amount(people, 'en placering', 'placeringar')}`,
  raises: (points) => `höjer summan med ${points} poäng`,
  lowers: (points) => `sänker summan med ${points} poäng`,
  estimate: ' Uppskattat; en provräkning ger det exakta.',
};

const ENGLISH: Wording = {
  yes: 'A yes',
  no: 'a no',
  fitting: 'An answer that fits',
  unfitting: 'one that does not',
  nothing: 'changes nothing',
  and: ' and ',
  opens: (places) => `opens ${amount(places, 'one place', 'places')}`,
  shuts: (places) => `shuts ${amount(places, 'one place', 'places')}`,
  gives: (people) => `gives ${amount(people, 'one placement', 'placements')}`,
  costs: (people) => `takes away ${amount(people, 'one placement', 'placements')}`,
  raises: (points) => `raises the sum by ${quantity(points, 'point', 'points')}`,
  lowers: (points) => `lowers the sum by ${quantity(points, 'point', 'points')}`,
  estimate: ' An estimate; a what-if gives the exact figures.',
};

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = { sv: SWEDISH, en: ENGLISH };

/** Points are only told where as many are placed. */
const changeIn = ({ places, placed, points }: AnswerEffect, wording: Wording): string => {
  const parts = [
    ...(places > 0 ? [wording.opens(places)] : []),
    ...(places < 0 ? [wording.shuts(-places)] : []),
    ...(placed > 0 ? [wording.gives(placed)] : []),
    ...(placed < 0 ? [wording.costs(-placed)] : []),
    ...(placed === 0 && points > 0 ? [wording.raises(points)] : []),
    ...(placed === 0 && points < 0 ? [wording.lowers(-points)] : []),
  ];
  return parts.length === 0 ? wording.nothing : parts.join(wording.and);
};

/** What a question of the call list is worth: "Ett ja öppnar 7 platser och ger en placering; ett nej ändrar inget." */
export const callGainSentence = (
  gains: {
    readonly yes: AnswerEffect;
    readonly no: AnswerEffect;
    readonly isEstimate: boolean;
    /** Whether the question can be answered by yes or no. */
    readonly isYesOrNo: boolean;
  },
  language: ExplanationLanguage,
): string => {
  const wording = WORDINGS[language];
  const [yes, no] = gains.isYesOrNo ? [wording.yes, wording.no] : [wording.fitting, wording.unfitting];
  return `${yes} ${changeIn(gains.yes, wording)}; ${no} ${changeIn(gains.no, wording)}.${gains.isEstimate ? wording.estimate : ''}`;
};
