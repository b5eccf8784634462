import * as z from 'zod';
import { RequirementSubject } from '../requirements/requirement.ts';
import { CandidateId, CohortId, PlaceId } from '../shared/ids.ts';
import { LocalDate } from '../shared/local-date.ts';
import { SkillId } from '../shared/vocabulary/skills.ts';
import { CriterionSource, CriterionTopic, JudgedCriterion, ProfileField } from './criterion.ts';
import { FrontierPoint } from './frontier.ts';
import { RunPurpose } from './run-purpose.ts';
import { ScorePart } from './score.ts';

const Count = z.int().min(0);
const Percent = z.int().min(0).max(100);

/** A criterion that is unknown and would shut the pair out if it were a no: to be checked before the start. */
export const CheckNeeded = z.strictObject({ topic: CriterionTopic, source: CriterionSource });
export type CheckNeeded = z.infer<typeof CheckNeeded>;

/** What of a seat somebody is proposed for: all of it, or one of the two parts that share it. */
export const SEAT_PART_KINDS = ['whole', 'first', 'second'] as const;
export const SeatPartKind = z.enum(SEAT_PART_KINDS);
export type SeatPartKind = z.infer<typeof SeatPartKind>;

export const ProposedOutcome = z.strictObject({
  kind: z.literal('proposed'),
  candidateId: CandidateId,
  cohortId: CohortId,
  placeId: PlaceId,
  seatPart: SeatPartKind,
  /** True for a later start: it may change when that start is run. */
  preliminary: z.boolean(),
  /** True when a coordinator had fixed the pair before the run. */
  pinned: z.boolean(),
  /** What the seat was charged in points, because it suits people who fit few others. 0: nothing. */
  seatPricePoints: Count,
  /** A place with more points and a free seat at the end, which is kept for those people at this price; null: none. */
  heldBack: z.strictObject({ placeId: PlaceId, points: Count, pricePoints: Count }).nullable(),
  /** What an earlier run had proposed and this one was to keep where it cost little; null: nothing, or the same. */
  movedFrom: z.strictObject({ cohortId: CohortId, placeId: PlaceId, seatPart: SeatPartKind }).nullable(),
  points: Count,
  maxPoints: Count,
  parts: z.array(ScorePart),
  /** Every criterion, the worst first. */
  verdicts: z.array(JudgedCriterion),
  checks: z.array(CheckNeeded),
});
export type ProposedOutcome = z.infer<typeof ProposedOutcome>;

/** How many other places somebody fits at most who is said to fit few. */
export const FEW_OTHER_PLACES = 2;

/**
 * Who holds seats that somebody else would have fitted, in numbers and never by name. Each seat counts once, under the
 * first line that is true of its holder, so together they are all the seats.
 */
export const SeatHolders = z.strictObject({
  /** People outside this run, since before it. */
  outsideRun: Count,
  /** People whom a coordinator had fixed beforehand. */
  pinned: Count,
  /** People who begin at an earlier start, which is settled first. */
  earlierStart: Count,
  higherTier: Count,
  morePoints: Count,
  /** As many points, a longer wait. */
  longerWait: Count,
  /** As many points and as long a wait: the draw decided. */
  draw: Count,
  /** People whose seat hangs together with something else that was decided: without them the whole would be worse. */
  wholeBetter: Count,
});
export type SeatHolders = z.infer<typeof SeatHolders>;

const contested = {
  cohortId: CohortId,
  /** Places that fit and had a free seat before the run. */
  eligiblePlaces: Count,
};
const taken = {
  takenBy: SeatHolders,
  /** Of the seats that this run filled, those of people who fit at most `FEW_OTHER_PLACES` others. */
  takenByFewOthers: Count,
};

/**
 * What stands against somebody who would fit a free seat: no supervisor there has the hours; the session that gives what
 * is missing is full; or a rule about two people, of whom the other is never named or hinted at.
 */
export const OTHER_PLANNING = ['supervisor-hours', 'session-seats', 'group-rule'] as const;
export const OtherPlanning = z.enum(OTHER_PLANNING);
export type OtherPlanning = z.infer<typeof OtherPlanning>;

/** Why somebody has no proposal. Always at least one, the most telling first. */
export const UnplacedReason = z.discriminatedUnion('kind', [
  /** No start of the run comes after the day the person can begin. */
  z.strictObject({
    kind: z.literal('not-available-by-start'),
    availableFrom: LocalDate,
    lastStartDate: LocalDate,
  }),
  /** No place with a free seat is open at any start the person can join. */
  z.strictObject({ kind: z.literal('no-open-place') }),
  /** Places are open, but each has at least one criterion that says no. A place may count under several topics. */
  z.strictObject({
    kind: z.literal('no-eligible-place'),
    openPlaces: Count,
    excludedBy: z.array(
      z.strictObject({
        topic: CriterionTopic,
        /** Places where this says no. */
        places: Count,
        /** Places where this alone says no. */
        alone: Count,
      }),
    ),
  }),
  /** Places that would fit, were it not that the pair was ruled out. By whom is not said here. */
  z.strictObject({ kind: z.literal('ruled-out'), places: Count }),
  /** Places without a no whose score stays under the minimum even if every unknown turns out well. */
  z.strictObject({
    kind: z.literal('under-minimum-fit'),
    places: Count,
    bestFitPercent: Percent,
    minimumFitPercent: Percent,
  }),
  /** Places fit, and others hold all their seats. */
  z.strictObject({ kind: z.literal('seats-taken'), ...contested, seats: Count, ...taken }),
  /** A fitting seat is free, but others hold all seats of the start. */
  z.strictObject({ kind: z.literal('cohort-full'), ...contested, seats: Count, ...taken }),
  /** A fitting seat is free, and the coordinator chose to place no more at this start. */
  z.strictObject({ kind: z.literal('limit-chosen'), ...contested, placeAtMost: Count }),
  /** A fitting seat is free, but something that people of the start share does not reach, or a rule about two people. */
  z.strictObject({ kind: z.literal('other-planning'), ...contested, because: OtherPlanning }),
]);
export type UnplacedReason = z.infer<typeof UnplacedReason>;

/** The place that is closest for somebody without a proposal, and what is missing there (empty: only a seat). */
export const NearestPlace = z.strictObject({
  placeId: PlaceId,
  seatPart: SeatPartKind,
  cohortId: CohortId,
  points: Count,
  maxPoints: Count,
  missing: z.array(JudgedCriterion),
  checks: z.array(CheckNeeded),
});
export type NearestPlace = z.infer<typeof NearestPlace>;

export const UnplacedOutcome = z.strictObject({
  kind: z.literal('unplaced'),
  candidateId: CandidateId,
  reasons: z.array(UnplacedReason).min(1),
  nearest: NearestPlace.nullable(),
});
export type UnplacedOutcome = z.infer<typeof UnplacedOutcome>;

export const CandidateOutcome = z.discriminatedUnion('kind', [ProposedOutcome, UnplacedOutcome]);
export type CandidateOutcome = z.infer<typeof CandidateOutcome>;

/** What one criterion of a place costs in candidates. */
export const CriterionCost = z.strictObject({
  topic: CriterionTopic,
  /** Index in the place's requirements; null for the other criteria. */
  requirementIndex: z.int().min(0).max(29).nullable(),
  /** Candidates to whom this says no, others may say no too. */
  excluded: Count,
  /** Candidates to whom only this says no: they would be eligible without it. */
  excludedAlone: Count,
  /** Candidates for whom this is unknown. */
  unknown: Count,
  /** People more who would be placed at the next start if the place did without this, all else being equal. */
  placedWithout: Count,
});
export type CriterionCost = z.infer<typeof CriterionCost>;

export const PlaceOutcome = z.strictObject({
  placeId: PlaceId,
  seats: Count,
  takenBefore: Count,
  /** Seats this run fills at a committed start. */
  filled: Count,
  /** Seats this run fills at a preliminary start. */
  filledPreliminary: Count,
  /** Candidates of the run who may have the place at some start. */
  eligible: Count,
  /** Of those, how many have something to check first. */
  eligibleWithChecks: Count,
  /** What a seat was charged in points, because it suits people who fit few others. 0: nothing. */
  seatPricePoints: Count,
  /** What one seat more here would change at the next start. Points may fall when one more is placed. */
  oneMoreSeat: z.strictObject({ placed: Count, points: z.int() }),
  /**
   * True when what was decided about supervisors' hours, sessions, shared seats and pairs is held as it is in
   * `oneMoreSeat` and `placedWithout`: a what-if tells exactly.
   */
  isEstimate: z.boolean(),
  criteria: z.array(CriterionCost),
});
export type PlaceOutcome = z.infer<typeof PlaceOutcome>;

/** What an answer would change at the person's start: people placed, and points, in all. */
export const AnswerGain = z.strictObject({ placed: z.int(), points: z.int() });
export type AnswerGain = z.infer<typeof AnswerGain>;

/** What places ask for, and how many of them. */
export const AskedLevel = z.strictObject({ subject: RequirementSubject, places: z.int().min(1) });
export type AskedLevel = z.infer<typeof AskedLevel>;

/** A question to ask: one person about one thing. */
export const CallListEntry = z.strictObject({
  /** From 1. */
  rank: z.int().min(1),
  candidateId: CandidateId,
  /** The fact of the profile that the answer belongs to. */
  field: ProfileField,
  /** What it is about: of a list, one thing in it. */
  topic: CriterionTopic,
  /** What the places ask for that wait for the answer, the least first. Empty: it is not about a requirement. */
  asked: z.array(AskedLevel),
  /** Places still possible where the answer turns an unknown into a yes or a no. */
  settles: Count,
  /** Of those, the places where it is the only thing unknown: a good answer opens them for certain. */
  opens: Count,
  /** True when the person's own proposal waits for this answer. */
  holdsProposal: z.boolean(),
  /** With the best answer that there can be. */
  ifYes: AnswerGain,
  /** With the worst: it closes the places that it settles. */
  ifNo: AnswerGain,
  /** True when what was decided about supervisors' hours, sessions, shared seats and pairs is held as it is in the gains. */
  isEstimate: z.boolean(),
});
export type CallListEntry = z.infer<typeof CallListEntry>;

/** What the assignment maximises, each only among what the ones before leave equal. */
export const OBJECTIVE_LEVELS = ['placed', 'tier', 'points', 'wait', 'draw'] as const;

/** The proof that an assignment is the best there is, or how near at least, as facts of the check that was passed. */
export const Certificate = z.strictObject({
  ok: z.literal(true),
  levels: z.array(z.enum(OBJECTIVE_LEVELS)),
  starts: z.array(
    z.strictObject({
      cohortId: CohortId,
      candidates: Count,
      places: Count,
      edgesChecked: Count,
      /** Cases that the proof goes through; 1 where nothing beside the seats had to be split. */
      cases: Count,
      /** Values reached without the pinned pairs. */
      placed: Count,
      points: Count,
      waitDays: Count,
      /** True when no other assignment is better, down to the draw. */
      exact: z.boolean(),
      /** How much more another could reach at most: people; and points, if as many are placed. Both 0 when it is exact. */
      gap: z.strictObject({ placed: Count, points: Count }),
    }),
  ),
});
export type Certificate = z.infer<typeof Certificate>;

export const CohortSummary = z.strictObject({
  cohortId: CohortId,
  startDate: LocalDate,
  preliminary: z.boolean(),
  seats: Count,
  takenBefore: Count,
  proposed: Count,
});
export type CohortSummary = z.infer<typeof CohortSummary>;

/** What the proposals of one start ask of the introduction, skill by skill. */
export const SessionNeed = z.strictObject({
  cohortId: CohortId,
  skillId: SkillId,
  /** People proposed for a place that asks this as learnable, who are known to lack it. */
  need: Count,
  /** Of the others proposed for such a place, people of whom it is not known. */
  notStated: Count,
  /** Seats of the session; null: the whole cohort has it. */
  seats: Count.nullable(),
});
export type SessionNeed = z.infer<typeof SessionNeed>;

export const RunSummary = z.strictObject({
  purpose: RunPurpose,
  engineVersion: z.string().min(1),
  weightsVersion: z.string().min(1),
  candidates: Count,
  places: Count,
  /** Seats free before the run. */
  seats: Count,
  /** Everybody with a proposal, preliminary ones included. */
  proposed: Count,
  proposedPreliminary: Count,
  unplaced: Count,
  points: Count,
  maxPoints: Count,
  /** Points of all proposals in percent of what they could be at most; null without proposals. */
  fitPercent: Percent.nullable(),
  /** Questions whose answer would settle something; the call list holds the first of them. */
  questions: Count,
  cohorts: z.array(CohortSummary),
  /** At the next start: the most people first, then fewer who fit better. Empty when nobody could be placed. */
  frontier: z.array(FrontierPoint).max(5),
  /** By start, then by skill. */
  sessionNeeds: z.array(SessionNeed),
});
export type RunSummary = z.infer<typeof RunSummary>;
