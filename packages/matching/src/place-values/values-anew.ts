import { type CompiledRun, startForPair } from '../compiled-run.ts';
import { isNo } from '../criteria/judgement.ts';
import { aloneExcludedBy } from '../eligibility/alone-excluded.ts';
import type { Levels } from '../eligibility/run-levels.ts';
import { type PairAtCell, type PairRow, pairRowOf, withPairs } from '../pair-rows.ts';
import type { PairTable } from '../pairs.ts';
import type { StartOtherwise, Totals } from '../start-otherwise.ts';

/** The values of the places at a start that is solved anew for each; null where that was not found out. */
export const valuesAnew = (run: CompiledRun, table: PairTable, levels: Levels, otherwise: StartOtherwise) => {
  const aloneExcluded = aloneExcludedBy(run, levels);

  /** Whom a criterion of a place shuts out by itself, cell by cell. */
  const shutOut = (place: number, criterion: number, into: Map<number, PairAtCell[]>): void => {
    const { firstCell, endCell } = run.places[place]!;
    for (let cell = firstCell; cell < endCell; cell += 1) {
      const own = run.cells[cell]!.placeCriterion.indexOf(criterion);
      if (own === -1) continue;
      const { who, points, sessions } = aloneExcluded(cell, own);
      for (const [index, c] of who.entries())
        into.set(c, [...(into.get(c) ?? []), { cell, points: points[index]!, sessions: sessions[index]! }]);
    }
  };

  /** Who would not need the session that a criterion of a place sends them to. */
  const withoutSession = (place: number, criterion: number, into: Map<number, PairAtCell[]>): void => {
    const { firstCell, endCell } = run.places[place]!;
    const { sessions, criteria, placeCriterion } = run.cells[firstCell]!;
    const own = placeCriterion.indexOf(criterion);
    const session = sessions[own] ?? -1;
    if (session === -1) return;
    for (const [c, person] of run.candidates.entries()) {
      const start = run.starts[startForPair(person, run.places[place]!)]!;
      const stillNeeds = criteria.some(
        (each, k) => k !== own && sessions[k] === session && isNo(each.judge(person.facts, start)),
      );
      if (stillNeeds) continue;
      const row = pairRowOf(table, c);
      for (const [e, cell] of row.cells.entries()) {
        if (cell < firstCell || cell >= endCell || (row.sessions[e]! & (1 << session)) === 0) continue;
        const pair = { cell, points: row.points[e]!, sessions: row.sessions[e]! & ~(1 << session) };
        into.set(c, [...(into.get(c) ?? []), pair]);
      }
    }
  };

  return {
    oneMoreSeat: (place: number, effort: number): Totals | null => otherwise.changeOf({ oneMoreSeatAt: place }, effort),
    placedWithout: (place: number, criterion: number, effort: number): number | null => {
      const pairs = new Map<number, PairAtCell[]>();
      shutOut(place, criterion, pairs);
      withoutSession(place, criterion, pairs);
      if (pairs.size === 0) return 0;
      const rows = new Map<number, PairRow>();
      for (const [c, own] of pairs) rows.set(c, withPairs(pairRowOf(table, c), own));
      return otherwise.changeOf({ rows }, effort)?.placed ?? null;
    },
  };
};
