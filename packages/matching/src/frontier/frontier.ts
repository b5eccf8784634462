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

/** How many fewer are tried: every one at first, then in growing steps. */
const FEWER = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987] as const;

/** Of more points than can be shown the first stays, and the rest are spread evenly to the last. */
const spread = (points: readonly FrontierPoint[]): FrontierPoint[] => {
  if (points.length <= MAX_FRONTIER_POINTS) return [...points];
  const step = (points.length - 1) / (MAX_FRONTIER_POINTS - 1);
  return Array.from({ length: MAX_FRONTIER_POINTS }, (_, index) => points[Math.round(index * step)]!);
};

/**
 * The trade between how many are placed at a start and how well they fit: the most first, then every smaller number that
 * fits better by at least one percent of all points. Each is the best there is with so many people, and is reached by a
 * run that places at most so many.
 *
 * `atMost(n)` solves the start with n seats in all; it is asked for falling n. `maxPoints`: what one person can get.
 */
export const frontierOf = (
  most: PlacedAndPoints,
  atMost: (people: number) => PlacedAndPoints,
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
    const point = pointOf(atMost(people));
    if (point !== null && point.fitPercent > points.at(-1)!.fitPercent) points.push(point);
  }
  return spread(points);
};
