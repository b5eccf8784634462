import type { TaughtBy } from '@gruppstart/domain/matching/criterion';
import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import type { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { travelCriterion } from './criteria/commute.ts';
import type { Criterion } from './criteria/criterion.ts';
import type { NearMap } from './criteria/experience.ts';
import { ownWishesCriterion } from './criteria/own-wishes.ts';
import { requirementCriterion } from './criteria/requirement.ts';
import {
  availabilityCriterion,
  engagementsCriterion,
  placeWindowCriterion,
  shareCriterion,
  workingTimesCriterion,
} from './criteria/terms.ts';
import type { MatchPlace, TaughtSkill } from './model.ts';
import { partIndex } from './score.ts';

/**
 * What one person can be proposed for at a place: a whole seat, or one of the two parts into which its seats can be
 * divided. Share and weekly hours are the cell's own; all else is the place's.
 */
export interface CompiledCell {
  /** Index of the place. The cells of a place stand together, the whole seat first. */
  readonly place: number;
  readonly seatPart: SeatPartKind;
  readonly sharePercent: number;
  readonly criteria: readonly Criterion[];
  /** Of each criterion, its index among those of the whole seat: a part may have fewer. */
  readonly placeCriterion: Int8Array;
  /** Criteria of the whole seat that are not asked here. */
  readonly notAsked: readonly number[];
  /** Score part of each criterion, -1 where it is not scored. */
  readonly scorePart: Int8Array;
  /** Of each criterion, the index of its level in `run.levels`. */
  readonly levels: Int32Array;
  /** Index of the session with limited seats that gives what a criterion asks, -1 where none does. */
  readonly sessions: Int8Array;
  /**
   * Seats that are free before the run: for a whole seat those of which neither part is used, for a part those of which
   * that part is not.
   */
  readonly freeSeats: number;
}

/** A session that gives a skill to some of a cohort. */
export interface LimitedSession {
  readonly skillId: SkillId;
  /** Seats at each start, 1 or more: a session without seats gives nothing. */
  readonly seats: number;
}

/** What the places of a run are judged by beside themselves. */
export interface CellRules {
  readonly nearTravelMarginMinutes: number;
  readonly taught: ReadonlyMap<SkillId, TaughtBy>;
  readonly sessionOf: ReadonlyMap<SkillId, number>;
  readonly near: NearMap;
  /** The index of the level that a criterion of the place asks for; a new one when nobody has asked for it before. */
  readonly levelOf: (criterion: Criterion, place: number) => number;
}

export const limitedSessions = (taught: readonly TaughtSkill[]): LimitedSession[] =>
  taught.flatMap(({ skillId, seats }) => (seats === null || seats <= 0 ? [] : [{ skillId, seats }]));

export const taughtSkills = (taught: readonly TaughtSkill[]): ReadonlyMap<SkillId, TaughtBy> =>
  new Map(
    taught.flatMap(({ skillId, seats }): [SkillId, TaughtBy][] => {
      if (seats === null) return [[skillId, 'cohort']];
      return seats > 0 ? [[skillId, 'session']] : [];
    }),
  );

interface CellTerms extends Pick<MatchPlace, 'sharePercent' | 'weeklyHours'> {
  readonly seatPart: SeatPartKind;
  readonly freeSeats: number;
}

/** A part has the place's hours on its own weekdays. When it has none there, they are agreed with the person. */
const termsOf = (place: MatchPlace): CellTerms[] => {
  const { seats, taken, takenSecond, sharedSeat, sharePercent, weeklyHours } = place;
  const free = (used: number): number => Math.max(0, seats - used);
  const whole: CellTerms = {
    seatPart: 'whole',
    sharePercent,
    weeklyHours,
    freeSeats: free(Math.max(taken, takenSecond)),
  };
  if (sharedSeat === null) return [whole];
  const [first, second] = sharedSeat;
  return [
    whole,
    ...[['first', first, taken] as const, ['second', second, takenSecond] as const].map(
      ([seatPart, part, used]): CellTerms => ({
        seatPart,
        sharePercent: part.sharePercent,
        weeklyHours: weeklyHours.filter(({ weekday }) => part.weekdays.includes(weekday)),
        freeSeats: free(used),
      }),
    ),
  ];
};

const sessionIndex = ({ topic, learntBy }: Criterion, { sessionOf }: CellRules): number =>
  learntBy === 'session' && topic.kind === 'skill' ? (sessionOf.get(topic.skillId) ?? -1) : -1;

/** The cells of one place. Criteria that do not depend on the part of the seat are the same objects in all of them. */
export const compileCells = (place: MatchPlace, index: number, rules: CellRules): CompiledCell[] => {
  const before = [availabilityCriterion(), placeWindowCriterion(place)];
  const workingTimes = workingTimesCriterion(place);
  const after = [
    travelCriterion(place, rules.nearTravelMarginMinutes),
    ...place.requirements.map((requirement, at) => requirementCriterion(requirement, at, rules.taught, rules.near)),
    ownWishesCriterion(place),
  ];
  const engagementsAt = before.length + 2;
  return termsOf(place).map(({ seatPart, freeSeats, ...terms }): CompiledCell => {
    const engagements = engagementsCriterion(terms);
    const criteria: Criterion[] = [
      ...before,
      shareCriterion(terms),
      workingTimes,
      ...(engagements === null ? [] : [engagements]),
      ...after,
    ];
    const notAsked = engagements === null && place.weeklyHours.length > 0 ? [engagementsAt] : [];
    const placeCriterion = new Int8Array(criteria.length);
    const scorePart = new Int8Array(criteria.length);
    const levels = new Int32Array(criteria.length);
    const sessions = new Int8Array(criteria.length);
    for (let k = 0; k < criteria.length; k += 1) {
      const criterion = criteria[k]!;
      placeCriterion[k] = k < engagementsAt ? k : k + notAsked.length;
      scorePart[k] = criterion.part === null ? -1 : partIndex(criterion.part);
      levels[k] = rules.levelOf(criterion, index);
      sessions[k] = sessionIndex(criterion, rules);
    }
    return {
      place: index,
      seatPart,
      sharePercent: terms.sharePercent,
      criteria,
      placeCriterion,
      notAsked,
      scorePart,
      levels,
      sessions,
      freeSeats,
    };
  });
};
