import type { Experience, MatchingProfile, SkillHeld, Wish } from '@gruppstart/domain/intake/matching-profile';
import type {
  CallListEntry,
  CandidateOutcome,
  Certificate,
  PlaceOutcome,
  RunSummary,
  SeatPartKind,
} from '@gruppstart/domain/matching/outcome';
import type { ApartFrom } from '@gruppstart/domain/matching/pair-rule';
import type { RunPurpose } from '@gruppstart/domain/matching/run-purpose';
import type { MatchingWeights } from '@gruppstart/domain/matching/weights';
import type { Place } from '@gruppstart/domain/requirements/place';
import type { CandidateId, CohortId, PlaceId, UnitId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { NearOccupation } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import type { StoredProof } from './side-constraints/stored-proof.ts';

export type { Experience, SkillHeld, Wish };

/** A shared start. Starts come in date order; the preliminary ones last. */
export interface MatchStart {
  readonly cohortId: CohortId;
  /** First day of the introduction: who cannot begin by then cannot join. */
  readonly startDate: LocalDate;
  /** Day of the first shift at the workplace: the place must be open then. */
  readonly firstWorkingDay: LocalDate;
  readonly seats: number;
  /** Seats of the start that are used by people outside this run. */
  readonly taken: number;
  /** True for a start that is only looked ahead to. */
  readonly preliminary: boolean;
}

/** A start after those of the run: nobody is proposed for it, but seats may be kept for those who come then. */
export type LaterStart = Pick<MatchStart, 'cohortId' | 'startDate' | 'firstWorkingDay' | 'seats' | 'taken'>;

/** The facts that may be weighed: the matching profile without the postcode. Nothing protected can be said here. */
export type MatchFacts = Omit<MatchingProfile, 'postcode'>;

export interface MatchCandidate extends MatchFacts {
  readonly candidateId: CandidateId;
  /** Row of `MatchInput.travel`; null when the tenant's table has no row or distance must not be computed. */
  readonly travelRow: number | null;
  /** The start the person already belongs to (always set for `placement`); null: any start of the run. */
  readonly assignedCohortId: CohortId | null;
  /** Starts that began while the person waited. */
  readonly missedStarts: number;
  /** What an earlier run proposed and this one should keep; null: nothing. */
  readonly keptAt: {
    readonly cohortId: CohortId;
    readonly placeId: PlaceId;
    readonly seatPart: SeatPartKind;
  } | null;
}

/** A share of a seat that two people divide, with the weekdays (1 Monday … 7 Sunday) on which this one works. */
export interface SeatPart {
  readonly sharePercent: number;
  readonly weekdays: readonly number[];
}

export interface MatchPlace
  extends Pick<
    Place,
    | 'unitId'
    | 'occupationId'
    | 'field'
    | 'sharePercent'
    | 'workingTimes'
    | 'weeklyHours'
    | 'opensFrom'
    | 'closesAfter'
    | 'requirements'
  > {
  readonly placeId: PlaceId;
  readonly unitName: string;
  readonly seats: number;
  /** Seats already used by people outside this run; of shared seats those whose first part is. */
  readonly taken: number;
  /** Seats whose second part is used outside this run, whole ones counted; the same as `taken` where no seat is shared. */
  readonly takenSecond: number;
  /** The two parts into which a seat can be divided; null: a seat is for one person. */
  readonly sharedSeat: readonly [SeatPart, SeatPart] | null;
  /** Hours a week that each person here needs of the unit's supervisors. */
  readonly supervisorHours: number;
}

/** What a unit's supervisors have time for. */
export interface MatchUnit {
  readonly unitId: UnitId;
  /** Hours a week; null: not stated, so no limit is known. */
  readonly supervisorHours: number | null;
  /** Of them, hours used by people outside this run. */
  readonly supervisorHoursTaken: number;
}

/** A skill that the introduction gives: to the whole cohort, or to as many as its session has seats for. */
export interface TaughtSkill {
  readonly skillId: SkillId;
  /** Seats of the session at each start; null: the whole cohort has it. */
  readonly seats: number | null;
}

/** Two people who must not share a start or a unit, or who begin together or not at all. */
export type MatchPairRule =
  | {
      readonly kind: 'keep-apart';
      readonly first: CandidateId;
      readonly second: CandidateId;
      readonly apartFrom: ApartFrom;
    }
  | { readonly kind: 'together'; readonly first: CandidateId; readonly second: CandidateId };

/** What was decided for this run alone. */
export interface MatchPolicy {
  /** The most people to place at the first start; null: as many as possible. */
  readonly placeAtMost: number | null;
  /** Points that it costs to move somebody away from `keptAt`. */
  readonly movedPersonCostPoints: number;
}

/** Who may come later: profiles without id, drawn from past months. */
export interface ExpectedArrivals {
  readonly profiles: readonly ExpectedProfile[];
  /** How many come between two starts. */
  readonly perStart: number;
}

export interface ExpectedProfile extends MatchFacts {
  readonly travelRow: number | null;
}

/** Minutes from one unnamed area to a unit; null: not known for that way of travelling. */
export interface TravelToUnit {
  readonly unitId: UnitId;
  readonly carMinutes: number | null;
  readonly busMinutes: number | null;
}

export interface MatchPair {
  readonly candidateId: CandidateId;
  readonly placeId: PlaceId;
}

/** Somebody who must not begin a start, because of who is in it already. */
export interface MatchStartExclusion {
  readonly candidateId: CandidateId;
  readonly cohortId: CohortId;
}

/** A pair that a coordinator has fixed: kept whatever the criteria say, within the seats. */
export interface MatchPin extends MatchPair {
  readonly cohortId: CohortId;
  /** What of a seat; absent: what suits the person best of what others leave. */
  readonly seatPart?: SeatPartKind;
}

/** Everything a run may know. Order of the lists carries no meaning, except requirements and a person's wishes. */
export interface MatchInput {
  readonly purpose: RunPurpose;
  readonly starts: readonly MatchStart[];
  /** In date order after the last of the run; empty when none is planned. */
  readonly laterStarts: readonly LaterStart[];
  readonly candidates: readonly MatchCandidate[];
  readonly places: readonly MatchPlace[];
  /** Rows are shared by people from the same area; a row knows nothing but minutes. */
  readonly travel: readonly (readonly TravelToUnit[])[];
  readonly units: readonly MatchUnit[];
  readonly skillsTaught: readonly TaughtSkill[];
  /** Pairs that were ruled out. */
  readonly exclusions: readonly MatchPair[];
  readonly startExclusions: readonly MatchStartExclusion[];
  readonly pins: readonly MatchPin[];
  readonly pairRules: readonly MatchPairRule[];
  readonly policy: MatchPolicy;
  /** Null: the process owner has not switched it on. */
  readonly expectedArrivals: ExpectedArrivals | null;
  readonly nearOccupations: readonly NearOccupation[];
  readonly weights: MatchingWeights;
  /** Lower-case hex, at least 32 digits, committed before the input was read. */
  readonly seed: string;
}

export interface RunResult {
  readonly summary: RunSummary;
  /** One per candidate of the input, by id. */
  readonly candidates: readonly CandidateOutcome[];
  /** One per place of the input, by id. */
  readonly places: readonly PlaceOutcome[];
  readonly callList: readonly CallListEntry[];
  readonly certificate: Certificate;
  /** What proves the certificate, start by start. No part of what is hashed: other prices may prove the same result. */
  readonly proofs: readonly StoredProof[];
}
