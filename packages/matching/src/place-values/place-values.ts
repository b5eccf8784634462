import { probeExtraSeat } from '../assignment/probe.ts';
import type { CompiledRun } from '../compiled-run.ts';
import type { Levels } from '../eligibility/run-levels.ts';
import type { PairTable } from '../pairs.ts';
import { besidePoints } from '../points-of-change.ts';
import type { SolvedStart } from '../solved-start.ts';
import type { EdgeWorth } from '../start-problem.ts';
import { newcomersOf } from './newcomers.ts';
import { canTakeOneMore, placedWithout } from './placed-without.ts';

/** What would change at a start if a place were otherwise. */
export interface PlaceValue {
  readonly oneMoreSeat: { readonly placed: number; readonly points: number };
  /** People more who would be placed without a criterion, by its index among the place's. */
  readonly placedWithout: ReadonlyMap<number, number>;
}

/** The values of every place at one start: of its whole seats, everything else being as it is. */
export const placeValues = (
  run: CompiledRun,
  table: PairTable,
  levels: Levels,
  solved: SolvedStart,
  worth: EdgeWorth,
): PlaceValue[] => {
  const { state, result } = solved;
  const newcomersAt = newcomersOf(run, levels, solved, worth);
  const bit = 1 << result.startIndex;
  const extraSeat = new Map<number, { readonly placed: number; readonly points: number }>();
  const oneMoreSeatAt = (cell: number) => {
    const known = extraSeat.get(cell);
    if (known !== undefined) return known;
    const beside = besidePoints(run, worth, solved);
    const { change } = probeExtraSeat(state, cell, beside.tell);
    const value = { placed: change.placed, points: change.value - beside.sum() };
    extraSeat.set(cell, value);
    return value;
  };
  const freesOneMore = (cell: number): boolean => oneMoreSeatAt(cell).placed > 0;
  return run.places.map(({ firstCell, startMask }, p): PlaceValue => {
    const oneMoreSeat = (startMask & bit) === 0 ? { placed: 0, points: 0 } : oneMoreSeatAt(firstCell);
    const without = new Map<number, number>();
    const { excludedAlone } = table.places[p]!;
    const mayFill = (startMask & bit) !== 0 && excludedAlone.some((people) => people > 0);
    if (mayFill && canTakeOneMore(state, firstCell))
      for (const [criterion, people] of excludedAlone.entries())
        if (people > 0)
          without.set(criterion, placedWithout(state, firstCell, newcomersAt(firstCell, criterion), freesOneMore));
    return { oneMoreSeat, placedWithout: without };
  });
};
