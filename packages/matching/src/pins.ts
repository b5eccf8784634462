import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import type { CompiledRun } from './compiled-run.ts';
import { isNo } from './criteria/judgement.ts';
import type { PairTable } from './pairs.ts';
import { openSeats, type SeatsLeft, takeSeat } from './side-constraints/seats-left.ts';
import { keptIn } from './start-problem.ts';

/** Where pinned people are before anything is solved, and what is left then. */
export interface Pinned {
  /** Start and cell per candidate, -1 for none. */
  readonly startOf: Int32Array;
  readonly cellOf: Int32Array;
  readonly pinned: Uint8Array;
  readonly seatsLeft: SeatsLeft;
}

/** The points of a pair that fits; -1 of one that does not. */
const pointsAt = (table: PairTable, c: number, cell: number): number => {
  for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1)
    if (table.edgeCell[e] === cell) return table.edgePoints[e]!;
  return -1;
};

/**
 * Takes whole seats where there are enough for everybody pinned here, and else so many that the parts suffice for the
 * rest. Whoever had a part of a seat here before keeps it, as long as nobody has it already.
 */
const takeCells = (
  run: CompiledRun,
  table: PairTable,
  place: number,
  people: readonly number[],
  /** The cell of each of them that an earlier run proposed; -1 for none. */
  keptCellOf: Int32Array,
  taken: Pinned,
): void => {
  const { firstCell, endCell } = run.places[place]!;
  const { seatsLeft, cellOf } = taken;
  const inAll = seatsLeft.first[place]! + seatsLeft.second[place]!;
  let wholeLeft = endCell - firstCell === 1 ? people.length : inAll - people.length;
  const isFree = (cell: number): boolean => {
    const { seatPart } = run.cells[cell]!;
    const [first, second] = [seatsLeft.first[place]!, seatsLeft.second[place]!];
    if (seatPart === 'whole') return wholeLeft > 0 && first > 0 && second > 0;
    return (seatPart === 'first' ? first : second) > 0;
  };
  for (const c of people.toSorted((a, b) => Number(keptCellOf[b] !== -1) - Number(keptCellOf[a] !== -1))) {
    const kept = keptCellOf[c]!;
    let best = kept >= firstCell && kept < endCell && isFree(kept) ? kept : -1;
    let mostPoints = best === -1 ? -1 : Number.POSITIVE_INFINITY;
    for (let cell = firstCell; cell < endCell; cell += 1) {
      const points = pointsAt(table, c, cell);
      if (!isFree(cell) || (best !== -1 && points <= mostPoints)) continue;
      best = cell;
      mostPoints = points;
    }
    // Nothing is free: a fault of the input that was not found; the whole seat is what a pin means.
    if (best === -1) best = firstCell;
    cellOf[c] = best;
    if (best === firstCell) wholeLeft -= 1;
    takeSeat(run, seatsLeft, best);
  }
};

/** Null: the pin does not say, or the place has no such part. */
const cellOfPart = (run: CompiledRun, place: number, seatPart: SeatPartKind | undefined): number | null => {
  const { firstCell, endCell } = run.places[place]!;
  for (let cell = firstCell; cell < endCell; cell += 1) if (run.cells[cell]!.seatPart === seatPart) return cell;
  return null;
};

/**
 * Pins take their seats before anything is solved, at whichever start they belong to: whatever the criteria say, of a
 * place whose seats can be shared the part that is said, or else the one that suits the person best.
 */
export const takePins = (run: CompiledRun, table: PairTable): Pinned => {
  const { input } = run;
  const count = run.candidates.length;
  const taken: Pinned = {
    startOf: new Int32Array(count).fill(-1),
    cellOf: new Int32Array(count).fill(-1),
    pinned: new Uint8Array(count),
    seatsLeft: openSeats(run),
  };
  const kept = keptIn(run);
  const keptCellOf = Int32Array.from(kept.cellsOf, (cells) => (cells.length === 1 ? cells[0]! : -1));
  const candidateIndex = new Map(input.candidates.map(({ candidateId }, index) => [candidateId, index]));
  const placeIndex = new Map(input.places.map(({ placeId }, index) => [placeId, index]));
  const startIndex = new Map(input.starts.map(({ cohortId }, index) => [cohortId, index]));
  const atPlace = new Map<number, number[]>();
  for (const pin of input.pins) {
    const c = candidateIndex.get(pin.candidateId)!;
    const place = placeIndex.get(pin.placeId)!;
    taken.startOf[c] = startIndex.get(pin.cohortId)!;
    taken.pinned[c] = 1;
    const cell = cellOfPart(run, place, pin.seatPart);
    if (cell === null) atPlace.set(place, [...(atPlace.get(place) ?? []), c]);
    else {
      taken.cellOf[c] = cell;
      takeSeat(run, taken.seatsLeft, cell);
    }
  }
  for (const [place, people] of atPlace) takeCells(run, table, place, people, keptCellOf, taken);
  return taken;
};

/** Seats of the limited sessions that are left at a start when those pinned to it have theirs. */
export const sessionSeatsAt = (run: CompiledRun, { startOf, cellOf, pinned }: Pinned, startIndex: number): number[] => {
  const users = run.sessions.map(() => 0);
  const start = run.starts[startIndex]!;
  for (const [c, candidate] of run.candidates.entries()) {
    if (pinned[c] === 0 || startOf[c] !== startIndex) continue;
    const { criteria, sessions } = run.cells[cellOf[c]!]!;
    const needed = new Set<number>();
    for (const [k, session] of sessions.entries())
      if (session >= 0 && isNo(criteria[k]!.judge(candidate.facts, start))) needed.add(session);
    for (const session of needed) users[session]! += 1;
  }
  return run.sessions.map(({ seats }, session) => Math.max(0, seats - users[session]!));
};
