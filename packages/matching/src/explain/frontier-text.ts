import type { FrontierPoint } from '@gruppstart/domain/matching/frontier';
import { quantity } from './numbers.ts';
import type { ExplanationLanguage } from './phrasebook.ts';

type PlacedAndFit = Pick<FrontierPoint, 'placed' | 'fitPercent'>;

const POINTS: Readonly<Record<ExplanationLanguage, (point: PlacedAndFit) => string>> = {
  sv: ({ placed, fitPercent }) => `${quantity(placed, 'placerad', 'placerade')}, passning ${fitPercent} %`,
  en: ({ placed, fitPercent }) => `${placed} placed, fit ${fitPercent} %`,
};

/** The trade in one line, the most placed first: "14 placerade, passning 71 %; 13 placerade, passning 84 %." */
export const frontierText = (points: readonly PlacedAndFit[], language: ExplanationLanguage): string => {
  const inOrder = points.toSorted((a, b) => b.placed - a.placed);
  return inOrder.length === 0 ? '' : `${inOrder.map(POINTS[language]).join('; ')}.`;
};
