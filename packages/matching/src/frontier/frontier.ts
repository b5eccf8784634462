import type { FrontierPoint } from '@gruppstart/domain/matching/frontier';
import { percentOf } from '../score.ts';

/** How many people an assignment places, and the sum of their points. */
export interface PlacedAndPoints {
  readonly placed: number;
  readonly points: number;
}

/** As many as somebody can weigh against each other at a glance. */
export const MAX_FRONTIER_POINTS = 5;

/** Fewer than this share of those who could be placed is never offered: the programme is there to place people. */
const LEAST_SHARE_PERCENT = 75;

/** How many fewer are tried: every one to a dozen, which is what a start is about, then in steps that grow by a fifth. */
const FEWER = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 20, 24, 29, 35, 42, 50, 60, 72, 86, 104, 124, 149, 179, 215, 258, 309,
  371, 445, 534, 641, 769, 923, 1108, 1330,
] as const;

/** Of more points than can be shown the first stays, and the rest are spread evenly to the last. */
const spread = (points: readonly FrontierPoint[]): FrontierPoint[] => {
  if (points.length <= MAX_FRONTIER_POINTS) return [...points];
  const step = (points.length - 1) / (MAX_FRONTIER_POINTS - 1);
  return Array.from({ length: MAX_FRONTIER_POINTS }, (_, index) => points[Math.round(index * step)]!);
};

/**
 * The trade between how many are placed at a start and how well they fit: the most first, then each smaller number tried
 * whose fit, in whole percent, is higher than the one before, down to three quarters of the most. Each is the best there is
 * with so many people, and is reached by a run that places at most so many.
 *
 * `atMost(n)` solves the start with n seats in all; it is asked for falling n, until it does not know any more (null). `maxPoints`: what one person can get.
 */
export const frontierOf = (
  most: PlacedAndPoints,
  atMost: (people: number) => PlacedAndPoints | null,
  maxPoints: number,
): FrontierPoint[] => {
  const pointOf = ({ placed, points }: PlacedAndPoints): FrontierPoint | null => {
    const fitPercent = percentOf(points, placed * maxPoints);
    return fitPercent === null ? null : { placed, points, fitPercent };
  };
  const first = pointOf(most);
  if (first === null) return [];
  const least = Math.max(1, Math.ceil((most.placed * LEAST_SHARE_PERCENT) / 100));
  const points = [first];
  for (const fewer of FEWER) {
    const people = most.placed - fewer;
    if (people < least) break;
    const tried = atMost(people);
    if (tried === null) break;
    const point = pointOf(tried);
    if (point !== null && point.fitPercent > points.at(-1)!.fitPercent) points.push(point);
  }
  return spread(points);
};
