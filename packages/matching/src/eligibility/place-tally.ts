import type { CompiledCell } from '../compiled-cell.ts';
import type { Criterion } from '../criteria/criterion.ts';
import { type BitPlane, countOf, popCount } from './bits.ts';
import type { CellPlanes } from './judge-cell.ts';
import type { Level } from './levels.ts';

/** What a place's criteria cost, in the order of its criteria. A place with parts is counted by what fits best of it. */
export interface PlaceTally {
  /** Candidates to whom this says no at every cell. */
  readonly excluded: Int32Array;
  /** Candidates shut out of every cell, and of at least one by this alone. */
  readonly excludedAlone: Int32Array;
  /** Candidates for whom this is a yes at no cell, and unknown at one at least. */
  readonly unknown: Int32Array;
  /** Candidates who may have a cell. */
  eligible: number;
  /** Of those, candidates for whom something is unknown at each cell that they may have. */
  eligibleWithChecks: number;
}

export const newPlaceTally = (criteria: number): PlaceTally => ({
  excluded: new Int32Array(criteria),
  excludedAlone: new Int32Array(criteria),
  unknown: new Int32Array(criteria),
  eligible: 0,
  eligibleWithChecks: 0,
});

/** One cell of a place with its levels and what they came to. */
export interface JudgedCell extends CellPlanes {
  readonly cell: CompiledCell;
  readonly levels: readonly Level[];
}

/** Everybody by the best that several levels say of them: who has no yes but an unknown, and who has neither. */
const countBest = (
  levels: readonly Level[],
  everyone: BitPlane,
): { readonly noes: number; readonly unknowns: number } => {
  let noes = 0;
  let unknowns = 0;
  for (let w = 0; w < everyone.length; w += 1) {
    let yes = 0;
    let possible = 0;
    for (const level of levels) {
      yes |= level.yes[w]!;
      possible |= level.possible[w]!;
    }
    noes += popCount(everyone[w]! & ~possible);
    unknowns += popCount(possible & ~yes);
  }
  return { noes, unknowns };
};

/** To whom a cell says no by one criterion alone, of those to whom every cell says no. */
const countAlone = (byOne: BitPlane, possible: BitPlane, shutOut: BitPlane): number => {
  let count = 0;
  for (let w = 0; w < shutOut.length; w += 1) {
    const alone = byOne[w]! & ~possible[w]! & shutOut[w]!;
    if (alone !== 0) count += popCount(alone);
  }
  return count;
};

const countWhole = (
  criteria: readonly Criterion[],
  { levels, byOne, shutOut }: JudgedCell,
  tally: PlaceTally,
): void => {
  for (let k = 0; k < criteria.length; k += 1) {
    const { possible, noes, unknowns } = levels[k]!;
    tally.unknown[k] = unknowns;
    if (!criteria[k]!.excludes || noes === 0) continue;
    tally.excluded[k] = noes;
    tally.excludedAlone[k] = countAlone(byOne, possible, shutOut);
  }
};

/** The level of a criterion of the place at each cell that asks it. */
const askedAt = (cells: readonly JudgedCell[], ofPlace: number) =>
  cells.flatMap((judged) => {
    const k = judged.cell.placeCriterion.indexOf(ofPlace);
    return k < 0 ? [] : [{ judged, level: judged.levels[k]! }];
  });

const countParts = (
  criteria: readonly Criterion[],
  cells: readonly JudgedCell[],
  everyone: BitPlane,
  shutOut: BitPlane,
  tally: PlaceTally,
): void => {
  for (const [ofPlace, { excludes }] of criteria.entries()) {
    const asked = askedAt(cells, ofPlace);
    if (excludes) {
      const alone = new Int32Array(everyone.length);
      for (const { judged, level } of asked)
        for (let w = 0; w < alone.length; w += 1) alone[w]! |= judged.byOne[w]! & ~level.possible[w]! & shutOut[w]!;
      tally.excludedAlone[ofPlace] = countOf(alone);
    }
    // Where a part is not asked, it is a yes.
    if (asked.length < cells.length) continue;
    const { noes, unknowns } = countBest(
      asked.map(({ level }) => level),
      everyone,
    );
    tally.unknown[ofPlace] = unknowns;
    if (excludes) tally.excluded[ofPlace] = noes;
  }
};

/** `shutOut`: to whom every cell says no. */
export const countCriteria = (
  criteria: readonly Criterion[],
  cells: readonly JudgedCell[],
  everyone: BitPlane,
  shutOut: BitPlane,
  tally: PlaceTally,
): void => {
  const [whole] = cells;
  if (cells.length === 1 && whole !== undefined) countWhole(criteria, whole, tally);
  else countParts(criteria, cells, everyone, shutOut, tally);
};
