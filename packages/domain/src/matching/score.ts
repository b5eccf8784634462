import * as z from 'zod';

/**
 * The parts of a score.
 * - `requirements`: skills, languages and licences that the place asks for (must and wish; a learnable is never scored).
 * - `experience`: experience that the place asks for, near occupations credited in part.
 * - `terms`: start day, share, working times and fixed engagements.
 * - `own-wishes`: the person's own wishes, in their order.
 * - `commute`: minutes to the unit against the person's own limit.
 */
export const SCORE_PARTS = ['requirements', 'experience', 'terms', 'own-wishes', 'commute'] as const;
export const ScorePartKind = z.enum(SCORE_PARTS);
export type ScorePartKind = z.infer<typeof ScorePartKind>;

/** A whole number of points out of those that the weights give the part. A score is exactly the sum of its parts. */
export const ScorePart = z.strictObject({
  part: ScorePartKind,
  points: z.int().min(0).max(1000),
  maxPoints: z.int().min(0).max(1000),
});
export type ScorePart = z.infer<typeof ScorePart>;
