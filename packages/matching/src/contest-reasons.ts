import type { OtherPlanning, SeatPartKind, UnplacedReason } from '@gruppstart/domain/matching/outcome';
import type { RunAssignment, StartResult } from './assign-starts.ts';
import type { CompiledRun } from './compiled-run.ts';
import type { PairTable } from './pairs.ts';
import { type Placed, seatCounter } from './seat-holders.ts';
import { minutesOf } from './side-constraints/seats-left.ts';

/** A place that fits somebody at a start, and had a free seat before the run. */
interface Fitting {
  /** The most points that any fitting cell of the place gives. */
  points: number;
  hasFreeSeat: boolean;
  readonly seatParts: Set<SeatPartKind>;
}

/** The fitting places of `c` that are open at the start, by index. */
const fittingAt = (
  run: CompiledRun,
  table: PairTable,
  { startIndex, seatsLeft }: StartResult,
  c: number,
): ReadonlyMap<number, Fitting> => {
  const fitting = new Map<number, Fitting>();
  for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
    const cell = table.edgeCell[e]!;
    const { place, freeSeats, seatPart } = run.cells[cell]!;
    if ((run.places[place]!.startMask & (1 << startIndex)) === 0 || freeSeats === 0) continue;
    const known = fitting.get(place) ?? { points: 0, hasFreeSeat: false, seatParts: new Set() };
    known.points = Math.max(known.points, table.edgePoints[e]!);
    known.hasFreeSeat ||= seatsLeft[cell]! > 0;
    known.seatParts.add(seatPart);
    fitting.set(place, known);
  }
  return fitting;
};

/**
 * Who of the run keeps `c` from each seat of a full place. Every seat has one first part and one second: counted in one
 * of them, each seat has one holder. It is the part that `c` would fit, and for a whole seat the part that is used up.
 */
const holdersAt = (
  run: CompiledRun,
  { startOf, cellOf, pinned }: RunAssignment,
  placed: Placed,
  startIndex: number,
  p: number,
  seatParts: ReadonlySet<SeatPartKind>,
): readonly number[] => {
  const there = placed.atPlace[p]!.filter((holder) => startOf[holder]! <= startIndex || pinned[holder] === 1);
  const holdersOf = (part: SeatPartKind): number[] =>
    there.filter((holder) => {
      const { seatPart } = run.cells[cellOf[holder]!]!;
      return seatPart === 'whole' || seatPart === part;
    });
  const [first, second] = [holdersOf('first'), holdersOf('second')];
  if (seatParts.has('first')) return first;
  if (seatParts.has('second')) return second;
  const { taken, takenSecond } = run.places[p]!.place;
  return taken + first.length >= takenSecond + second.length ? first : second;
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
    if (fitting.size === 0) continue;
    const start = run.starts[startIndex]!;
    const contested = { cohortId: start.cohortId, eligiblePlaces: fitting.size };
    const counter = seatCounter(run, assignment, placed, startIndex, c);
    const withFreeSeat = [...fitting.values()].filter(({ hasFreeSeat }) => hasFreeSeat);
    if (withFreeSeat.length === 0) {
      let seats = 0;
      for (const [p, { points, seatParts }] of fitting) {
        seats += run.places[p]!.place.seats;
        for (const holder of holdersAt(run, assignment, placed, startIndex, p, seatParts)) counter.add(holder, points);
      }
      reasons.push({ kind: 'seats-taken', ...contested, ...counter.of(seats) });
    } else if (run.input.purpose === 'admission' && placedHere >= start.seats - start.taken) {
      const best = Math.max(...withFreeSeat.map(({ points }) => points));
      for (const member of placed.atStart[startIndex]!)
        counter.add(member, Math.max(best, fitting.get(run.cells[assignment.cellOf[member]!]!.place)?.points ?? 0));
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
