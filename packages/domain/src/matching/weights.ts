import * as z from 'zod';
import { DecisionReference } from '../shared/decision-reference.ts';
import { NO_PERSONAL_NUMBER, UserId } from '../shared/ids.ts';
import { Instant, LocalDate, localDate, stockholmDay } from '../shared/local-date.ts';
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
  decisionReference: DecisionReference,
});
export type TierRule = z.infer<typeof TierRule>;

const stated = {
  version: z.string().regex(new RegExp(`^${NO_PERSONAL_NUMBER}[a-z0-9][a-z0-9.-]{0,39}$`)),
  validFrom: LocalDate,
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
  /** Who has waited so many days never loses a start to what a seat is charged: a kept seat outranks no long wait. */
  longWaitDays: z.int().min(0).max(36_525),
  /** Whether those who came in past months stand for those who will come, beside those known already. */
  usesPastArrivals: z.boolean(),
  /** Empty: one tier, as long as nothing else is decided. */
  tiers: z.array(TierRule).max(9),
};

const givesPoints = ({ points }: { readonly points: z.infer<typeof stated.points> }): boolean =>
  SCORE_PARTS.some((part) => points[part] > 0);
const ALL_ZERO = { path: ['points'], message: 'weights-all-zero' };

/** What the process owner states: a new row, which holds until a later one begins. */
export const NewWeights = z.strictObject(stated).refine(givesPoints, ALL_ZERO);
export type NewWeights = z.infer<typeof NewWeights>;

/** What a run weighs, as dated data: only the process owner changes it, by a new row. */
export const MatchingWeights = z
  .strictObject({
    ...stated,
    /** Null: until a later row takes over. */
    validTo: LocalDate.nullable(),
  })
  .refine(givesPoints, ALL_ZERO)
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
  scarcityPercent: 100,
  longWaitDays: 365,
  usesPastArrivals: false,
  tiers: [],
};

/** A row with who stated it and when. Once stated it is never changed. */
export const StatedWeights = z.strictObject({ weights: MatchingWeights, statedBy: UserId, statedAt: Instant });
export type StatedWeights = z.infer<typeof StatedWeights>;

/** The row in force on a day; of several, the one that began last, and of those the last in the list. */
export const weightsOn = (rows: readonly MatchingWeights[], day: LocalDate): MatchingWeights | undefined =>
  rows
    .filter((row) => row.validFrom <= day && (row.validTo === null || row.validTo >= day))
    .reduce<MatchingWeights | undefined>(
      (latest, row) => (latest !== undefined && latest.validFrom > row.validFrom ? latest : row),
      undefined,
    );

/** In the order in which they were stated; of two in the same millisecond, by their names. */
export const byStating = (a: StatedWeights, b: StatedWeights): number => {
  const [first, second] = [a, b].map(({ statedAt, weights }) => `${statedAt} ${weights.version}`);
  return String(first) < String(second) ? -1 : 1;
};

/**
 * The row in force at an instant, among those that had been stated by then: what is stated later the same day changes
 * nothing for a run that is ordered already. Before any, the row that a tenant begins with.
 */
export const weightsAt = (rows: readonly StatedWeights[], at: Instant): MatchingWeights => {
  const known = rows.filter(({ statedAt }) => statedAt <= at).toSorted(byStating);
  return weightsOn([DEFAULT_WEIGHTS, ...known.map(({ weights }) => weights)], stockholmDay(at)) ?? DEFAULT_WEIGHTS;
};
