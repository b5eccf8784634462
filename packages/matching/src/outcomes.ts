import type { CandidateOutcome, PlaceOutcome, ProposedOutcome } from '@gruppstart/domain/matching/outcome';
import type { RunAssignment } from './assign-starts.ts';
import type { CompiledRun } from './compiled-run.ts';
import { pairEvidence } from './pair-evidence.ts';
import type { PairTable } from './pairs.ts';
import type { PlaceValue } from './place-values/place-values.ts';
import type { Placed } from './seat-holders.ts';
import { chargedPrice, type EdgeWorth } from './start-problem.ts';
import { unplacedOutcome } from './unplaced.ts';

/** What an earlier run proposed, when this one proposes another start, place or part of a seat. */
const movedFrom = (
  run: CompiledRun,
  { kept }: EdgeWorth,
  c: number,
  startIndex: number,
  cell: number,
): ProposedOutcome['movedFrom'] => {
  const isKept = kept.startOf[c] === startIndex && kept.cellsOf[c]!.includes(cell);
  return isKept ? null : run.input.candidates[c]!.keptAt;
};

/** A place with more points, still free when the start was filled, where the charge made the difference. */
const heldBack = (
  run: CompiledRun,
  table: PairTable,
  assignment: RunAssignment,
  worth: EdgeWorth,
  c: number,
): ProposedOutcome['heldBack'] => {
  const startIndex = assignment.startOf[c]!;
  const { seatsLeft } = assignment.starts[startIndex]!;
  const own = placedPoints(table, assignment, c);
  let best = -1;
  for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
    const cell = table.edgeCell[e]!;
    const isOpen = (run.places[run.cells[cell]!.place]!.startMask & (1 << startIndex)) !== 0 && seatsLeft[cell]! > 0;
    if (!isOpen || table.edgePoints[e]! <= own || chargedPrice(run, worth, startIndex, cell) === 0) continue;
    if (best === -1 || table.edgePoints[e]! > table.edgePoints[best]!) best = e;
  }
  if (best === -1) return null;
  const cell = table.edgeCell[best]!;
  return {
    placeId: run.input.places[run.cells[cell]!.place]!.placeId,
    points: table.edgePoints[best]!,
    pricePoints: chargedPrice(run, worth, startIndex, cell),
  };
};

/** The points of the seat that somebody has; 0 for a pinned pair that is no edge. */
const placedPoints = (table: PairTable, { cellOf }: RunAssignment, c: number): number => {
  for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1)
    if (table.edgeCell[e] === cellOf[c]) return table.edgePoints[e]!;
  return 0;
};

/** What the run says of one candidate. */
export const outcomeOf = (
  run: CompiledRun,
  table: PairTable,
  assignment: RunAssignment,
  placed: Placed,
  worth: EdgeWorth,
  c: number,
): CandidateOutcome => {
  const startIndex = assignment.startOf[c]!;
  if (startIndex === -1) return unplacedOutcome(run, table, assignment, placed, c);
  const cell = assignment.cellOf[c]!;
  const { place, seatPart } = run.cells[cell]!;
  const start = run.starts[startIndex]!;
  const isPinned = assignment.pinned[c] === 1;
  return {
    kind: 'proposed',
    candidateId: run.input.candidates[c]!.candidateId,
    cohortId: start.cohortId,
    placeId: run.input.places[place]!.placeId,
    seatPart,
    preliminary: start.preliminary,
    pinned: isPinned,
    seatPricePoints: isPinned ? 0 : chargedPrice(run, worth, startIndex, cell),
    heldBack: isPinned ? null : heldBack(run, table, assignment, worth, c),
    movedFrom: movedFrom(run, worth, c, startIndex, cell),
    ...pairEvidence(run, c, cell, startIndex),
  };
};

/** What the run says of every place. `values`: at the next start. */
export const placeOutcomes = (
  run: CompiledRun,
  table: PairTable,
  assignment: RunAssignment,
  { seatPrices }: EdgeWorth,
  values: readonly PlaceValue[],
): PlaceOutcome[] => {
  const filled = new Int32Array(run.places.length);
  const filledPreliminary = new Int32Array(run.places.length);
  for (const [c, cell] of assignment.cellOf.entries()) {
    if (cell === -1) continue;
    const { place } = run.cells[cell]!;
    if (run.starts[assignment.startOf[c]!]!.preliminary) filledPreliminary[place]! += 1;
    else filled[place]! += 1;
  }
  return run.places.map(({ place, criteria }, p) => {
    const tally = table.places[p]!;
    const { oneMoreSeat, placedWithout, isEstimate } = values[p]!;
    return {
      placeId: place.placeId,
      seats: place.seats,
      takenBefore: place.taken,
      filled: filled[p]!,
      filledPreliminary: filledPreliminary[p]!,
      eligible: tally.eligible,
      eligibleWithChecks: tally.eligibleWithChecks,
      seatPricePoints: seatPrices[p]!,
      oneMoreSeat,
      isEstimate,
      criteria: criteria
        .map((criterion, k) => ({ criterion, k }))
        .filter(({ criterion }) => criterion.excludes)
        .map(({ criterion, k }) => ({
          topic: criterion.topic,
          requirementIndex: criterion.requirementIndex,
          excluded: tally.excluded[k]!,
          excludedAlone: tally.excludedAlone[k]!,
          unknown: tally.unknown[k]!,
          placedWithout: placedWithout.get(k) ?? 0,
        })),
    };
  });
};
