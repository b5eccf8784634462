import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import {
  type Requirement,
  RequirementStrength,
  type RequirementSubject,
} from '@gruppstart/domain/requirements/requirement';
import { CandidateId, CohortId, PlaceId, UnitId } from '@gruppstart/domain/shared/ids';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { MatchCandidate, MatchInput, MatchPlace, MatchPolicy, MatchStart } from '../model.ts';

/** Valid ids and inputs with sensible defaults, for tests. All people are invented: they are numbers. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const tail = (number: number): string => {
  let rest = number;
  let text = '';
  for (let index = 0; index < 26; index += 1) {
    text = `${DIGITS[rest % 32]}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
};

export const candidateId = (number: number) => CandidateId.parse(`cand_${tail(number)}`);
export const placeId = (number: number) => PlaceId.parse(`place_${tail(number)}`);
export const cohortId = (number: number) => CohortId.parse(`cohort_${tail(number)}`);
export const unitId = (number: number) => UnitId.parse(`unit_enhet-${number}`);

export const SERVICE_ASSISTANT = OccupationId.parse('local_serviceassistent');
export const CLEANER = OccupationId.parse('KF64_AvU_S4N');
export const PLAIN_MATCH_POLICY: MatchPolicy = { placeAtMost: null, movedPersonCostPoints: 0 };
export const SEED = '00112233445566778899aabbccddeeff';

/** Somebody who is known to fit an ordinary daytime place. */
export const aCandidate = (number: number, changes: Partial<MatchCandidate> = {}): MatchCandidate => ({
  candidateId: candidateId(number),
  enrolledSince: localDate('2026-03-01'),
  availableFrom: localDate('2026-11-01'),
  shareFromPercent: 50,
  shareToPercent: 100,
  workingTimes: ['day'],
  engagements: [],
  licences: ['B'],
  swedish: 'B1',
  languages: [],
  skills: [],
  experience: [],
  knownItems: [],
  wishes: [],
  maxTravelMinutes: 60,
  hasCar: true,
  travelRow: 0,
  assignedCohortId: null,
  missedStarts: 0,
  keptAt: null,
  ...changes,
});

/** Somebody of whom nothing is known. */
export const aBlankCandidate = (number: number, changes: Partial<MatchCandidate> = {}): MatchCandidate => ({
  candidateId: candidateId(number),
  enrolledSince: null,
  availableFrom: null,
  shareFromPercent: null,
  shareToPercent: null,
  workingTimes: null,
  engagements: null,
  licences: null,
  swedish: null,
  languages: null,
  skills: null,
  experience: null,
  knownItems: [],
  wishes: null,
  maxTravelMinutes: null,
  hasCar: null,
  travelRow: null,
  assignedCohortId: null,
  missedStarts: 0,
  keptAt: null,
  ...changes,
});

export const aPlace = (number: number, changes: Partial<MatchPlace> = {}): MatchPlace => ({
  placeId: placeId(number),
  unitId: unitId(1),
  unitName: 'Norrängens äldreboende',
  field: 'care',
  seats: 1,
  taken: 0,
  takenSecond: 0,
  sharedSeat: null,
  supervisorHours: 0,
  sharePercent: 75,
  workingTimes: ['day'],
  weeklyHours: [],
  opensFrom: localDate('2026-01-01'),
  closesAfter: null,
  requirements: [],
  occupationId: SERVICE_ASSISTANT,
  ...changes,
});

export const aStart = (number: number, changes: Partial<MatchStart> = {}): MatchStart => ({
  cohortId: cohortId(number),
  startDate: localDate('2027-01-11'),
  firstWorkingDay: localDate('2027-01-25'),
  seats: 12,
  taken: 0,
  preliminary: false,
  ...changes,
});

export const asking = (subject: RequirementSubject, strength: Requirement['strength'] = 'must'): Requirement => ({
  subject,
  strength: RequirementStrength.parse(strength),
  ...(strength === 'must' ? { reason: 'Behövs i arbetet varje dag' } : {}),
});

export const anInput = (changes: Partial<MatchInput> = {}): MatchInput => ({
  purpose: 'admission',
  starts: [aStart(1)],
  laterStarts: [],
  candidates: [aCandidate(1)],
  places: [aPlace(1)],
  travel: [[{ unitId: unitId(1), carMinutes: 20, busMinutes: 30 }]],
  units: [],
  skillsTaught: [],
  exclusions: [],
  startExclusions: [],
  pins: [],
  pairRules: [],
  policy: PLAIN_MATCH_POLICY,
  expectedArrivals: null,
  nearOccupations: [],
  weights: DEFAULT_WEIGHTS,
  seed: SEED,
  ...changes,
});
