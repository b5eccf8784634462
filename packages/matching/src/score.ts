import { SCORE_PARTS, type ScorePart, type ScorePartKind } from '@gruppstart/domain/matching/score';
import { type MatchingWeights, maxPointsOf } from '@gruppstart/domain/matching/weights';
import { creditOf, isUnknown, type Judgement, UNKNOWN_CREDIT_PERCENT } from './criteria/judgement.ts';

const PART_COUNT = SCORE_PARTS.length;
const PART_INDEX: Readonly<Record<ScorePartKind, number>> = {
  requirements: 0,
  experience: 1,
  terms: 2,
  'own-wishes': 3,
  commute: 4,
};

export const partIndex = (part: ScorePartKind): number => PART_INDEX[part];

/** Adds up the credits of one pair, part by part. One tally serves every pair in turn. */
export interface ScoreTally {
  readonly credits: Int32Array;
  readonly asked: Int32Array;
  readonly unknowns: Int32Array;
}

export const newTally = (): ScoreTally => ({
  credits: new Int32Array(PART_COUNT),
  asked: new Int32Array(PART_COUNT),
  unknowns: new Int32Array(PART_COUNT),
});

export const clearTally = (tally: ScoreTally): void => {
  for (let part = 0; part < PART_COUNT; part += 1) {
    tally.credits[part] = 0;
    tally.asked[part] = 0;
    tally.unknowns[part] = 0;
  }
};

export const addToTally = (tally: ScoreTally, part: number, judgement: Judgement): void => {
  tally.credits[part]! += creditOf(judgement);
  tally.asked[part]! += 1;
  if (isUnknown(judgement)) tally.unknowns[part]! += 1;
};

/** The weights in the form in which pairs are scored. */
export interface PartPoints {
  readonly points: Int32Array;
  readonly maxPoints: number;
  readonly minimumFitPercent: number;
}

export const partPointsOf = (weights: MatchingWeights): PartPoints => ({
  points: Int32Array.from(SCORE_PARTS, (part) => weights.points[part]),
  maxPoints: maxPointsOf(weights),
  minimumFitPercent: weights.minimumFitPercent,
});

/**
 * Points of one part: its weight times the mean credit of what was asked, rounded down. What is not asked for is fully
 * met. A part with something unknown in it is never zero (unless its weight is).
 */
export const pointsOfPart = (maxPoints: number, credits: number, asked: number, unknowns: number): number => {
  if (asked === 0) return maxPoints;
  const points = Math.floor((maxPoints * credits) / (100 * asked));
  return unknowns > 0 && points === 0 && maxPoints > 0 ? 1 : points;
};

export const totalPoints = (tally: ScoreTally, weights: PartPoints): number => {
  let total = 0;
  for (let part = 0; part < PART_COUNT; part += 1)
    total += pointsOfPart(weights.points[part]!, tally.credits[part]!, tally.asked[part]!, tally.unknowns[part]!);
  return total;
};

/** The points if every unknown turns out to be a full yes. */
export const bestPoints = (tally: ScoreTally, weights: PartPoints): number => {
  let total = 0;
  for (let part = 0; part < PART_COUNT; part += 1) {
    const unknowns = tally.unknowns[part]!;
    total += pointsOfPart(
      weights.points[part]!,
      tally.credits[part]! + (100 - UNKNOWN_CREDIT_PERCENT) * unknowns,
      tally.asked[part]!,
      0,
    );
  }
  return total;
};

/** A pair is only under the minimum when it stays there even if every unknown turns out well. */
export const reachesMinimumFit = (best: number, weights: PartPoints): boolean =>
  best * 100 >= weights.minimumFitPercent * weights.maxPoints;

export const scoreParts = (tally: ScoreTally, weights: PartPoints): ScorePart[] =>
  SCORE_PARTS.map((part, index) => ({
    part,
    points: pointsOfPart(weights.points[index]!, tally.credits[index]!, tally.asked[index]!, tally.unknowns[index]!),
    maxPoints: weights.points[index]!,
  }));

/** A whole percent, rounded down; null when there is nothing to be a share of. */
export const percentOf = (points: number, maxPoints: number): number | null =>
  maxPoints === 0 ? null : Math.floor((100 * points) / maxPoints);
