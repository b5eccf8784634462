import type { MatchingWeights } from '@gruppstart/domain/matching/weights';
import { travelCriterion } from './criteria/commute.ts';
import type { Criterion } from './criteria/criterion.ts';
import { type NearMap, nearMapOf } from './criteria/experience.ts';
import { type CandidateFacts, candidateFacts, travelMaps } from './criteria/facts.ts';
import { ownWishesCriterion } from './criteria/own-wishes.ts';
import { requirementCriterion } from './criteria/requirement.ts';
import {
  availabilityCriterion,
  engagementsCriterion,
  isOpenAt,
  mayJoin,
  placeWindowCriterion,
  shareCriterion,
  workingTimesCriterion,
} from './criteria/terms.ts';
import { drawLots, lotBases } from './draw.ts';
import type { MatchInput, MatchPlace, MatchStart } from './model.ts';
import { type PartPoints, partIndex, partPointsOf } from './score.ts';
import { waitDaysOf } from './wait.ts';

export interface CompiledPlace {
  readonly place: MatchPlace;
  readonly criteria: readonly Criterion[];
  /** Score part of each criterion, -1 where it is not scored. */
  readonly parts: Int8Array;
  /** Starts (one bit each) at which the place is open. */
  readonly startMask: number;
  /** Seats that are free before the run. */
  readonly freeSeats: number;
}

export interface CompiledCandidate {
  readonly facts: CandidateFacts;
  /** Starts that the person may be considered for at all. */
  readonly allowedMask: number;
  /** Of those, the starts that the person can join, as far as is known. */
  readonly startMask: number;
}

/** A canonical input with everything looked up once. Indexes are positions in the canonical lists. */
export interface CompiledRun {
  readonly input: MatchInput;
  readonly starts: readonly MatchStart[];
  readonly candidates: readonly CompiledCandidate[];
  readonly places: readonly CompiledPlace[];
  readonly weights: PartPoints;
  readonly ruledOut: ReadonlySet<number>;
  readonly waitDays: Int32Array;
  readonly lots: Int32Array;
  readonly candidateLotBases: Uint32Array;
  readonly placeLotBases: Uint32Array;
}

/** A pair as one number. */
export const pairKey = (candidate: number, place: number, placeCount: number): number => candidate * placeCount + place;

const compilePlace = (place: MatchPlace, input: MatchInput, weights: MatchingWeights, near: NearMap): CompiledPlace => {
  const engagements = engagementsCriterion(place);
  const taught = new Set(input.skillsTaught.filter(({ seats }) => seats === null).map(({ skillId }) => skillId));
  const criteria: Criterion[] = [
    availabilityCriterion(),
    placeWindowCriterion(place),
    shareCriterion(place),
    workingTimesCriterion(place),
    ...(engagements === null ? [] : [engagements]),
    travelCriterion(place, weights.nearTravelMarginMinutes),
    ...place.requirements.map((requirement, index) => requirementCriterion(requirement, index, taught, near)),
    ownWishesCriterion(place),
  ];
  let startMask = 0;
  for (const [index, start] of input.starts.entries()) if (isOpenAt(place, start)) startMask |= 1 << index;
  return {
    place,
    criteria,
    parts: Int8Array.from(criteria, (criterion) => (criterion.part === null ? -1 : partIndex(criterion.part))),
    startMask,
    freeSeats: Math.max(0, place.seats - place.taken),
  };
};

const compileCandidate = (facts: CandidateFacts, starts: readonly MatchStart[]): CompiledCandidate => {
  const { assignedCohortId } = facts.candidate;
  let allowedMask = 0;
  let startMask = 0;
  for (const [index, start] of starts.entries()) {
    if (assignedCohortId !== null && assignedCohortId !== start.cohortId) continue;
    allowedMask |= 1 << index;
    if (mayJoin(facts.candidate, start)) startMask |= 1 << index;
  }
  return { facts, allowedMask, startMask };
};

/** `input` must be canonical and without faults. */
export const compileRun = (input: MatchInput): CompiledRun => {
  const travel = travelMaps(input.travel);
  const facts = input.candidates.map((candidate) => candidateFacts(candidate, travel));
  const near = nearMapOf(input.nearOccupations);
  const candidateIndex = new Map(input.candidates.map(({ candidateId }, index) => [candidateId, index]));
  const placeIndex = new Map(input.places.map(({ placeId }, index) => [placeId, index]));
  const ruledOut = new Set<number>();
  for (const pair of input.exclusions) {
    const candidate = candidateIndex.get(pair.candidateId);
    const place = placeIndex.get(pair.placeId);
    if (candidate !== undefined && place !== undefined) ruledOut.add(pairKey(candidate, place, input.places.length));
  }
  const candidateIds = input.candidates.map(({ candidateId }) => candidateId);
  return {
    input,
    starts: input.starts,
    candidates: facts.map((each) => compileCandidate(each, input.starts)),
    places: input.places.map((place) => compilePlace(place, input, input.weights, near)),
    weights: partPointsOf(input.weights),
    ruledOut,
    waitDays: waitDaysOf(input),
    lots: drawLots(input.seed, candidateIds),
    candidateLotBases: lotBases(input.seed, candidateIds),
    placeLotBases: lotBases(
      input.seed,
      input.places.map(({ placeId }) => placeId),
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
