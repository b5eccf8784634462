import type { CriterionSource } from '@gruppstart/domain/matching/criterion';
import type { MatchPlace } from '../model.ts';
import { type Criterion, judgedBase } from './criterion.ts';
import type { CandidateFacts } from './facts.ts';
import { isNo, isUnknown, type Judgement, NO, UNKNOWN, yesWithCredit } from './judgement.ts';

/** True when a travel time is too close to the limit to be trusted either way. */
export const isNearLimit = (minutes: number, limitMinutes: number, marginMinutes: number): boolean =>
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

interface TravelFinding {
  readonly judgement: Judgement;
  readonly source: CriterionSource;
  /** The minutes compared with the limit: by car for who has one, else by bus, the slower when it is not known. */
  readonly minutes: number | null;
}

const NO_ROW: TravelFinding = { judgement: UNKNOWN, source: 'travel-table', minutes: null };

const judgeTravel = (facts: CandidateFacts, place: MatchPlace, marginMinutes: number): TravelFinding => {
  const { hasCar, maxTravelMinutes: limit } = facts.candidate;
  const row = facts.travel?.get(place.unitId);
  if (row === undefined) return NO_ROW;
  const { carMinutes, busMinutes } = row;
  if (hasCar !== null) {
    const minutes = hasCar ? carMinutes : busMinutes;
    if (minutes === null) return NO_ROW;
    if (limit === null) return { judgement: UNKNOWN, source: 'maxTravelMinutes', minutes };
    return { judgement: judgeMinutes(minutes, limit, marginMinutes), source: 'maxTravelMinutes', minutes };
  }
  if (carMinutes === null && busMinutes === null) return NO_ROW;
  const minutes = Math.max(carMinutes ?? 0, busMinutes ?? 0);
  if (limit === null) return { judgement: UNKNOWN, source: 'maxTravelMinutes', minutes };
  if (carMinutes === null || busMinutes === null) return { judgement: UNKNOWN, source: 'hasCar', minutes };
  const byCar = judgeMinutes(carMinutes, limit, marginMinutes);
  const byBus = judgeMinutes(busMinutes, limit, marginMinutes);
  if (isUnknown(byCar) && isUnknown(byBus)) return { judgement: UNKNOWN, source: 'maxTravelMinutes', minutes };
  if (isNo(byCar) && isNo(byBus)) return { judgement: NO, source: 'maxTravelMinutes', minutes };
  if (isNo(byCar) || isNo(byBus) || isUnknown(byCar) || isUnknown(byBus))
    return { judgement: UNKNOWN, source: 'hasCar', minutes };
  return { judgement: Math.min(byCar, byBus), source: 'maxTravelMinutes', minutes };
};

/** Minutes from the tenant's table against the person's own limit. */
export const travelCriterion = (place: MatchPlace, marginMinutes: number): Criterion => {
  const criterion: Criterion = {
    topic: { kind: 'travel' },
    topicKey: 'travel',
    requirementIndex: null,
    excludes: true,
    part: 'commute',
    judge: (facts) => judgeTravel(facts, place, marginMinutes).judgement,
    source: (facts) => judgeTravel(facts, place, marginMinutes).source,
    explain: (facts, start) => {
      const { hasCar, maxTravelMinutes } = facts.candidate;
      const row = facts.travel?.get(place.unitId);
      const { minutes } = judgeTravel(facts, place, marginMinutes);
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
