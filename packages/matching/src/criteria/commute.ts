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

const judgeTravel = (facts: CandidateFacts, place: MatchPlace, margin: number): Judgement => {
  const { hasCar, maxTravelMinutes: limit } = facts.candidate;
  const row = facts.travel?.get(place.unitId);
  if (row === undefined || limit === null) return UNKNOWN;
  if (hasCar === null) return judgeBothWays(row, limit, margin);
  const minutes = hasCar ? row.carMinutes : row.busMinutes;
  return minutes === null ? UNKNOWN : judgeMinutes(minutes, limit, margin);
};

/** What was decisive, or what to ask: the table first, then the limit, then the car when it would make a difference. */
const travelSource = (facts: CandidateFacts, place: MatchPlace, margin: number): TravelSource => {
  const { hasCar, maxTravelMinutes: limit } = facts.candidate;
  const row = facts.travel?.get(place.unitId);
  if (row === undefined || comparedMinutes(row, hasCar) === null) return 'travel-table';
  if (hasCar !== null || limit === null) return 'maxTravelMinutes';
  const { carMinutes, busMinutes } = row;
  if (carMinutes === null || busMinutes === null) return 'hasCar';
  const sameEitherWay =
    verdictOf(judgeMinutes(carMinutes, limit, margin)) === verdictOf(judgeMinutes(busMinutes, limit, margin));
  return sameEitherWay ? 'maxTravelMinutes' : 'hasCar';
};

/** Minutes from the tenant's table against the person's own limit. */
export const travelCriterion = (place: MatchPlace, marginMinutes: number): Criterion => {
  const criterion: Criterion = {
    topic: { kind: 'travel' },
    topicKey: 'travel',
    requirementIndex: null,
    excludes: true,
    part: 'commute',
    learntBy: null,
    judge: (facts) => judgeTravel(facts, place, marginMinutes),
    source: (facts) => travelSource(facts, place, marginMinutes),
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
