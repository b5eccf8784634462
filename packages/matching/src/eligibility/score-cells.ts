import type { CompiledCell } from '../compiled-cell.ts';
import type { CompiledRun } from '../compiled-run.ts';
import type { Criterion } from '../criteria/criterion.ts';
import { UNKNOWN_CREDIT_PERCENT } from '../criteria/judgement.ts';
import { pointsOfPart, reachesMinimumFit } from '../score.ts';
import { type BitPlane, listMembers } from './bits.ts';
import { creditsIn, type Level, unknownsIn } from './levels.ts';

/** People who may have a cell. The arrays are used again for the next one. */
export interface ScoredPeople {
  count: number;
  readonly who: Int32Array;
  readonly points: Int32Array;
  /** Sessions with limited seats that each needs here, one bit each. */
  readonly sessions: Int32Array;
}

/** Scores the people of a plane at one cell, and leaves out who stays under the minimum even at best. */
export type CellScorer = (
  cell: CompiledCell,
  levels: readonly Level[],
  plane: BitPlane,
  /** A criterion to be left out, as if the cell did not ask it; -1: none. */
  leftOut: number,
) => ScoredPeople;

/** Points of a part by the credits added up, for so many criteria. */
type PointTable = Int32Array;

const pointTables = (points: Int32Array): ((part: number, asked: number) => PointTable) => {
  const tables: (PointTable | undefined)[][] = Array.from(points, () => []);
  return (part, asked) => {
    const known = tables[part]![asked];
    if (known !== undefined) return known;
    const table = Int32Array.from({ length: 100 * asked + 1 }, (_, credits) =>
      pointsOfPart(points[part]!, credits, asked, 0),
    );
    tables[part]![asked] = table;
    return table;
  };
};

/** Who is not shut out by a criterion has all of its credit or an unknown's, but for a journey, which may be long. */
const isFullAtBest = ({ excludes, part }: Criterion): boolean => excludes && part !== 'commute';

const needsOf = (cell: CompiledCell, levels: readonly Level[], people: ScoredPeople): void => {
  const { count, who, sessions } = people;
  sessions.fill(0, 0, count);
  for (let k = 0; k < levels.length; k += 1) {
    const session = cell.sessions[k]!;
    if (session < 0) continue;
    const { possible } = levels[k]!;
    for (let i = 0; i < count; i += 1) {
      const c = who[i]!;
      if (((possible[c >>> 5]! >>> (c & 31)) & 1) === 0) sessions[i]! |= 1 << session;
    }
  }
};

export const cellScorer = ({ candidates, weights }: CompiledRun): CellScorer => {
  const people: ScoredPeople = {
    count: 0,
    who: new Int32Array(candidates.length),
    points: new Int32Array(candidates.length),
    sessions: new Int32Array(candidates.length),
  };
  const { who, points } = people;
  const best = new Int32Array(candidates.length);
  const sums = new Int32Array(candidates.length);
  const tableOf = pointTables(weights.points);
  const ofPart: number[][] = Array.from(weights.points, () => []);

  const addUp = (levels: readonly Level[], own: readonly number[]): void => {
    const { count } = people;
    const odd = own.length & 1;
    if (odd === 1) {
      const { codes } = levels[own[0]!]!;
      for (let i = 0; i < count; i += 1) sums[i] = codes[who[i]!]!;
    } else sums.fill(0, 0, count);
    // Two at a time: half as many rounds through the sums.
    for (let at = odd; at < own.length; at += 2) {
      const { codes } = levels[own[at]!]!;
      const { codes: more } = levels[own[at + 1]!]!;
      for (let i = 0; i < count; i += 1) sums[i]! += codes[who[i]!]! + more[who[i]!]!;
    }
  };

  const addPoints = (table: PointTable): void => {
    const { count } = people;
    for (let i = 0; i < count; i += 1) points[i]! += table[creditsIn(sums[i]!)]!;
  };

  /** A part with an unknown in it is never nothing. Needed only where the credit of one unknown comes to nothing. */
  const liftUnknowns = (table: PointTable): void => {
    const { count } = people;
    for (let i = 0; i < count; i += 1) {
      const sum = sums[i]!;
      if (table[creditsIn(sum)] === 0 && unknownsIn(sum) > 0) points[i]! += 1;
    }
  };

  const addBest = (table: PointTable): void => {
    const { count } = people;
    for (let i = 0; i < count; i += 1) {
      const sum = sums[i]!;
      best[i]! += table[creditsIn(sum) + (100 - UNKNOWN_CREDIT_PERCENT) * unknownsIn(sum)]!;
    }
  };

  const leaveOutUnderMinimum = (): void => {
    let kept = 0;
    for (let i = 0; i < people.count; i += 1) {
      if (!reachesMinimumFit(best[i]!, weights)) continue;
      who[kept] = who[i]!;
      points[kept] = points[i]!;
      kept += 1;
    }
    people.count = kept;
  };

  return (cell, levels, plane, leftOut) => {
    people.count = listMembers(plane, who);
    for (const own of ofPart) own.length = 0;
    for (let k = 0; k < levels.length; k += 1) {
      const part = cell.scorePart[k]!;
      if (part >= 0 && k !== leftOut) ofPart[part]!.push(k);
    }

    let given = 0;
    let leastBest = 0;
    for (let part = 0; part < ofPart.length; part += 1) {
      const own = ofPart[part]!;
      let full = 0;
      for (let at = 0; at < own.length; at += 1) if (isFullAtBest(cell.criteria[own[at]!]!)) full += 1;
      if (own.length === 0) given += weights.points[part]!;
      else leastBest += tableOf(part, own.length)[100 * full]!;
    }
    const allReach = reachesMinimumFit(given + leastBest, weights);
    points.fill(given, 0, people.count);
    if (!allReach) best.fill(given, 0, people.count);
    for (let part = 0; part < ofPart.length; part += 1) {
      const own = ofPart[part]!;
      if (own.length === 0 || weights.points[part] === 0) continue;
      const table = tableOf(part, own.length);
      addUp(levels, own);
      addPoints(table);
      if (table[UNKNOWN_CREDIT_PERCENT] === 0) liftUnknowns(table);
      if (!allReach) addBest(table);
    }
    if (!allReach) leaveOutUnderMinimum();
    needsOf(cell, levels, people);
    return people;
  };
};
