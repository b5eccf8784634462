import type { CriterionSource } from '@gruppstart/domain/matching/criterion';
import type { MatchPlace, TravelToUnit } from '../model.ts';
import { type Criterion, judgedBase } from './criterion.ts';
import type { CandidateFacts } from './facts.ts';
import { isNo, isYes, type Judgement, NO, UNKNOWN, verdictOf, yesWithCredit } from './judgement.ts';

/** True when a travel time is too close to the limit to be trusted either way. */
const isNearLimit = (minutes: number, limitMinutes: number, marginMinutes: number): boolean =>
  Math.abs(minutes - limitMinutes) < marginMinutes;

/**
 * Up to half the limit gives all of the credit, the limit itself half of it, and a straight line lies between: a known
 * way to work that the person accepts is never worth less than an unknown one.
 */
export const judgeMinutes = (minutes: number, limitMinutes: number, marginMinutes: number): Judgement => {
  if (isNearLimit(minutes, limitMinutes, marginMinutes)) return UNKNOWN;
  if (minutes > limitMinutes) return NO;
  return yesWithCredit(Math.min(100, Math.floor((100 * (3 * limitMinutes - 2 * minutes)) / (2 * limitMinutes))));
};

type TravelSource = Extract<CriterionSource, 'travel-table' | 'maxTravelMinutes' | 'hasCar'>;

/** What is known of how somebody comes to one unit. */
export interface Journey {
  /** Undefined: the table has no row. */
  readonly row: TravelToUnit | undefined;
  readonly limit: number | null;
  readonly hasCar: boolean | null;
}

/** By car for who has one, else by bus; the slower of both when that is not known. Null: no minutes to compare. */
const comparedMinutes = (row: TravelToUnit | undefined, hasCar: boolean | null): number | null => {
  if (row === undefined) return null;
  const { carMinutes, busMinutes } = row;
  if (hasCar !== null) return hasCar ? carMinutes : busMinutes;
  if (carMinutes === null) return busMinutes;
  return busMinutes === null ? carMinutes : Math.max(carMinutes, busMinutes);
};

/** For somebody of whom it is not known whether there is a car: sure only when both ways say the same. */
const judgeBothWays = (row: TravelToUnit, limit: number, margin: number): Judgement => {
  if (row.carMinutes === null || row.busMinutes === null) return UNKNOWN;
  const byCar = judgeMinutes(row.carMinutes, limit, margin);
  const byBus = judgeMinutes(row.busMinutes, limit, margin);
  if (isNo(byCar) && isNo(byBus)) return NO;
  return isYes(byCar) && isYes(byBus) ? Math.min(byCar, byBus) : UNKNOWN;
};

export const judgeJourney = ({ row, limit, hasCar }: Journey, margin: number): Judgement => {
  if (row === undefined || limit === null) return UNKNOWN;
  if (hasCar === null) return judgeBothWays(row, limit, margin);
  const minutes = hasCar ? row.carMinutes : row.busMinutes;
  return minutes === null ? UNKNOWN : judgeMinutes(minutes, limit, margin);
};

/** What was decisive, or what to ask: the table first, then the limit, then the car when it would make a difference. */
export const journeySource = ({ row, limit, hasCar }: Journey, margin: number): TravelSource => {
  if (row === undefined || comparedMinutes(row, hasCar) === null) return 'travel-table';
  if (hasCar !== null || limit === null) return 'maxTravelMinutes';
  const { carMinutes, busMinutes } = row;
  if (carMinutes === null || busMinutes === null) return 'hasCar';
  const sameEitherWay =
    verdictOf(judgeMinutes(carMinutes, limit, margin)) === verdictOf(judgeMinutes(busMinutes, limit, margin));
  return sameEitherWay ? 'maxTravelMinutes' : 'hasCar';
};

const journeyOf = ({ candidate, travel }: CandidateFacts, { unitId }: MatchPlace): Journey => ({
  row: travel?.get(unitId),
  limit: candidate.maxTravelMinutes,
  hasCar: candidate.hasCar,
});

/** Minutes from the tenant's table against the person's own limit. */
export const travelCriterion = (place: MatchPlace, marginMinutes: number): Criterion => {
  const criterion: Criterion = {
    topic: { kind: 'travel' },
    topicKey: 'travel',
    levelKey: `travel:${place.unitId}`,
    requirementIndex: null,
    excludes: true,
    part: 'commute',
    learntBy: null,
    judge: (facts) => judgeJourney(journeyOf(facts, place), marginMinutes),
    factsKey: ({ candidate: { travelRow, maxTravelMinutes, hasCar } }) => `${travelRow} ${maxTravelMinutes} ${hasCar}`,
    source: (facts) => journeySource(journeyOf(facts, place), marginMinutes),
    explain: (facts, start) => {
      const { hasCar, maxTravelMinutes } = facts.candidate;
      const row = facts.travel?.get(place.unitId);
      const minutes = comparedMinutes(row, hasCar);
      return {
        kind: 'travel',
        ...judgedBase(criterion, facts, start),
        asked: { maxTravelMinutes },
        found: {
          hasCar,
          carMinutes: row?.carMinutes ?? null,
          busMinutes: row?.busMinutes ?? null,
          minutes,
          nearLimit:
            minutes !== null && maxTravelMinutes !== null && isNearLimit(minutes, maxTravelMinutes, marginMinutes),
        },
      };
    },
  };
  return criterion;
};
