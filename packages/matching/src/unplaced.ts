import type { CriterionTopic } from '@gruppstart/domain/matching/criterion';
import type { NearestPlace, UnplacedOutcome, UnplacedReason } from '@gruppstart/domain/matching/outcome';
import type { RunAssignment } from './assign-starts.ts';
import { compareText } from './canonical-json.ts';
import { type CompiledRun, pairKey, startForPair } from './compiled-run.ts';
import { contestReasons } from './contest-reasons.ts';
import type { Criterion } from './criteria/criterion.ts';
import { isNo } from './criteria/judgement.ts';
import type { MatchStart } from './model.ts';
import { pairEvidence } from './pair-evidence.ts';
import type { PairTable } from './pairs.ts';
import {
  addToTally,
  bestPoints,
  clearTally,
  newTally,
  percentOf,
  reachesMinimumFit,
  type ScoreTally,
  totalPoints,
} from './score.ts';
import type { Placed } from './seat-holders.ts';

interface TopicCount {
  readonly topic: CriterionTopic;
  readonly key: string;
  places: number;
  alone: number;
}

interface Pair {
  readonly cell: number;
  readonly start: number;
}

/** What all places say to one person. */
interface Survey {
  /** Places with a free seat before the run, open at a start that the person can join. */
  openPlaces: number;
  readonly excludedBy: Map<string, TopicCount>;
  ruledOut: number;
  underMinimum: number;
  bestUnderMinimum: number;
  nearest: Pair | null;
}

/** What one cell says to one person. */
interface CellSurvey {
  /** Topics that say no; two requirements on one topic are one no. */
  readonly noes: readonly Criterion[];
  readonly points: number;
  readonly best: number;
}

const surveyCell = (run: CompiledRun, c: number, cell: number, start: MatchStart, tally: ScoreTally): CellSurvey => {
  const { criteria, scorePart } = run.cells[cell]!;
  const { facts } = run.candidates[c]!;
  clearTally(tally);
  const noes: Criterion[] = [];
  for (const [index, criterion] of criteria.entries()) {
    const judgement = criterion.judge(facts, start);
    if (scorePart[index]! >= 0) addToTally(tally, scorePart[index]!, judgement);
    if (!criterion.excludes) continue;
    if (isNo(judgement) && !noes.some((no) => no.topicKey === criterion.topicKey)) noes.push(criterion);
  }
  return { noes, points: totalPoints(tally, run.weights), best: bestPoints(tally, run.weights) };
};

/** Fewer noes first, then more points. */
const isNearer = (a: CellSurvey, b: CellSurvey): boolean =>
  a.noes.length < b.noes.length || (a.noes.length === b.noes.length && a.points > b.points);

const survey = (run: CompiledRun, c: number, tally: ScoreTally): Survey => {
  const candidate = run.candidates[c]!;
  const result: Survey = {
    openPlaces: 0,
    excludedBy: new Map(),
    ruledOut: 0,
    underMinimum: 0,
    bestUnderMinimum: 0,
    nearest: null,
  };
  let nearest: CellSurvey | null = null;
  for (const [p, place] of run.places.entries()) {
    const startIndex = startForPair(candidate, place);
    const start = run.starts[startIndex]!;
    const isRuledOut = run.ruledOut.has(pairKey(c, p, run.places.length));
    /** Of a place with parts, the cell that comes nearest of those with a free seat. */
    let free: CellSurvey | null = null;
    for (let cell = place.firstCell; cell < place.endCell; cell += 1) {
      const said = surveyCell(run, c, cell, start, tally);
      if (run.cells[cell]!.freeSeats > 0 && (free === null || isNearer(said, free))) free = said;
      if (isRuledOut || place.place.seats === 0 || (nearest !== null && !isNearer(said, nearest))) continue;
      nearest = said;
      result.nearest = { cell, start: startIndex };
    }
    if (free === null || ((candidate.startMask | candidate.excludedMask) & place.startMask) === 0) continue;
    const { noes, best } = free;
    result.openPlaces += 1;
    if (isRuledOut) result.ruledOut += 1;
    for (const { topicKey, topic } of noes) {
      const count = result.excludedBy.get(topicKey) ?? { topic, key: topicKey, places: 0, alone: 0 };
      count.places += 1;
      if (noes.length === 1) count.alone += 1;
      result.excludedBy.set(topicKey, count);
    }
    if (noes.length === 0 && !isRuledOut && !reachesMinimumFit(best, run.weights)) {
      result.underMinimum += 1;
      result.bestUnderMinimum = Math.max(result.bestUnderMinimum, best);
    }
  }
  return result;
};

const excludedByRows = (counts: ReadonlyMap<string, TopicCount>) =>
  [...counts.values()]
    .sort((a, b) => b.places - a.places || b.alone - a.alone || compareText(a.key, b.key))
    .map(({ topic, places, alone }) => ({ topic, places, alone }));

/** Starts with fitting places that the person may not begin because of who is in them: neither who nor why is said. */
const excludedReasons = (run: CompiledRun, table: PairTable, c: number): UnplacedReason[] =>
  run.starts.flatMap(({ cohortId }, startIndex): UnplacedReason[] => {
    if ((run.candidates[c]!.excludedMask & (1 << startIndex)) === 0) return [];
    const fitting = new Set<number>();
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
      const { place, freeSeats } = run.cells[table.edgeCell[e]!]!;
      if ((run.places[place]!.startMask & (1 << startIndex)) !== 0 && freeSeats > 0) fitting.add(place);
    }
    return fitting.size === 0
      ? []
      : [{ kind: 'other-planning', cohortId, eligiblePlaces: fitting.size, because: 'group-rule' }];
  });

/** For somebody who only lacks a seat: the fitting place with most points. */
const nearestEligible = (run: CompiledRun, table: PairTable, c: number): Pair | null => {
  let best = -1;
  for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
    if (run.places[run.cells[table.edgeCell[e]!]!.place]!.place.seats === 0) continue;
    if (best === -1 || table.edgePoints[e]! > table.edgePoints[best]!) best = e;
  }
  if (best === -1) return null;
  const cell = table.edgeCell[best]!;
  return { cell, start: startForPair(run.candidates[c]!, run.places[run.cells[cell]!.place]!) };
};

const nearestOf = (run: CompiledRun, c: number, nearest: Pair | null): NearestPlace | null => {
  if (nearest === null) return null;
  const evidence = pairEvidence(run, c, nearest.cell, nearest.start);
  const { place, seatPart } = run.cells[nearest.cell]!;
  return {
    placeId: run.places[place]!.place.placeId,
    seatPart,
    cohortId: run.starts[nearest.start]!.cohortId,
    points: evidence.points,
    maxPoints: evidence.maxPoints,
    missing: evidence.verdicts.filter((judged) => judged.excludes && judged.verdict === 'no'),
    checks: evidence.checks,
  };
};

/** Why no place fits somebody who can join a start. */
const placeReasons = (run: CompiledRun, found: Survey): UnplacedReason[] => {
  if (found.openPlaces === 0) return [{ kind: 'no-open-place' }];
  const reasons: UnplacedReason[] = [];
  const excludedBy = excludedByRows(found.excludedBy);
  if (excludedBy.length > 0) reasons.push({ kind: 'no-eligible-place', openPlaces: found.openPlaces, excludedBy });
  if (found.underMinimum > 0)
    reasons.push({
      kind: 'under-minimum-fit',
      places: found.underMinimum,
      bestFitPercent: percentOf(found.bestUnderMinimum, run.weights.maxPoints) ?? 0,
      minimumFitPercent: run.weights.minimumFitPercent,
    });
  if (found.ruledOut > 0) reasons.push({ kind: 'ruled-out', places: found.ruledOut });
  return reasons;
};

/** Why a candidate has no proposal, and the place that is closest. */
export const unplacedOutcome = (
  run: CompiledRun,
  table: PairTable,
  assignment: RunAssignment,
  placed: Placed,
  c: number,
): UnplacedOutcome => {
  const candidate = run.candidates[c]!;
  const { candidateId, availableFrom } = run.input.candidates[c]!;
  const contested = [...contestReasons(run, table, assignment, placed, c), ...excludedReasons(run, table, c)];
  if (contested.length > 0) {
    const nearest = nearestOf(run, c, nearestEligible(run, table, c));
    return { kind: 'unplaced', candidateId, reasons: contested, nearest };
  }
  const found = survey(run, c, newTally());
  const nearest = nearestOf(run, c, found.nearest);
  if (candidate.startMask === 0 && candidate.excludedMask === 0 && availableFrom !== null) {
    const lastStart = run.starts.findLast((_, index) => (candidate.allowedMask & (1 << index)) !== 0)!;
    const reason = { kind: 'not-available-by-start', availableFrom, lastStartDate: lastStart.startDate } as const;
    return { kind: 'unplaced', candidateId, reasons: [reason], nearest };
  }
  return { kind: 'unplaced', candidateId, reasons: placeReasons(run, found), nearest };
};
