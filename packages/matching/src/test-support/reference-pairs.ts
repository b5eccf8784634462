import { type CompiledRun, pairKey, startForPair } from '../compiled-run.ts';
import { isNo, isUnknown, type Judgement } from '../criteria/judgement.ts';
import type { QuestionCount } from '../eligibility/place-summary.ts';
import { newPlaceTally } from '../eligibility/place-tally.ts';
import { fieldOf, isAskable, questionOf } from '../eligibility/questions.ts';
import type { PairTable } from '../pairs.ts';
import {
  addToTally,
  bestPoints,
  clearTally,
  newTally,
  reachesMinimumFit,
  type ScoreTally,
  totalPoints,
} from '../score.ts';

const grown = (array: Int32Array): Int32Array => {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
};

/** Verdicts in rising order, so that the best of several cells is the highest. */
const NO_RANK = 0;
const UNKNOWN_RANK = 1;
const YES_RANK = 2;

const rankOf = (judgement: Judgement): number => {
  if (isNo(judgement)) return NO_RANK;
  return isUnknown(judgement) ? UNKNOWN_RANK : YES_RANK;
};

/** One person and one cell; the same object serves every pair in turn. */
interface CellVerdict {
  readonly score: ScoreTally;
  failed: number;
  lastFailed: number;
  /** What is unknown and could shut out, what nobody can be asked included. */
  readonly unknown: Set<number>;
  sessions: number;
}

/** Fills in the verdict of one cell, and lifts the best ranks of the place's criteria. */
const judgeCell = (run: CompiledRun, c: number, cell: number, verdict: CellVerdict, bestRanks: Uint8Array): void => {
  const candidate = run.candidates[c]!;
  const { place, criteria, placeCriterion, notAsked, scorePart, sessions, levels } = run.cells[cell]!;
  const start = run.starts[startForPair(candidate, run.places[place]!)]!;
  clearTally(verdict.score);
  verdict.failed = 0;
  verdict.unknown.clear();
  verdict.sessions = 0;
  for (const ofPlace of notAsked) bestRanks[ofPlace] = YES_RANK;
  for (let k = 0; k < criteria.length; k += 1) {
    const criterion = criteria[k]!;
    const judgement = criterion.judge(candidate.facts, start);
    const rank = rankOf(judgement);
    const ofPlace = placeCriterion[k]!;
    if (rank > bestRanks[ofPlace]!) bestRanks[ofPlace] = rank;
    if (scorePart[k]! >= 0) addToTally(verdict.score, scorePart[k]!, judgement);
    if (rank === NO_RANK && sessions[k]! >= 0) verdict.sessions |= 1 << sessions[k]!;
    if (!criterion.excludes || rank === YES_RANK) continue;
    if (rank === UNKNOWN_RANK) {
      verdict.unknown.add(questionOf(run.levels[levels[k]!]!.topic, fieldOf(criterion.source(candidate.facts, start))));
    } else {
      verdict.failed += 1;
      verdict.lastFailed = ofPlace;
    }
  }
};

/** The same table as `judgePairs`, pair by pair: the readable reference. */
export const referencePairs = (run: CompiledRun): PairTable => {
  const { candidates, places, weights } = run;
  const edgeStart = new Int32Array(candidates.length + 1);
  let edgeCell: Int32Array = new Int32Array(1024);
  let edgePoints: Int32Array = new Int32Array(1024);
  let edgeSessions: Int32Array = new Int32Array(1024);
  let edges = 0;
  const questions = new Map<number, QuestionCount>();
  const tallies = places.map(({ criteria }) => newPlaceTally(criteria.length));
  const verdict: CellVerdict = { score: newTally(), failed: 0, lastFailed: -1, unknown: new Set(), sessions: 0 };
  const mostCriteria = places.reduce((most, { criteria }) => Math.max(most, criteria.length), 0);
  const bestRanks = new Uint8Array(mostCriteria);
  const failsAlone = new Uint8Array(mostCriteria);

  for (let c = 0; c < candidates.length; c += 1) {
    for (const [p, { criteria, firstCell, endCell }] of places.entries()) {
      const tally = tallies[p]!;
      const isRuledOut = run.ruledOut.has(pairKey(c, p, places.length));
      let failedCells = 0;
      let eligibleCells = 0;
      let certainCells = 0;
      const settled = new Set<number>();
      const opened = new Set<number>();
      for (let cell = firstCell; cell < endCell; cell += 1) {
        judgeCell(run, c, cell, verdict, bestRanks);
        if (verdict.failed > 0) {
          failedCells += 1;
          if (verdict.failed === 1) failsAlone[verdict.lastFailed] = 1;
          continue;
        }
        if (isRuledOut || !reachesMinimumFit(bestPoints(verdict.score, weights), weights)) continue;
        eligibleCells += 1;
        for (const question of verdict.unknown) {
          settled.add(question);
          if (verdict.unknown.size === 1) opened.add(question);
        }
        if (verdict.unknown.size === 0) certainCells += 1;
        if (edges === edgeCell.length) {
          edgeCell = grown(edgeCell);
          edgePoints = grown(edgePoints);
          edgeSessions = grown(edgeSessions);
        }
        edgeCell[edges] = cell;
        edgePoints[edges] = totalPoints(verdict.score, weights);
        edgeSessions[edges] = verdict.sessions;
        edges += 1;
      }
      const shutOut = failedCells === endCell - firstCell;
      for (let k = 0; k < criteria.length; k += 1) {
        if (bestRanks[k] === UNKNOWN_RANK) tally.unknown[k]! += 1;
        else if (bestRanks[k] === NO_RANK && criteria[k]!.excludes) tally.excluded[k]! += 1;
        if (shutOut && failsAlone[k] === 1) tally.excludedAlone[k]! += 1;
        bestRanks[k] = NO_RANK;
        failsAlone[k] = 0;
      }
      if (eligibleCells === 0) continue;
      tally.eligible += 1;
      if (certainCells === 0) tally.eligibleWithChecks += 1;
      for (const question of settled) {
        if (!isAskable(question)) continue;
        const empty = () => new Int32Array(candidates.length);
        const count = questions.get(question) ?? { settles: empty(), opens: empty() };
        questions.set(question, count);
        count.settles[c]! += 1;
        if (certainCells === 0 && opened.has(question)) count.opens[c]! += 1;
      }
    }
    edgeStart[c + 1] = edges;
  }
  return {
    edgeStart,
    edgeCell: edgeCell.slice(0, edges),
    edgePoints: edgePoints.slice(0, edges),
    edgeSessions: edgeSessions.slice(0, edges),
    places: tallies,
    questions,
  };
};
