import type { CriterionCost, PlaceOutcome } from '@gruppstart/domain/matching/outcome';
import { amount, quantity } from './numbers.ts';
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
  readonly estimate: string;
  seatPrice(points: number): string;
  what(topic: string, isRequirement: boolean): string;
  excludes(people: number, alone: number): string;
  placedWithout(people: number): string;
}

const SWEDISH: Wording = {
  seatPlaces: (people) => `Med ett säte till här skulle ${amount(people, 'en person', 'personer')} till få plats.`,
  seatFits: (points) =>
    `Med ett säte till här skulle inte fler få plats, men passningen bli bättre med ${points} poäng.`,
  seatNothing: 'Ett säte till här skulle inte ändra något.',
  estimate:
    'Siffrorna är uppskattade: handledartid, pass, delade säten och regler om två personer är räknade som de är bestämda nu. En provräkning ger det exakta.',
  seatPrice: (points) =>
    `${points} poäng räknades av för ett säte här, för det behövs av personer som passar få andra platser.`,
  what: (topic, isRequirement) => `${isRequirement ? 'Kravet' : 'Villkoret'} ”${topic}”`,
  excludes: (people, alone) => `stänger ute ${people}; för ${alone === 0 ? 'ingen' : alone} av dem är det enda hindret`,
  placedWithout: (people) => `utan det skulle ${people === 0 ? 'inte' : people} fler få plats`,
};

const ENGLISH: Wording = {
  seatPlaces: (people) =>
    `With one more seat here, ${amount(people, 'one more person', 'more people')} would get a place.`,
  seatFits: (points) =>
    `With one more seat here no more people would get a place, but the fit would be better by ${quantity(points, 'point', 'points')}.`,
  seatNothing: 'One more seat here would change nothing.',
  estimate:
    'The figures are estimates: supervisors’ hours, sessions, shared seats and rules about two people are counted as they are decided now. A what-if gives the exact ones.',
  seatPrice: (points) =>
    `${quantity(points, 'point was', 'points were')} taken off for a seat here, because people who fit few other places need it.`,
  what: (topic, isRequirement) => `The ${isRequirement ? 'requirement' : 'condition'} “${topic}”`,
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

/** What a criterion costs in candidates. */
export const criterionCostSentence = (
  cost: CriterionCost,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): string => {
  const wording = WORDINGS[language];
  const what = wording.what(topicText(cost.topic, labels, phrasebookFor(language)), cost.requirementIndex !== null);
  return `${what} ${wording.excludes(cost.excluded, cost.excludedAlone)}; ${wording.placedWithout(cost.placedWithout)}.`;
};

/** A place in words: what one more seat is worth, what a seat is charged, and what each criterion costs that costs anything. */
export const placeSentences = (
  {
    oneMoreSeat,
    seatPricePoints,
    criteria,
    isEstimate,
  }: Pick<PlaceOutcome, 'oneMoreSeat' | 'seatPricePoints' | 'criteria' | 'isEstimate'>,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): string[] => [
  oneMoreSeatSentence(oneMoreSeat, language),
  ...(seatPricePoints > 0 ? [WORDINGS[language].seatPrice(seatPricePoints)] : []),
  ...criteria
    .filter(({ excluded }) => excluded > 0)
    .toSorted(
      (a, b) => b.placedWithout - a.placedWithout || b.excludedAlone - a.excludedAlone || b.excluded - a.excluded,
    )
    .map((cost) => criterionCostSentence(cost, labels, language)),
  ...(isEstimate ? [WORDINGS[language].estimate] : []),
];
