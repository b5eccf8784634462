import type { FrontierPoint } from '@gruppstart/domain/matching/frontier';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { quantity } from './numbers.ts';
import type { ExplanationLanguage } from './phrasebook.ts';
import { phrasebookFor } from './sentences.ts';

type PlacedAndFit = Pick<FrontierPoint, 'placed' | 'fitPercent'>;

const POINTS: Readonly<Record<ExplanationLanguage, (point: PlacedAndFit) => string>> = {
  sv: ({ placed, fitPercent }) => `${quantity(placed, 'placerad', 'placerade')}, passning ${fitPercent} %`,
  en: ({ placed, fitPercent }) => `${placed} placed, fit ${fitPercent} %`,
};

const AT_START: Readonly<Record<ExplanationLanguage, (date: string) => string>> = {
  sv: (date) => `Start ${date}: `,
  en: (date) => `Start on ${date}: `,
};

/**
 * The trade in one line, the most placed first: "14 placerade, passning 71 %; 13 placerade, passning 84 %." `startDate`: of
 * the start that it is about, where a run has several; null where it has one.
 */
export const frontierText = (
  points: readonly PlacedAndFit[],
  startDate: LocalDate | null,
  language: ExplanationLanguage,
): string => {
  const inOrder = points.toSorted((a, b) => b.placed - a.placed);
  const where = startDate === null ? '' : AT_START[language](phrasebookFor(language).date(startDate));
  return inOrder.length === 0 ? '' : `${where}${inOrder.map(POINTS[language]).join('; ')}.`;
};
