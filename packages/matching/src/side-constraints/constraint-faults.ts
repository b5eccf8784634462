import type { CandidateId, CohortId, PlaceId, UnitId } from '@gruppstart/domain/shared/ids';
import type { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { limitedSessions } from '../compiled-cell.ts';
import type { NearMap } from '../criteria/experience.ts';
import { candidateFacts } from '../criteria/facts.ts';
import { isNo } from '../criteria/judgement.ts';
import { judgeSubject } from '../criteria/requirement.ts';
import type { MatchCandidate, MatchInput, MatchPin, MatchPlace } from '../model.ts';
import { isPairBroken } from './is-pair-broken.ts';
import { minutesOf } from './seats-left.ts';

interface PairOfPeople {
  readonly first: CandidateId;
  readonly second: CandidateId;
}

/** Faults of what people share: rules about two people, hours that are none, pins that ask more than there is. */
export type ConstraintFault =
  | { readonly code: 'pair-rule-unknown'; readonly candidateId: CandidateId }
  | ({ readonly code: 'pair-of-one' | 'pair-rules-contradict' | 'pins-break-pair-rule' } & PairOfPeople)
  | { readonly code: 'hours-not-valid'; readonly id: PlaceId | UnitId }
  | {
      readonly code: 'pins-over-supervisor-hours';
      readonly unitId: UnitId;
      readonly minutes: number;
      readonly free: number;
    }
  | {
      readonly code: 'pins-over-session-seats';
      readonly cohortId: CohortId;
      readonly skillId: SkillId;
      readonly pins: number;
      readonly seats: number;
    };

const isHours = (hours: number): boolean => Number.isFinite(hours) && hours >= 0;

const hourFaults = ({ places, units }: MatchInput): ConstraintFault[] => [
  ...places
    .filter(({ supervisorHours }) => !isHours(supervisorHours))
    .map(({ placeId }): ConstraintFault => ({ code: 'hours-not-valid', id: placeId })),
  ...units
    .filter(
      ({ supervisorHours, supervisorHoursTaken }) => !isHours(supervisorHours ?? 0) || !isHours(supervisorHoursTaken),
    )
    .map(({ unitId }): ConstraintFault => ({ code: 'hours-not-valid', id: unitId })),
];

const pairFaults = ({ candidates, pairRules }: MatchInput): ConstraintFault[] => {
  const known = new Set(candidates.map(({ candidateId }) => candidateId));
  const kinds = new Map<string, string>();
  const faults: ConstraintFault[] = [];
  for (const { kind, first, second } of pairRules) {
    for (const candidateId of [first, second])
      if (!known.has(candidateId)) faults.push({ code: 'pair-rule-unknown', candidateId });
    if (first === second) faults.push({ code: 'pair-of-one', first, second });
    const pair = [first, second].toSorted().join();
    if ((kinds.get(pair) ?? kind) !== kind) faults.push({ code: 'pair-rules-contradict', first, second });
    kinds.set(pair, kind);
  }
  return faults;
};

/** A pin with who and where it is about. */
interface Pinned {
  readonly pin: MatchPin;
  readonly candidate: MatchCandidate;
  readonly place: MatchPlace;
}

const pinnedIn = ({ candidates, places, pins }: MatchInput): Pinned[] =>
  pins.flatMap((pin) => {
    const candidate = candidates.find(({ candidateId }) => candidateId === pin.candidateId);
    const place = places.find(({ placeId }) => placeId === pin.placeId);
    return candidate === undefined || place === undefined ? [] : [{ pin, candidate, place }];
  });

const brokenPairs = ({ purpose, pairRules }: MatchInput, pinned: readonly Pinned[]): ConstraintFault[] =>
  pairRules.flatMap((rule): ConstraintFault[] => {
    const first = pinned.find(({ pin }) => pin.candidateId === rule.first);
    const second = pinned.find(({ pin }) => pin.candidateId === rule.second);
    if (first === undefined || second === undefined) return [];
    const where = {
      isOneStart: first.pin.cohortId === second.pin.cohortId,
      isOneUnit: first.place.unitId === second.place.unitId,
    };
    const { kind } = rule;
    const apartFrom = kind === 'together' ? null : rule.apartFrom;
    return isPairBroken({ kind, apartFrom }, purpose, where)
      ? [{ code: 'pins-break-pair-rule', first: rule.first, second: rule.second }]
      : [];
  });

const overHours = ({ units }: MatchInput, pinned: readonly Pinned[]): ConstraintFault[] =>
  units.flatMap(({ unitId, supervisorHours, supervisorHoursTaken }): ConstraintFault[] => {
    if (supervisorHours === null) return [];
    const free = Math.max(0, minutesOf(supervisorHours) - minutesOf(supervisorHoursTaken));
    const minutes = pinned
      .filter(({ place }) => place.unitId === unitId)
      .reduce((sum, { place }) => sum + minutesOf(place.supervisorHours), 0);
    return minutes > free ? [{ code: 'pins-over-supervisor-hours', unitId, minutes, free }] : [];
  });

const NO_NEAR_OCCUPATIONS: NearMap = new Map();

/** Whether somebody is known to lack a skill that the place asks for as something to be learnt. */
const needsSession = ({ candidate, place }: Pinned, skillId: SkillId): boolean =>
  place.requirements.some(({ subject, strength }) => {
    if (strength !== 'learnable' || subject.kind !== 'skill' || subject.skillId !== skillId) return false;
    return isNo(judgeSubject(subject, candidateFacts(candidate, []), NO_NEAR_OCCUPATIONS));
  });

const overSessions = ({ starts, skillsTaught }: MatchInput, pinned: readonly Pinned[]): ConstraintFault[] =>
  starts.flatMap(({ cohortId }) =>
    limitedSessions(skillsTaught).flatMap(({ skillId, seats }): ConstraintFault[] => {
      const here = pinned.filter((each) => each.pin.cohortId === cohortId && needsSession(each, skillId));
      const pins = here.length;
      return pins > seats ? [{ code: 'pins-over-session-seats', cohortId, skillId, pins, seats }] : [];
    }),
  );

/** Everything about what people share that keeps an input from being run. */
export const constraintFaults = (input: MatchInput): ConstraintFault[] => {
  const pinned = pinnedIn(input);
  return [
    ...hourFaults(input),
    ...pairFaults(input),
    ...brokenPairs(input, pinned),
    ...overHours(input, pinned),
    ...overSessions(input, pinned),
  ];
};
