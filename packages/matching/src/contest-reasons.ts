import type { OtherPlanning, UnplacedReason } from '@gruppstart/domain/matching/outcome';
import type { RunAssignment, StartResult } from './assign-starts.ts';
import type { CompiledRun } from './compiled-run.ts';
import type { PairTable } from './pairs.ts';
import { type Placed, seatCounter } from './seat-holders.ts';
import { minutesOf } from './side-constraints/seats-left.ts';

/** The places that fit somebody at a start and had a free seat before the run: the lists run side by side. */
interface Fitting {
  readonly places: readonly number[];
  /** The most points that any fitting cell of the place gives. */
  readonly points: readonly number[];
  /** Whether the first, and whether the second part of a seat would fit by itself. */
  readonly first: readonly boolean[];
  readonly second: readonly boolean[];
  /** The most points of a place that still has a fitting free seat; -1: none has. */
  readonly mostWithFreeSeat: number;
}

const fittingAt = (run: CompiledRun, table: PairTable, { startIndex, seatsLeft }: StartResult, c: number): Fitting => {
  const places: number[] = [];
  const points: number[] = [];
  const first: boolean[] = [];
  const second: boolean[] = [];
  let mostWithFreeSeat = -1;
  let at = -1;
  let isFree = false;
  for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
    const cell = table.edgeCell[e]!;
    const { place, freeSeats, seatPart } = run.cells[cell]!;
    if ((run.places[place]!.startMask & (1 << startIndex)) === 0 || freeSeats === 0) continue;
    // The cells of a place stand together in a row.
    if (places[at] !== place) {
      at = places.push(place) - 1;
      points.push(0);
      first.push(false);
      second.push(false);
      isFree = false;
    }
    points[at] = Math.max(points[at]!, table.edgePoints[e]!);
    first[at] ||= seatPart === 'first';
    second[at] ||= seatPart === 'second';
    isFree ||= seatsLeft[cell]! > 0;
    if (isFree) mostWithFreeSeat = Math.max(mostWithFreeSeat, points[at]!);
  }
  return { places, points, first, second, mostWithFreeSeat };
};

/**
 * Who of the run keeps somebody from each seat of a full place. Every seat has one first part and one second: counted in
 * one of them, each seat has one holder. It is the part that would fit, and for a whole seat the part that is used up.
 */
const holdersAt = (
  run: CompiledRun,
  placed: Placed,
  startIndex: number,
  { places, first, second }: Fitting,
  at: number,
): readonly number[] => {
  const held = placed.heldAt(startIndex, places[at]!);
  if (first[at]) return held.first;
  if (second[at]) return held.second;
  const { taken, takenSecond } = run.places[places[at]!]!.place;
  return taken + held.first.length >= takenSecond + held.second.length ? held.first : held.second;
};

/** What keeps `c` from free seats that fit: hours or sessions that are used up everywhere, else only a rule about two. */
const whatStandsAgainst = (
  run: CompiledRun,
  table: PairTable,
  { startIndex, seatsLeft, sessionSeatsLeft, minutesLeft }: StartResult,
  c: number,
): OtherPlanning => {
  let because: OtherPlanning = 'session-seats';
  for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
    const cell = table.edgeCell[e]!;
    const { place } = run.cells[cell]!;
    if ((run.places[place]!.startMask & (1 << startIndex)) === 0 || seatsLeft[cell]! === 0) continue;
    if (sessionSeatsLeft.some((seats, bit) => seats <= 0 && (table.edgeSessions[e]! & (1 << bit)) !== 0)) continue;
    const minutes = minutesLeft[place] ?? null;
    if (minutes === null || minutesOf(run.places[place]!.place.supervisorHours) <= minutes) return 'group-rule';
    because = 'supervisor-hours';
  }
  return because;
};

/** Why a person with fitting places has none: at each start either their seats or the start itself ran out. */
export const contestReasons = (
  run: CompiledRun,
  table: PairTable,
  assignment: RunAssignment,
  placed: Placed,
  c: number,
): UnplacedReason[] => {
  const reasons: UnplacedReason[] = [];
  for (const result of assignment.starts) {
    const { startIndex, placed: placedHere } = result;
    if ((run.candidates[c]!.startMask & (1 << startIndex)) === 0) continue;
    const fitting = fittingAt(run, table, result, c);
    if (fitting.places.length === 0) continue;
    const start = run.starts[startIndex]!;
    const contested = { cohortId: start.cohortId, eligiblePlaces: fitting.places.length };
    const counter = seatCounter(run, assignment, placed, startIndex, c);
    if (fitting.mostWithFreeSeat === -1) {
      let seats = 0;
      for (const [at, p] of fitting.places.entries()) {
        seats += run.places[p]!.place.seats;
        for (const holder of holdersAt(run, placed, startIndex, fitting, at)) counter.add(holder, fitting.points[at]!);
      }
      reasons.push({ kind: 'seats-taken', ...contested, ...counter.of(seats) });
    } else if (run.input.purpose === 'admission' && placedHere >= start.seats - start.taken) {
      const { pointsInstead, placeOf } = placed;
      for (const [at, p] of fitting.places.entries()) pointsInstead[p] = fitting.points[at]!;
      for (const member of placed.atStart[startIndex]!)
        counter.add(member, Math.max(fitting.mostWithFreeSeat, pointsInstead[placeOf[member]!]!));
      for (const p of fitting.places) pointsInstead[p] = 0;
      reasons.push({ kind: 'cohort-full', ...contested, ...counter.of(start.seats) });
    } else {
      const { placeAtMost } = run.input.policy;
      const isLimit = startIndex === 0 && placeAtMost !== null && placedHere >= placeAtMost;
      reasons.push(
        isLimit
          ? { kind: 'limit-chosen', ...contested, placeAtMost }
          : { kind: 'other-planning', ...contested, because: whatStandsAgainst(run, table, result, c) },
      );
    }
  }
  return reasons;
};
