import { probeExtraSeat } from '../assignment/probe.ts';
import type { CompiledRun } from '../compiled-run.ts';
import type { Levels } from '../eligibility/run-levels.ts';
import type { PairTable } from '../pairs.ts';
import { besidePoints } from '../points-of-change.ts';
import type { SolvedStart } from '../solved-start.ts';
import { effortOfEach } from '../start-otherwise.ts';
import type { EdgeWorth } from '../start-problem.ts';
import { newcomersOf } from './newcomers.ts';
import { canTakeOneMore, placedWithout } from './placed-without.ts';
import { valuesAnew } from './values-anew.ts';

/** What would change at a start if a place were otherwise. */
export interface PlaceValue {
  readonly oneMoreSeat: { readonly placed: number; readonly points: number };
  /** People more who would be placed without a criterion, by its index among the place's. */
  readonly placedWithout: ReadonlyMap<number, number>;
  /** True when what was decided about hours, sessions, shared seats and pairs was held as it is. */
  readonly isEstimate: boolean;
}

/** The values of every place at one start, worked out from its flow: of whole seats, everything else being as it is. */
const valuesInFlow = (
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
  const isEstimate = result.otherwise !== null;

  return run.places.map(({ firstCell, startMask }, p): PlaceValue => {
    if ((startMask & bit) === 0) return NO_VALUE;
    const without = new Map<number, number>();
    const { excludedAlone } = table.places[p]!;
    if (excludedAlone.some((people) => people > 0) && canTakeOneMore(state, firstCell))
      for (const [criterion, people] of excludedAlone.entries())
        if (people > 0)
          without.set(criterion, placedWithout(state, firstCell, newcomersAt(firstCell, criterion), freesOneMore));
    return { oneMoreSeat: oneMoreSeatAt(firstCell), placedWithout: without, isEstimate };
  });
};

const NO_VALUE: PlaceValue = { oneMoreSeat: { placed: 0, points: 0 }, placedWithout: new Map(), isEstimate: false };

/** What may cost somebody the place: what shuts people out there, or sends them to a session with few seats. */
const costlyCriteria = (run: CompiledRun, table: PairTable, p: number): readonly number[] => {
  const { criteria, firstCell } = run.places[p]!;
  const { sessions } = run.cells[firstCell]!;
  const { excluded, excludedAlone } = table.places[p]!;
  // Of a shared seat, what shuts somebody out of one part alone need not shut them out of the place.
  return [...criteria.keys()].filter((k) => excluded[k]! > 0 || excludedAlone[k]! > 0 || (sessions[k] ?? -1) >= 0);
};

/**
 * The values of every place at one start. Where people share more than seats the start is solved anew for each, as long as
 * that is no great work; else they come from the flow in which what was decided is held.
 */
export const placeValues = (
  run: CompiledRun,
  table: PairTable,
  levels: Levels,
  solved: SolvedStart,
  worth: EdgeWorth,
): PlaceValue[] => {
  const inFlow = (): PlaceValue[] => valuesInFlow(run, table, levels, solved, worth);
  const { otherwise, startIndex } = solved.result;
  if (otherwise === null) return inFlow();
  const open = [...run.places.keys()].filter((p) => (run.places[p]!.startMask & (1 << startIndex)) !== 0);
  const costly = new Map(open.map((p) => [p, costlyCriteria(run, table, p)]));
  const questions = [...costly.values()].reduce((sum, criteria) => sum + 1 + criteria.length, 0);
  const effort = effortOfEach(otherwise, questions);
  if (effort === null) return inFlow();
  const anew = valuesAnew(run, table, levels, otherwise);
  let held: readonly PlaceValue[] | null = null;
  return run.places.map((_, p): PlaceValue => {
    const criteria = costly.get(p);
    if (criteria === undefined) return NO_VALUE;
    const oneMoreSeat = anew.oneMoreSeat(p, effort);
    const without = criteria.map((criterion) => [criterion, anew.placedWithout(p, criterion, effort)] as const);
    const known = without.filter((each): each is readonly [number, number] => each[1] !== null);
    if (oneMoreSeat !== null && known.length === without.length)
      return { oneMoreSeat, placedWithout: new Map(known), isEstimate: false };
    held ??= inFlow();
    const { oneMoreSeat: heldSeat, placedWithout: heldWithout } = held[p]!;
    return {
      oneMoreSeat: oneMoreSeat ?? heldSeat,
      placedWithout: new Map([...heldWithout, ...known]),
      isEstimate: true,
    };
  });
};
