import type { CriterionCost } from '@gruppstart/domain/matching/outcome';
import { amount } from './numbers.ts';
import type { ExplainLabels, ExplanationLanguage } from './phrasebook.ts';
import { phrasebookFor, topicText } from './sentences.ts';

/** What one more seat at a place gives the run: people placed, and points where nobody more is placed. */
export interface SeatWorth {
  readonly placed: number;
  readonly points: number;
}

interface Wording {
  seatPlaces(people: number): string;
  seatFits(points: number): string;
  readonly seatNothing: string;
  what(topic: string, isRequirement: boolean): string;
  readonly excludesNobody: string;
  excludes(people: number, alone: number): string;
  placedWithout(people: number): string;
}

const SWEDISH: Wording = {
  seatPlaces: (people) => `Med en plats till här skulle ${amount(people, 'en person', 'personer')} till få plats.`,
  seatFits: (points) =>
    `Med en plats till här skulle inte fler få plats, men passningen bli bättre med ${points} poäng.`,
  seatNothing: 'En plats till här skulle inte ändra något.',
  what: (topic, isRequirement) => `${isRequirement ? 'Kravet' : 'Villkoret'} ${topic}`,
  excludesNobody: 'stänger inte ute någon',
  excludes: (people, alone) => `stänger ute ${people}; för ${alone === 0 ? 'ingen' : alone} av dem är det enda hindret`,
  placedWithout: (people) => `utan det skulle ${people === 0 ? 'inte' : people} fler få plats`,
};

const ENGLISH: Wording = {
  seatPlaces: (people) =>
    `With one more seat here, ${amount(people, 'one more person', 'more people')} would get a place.`,
  seatFits: (points) =>
    `With one more seat here no more people would get a place, but the fit would be better by ${points} points.`,
  seatNothing: 'One more seat here would change nothing.',
  what: (topic, isRequirement) => `The ${isRequirement ? 'requirement' : 'condition'} ${topic}`,
  excludesNobody: 'shuts nobody out',
  excludes: (people, alone) =>
    `shuts out ${people}; for ${alone === 0 ? 'none' : alone} of them it is the only hindrance`,
  placedWithout: (people) => `without it ${people === 0 ? 'no' : people} more would get a place`,
};

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = { sv: SWEDISH, en: ENGLISH };

export const oneMoreSeatSentence = ({ placed, points }: SeatWorth, language: ExplanationLanguage): string => {
  const wording = WORDINGS[language];
  if (placed > 0) return wording.seatPlaces(placed);
  return points > 0 ? wording.seatFits(points) : wording.seatNothing;
};

/** What a criterion costs in candidates. `placedWithout`: how many more would be placed; null: not worked out. */
export const criterionCostSentence = (
  cost: Pick<CriterionCost, 'topic' | 'requirementIndex' | 'excluded' | 'excludedAlone'>,
  placedWithout: number | null,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): string => {
  const wording = WORDINGS[language];
  const what = wording.what(topicText(cost.topic, labels, phrasebookFor(language)), cost.requirementIndex !== null);
  if (cost.excluded === 0) return `${what} ${wording.excludesNobody}.`;
  const without = placedWithout === null ? '' : `; ${wording.placedWithout(placedWithout)}`;
  return `${what} ${wording.excludes(cost.excluded, cost.excludedAlone)}${without}.`;
};
