import { spansOverlap, type WeeklySpan } from '@gruppstart/domain/intake/working-times';
import type { MatchFacts, MatchPlace, MatchStart } from '../model.ts';
import { type Criterion, judgedBase } from './criterion.ts';
import { type CandidateFacts, workingTimesMask } from './facts.ts';
import { type Judgement, NO, UNKNOWN, YES } from './judgement.ts';

const yesOrNo = (met: boolean): Judgement => (met ? YES : NO);

/** False only when it is known that the person cannot begin on the first day of the introduction. */
export const mayJoin = ({ availableFrom }: Pick<MatchFacts, 'availableFrom'>, { startDate }: MatchStart): boolean =>
  availableFrom === null || availableFrom <= startDate;

/** The place is open on the day of the first shift. */
export const isOpenAt = ({ opensFrom, closesAfter }: MatchPlace, { firstWorkingDay }: MatchStart): boolean =>
  opensFrom <= firstWorkingDay && (closesAfter === null || firstWorkingDay <= closesAfter);

/** The person can begin on the first day of the introduction. */
export const availabilityCriterion = (): Criterion => {
  const criterion: Criterion = {
    topic: { kind: 'availability' },
    topicKey: 'availability',
    levelKey: 'availability',
    requirementIndex: null,
    excludes: true,
    part: 'terms',
    learntBy: null,
    judge({ candidate }, start) {
      return candidate.availableFrom === null ? UNKNOWN : yesOrNo(mayJoin(candidate, start));
    },
    factsKey: ({ candidate }) => candidate.availableFrom ?? '',
    source: () => 'availableFrom',
    explain: (facts, start) => ({
      kind: 'availability',
      ...judgedBase(criterion, facts, start),
      asked: { startDate: start.startDate },
      found: { availableFrom: facts.candidate.availableFrom },
    }),
  };
  return criterion;
};

/** A fact of the place, so it is never unknown and never scored. */
export const placeWindowCriterion = (place: MatchPlace): Criterion => {
  const { opensFrom, closesAfter } = place;
  const criterion: Criterion = {
    topic: { kind: 'place-window' },
    topicKey: 'place-window',
    levelKey: `place-window:${opensFrom}:${closesAfter ?? ''}`,
    requirementIndex: null,
    excludes: true,
    part: null,
    learntBy: null,
    judge: (_facts, start) => yesOrNo(isOpenAt(place, start)),
    factsKey: () => '',
    source: () => 'place',
    explain: (facts, start) => ({
      kind: 'place-window',
      ...judgedBase(criterion, facts, start),
      asked: { firstWorkingDay: start.firstWorkingDay },
      found: { opensFrom, closesAfter },
    }),
  };
  return criterion;
};

/** The seat's share of full time lies within what the person can work. One end that is known can already say no. */
export const shareCriterion = ({ sharePercent }: Pick<MatchPlace, 'sharePercent'>): Criterion => {
  const criterion: Criterion = {
    topic: { kind: 'share' },
    topicKey: 'share',
    levelKey: `share:${sharePercent}`,
    requirementIndex: null,
    excludes: true,
    part: 'terms',
    learntBy: null,
    judge({ candidate: { shareFromPercent: from, shareToPercent: to } }) {
      if ((from !== null && sharePercent < from) || (to !== null && sharePercent > to)) return NO;
      return from === null || to === null ? UNKNOWN : YES;
    },
    factsKey: ({ candidate }) => `${candidate.shareFromPercent} ${candidate.shareToPercent}`,
    source({ candidate: { shareFromPercent: from, shareToPercent: to } }) {
      if (from !== null && sharePercent < from) return 'shareFromPercent';
      if (to !== null && sharePercent > to) return 'shareToPercent';
      return from !== null && to === null ? 'shareToPercent' : 'shareFromPercent';
    },
    explain: (facts, start) => ({
      kind: 'share',
      ...judgedBase(criterion, facts, start),
      asked: { sharePercent },
      found: { fromPercent: facts.candidate.shareFromPercent, toPercent: facts.candidate.shareToPercent },
    }),
  };
  return criterion;
};

/** The person can work at all the times that the place needs. */
export const workingTimesCriterion = (place: MatchPlace): Criterion => {
  const needed = workingTimesMask(place.workingTimes);
  const criterion: Criterion = {
    topic: { kind: 'working-times' },
    topicKey: 'working-times',
    levelKey: `working-times:${needed}`,
    requirementIndex: null,
    excludes: true,
    part: 'terms',
    learntBy: null,
    judge({ workingTimesMask: can }) {
      return can === null ? UNKNOWN : yesOrNo((needed & can) === needed);
    },
    factsKey: ({ workingTimesMask: can }) => can ?? -1,
    source: () => 'workingTimes',
    explain: (facts, start) => ({
      kind: 'working-times',
      ...judgedBase(criterion, facts, start),
      asked: { workingTimes: [...place.workingTimes] },
      found: { workingTimes: facts.candidate.workingTimes },
    }),
  };
  return criterion;
};

const spansKey = (spans: readonly WeeklySpan[]): string =>
  spans.map(({ weekday, fromMinute, toMinute }) => `${weekday} ${fromMinute} ${toMinute}`).join(',');

const overlapping = (weeklyHours: readonly WeeklySpan[], engagements: readonly WeeklySpan[]): WeeklySpan[] =>
  engagements.filter((engagement) => weeklyHours.some((hours) => spansOverlap(engagement, hours)));

/** Null when the hours are agreed with the person: then engagements can be worked around. */
export const engagementsCriterion = ({ weeklyHours }: Pick<MatchPlace, 'weeklyHours'>): Criterion | null => {
  if (weeklyHours.length === 0) return null;
  const clashes = (engagements: readonly WeeklySpan[]): boolean =>
    engagements.some((engagement) => weeklyHours.some((hours) => spansOverlap(engagement, hours)));
  const found = ({ candidate: { engagements } }: CandidateFacts) =>
    engagements === null ? null : overlapping(weeklyHours, engagements);
  const criterion: Criterion = {
    topic: { kind: 'engagements' },
    topicKey: 'engagements',
    levelKey: `engagements:${spansKey(weeklyHours)}`,
    requirementIndex: null,
    excludes: true,
    part: 'terms',
    learntBy: null,
    judge({ candidate: { engagements } }) {
      return engagements === null ? UNKNOWN : yesOrNo(!clashes(engagements));
    },
    factsKey: ({ candidate: { engagements } }) => (engagements === null ? '-' : spansKey(engagements)),
    source: () => 'engagements',
    explain: (facts, start) => ({
      kind: 'engagements',
      ...judgedBase(criterion, facts, start),
      asked: { weeklyHours: [...weeklyHours] },
      found: { overlapping: found(facts) },
    }),
  };
  return criterion;
};
