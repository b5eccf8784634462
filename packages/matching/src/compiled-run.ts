import type { CandidateId, CohortId, UnitId } from '@gruppstart/domain/shared/ids';
import {
  type CellRules,
  type CompiledCell,
  compileCells,
  type LimitedSession,
  limitedSessions,
  taughtSkills,
} from './compiled-cell.ts';
import type { Criterion } from './criteria/criterion.ts';
import { nearMapOf } from './criteria/experience.ts';
import { type CandidateFacts, candidateFacts, travelMaps } from './criteria/facts.ts';
import { isOpenAt, mayJoin } from './criteria/terms.ts';
import { drawLots, lotBases } from './draw.ts';
import type { MatchInput, MatchPlace, MatchStart, TravelToUnit } from './model.ts';
import { type PartPoints, partPointsOf } from './score.ts';
import { tiersOf } from './tiers.ts';
import { waitDaysOf } from './wait.ts';

export interface CompiledPlace {
  readonly place: MatchPlace;
  /** Its cells are firstCell … endCell - 1; the first is the whole seat. */
  readonly firstCell: number;
  readonly endCell: number;
  /** Those of the whole seat. */
  readonly criteria: readonly Criterion[];
  /** Starts (one bit each) at which the place is open. */
  readonly startMask: number;
}

export interface CompiledCandidate {
  readonly facts: CandidateFacts;
  /** Starts that the person may be considered for at all. */
  readonly allowedMask: number;
  /** Of those, the starts that the person can join, as far as is known. */
  readonly startMask: number;
  /** Starts that the person could join, were it not for who is in them. */
  readonly excludedMask: number;
}

/** What some criteria ask alike, at one place or many: judged once for everybody. */
export interface LevelRule {
  readonly criterion: Criterion;
  /** One of the places that ask it. */
  readonly place: number;
  /** What it is about: the index in `run.topics`. */
  readonly topic: number;
}

/** What criteria are about, with the text by which they are compared. */
export type RunTopic = Pick<Criterion, 'topic' | 'topicKey'>;

/** A canonical input with everything looked up once. Indexes are positions in the canonical lists. */
export interface CompiledRun {
  readonly input: MatchInput;
  readonly starts: readonly MatchStart[];
  readonly candidates: readonly CompiledCandidate[];
  readonly places: readonly CompiledPlace[];
  readonly cells: readonly CompiledCell[];
  readonly levels: readonly LevelRule[];
  /** Everything that the criteria are about, each once. */
  readonly topics: readonly RunTopic[];
  /** In the order of the bits of `PairTable.edgeSessions`. */
  readonly sessions: readonly LimitedSession[];
  readonly weights: PartPoints;
  readonly ruledOut: ReadonlySet<number>;
  /** The same per place: candidates whom a coordinator or an answer has ruled out there. */
  readonly ruledOutAt: readonly (readonly number[])[];
  readonly travel: readonly ReadonlyMap<UnitId, TravelToUnit>[];
  readonly waitDays: Int32Array;
  readonly tiers: Uint8Array;
  readonly lots: Int32Array;
  readonly candidateLotBases: Uint32Array;
  readonly cellLotBases: Uint32Array;
}

/** A pair as one number. */
export const pairKey = (candidate: number, place: number, placeCount: number): number => candidate * placeCount + place;

const startMaskOf = (place: MatchPlace, starts: readonly MatchStart[]): number => {
  let mask = 0;
  for (const [index, start] of starts.entries()) if (isOpenAt(place, start)) mask |= 1 << index;
  return mask;
};

const compilePlaces = (input: MatchInput, given: Omit<CellRules, 'levelOf'>) => {
  const cells: CompiledCell[] = [];
  const startMasks = input.places.map((place) => startMaskOf(place, input.starts));
  const levels: LevelRule[] = [];
  const levelByKey = new Map<string, number>();
  const topics: RunTopic[] = [];
  const topicByKey = new Map<string, number>();
  const topicOf = ({ topic, topicKey }: Criterion): number => {
    const known = topicByKey.get(topicKey) ?? topics.push({ topic, topicKey }) - 1;
    topicByKey.set(topicKey, known);
    return known;
  };
  const levelOf: CellRules['levelOf'] = (criterion, place) => {
    // At which start a pair is judged depends on the place's starts, and these two read the start. Places that are open at
    // the same starts shut out the same people, whatever their dates.
    const { kind } = criterion.topic;
    const key =
      kind === 'availability' || kind === 'place-window' ? `${kind}:${startMasks[place]}` : criterion.levelKey;
    const known = levelByKey.get(key);
    if (known !== undefined) return known;
    levelByKey.set(key, levels.length);
    return levels.push({ criterion, place, topic: topicOf(criterion) }) - 1;
  };
  const rules: CellRules = { ...given, levelOf };
  const places = input.places.map((place, index): CompiledPlace => {
    const own = compileCells(place, index, rules);
    const firstCell = cells.length;
    cells.push(...own);
    return {
      place,
      firstCell,
      endCell: cells.length,
      criteria: own[0]!.criteria,
      startMask: startMasks[index]!,
    };
  });
  return { places, cells, levels, topics };
};

/** The draw between a person's equal cells: a place that is not shared draws by its own id. */
const cellDrawId = (cell: CompiledCell, input: MatchInput): string => {
  const { placeId } = input.places[cell.place]!;
  return cell.seatPart === 'whole' ? placeId : `${placeId}|${cell.seatPart}`;
};

/** `assignedCohortId` null: any start of the run. */
export const compileCandidate = (
  facts: CandidateFacts,
  assignedCohortId: CohortId | null,
  starts: readonly MatchStart[],
  excludedFrom: ReadonlySet<CohortId> | undefined,
): CompiledCandidate => {
  let allowedMask = 0;
  let startMask = 0;
  let excludedMask = 0;
  for (const [index, start] of starts.entries()) {
    if (assignedCohortId !== null && assignedCohortId !== start.cohortId) continue;
    allowedMask |= 1 << index;
    if (!mayJoin(facts.candidate, start)) continue;
    if (excludedFrom?.has(start.cohortId)) excludedMask |= 1 << index;
    else startMask |= 1 << index;
  }
  return { facts, allowedMask, startMask, excludedMask };
};

/** `input` must be canonical and without faults. */
export const compileRun = (input: MatchInput): CompiledRun => {
  const travel = travelMaps(input.travel);
  const sessions = limitedSessions(input.skillsTaught);
  const { places, cells, levels, topics } = compilePlaces(input, {
    nearTravelMarginMinutes: input.weights.nearTravelMarginMinutes,
    taught: taughtSkills(input.skillsTaught),
    sessionOf: new Map(sessions.map(({ skillId }, index) => [skillId, index])),
    near: nearMapOf(input.nearOccupations),
  });
  const candidateIndex = new Map(input.candidates.map(({ candidateId }, index) => [candidateId, index]));
  const placeIndex = new Map(input.places.map(({ placeId }, index) => [placeId, index]));
  const ruledOut = new Set<number>();
  const ruledOutAt: number[][] = input.places.map(() => []);
  for (const pair of input.exclusions) {
    const candidate = candidateIndex.get(pair.candidateId);
    const place = placeIndex.get(pair.placeId);
    if (candidate === undefined || place === undefined) continue;
    ruledOut.add(pairKey(candidate, place, input.places.length));
    ruledOutAt[place]!.push(candidate);
  }
  const excludedFrom = new Map<CandidateId, Set<CohortId>>();
  for (const { candidateId, cohortId } of input.startExclusions)
    excludedFrom.set(candidateId, (excludedFrom.get(candidateId) ?? new Set()).add(cohortId));
  const candidateIds = input.candidates.map(({ candidateId }) => candidateId);
  const waitDays = waitDaysOf(input);
  return {
    input,
    starts: input.starts,
    candidates: input.candidates.map((candidate) =>
      compileCandidate(
        candidateFacts(candidate, travel),
        candidate.assignedCohortId,
        input.starts,
        excludedFrom.get(candidate.candidateId),
      ),
    ),
    places,
    cells,
    levels,
    topics,
    sessions,
    weights: partPointsOf(input.weights),
    ruledOut,
    ruledOutAt,
    travel,
    waitDays,
    tiers: tiersOf(input, waitDays),
    lots: drawLots(input.seed, candidateIds),
    candidateLotBases: lotBases(input.seed, candidateIds),
    cellLotBases: lotBases(
      input.seed,
      cells.map((cell) => cellDrawId(cell, input)),
    ),
  };
};

const lowestBit = (mask: number): number => 31 - Math.clz32(mask & -mask);
const highestBit = (mask: number): number => 31 - Math.clz32(mask);

/**
 * The start at which a pair is judged: the first that both can join. When there is none, the first that the person can
 * join; failing that the last one allowed, the closest to being in time.
 */
export const startForPair = (candidate: CompiledCandidate, place: CompiledPlace): number => {
  const both = candidate.startMask & place.startMask;
  if (both !== 0) return lowestBit(both);
  if (candidate.startMask !== 0) return lowestBit(candidate.startMask);
  const open = candidate.allowedMask & place.startMask;
  return highestBit(open !== 0 ? open : candidate.allowedMask);
};
