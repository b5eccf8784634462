import type { PackingRange } from './assignment/packing.ts';
import type { AssignmentProblem } from './assignment/problem.ts';
import type { CompiledRun } from './compiled-run.ts';
import { pairLot } from './draw.ts';
import type { PairTable } from './pairs.ts';

/** Start and cell that each candidate had in the run whose proposals are to be kept; -1 for none. */
export interface Kept {
  readonly startOf: Int32Array;
  readonly cellsOf: readonly (readonly number[])[];
}

/** What an earlier run proposed, as far as it can be said in this one. Any part of a seat of the place counts as kept. */
export const keptIn = (run: CompiledRun): Kept => {
  const placeIndex = new Map(run.input.places.map(({ placeId }, index) => [placeId, index]));
  const startIndex = new Map(run.input.starts.map(({ cohortId }, index) => [cohortId, index]));
  const startOf = new Int32Array(run.candidates.length).fill(-1);
  const cellsOf = run.input.candidates.map(({ keptAt }, c) => {
    const place = keptAt === null ? undefined : run.places[placeIndex.get(keptAt.placeId) ?? -1];
    const start = keptAt === null ? undefined : startIndex.get(keptAt.cohortId);
    if (place === undefined || start === undefined) return [];
    startOf[c] = start;
    return Array.from({ length: place.endCell - place.firstCell }, (_, index) => place.firstCell + index);
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

/** Points, less what the seat is charged, plus what it would cost to move somebody away from an earlier proposal. */
export const edgeValue = (
  run: CompiledRun,
  worth: EdgeWorth,
  startIndex: number,
  c: number,
  cell: number,
  points: number,
): number => {
  const isKept = worth.kept.startOf[c] === startIndex && worth.kept.cellsOf[c]!.includes(cell);
  return points - chargedPrice(run, worth, startIndex, cell) + (isKept ? run.input.policy.movedPersonCostPoints : 0);
};

/** All values that an edge of the run can have, also after an answer or without a requirement. */
export const valueRangeOf = (run: CompiledRun, { seatPrices }: EdgeWorth): PackingRange => ({
  leastValue: -seatPrices.reduce((most, price) => Math.max(most, price), 0),
  mostValue: run.weights.maxPoints + run.input.policy.movedPersonCostPoints,
  longestWait: run.waitDays.reduce((longest, days) => Math.max(longest, days), 0),
});

/**
 * The assignment of one start: those who may join it, cells open then with seats left, eligible pairs between them.
 * Seats are given out whole: a part of a seat limits the whole one, which seats per cell cannot say.
 */
export const startProblemOf = (
  run: CompiledRun,
  table: PairTable,
  worth: EdgeWorth,
  startIndex: number,
  people: readonly number[],
  seatsLeft: Int32Array,
  totalSeats: number,
): AssignmentProblem => {
  const bit = 1 << startIndex;
  // At the next start a full place takes part too, so that one seat more of it can be asked about.
  const isOpen = run.cells.map(
    ({ place, seatPart }, cell) =>
      seatPart === 'whole' && (run.places[place]!.startMask & bit) !== 0 && (seatsLeft[cell]! > 0 || startIndex === 0),
  );
  const edgeStart = new Int32Array(people.length + 1);
  let edges = 0;
  for (const [row, c] of people.entries()) {
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) if (isOpen[table.edgeCell[e]!]) edges += 1;
    edgeStart[row + 1] = edges;
  }
  const edgeCell = new Int32Array(edges);
  const values = new Int32Array(edges);
  const edgeLot = new Uint16Array(edges);
  let next = 0;
  for (const c of people)
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
      const cell = table.edgeCell[e]!;
      if (!isOpen[cell]) continue;
      edgeCell[next] = cell;
      values[next] = edgeValue(run, worth, startIndex, c, cell, table.edgePoints[e]!);
      edgeLot[next] = pairLot(run.candidateLotBases[c]!, run.cellLotBases[cell]!);
      next += 1;
    }
  return {
    candidateCount: people.length,
    cellCount: run.cells.length,
    edgeStart,
    edgeCell,
    edgeValue: values,
    edgeLot,
    mustPlace: new Uint8Array(people.length),
    tiers: Uint8Array.from(people, (c) => run.tiers[c]!),
    waitDays: Int32Array.from(people, (c) => run.waitDays[c]!),
    lots: Int32Array.from(people, (c) => run.lots[c]!),
    nodeParent: new Int32Array(run.cells.length).fill(-1),
    nodeSeats: Int32Array.from(seatsLeft),
    totalSeats,
  };
};
