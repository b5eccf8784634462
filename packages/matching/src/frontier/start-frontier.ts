import type { FrontierPoint } from '@gruppstart/domain/matching/frontier';
import { pointsPlaced } from '../assign-starts.ts';
import { changeTotalSeats } from '../assignment/change.ts';
import { copyState } from '../assignment/state.ts';
import type { CompiledRun } from '../compiled-run.ts';
import type { PairTable } from '../pairs.ts';
import type { SolvedStart } from '../solved-start.ts';
import { frontierOf } from './frontier.ts';

/** The trade at one start. `pinned`: people who were placed there beforehand, with the sum of their points. */
export const startFrontier = (
  run: CompiledRun,
  table: PairTable,
  { result, state }: SolvedStart,
  pinned: { readonly people: number; readonly points: number },
): FrontierPoint[] => {
  const { people } = result;
  const changed = copyState(state);
  const inAll = () => ({
    placed: changed.used[changed.tree.start]! + pinned.people,
    points: pointsPlaced(table, people, changed.cellOf) + pinned.points,
  });
  return frontierOf(
    inAll(),
    (most) => {
      changeTotalSeats(changed, Math.max(0, most - pinned.people));
      return inAll();
    },
    run.weights.maxPoints,
  );
};
