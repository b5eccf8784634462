import * as z from 'zod';
import { LocalDate, localDate } from '../shared/local-date.ts';
import { SCORE_PARTS } from './score.ts';

const PartPoints = z.int().min(0).max(1000);

/** What may lift somebody to a higher tier: how long they have waited, or how many starts went by meanwhile. */
export const TIER_GROUNDS = ['queue-days', 'missed-starts'] as const;
export const TierGround = z.enum(TIER_GROUNDS);
export type TierGround = z.infer<typeof TierGround>;

/** Who is placed before others, by a decision of the process owner. Nothing but time can be its ground. */
export const TierRule = z.strictObject({
  tier: z.int().min(1).max(9),
  ground: TierGround,
  /** Days, or starts. */
  atLeast: z.int().min(1).max(36_525),
  /** Where the decision can be read, e.g. a registry number. */
  decisionReference: z.string().min(3).max(80).regex(/\S/),
});
export type TierRule = z.infer<typeof TierRule>;

/** What a run weighs, as dated data: only the process owner changes it, by a new row. */
export const MatchingWeights = z
  .strictObject({
    version: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,39}$/),
    validFrom: LocalDate,
    /** Null: until a later row takes over. */
    validTo: LocalDate.nullable(),
    /** The most points that each part can give. */
    points: z.strictObject({
      requirements: PartPoints,
      experience: PartPoints,
      terms: PartPoints,
      'own-wishes': PartPoints,
      commute: PartPoints,
    }),
    /** A pair whose best possible share of all points (unknown counted as met) is lower than this is no pair. */
    minimumFitPercent: z.int().min(0).max(100),
    /** A travel time closer than this to the person's limit, on either side, is unknown: timetables are not exact. */
    nearTravelMarginMinutes: z.int().min(0).max(60),
    /** How much of a seat's worth to those who come later is charged, in percent. 0: no seat is kept for anybody. */
    scarcityPercent: z.int().min(0).max(100),
    /** Who has waited so many days is not charged: a kept seat never outranks a long wait. */
    longWaitDays: z.int().min(0).max(36_525),
    /** Whether those who came in past months stand for those who will come, beside those known already. */
    usesPastArrivals: z.boolean(),
    /** Empty: one tier, as long as nothing else is decided. */
    tiers: z.array(TierRule).max(9),
  })
  .refine((weights) => SCORE_PARTS.some((part) => weights.points[part] > 0), {
    path: ['points'],
    message: 'weights-all-zero',
  })
  .refine((weights) => weights.validTo === null || weights.validTo >= weights.validFrom, {
    path: ['validTo'],
    message: 'weights-end-before-start',
  });
export type MatchingWeights = z.infer<typeof MatchingWeights>;

/** The sum of all parts: what a pair that meets everything asked for gets. */
export const maxPointsOf = (weights: MatchingWeights): number =>
  SCORE_PARTS.reduce((sum, part) => sum + weights.points[part], 0);

/** The row a tenant begins with: our own judgement, open for the process owner to change. */
export const DEFAULT_WEIGHTS: MatchingWeights = {
  version: 'default-1',
  validFrom: localDate('2026-01-01'),
  validTo: null,
  points: { requirements: 40, experience: 15, terms: 10, 'own-wishes': 20, commute: 15 },
  minimumFitPercent: 35,
  nearTravelMarginMinutes: 5,
  scarcityPercent: 50,
  longWaitDays: 365,
  usesPastArrivals: false,
  tiers: [],
};

/** The row in force on a day; of several, the one that began last. Undefined when none is. */
export const weightsOn = (rows: readonly MatchingWeights[], day: LocalDate): MatchingWeights | undefined =>
  rows
    .filter((row) => row.validFrom <= day && (row.validTo === null || row.validTo >= day))
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
