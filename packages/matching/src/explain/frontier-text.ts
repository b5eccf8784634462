import type { ExplanationLanguage } from './phrasebook.ts';

/** A point of the trade between how many are placed and how well they fit. */
export interface PlacedAndFit {
  readonly placed: number;
  readonly fitPercent: number;
}

interface Wording {
  point(point: PlacedAndFit): string;
  /** `fewer` and `better` are both above 0. */
  against(fewer: number, better: number): string;
  same(fewer: number): string;
}

const SWEDISH: Wording = {
  point: ({ placed, fitPercent }) => `${placed} placerade, passning ${fitPercent} %`,
  against: (fewer, better) =>
    `${fewer} färre än som mest, passningen ${better} ${better === 1 ? 'procentenhet' : 'procentenheter'} bättre`,
  same: (fewer) => `${fewer} färre än som mest, ingen bättre passning`,
};

const ENGLISH: Wording = {
  point: ({ placed, fitPercent }) => `${placed} placed, fit ${fitPercent} %`,
  against: (fewer, better) =>
    `${fewer} fewer than at most, the fit ${better} percentage ${better === 1 ? 'point' : 'points'} better`,
  same: (fewer) => `${fewer} fewer than at most, no better fit`,
};

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = { sv: SWEDISH, en: ENGLISH };

/** The whole trade in one line, the most placed first: "14 placerade, passning 71 %; 13 placerade, passning 84 %." */
export const frontierText = (points: readonly PlacedAndFit[], language: ExplanationLanguage): string =>
  points.length === 0
    ? ''
    : `${points
        .toSorted((a, b) => b.placed - a.placed)
        .map((point) => WORDINGS[language].point(point))
        .join('; ')}.`;

/** One point, and what it costs and gives against the point where most are placed. */
export const frontierPointText = (point: PlacedAndFit, most: PlacedAndFit, language: ExplanationLanguage): string => {
  const wording = WORDINGS[language];
  const fewer = most.placed - point.placed;
  if (fewer <= 0) return `${wording.point(point)}.`;
  const better = point.fitPercent - most.fitPercent;
  return `${wording.point(point)}: ${better > 0 ? wording.against(fewer, better) : wording.same(fewer)}.`;
};
