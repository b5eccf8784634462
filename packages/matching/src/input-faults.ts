import type { CandidateId, CohortId, PlaceId } from '@gruppstart/domain/shared/ids';
import type { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { limitedSessions } from './compiled-cell.ts';
import type { MatchInput } from './model.ts';
import { type FreeSeats, freeSeats, pinsFit } from './pins-fit.ts';
import { type ConstraintFault, constraintFaults } from './side-constraints/constraint-faults.ts';

/** Starts are told apart by bits of one 32-bit number, and so are sessions with limited seats. */
const MAX_STARTS = 30;
const MAX_LIMITED_SESSIONS = 30;

/** Why an input cannot be run. Each is a mistake of whoever put the input together, or pins that ask too much. */
export type InputFault =
  | ConstraintFault
  | { readonly code: 'no-start' }
  | { readonly code: 'too-many-starts'; readonly starts: number; readonly atMost: number }
  | { readonly code: 'committed-start-after-preliminary'; readonly cohortId: CohortId }
  | { readonly code: 'too-many-limited-sessions'; readonly sessions: number; readonly atMost: number }
  | { readonly code: 'seats-not-whole'; readonly id: CohortId | PlaceId | SkillId }
  | { readonly code: 'duplicate-id'; readonly id: string }
  | { readonly code: 'bad-seed' }
  | { readonly code: 'travel-row-missing'; readonly candidateId: CandidateId }
  | { readonly code: 'cohort-not-in-run'; readonly candidateId: CandidateId; readonly cohortId: CohortId | null }
  | { readonly code: 'pin-unknown'; readonly candidateId: CandidateId; readonly placeId: PlaceId }
  | { readonly code: 'pin-wrong-cohort'; readonly candidateId: CandidateId; readonly cohortId: CohortId }
  | { readonly code: 'pinned-twice'; readonly candidateId: CandidateId }
  | { readonly code: 'pins-over-place-seats'; readonly placeId: PlaceId; readonly pins: number; readonly free: number }
  | {
      readonly code: 'pins-over-cohort-seats';
      readonly cohortId: CohortId;
      readonly pins: number;
      readonly free: number;
    };

const duplicates = (ids: readonly string[]): InputFault[] => {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) twice.add(id);
    seen.add(id);
  }
  return [...twice].map((id) => ({ code: 'duplicate-id', id }));
};

const isSeatCount = (seats: number): boolean => Number.isInteger(seats) && seats >= 0;

const startFaults = (input: MatchInput): InputFault[] => {
  const faults: InputFault[] = [];
  if (input.starts.length === 0) faults.push({ code: 'no-start' });
  if (input.starts.length > MAX_STARTS)
    faults.push({ code: 'too-many-starts', starts: input.starts.length, atMost: MAX_STARTS });
  const firstPreliminary = input.starts
    .filter((start) => start.preliminary)
    .reduce<string>((first, start) => (start.startDate < first ? start.startDate : first), '9999-12-31');
  for (const start of input.starts) {
    if (!start.preliminary && start.startDate > firstPreliminary)
      faults.push({ code: 'committed-start-after-preliminary', cohortId: start.cohortId });
    if (!isSeatCount(start.seats) || !isSeatCount(start.taken))
      faults.push({ code: 'seats-not-whole', id: start.cohortId });
  }
  return faults;
};

const sessionFaults = ({ skillsTaught }: MatchInput): InputFault[] => {
  const faults = duplicates(skillsTaught.map(({ skillId }) => skillId));
  const sessions = limitedSessions(skillsTaught).length;
  if (sessions > MAX_LIMITED_SESSIONS)
    faults.push({ code: 'too-many-limited-sessions', sessions, atMost: MAX_LIMITED_SESSIONS });
  for (const { skillId, seats } of skillsTaught)
    if (seats !== null && !isSeatCount(seats)) faults.push({ code: 'seats-not-whole', id: skillId });
  return faults;
};

const countBy = <K>(keys: readonly K[]): Map<K, number> => {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

/** The most people who can be pinned to a place: of a seat that can be shared each part may have one of its own. */
/** So many people have room there, when each takes as little as there is. */
const freeFor = ({ first, second }: FreeSeats, isShared: boolean): number =>
  isShared ? first + second : Math.min(first, second);

const pinFaults = (input: MatchInput): InputFault[] => {
  const faults: InputFault[] = [];
  const candidates = new Map(input.candidates.map((candidate) => [candidate.candidateId, candidate]));
  const places = new Map(input.places.map((place) => [place.placeId, place]));
  const starts = new Map(input.starts.map((start) => [start.cohortId, start]));
  for (const pin of input.pins) {
    const candidate = candidates.get(pin.candidateId);
    if (candidate === undefined || !places.has(pin.placeId)) {
      faults.push({ code: 'pin-unknown', candidateId: pin.candidateId, placeId: pin.placeId });
      continue;
    }
    const assigned = candidate.assignedCohortId;
    if (!starts.has(pin.cohortId) || (assigned !== null && assigned !== pin.cohortId))
      faults.push({ code: 'pin-wrong-cohort', candidateId: pin.candidateId, cohortId: pin.cohortId });
  }
  for (const [candidateId, pins] of countBy(input.pins.map((pin) => pin.candidateId)))
    if (pins > 1) faults.push({ code: 'pinned-twice', candidateId });
  for (const [placeId, pins] of Map.groupBy(input.pins, (pin) => pin.placeId)) {
    const place = places.get(placeId);
    if (place === undefined) continue;
    const free = freeSeats(place.seats, place.taken, place.takenSecond);
    const isShared = place.sharedSeat !== null;
    const parts = pins.map(({ seatPart }) => seatPart);
    if (!pinsFit(free, isShared, parts))
      faults.push({ code: 'pins-over-place-seats', placeId, pins: pins.length, free: freeFor(free, isShared) });
  }
  if (input.purpose === 'placement') return faults;
  for (const [cohortId, pins] of countBy(input.pins.map((pin) => pin.cohortId))) {
    const start = starts.get(cohortId);
    const free = start === undefined ? 0 : Math.max(0, start.seats - start.taken);
    if (start !== undefined && pins > free) faults.push({ code: 'pins-over-cohort-seats', cohortId, pins, free });
  }
  return faults;
};

/** Everything that keeps an input from being run; empty when it can be. */
export const findInputFaults = (input: MatchInput): readonly InputFault[] => {
  const faults = [
    ...startFaults(input),
    ...duplicates(input.starts.map((start) => start.cohortId)),
    ...duplicates(input.candidates.map((candidate) => candidate.candidateId)),
    ...duplicates(input.places.map((place) => place.placeId)),
    ...sessionFaults(input),
    ...pinFaults(input),
    ...constraintFaults(input),
  ];
  if (!/^[0-9a-f]{32,128}$/.test(input.seed)) faults.push({ code: 'bad-seed' });
  for (const place of input.places)
    if (!isSeatCount(place.seats) || !isSeatCount(place.taken) || !isSeatCount(place.takenSecond))
      faults.push({ code: 'seats-not-whole', id: place.placeId });
  const cohortIds = new Set(input.starts.map((start) => start.cohortId));
  for (const { candidateId, travelRow, assignedCohortId } of input.candidates) {
    if (travelRow !== null && input.travel[travelRow] === undefined)
      faults.push({ code: 'travel-row-missing', candidateId });
    const mustBeAssigned = input.purpose === 'placement';
    if (assignedCohortId === null ? mustBeAssigned : !cohortIds.has(assignedCohortId))
      faults.push({ code: 'cohort-not-in-run', candidateId, cohortId: assignedCohortId });
  }
  return faults;
};
