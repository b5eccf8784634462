import type { CompiledRun } from '../compiled-run.ts';
import type { ApartConstraint, TogetherConstraint } from './constrained-start.ts';

/** What rules about two people mean for one start, by rows of the start's people. */
export interface PeopleRules {
  readonly constraints: readonly (ApartConstraint | TogetherConstraint)[];
  /** People who cannot be placed here: the other one is where they must not be, or does not begin here. */
  readonly out: ReadonlySet<number>;
  /** People who begin here if they can, since the other one is pinned here. */
  readonly called: readonly number[];
  /** Units that a person must not be in, since the other one is there. */
  readonly barredUnits: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Where people are when a start is about to be solved: pinned to it or another, or placed at an earlier one. */
export interface PlacedSoFar {
  readonly startOf: Int32Array;
  /** Unit of each person who has a cell, at whichever start; -1 for none. */
  readonly unitOf: (candidate: number) => number;
}

/**
 * In an admission, two who are kept apart from a start do not begin it together, nor come to one unit at different ones.
 * In a placement they are in the start already: what is left to keep apart is the unit. `together` is about beginning, so
 * it has no meaning in a placement.
 */
export const peopleRulesAt = (
  { input }: CompiledRun,
  startIndex: number,
  people: readonly number[],
  { startOf, unitOf }: PlacedSoFar,
): PeopleRules => {
  const indexOf = new Map(input.candidates.map(({ candidateId }, index) => [candidateId, index]));
  const rowOf = new Map(people.map((c, row) => [c, row]));
  const constraints: (ApartConstraint | TogetherConstraint)[] = [];
  const out = new Set<number>();
  const called: number[] = [];
  const barredUnits = new Map<number, Set<number>>();
  const isAdmission = input.purpose === 'admission';
  for (const rule of input.pairRules) {
    const pair = [indexOf.get(rule.first)!, indexOf.get(rule.second)!];
    const [first, second] = pair.map((c) => rowOf.get(c));
    if (rule.kind === 'together' && !isAdmission) continue;
    if (first !== undefined && second !== undefined) {
      if (rule.kind === 'together') constraints.push({ kind: 'together', first, second });
      else constraints.push({ kind: 'apart', first, second, from: isAdmission ? rule.apartFrom : 'unit' });
      continue;
    }
    const row = first ?? second;
    const other = pair[first === undefined ? 0 : 1]!;
    if (row === undefined) continue;
    const isHere = startOf[other] === startIndex;
    if (rule.kind === 'together') {
      if (isHere) called.push(row);
      else out.add(row);
      continue;
    }
    if (isHere && isAdmission && rule.apartFrom === 'start') out.add(row);
    const unit = unitOf(other);
    if (unit !== -1) barredUnits.set(row, new Set([...(barredUnits.get(row) ?? []), unit]));
  }
  return { constraints, out, called, barredUnits };
};
