import type { UnplacedReason } from '@gruppstart/domain/matching/outcome';
import type {
  RequestHindrance,
  WhatIfAnswerOf,
  WhatIfFailure,
  WhatIfQuestionOf,
} from '@gruppstart/domain/matching/what-if';
import type { CandidateId, CohortId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { isOpenAt, mayJoin } from '../criteria/terms.ts';
import { findInputFaults, type InputFault } from '../input-faults.ts';
import type { MatchCandidate, MatchInput, MatchPlace, MatchStart, RunResult } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import { consequencesOf, seatsOf } from './consequences.ts';

/** Starts at which the person could have the place: those that both can join first, each group by date. */
const startsFor = ({ starts }: MatchInput, candidate: MatchCandidate, place: MatchPlace): readonly MatchStart[] => {
  const allowed = starts.filter(
    ({ cohortId }) => candidate.assignedCohortId === null || candidate.assignedCohortId === cohortId,
  );
  const both = (start: MatchStart): boolean => mayJoin(candidate, start) && isOpenAt(place, start);
  return allowed.toSorted(
    (a, b) => Number(both(b)) - Number(both(a)) || (a.startDate < b.startDate ? -1 : Number(a.startDate > b.startDate)),
  );
};

const HINDRANCE_OF: Readonly<Partial<Record<InputFault['code'], RequestHindrance>>> = {
  'pins-over-place-seats': 'place-full',
  'pins-over-cohort-seats': 'start-full',
};

/** Why the run would not have proposed the pair by itself, though a seat was free: the pair alone, and nobody else. */
const obstaclesTo = (
  input: MatchInput,
  candidate: MatchCandidate,
  place: MatchPlace,
  start: MatchStart,
): UnplacedReason[] => {
  const alone = runMatching({
    ...input,
    starts: [{ ...start, seats: 1, taken: 0, preliminary: false }],
    candidates: [{ ...candidate, keptAt: null }],
    places: [{ ...place, seats: 1, taken: 0, takenSecond: 0, supervisorHours: 0 }],
    units: [],
    pins: [],
    pairRules: [],
    policy: { placeAtMost: null, movedPersonCostPoints: 0 },
    expectedArrivals: null,
  });
  const [outcome] = alone.candidates;
  return outcome?.kind === 'unplaced' ? outcome.reasons : [];
};

/** A pair that is fixed comes before the rule that two begin together: then it is told that the other does not begin. */
const leavesOther = (
  { pairRules, purpose }: MatchInput,
  { candidates }: RunResult,
  candidateId: CandidateId,
  cohortId: CohortId,
): UnplacedReason[] => {
  const others = pairRules.flatMap(({ kind, first, second }) => {
    if (kind !== 'together' || purpose !== 'admission') return [];
    if (first === candidateId) return [second];
    return second === candidateId ? [first] : [];
  });
  const begins = (id: CandidateId): boolean =>
    candidates.some(
      (outcome) => outcome.candidateId === id && outcome.kind === 'proposed' && outcome.cohortId === cohortId,
    );
  return others.every(begins) ? [] : [{ kind: 'other-planning', cohortId, eligiblePlaces: 1, because: 'group-rule' }];
};

/**
 * What it costs the others when a named person gets a place: the run with that pair fixed. It is fixed whatever the
 * criteria say, and the answer tells what they say. Where the run itself had fixed the pair, what others have is taken
 * from the run without that: else a place that was given beforehand would seem to cost nobody anything.
 */
export const answerNamedRequest = (
  input: MatchInput,
  result: RunResult,
  { candidateId, placeId }: WhatIfQuestionOf<'named-request'>,
): Result<WhatIfAnswerOf<'named-request'>, WhatIfFailure> => {
  const candidate = input.candidates.find((each) => each.candidateId === candidateId);
  const place = input.places.find((each) => each.placeId === placeId);
  if (!candidate || !place) return err('not-in-run');
  const from = seatsOf(result).get(candidateId) ?? null;
  const others = input.pins.filter((pin) => pin.candidateId !== candidateId);
  const isFixed = input.pins.some((pin) => pin.candidateId === candidateId && pin.placeId === placeId);
  const before = isFixed ? runMatching({ ...input, pins: others }) : result;
  let hindrance: RequestHindrance = 'other-rule';
  for (const start of startsFor(input, candidate, place)) {
    const { cohortId } = start;
    // Whoever has half the seat there is asked for as they are; nobody needs the other half for that.
    const isThere = from?.placeId === placeId && from.cohortId === cohortId;
    const pin = { candidateId, placeId, cohortId, ...(isThere ? { seatPart: from.seatPart } : {}) };
    const fixed = { ...input, pins: [...others, pin] };
    const [fault] = findInputFaults(fixed);
    if (fault !== undefined) {
      hindrance = HINDRANCE_OF[fault.code] ?? 'other-rule';
      continue;
    }
    const otherwise = runMatching(fixed);
    const outcome = otherwise.candidates.find((each) => each.candidateId === candidateId);
    if (outcome?.kind !== 'proposed') throw new Error('Somebody who was fixed to a place did not get it');
    return ok({
      kind: 'named-request',
      from,
      request: {
        possible: true,
        outcome,
        obstacles: [
          ...obstaclesTo(input, candidate, place, start),
          ...leavesOther(input, otherwise, candidateId, start.cohortId),
        ],
        consequences: consequencesOf(before, otherwise, new Set([candidateId])),
      },
    });
  }
  return ok({ kind: 'named-request', from, request: { possible: false, hindrance } });
};
