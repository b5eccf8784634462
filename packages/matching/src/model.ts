import type { Experience, MatchingProfile, SkillHeld, Wish } from '@gruppstart/domain/intake/matching-profile';
import type {
  CallListEntry,
  CandidateOutcome,
  Certificate,
  PlaceOutcome,
  RunSummary,
} from '@gruppstart/domain/matching/outcome';
import type { RunPurpose } from '@gruppstart/domain/matching/run-purpose';
import type { MatchingWeights } from '@gruppstart/domain/matching/weights';
import type { Place } from '@gruppstart/domain/requirements/place';
import type { CandidateId, CohortId, PlaceId, UnitId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { NearOccupation } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';

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

/** The facts that may be weighed: the matching profile without the postcode. Nothing protected can be said here. */
export type MatchFacts = Omit<MatchingProfile, 'postcode'>;

export interface MatchCandidate extends MatchFacts {
  readonly candidateId: CandidateId;
  /** Row of `MatchInput.travel`; null when the tenant's table has no row or distance must not be computed. */
  readonly travelRow: number | null;
  /** The start the person already belongs to (always set for `placement`); null: any start of the run. */
  readonly assignedCohortId: CohortId | null;
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
  /** Seats already used by people outside this run. */
  readonly taken: number;
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

/** A pair that a coordinator has fixed: kept whatever the criteria say, within the seats. */
export interface MatchPin extends MatchPair {
  readonly cohortId: CohortId;
}

/** Everything a run may know. Order of the lists carries no meaning, except requirements and a person's wishes. */
export interface MatchInput {
  readonly purpose: RunPurpose;
  readonly starts: readonly MatchStart[];
  readonly candidates: readonly MatchCandidate[];
  readonly places: readonly MatchPlace[];
  /** Rows are shared by people from the same area; a row knows nothing but minutes. */
  readonly travel: readonly (readonly TravelToUnit[])[];
  /** Skills that the introduction gives the whole cohort. */
  readonly skillsTaught: readonly SkillId[];
  /** Pairs that were ruled out. */
  readonly exclusions: readonly MatchPair[];
  readonly pins: readonly MatchPin[];
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
}
