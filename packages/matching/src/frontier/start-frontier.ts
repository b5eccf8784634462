import type { FrontierPoint } from '@gruppstart/domain/matching/frontier';
import type { StartResult } from '../assign-starts.ts';
import type { CompiledRun } from '../compiled-run.ts';
import type { PairTable } from '../pairs.ts';
import { pointsPlaced } from '../points-placed.ts';
import { frontierOf } from './frontier.ts';

/**
 * The trade at one start, each point solved by itself with so many seats, side constraints and prices and all. `pinned`:
 * people who were placed there beforehand, with the sum of their points.
 */
export const startFrontier = (
  run: CompiledRun,
  table: PairTable,
  { people, assignment, cellsWith }: StartResult,
  pinned: { readonly people: number; readonly points: number },
): FrontierPoint[] => {
  const inAll = (cellOf: Int32Array) => ({
    placed: cellOf.filter((cell) => cell !== -1).length + pinned.people,
    points: pointsPlaced(table, people, cellOf) + pinned.points,
  });
  return frontierOf(
    inAll(assignment.cellOf),
    (most) => {
      const cellOf = cellsWith(Math.max(0, most - pinned.people));
      return cellOf && inAll(cellOf);
    },
    run.weights.maxPoints,
  );
};
