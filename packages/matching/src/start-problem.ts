import type { PackingRange } from './assignment/packing.ts';
import type { AssignmentProblem } from './assignment/problem.ts';
import type { CompiledRun } from './compiled-run.ts';
import { PAIR_LOT_LIMIT, pairLot } from './draw.ts';
import type { PairTable } from './pairs.ts';
import type { CapacityConstraint } from './side-constraints/constrained-start.ts';
import type { PeopleRules } from './side-constraints/people-rules.ts';
import { seatTreeOf } from './side-constraints/seat-tree.ts';
import { freeSeatsAt, placeSeatsOf, type SeatsLeft } from './side-constraints/seats-left.ts';

/** Start and cell that each candidate had in the run whose proposals are to be kept; -1 for none. */
export interface Kept {
  readonly startOf: Int32Array;
  readonly cellsOf: readonly (readonly number[])[];
}

/**
 * What an earlier run proposed, as far as it can be said in this one. Another part of a seat is a move: other days. Where
 * the place is not divided as it was, any seat of it counts as kept.
 */
export const keptIn = (run: CompiledRun): Kept => {
  const placeIndex = new Map(run.input.places.map(({ placeId }, index) => [placeId, index]));
  const startIndex = new Map(run.input.starts.map(({ cohortId }, index) => [cohortId, index]));
  const startOf = new Int32Array(run.candidates.length).fill(-1);
  const cellsOf = run.input.candidates.map(({ keptAt }, c) => {
    const place = keptAt === null ? undefined : run.places[placeIndex.get(keptAt.placeId) ?? -1];
    const start = keptAt === null ? undefined : startIndex.get(keptAt.cohortId);
    if (place === undefined || start === undefined) return [];
    startOf[c] = start;
    const cells = Array.from({ length: place.endCell - place.firstCell }, (_, index) => place.firstCell + index);
    const same = cells.filter((cell) => run.cells[cell]!.seatPart === keptAt?.seatPart);
    return same.length > 0 ? same : cells;
  });
  return { startOf, cellsOf };
};

/** What the edges of one start are worth beyond their points. */
export interface EdgeWorth {
  readonly kept: Kept;
  /** What a seat of each place is charged at the next start, because it suits people who fit few others. */
  readonly seatPrices: Int32Array;
}

/** Only the next start is charged: later ones are preliminary, and those who come then are who the seats are kept for. */
export const chargedPrice = (run: CompiledRun, { seatPrices }: EdgeWorth, startIndex: number, cell: number): number =>
  startIndex === 0 ? seatPrices[run.cells[cell]!.place]! : 0;

/** What an edge is worth beside its points: less what the seat is charged, plus what it would cost to move somebody away. */
export const worthBesidePoints = (
  run: CompiledRun,
  worth: EdgeWorth,
  startIndex: number,
  c: number,
  cell: number,
): number => {
  const isKept = worth.kept.startOf[c] === startIndex && worth.kept.cellsOf[c]!.includes(cell);
  return (isKept ? run.input.policy.movedPersonCostPoints : 0) - chargedPrice(run, worth, startIndex, cell);
};

/** All values that an edge of the run can have, also after an answer or without a requirement. */
export const valueRangeOf = (run: CompiledRun, { seatPrices }: EdgeWorth): PackingRange => ({
  leastValue: -seatPrices.reduce((most, price) => Math.max(most, price), 0),
  mostValue: run.weights.maxPoints + run.input.policy.movedPersonCostPoints,
  longestWait: run.waitDays.reduce((longest, days) => Math.max(longest, days), 0),
});

/** The lot of a pair. A part of a seat draws lower than the whole seat: where all else is equal, the whole one is given. */
const edgeLotOf = (
  { cells, places, candidateLotBases, cellLotBases }: CompiledRun,
  c: number,
  cell: number,
): number => {
  const { place, seatPart } = cells[cell]!;
  const own = pairLot(candidateLotBases[c]!, cellLotBases[cell]!);
  if (seatPart === 'whole') return own;
  return Math.floor((own * pairLot(candidateLotBases[c]!, cellLotBases[places[place]!.firstCell]!)) / PAIR_LOT_LIMIT);
};

/** The assignment of one start as a flow, and what goes with it. */
export interface StartProblem {
  readonly problem: AssignmentProblem;
  /** Per edge: the limited sessions without which the person does not fit there, one bit each. */
  readonly edgeSessions: Int32Array;
  /** What of the seats and supervisors' hours does not fit into the tree of groups. */
  readonly capacities: readonly CapacityConstraint[];
}

/**
 * The assignment of one start: those who may join it, cells open then with seats left, eligible pairs between them. What
 * rules about two people have settled beforehand is left out.
 */
export const startProblemOf = (
  run: CompiledRun,
  table: PairTable,
  worth: EdgeWorth,
  startIndex: number,
  people: readonly number[],
  seatsLeft: SeatsLeft,
  { out, called, barredUnits }: PeopleRules,
  totalSeats: number,
): StartProblem => {
  const bit = 1 << startIndex;
  // At the next start a full place takes part too, so that one seat more of it can be asked about.
  const isOpen = run.cells.map(
    ({ place }, cell) =>
      (run.places[place]!.startMask & bit) !== 0 && (startIndex === 0 || freeSeatsAt(run, seatsLeft, cell) > 0),
  );
  const edgeStart = new Int32Array(people.length + 1);
  const edges: number[] = [];
  for (const [row, c] of people.entries()) {
    const barred = barredUnits.get(row);
    const mayHave = (cell: number): boolean =>
      isOpen[cell]! && !(barred?.has(seatsLeft.unitOfPlace[run.cells[cell]!.place]!) ?? false);
    if (!out.has(row))
      for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1)
        if (mayHave(table.edgeCell[e]!)) edges.push(e);
    edgeStart[row + 1] = edges.length;
  }
  const edgeCell = Int32Array.from(edges, (e) => table.edgeCell[e]!);
  const values = new Int32Array(edges.length);
  const edgeLot = new Uint16Array(edges.length);
  for (const [row, c] of people.entries())
    for (let next = edgeStart[row]!; next < edgeStart[row + 1]!; next += 1) {
      const cell = edgeCell[next]!;
      values[next] = table.edgePoints[edges[next]!]! + worthBesidePoints(run, worth, startIndex, c, cell);
      edgeLot[next] = edgeLotOf(run, c, cell);
    }
  const mustPlace = new Uint8Array(people.length);
  for (const row of called) mustPlace[row] = 1;
  const tree = seatTreeOf(
    run.cells.length,
    placeSeatsOf(run, seatsLeft, (cell) => [{ cell, sessions: 0 }]),
    seatsLeft.minutes,
    [],
  );
  return {
    problem: {
      candidateCount: people.length,
      cellCount: run.cells.length,
      edgeStart,
      edgeCell,
      edgeValue: values,
      edgeLot,
      mustPlace,
      tiers: Uint8Array.from(people, (c) => run.tiers[c]!),
      waitDays: Int32Array.from(people, (c) => run.waitDays[c]!),
      lots: Int32Array.from(people, (c) => run.lots[c]!),
      nodeParent: tree.nodeParent,
      nodeSeats: tree.nodeSeats,
      totalSeats,
    },
    edgeSessions: Int32Array.from(edges, (e) => table.edgeSessions[e]!),
    capacities: tree.constraints,
  };
};
