import type { CompiledRun } from '../compiled-run.ts';
import type { PlaceSeats, SeatCells } from './seat-tree.ts';

/** What is free between one start and the next. Whoever takes a seat changes it. */
export interface SeatsLeft {
  /** Seats of each place whose first part is free, and those whose second is. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Whole minutes a week that the supervisors of each unit have; null where no limit is known. */
  readonly minutes: (number | null)[];
  readonly unitOfPlace: Int32Array;
  /** What each person at a place needs of them. */
  readonly minutesPerPerson: Int32Array;
}

/** Hours may be given in parts; whole minutes can be added up exactly. */
export const minutesOf = (hours: number): number => Math.round(hours * 60);

export const openSeats = ({ input }: CompiledRun): SeatsLeft => {
  const { places, units } = input;
  const unitIds = [...new Set(places.map(({ unitId }) => unitId))];
  const unitIndex = new Map(unitIds.map((unitId, index) => [unitId, index]));
  const known = new Map(units.map((unit) => [unit.unitId, unit]));
  return {
    first: Int32Array.from(places, ({ seats, taken }) => Math.max(0, seats - taken)),
    second: Int32Array.from(places, ({ seats, takenSecond }) => Math.max(0, seats - takenSecond)),
    minutes: unitIds.map((unitId) => {
      const unit = known.get(unitId);
      if (unit === undefined || unit.supervisorHours === null) return null;
      return Math.max(0, minutesOf(unit.supervisorHours) - minutesOf(unit.supervisorHoursTaken));
    }),
    unitOfPlace: Int32Array.from(places, ({ unitId }) => unitIndex.get(unitId)!),
    minutesPerPerson: Int32Array.from(places, ({ supervisorHours }) => minutesOf(supervisorHours)),
  };
};

export const takeSeat = ({ cells }: CompiledRun, left: SeatsLeft, cell: number): void => {
  const { place, seatPart } = cells[cell]!;
  if (seatPart !== 'second') left.first[place]! -= 1;
  if (seatPart !== 'first') left.second[place]! -= 1;
  const unit = left.unitOfPlace[place]!;
  const minutes = left.minutes[unit] ?? null;
  if (minutes !== null) left.minutes[unit] = Math.max(0, minutes - left.minutesPerPerson[place]!);
};

/** Free seats of one cell: a whole seat needs both parts. */
export const freeSeatsAt = ({ cells }: CompiledRun, { first, second }: SeatsLeft, cell: number): number => {
  const { place, seatPart } = cells[cell]!;
  const wholeSeats = Math.min(first[place]!, second[place]!);
  const free = { whole: wholeSeats, first: first[place]!, second: second[place]! };
  return Math.max(0, free[seatPart]);
};

/** The free seats of all places, in whatever cells they are counted. */
export const placeSeatsOf = (
  { places }: CompiledRun,
  { first, second, unitOfPlace, minutesPerPerson }: SeatsLeft,
  cellsOf: (cell: number) => SeatCells,
): PlaceSeats[] =>
  places.map(({ firstCell, endCell }, p) => ({
    whole: cellsOf(firstCell),
    halves: endCell - firstCell === 1 ? null : { first: cellsOf(firstCell + 1), second: cellsOf(firstCell + 2) },
    freeFirst: Math.max(0, first[p]!),
    freeSecond: Math.max(0, second[p]!),
    unit: unitOfPlace[p]!,
    supervisorMinutes: minutesPerPerson[p]!,
  }));
