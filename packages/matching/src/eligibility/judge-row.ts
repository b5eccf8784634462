import type { CandidateId, CohortId } from '@gruppstart/domain/shared/ids';
import { type CompiledCandidate, type CompiledRun, compileCandidate } from '../compiled-run.ts';
import { candidateFacts } from '../criteria/facts.ts';
import { isNo, type Judgement } from '../criteria/judgement.ts';
import { lotBases, pairLot } from '../draw.ts';
import type { ExpectedProfile } from '../model.ts';
import { addToTally, bestPoints, clearTally, newTally, reachesMinimumFit, totalPoints } from '../score.ts';
import { judgeLevel } from './levels.ts';

/** Somebody to be judged beside the run, whether they are in it or not. */
export interface RowPerson extends ExpectedProfile {
  /** Null: nobody in particular, who draws no lots and is ruled out nowhere. */
  readonly candidateId: CandidateId | null;
  readonly assignedCohortId: CohortId | null;
}

/** The edges of one person, by rising cell, as they would stand in the table. */
export interface Row {
  readonly candidate: CompiledCandidate;
  readonly cells: Int32Array;
  readonly points: Int32Array;
  readonly lots: Uint16Array;
  readonly sessions: Int32Array;
}

/**
 * Judges one person against every cell: somebody whose answers have changed, or who is new. Every level is judged once,
 * however many cells ask it.
 */
export const judgeRow = (run: CompiledRun, person: RowPerson): Row => {
  const { cells, levels, places, weights } = run;
  const { candidateId, assignedCohortId } = person;
  const excludedFrom = new Set(
    run.input.startExclusions.filter((row) => row.candidateId === candidateId).map((row) => row.cohortId),
  );
  const facts = candidateFacts(person, run.travel);
  const candidate = compileCandidate(facts, assignedCohortId, run.starts, excludedFrom);
  const ruledOut = new Set(
    run.input.exclusions.filter((pair) => pair.candidateId === candidateId).map((pair) => pair.placeId),
  );
  const lotBase = candidateId === null ? null : lotBases(run.input.seed, [candidateId])[0]!;
  const judgements: Judgement[] = levels.map((rule) => judgeLevel(run, rule, candidate));
  const tally = newTally();
  const found = new Int32Array(cells.length);
  const points = new Int32Array(cells.length);
  const sessions = new Int32Array(cells.length);
  let count = 0;
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index]!;
    if (ruledOut.has(places[cell.place]!.place.placeId)) continue;
    clearTally(tally);
    let isShutOut = false;
    let needed = 0;
    for (let k = 0; k < cell.criteria.length; k += 1) {
      const judgement = judgements[cell.levels[k]!]!;
      if (isNo(judgement)) {
        isShutOut = cell.criteria[k]!.excludes;
        if (isShutOut) break;
        if (cell.sessions[k]! >= 0) needed |= 1 << cell.sessions[k]!;
      }
      if (cell.scorePart[k]! >= 0) addToTally(tally, cell.scorePart[k]!, judgement);
    }
    if (isShutOut || !reachesMinimumFit(bestPoints(tally, weights), weights)) continue;
    found[count] = index;
    points[count] = totalPoints(tally, weights);
    sessions[count] = needed;
    count += 1;
  }
  const own = found.slice(0, count);
  return {
    candidate,
    cells: own,
    points: points.slice(0, count),
    lots: Uint16Array.from(own, (cell) => (lotBase === null ? 0 : pairLot(lotBase, run.cellLotBases[cell]!))),
    sessions: sessions.slice(0, count),
  };
};
