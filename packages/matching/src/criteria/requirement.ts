import type { LicenceClass } from '@gruppstart/domain/intake/driving-licence';
import { type LanguageLevel, languageKey, languageRank } from '@gruppstart/domain/intake/language-level';
import type {
  CriterionSource,
  CriterionTopic,
  RequirementFound,
  TaughtBy,
} from '@gruppstart/domain/matching/criterion';
import type { Requirement, RequirementSubject } from '@gruppstart/domain/requirements/requirement';
import { assertNever } from '@gruppstart/domain/shared/result';
import type { SkillId, SkillLevel } from '@gruppstart/domain/shared/vocabulary/skills';
import { type Criterion, judgedBase } from './criterion.ts';
import { experienceFound, experienceKey, judgeExperience, type NearMap } from './experience.ts';
import { type CandidateFacts, type NotHeld, type NotStated, standingOf } from './facts.ts';
import { type Judgement, NO, noWithCredit, UNKNOWN, YES } from './judgement.ts';

const topicOf = (subject: RequirementSubject): CriterionTopic => {
  switch (subject.kind) {
    case 'skill':
      return { kind: 'skill', skillId: subject.skillId };
    case 'swedish':
      return { kind: 'swedish' };
    case 'language':
      return { kind: 'language', language: languageKey(subject.language) };
    case 'licence':
      return { kind: 'licence', licence: subject.licence };
    case 'experience':
      return { kind: 'experience', occupationId: subject.occupationId };
    default:
      return assertNever(subject);
  }
};

const topicKeyOf = (subject: RequirementSubject): string => {
  switch (subject.kind) {
    case 'skill':
      return `skill:${subject.skillId}`;
    case 'swedish':
      return 'swedish';
    case 'language':
      return `language:${languageKey(subject.language)}`;
    case 'licence':
      return `licence:${subject.licence}`;
    case 'experience':
      return `experience:${subject.occupationId}`;
    default:
      return assertNever(subject);
  }
};

const sourceOf = (subject: RequirementSubject): CriterionSource => {
  switch (subject.kind) {
    case 'skill':
      return 'skills';
    case 'swedish':
      return 'swedish';
    case 'language':
      return 'languages';
    case 'licence':
      return 'licences';
    case 'experience':
      return 'experience';
    default:
      return assertNever(subject);
  }
};

/** Below the level asked, the credit is the share of the way there; the bottom level is one step up from nothing. */
const judgeLevel = (heldSteps: number, askedSteps: number): Judgement =>
  heldSteps >= askedSteps ? YES : noWithCredit(Math.floor((100 * heldSteps) / askedSteps));

const languageSteps = (level: LanguageLevel): number => languageRank(level) + 1;

/** How a thing is held; null: without its level. */
type Standing<L> = L | null | NotHeld | NotStated;

const judgeHeld = <L>(standing: Standing<L>, asked: L | null, steps: (level: L) => number): Judgement => {
  if (standing === 'not-held') return NO;
  if (standing === 'not-stated') return UNKNOWN;
  if (asked === null) return YES;
  return standing === null ? UNKNOWN : judgeLevel(steps(standing), steps(asked));
};

const skillSteps = (level: SkillLevel): number => level;
/** A licence has no levels. */
const noSteps = (): number => 0;
const ANY_LEVEL = null;

/** Of a requirement alone, whoever asks it and however strongly. */
export const judgeSubject = (subject: RequirementSubject, facts: CandidateFacts, near: NearMap): Judgement => {
  switch (subject.kind) {
    case 'skill':
      return judgeHeld(standingOf(facts.skills, subject.skillId), subject.minLevel, skillSteps);
    case 'swedish':
      return judgeHeld(facts.candidate.swedish, subject.minLevel, languageSteps);
    case 'language':
      return judgeHeld(standingOf(facts.languages, languageKey(subject.language)), subject.minLevel, languageSteps);
    case 'licence':
      return judgeHeld(standingOf(facts.licences, subject.licence), ANY_LEVEL, noSteps);
    case 'experience':
      return judgeExperience(facts.yearsIn, subject.occupationId, subject.minYears, near);
    default:
      return assertNever(subject);
  }
};

/** The level or the years; null when none was asked. */
const askedLevel = (subject: RequirementSubject): string | number | null => {
  switch (subject.kind) {
    case 'skill':
    case 'swedish':
    case 'language':
      return subject.minLevel;
    case 'licence':
      return null;
    case 'experience':
      return subject.minYears;
    default:
      return assertNever(subject);
  }
};

const NOT_STATED = -2;
const NOT_HELD = -1;
const LEVEL_NOT_STATED = 0;

const heldKey = <L>(standing: Standing<L>, steps: (level: L) => number): number => {
  if (standing === 'not-held') return NOT_HELD;
  if (standing === 'not-stated') return NOT_STATED;
  return standing === null ? LEVEL_NOT_STATED : steps(standing);
};

const factsKeyFor = (subject: RequirementSubject, facts: CandidateFacts, near: NearMap): string | number => {
  switch (subject.kind) {
    case 'skill':
      return heldKey(standingOf(facts.skills, subject.skillId), skillSteps);
    case 'swedish':
      return heldKey(facts.candidate.swedish, languageSteps);
    case 'language':
      return heldKey(standingOf(facts.languages, languageKey(subject.language)), languageSteps);
    case 'licence':
      return heldKey(standingOf(facts.licences, subject.licence), noSteps);
    case 'experience':
      return experienceKey(facts.yearsIn, subject.occupationId, near) ?? NOT_STATED;
    default:
      return assertNever(subject);
  }
};

const foundOf = <L>(standing: Standing<L>, held: (level: L | null) => RequirementFound): RequirementFound => {
  if (standing === 'not-held') return { kind: 'none' };
  return standing === 'not-stated' ? { kind: 'not-stated' } : held(standing);
};

/** The classes as they were stated; of somebody who was asked about single ones, those held. */
const licencesFound = ({ candidate, licences }: CandidateFacts, asked: LicenceClass): RequirementFound => {
  if (standingOf(licences, asked) === 'not-stated') return { kind: 'not-stated' };
  const held = candidate.licences ?? [...licences.held.keys()];
  return held.length === 0 ? { kind: 'none' } : { kind: 'licence', licences: [...held] };
};

const foundFor = (subject: RequirementSubject, facts: CandidateFacts, near: NearMap): RequirementFound => {
  switch (subject.kind) {
    case 'skill':
      return foundOf(standingOf(facts.skills, subject.skillId), (level) => ({ kind: 'skill', level }));
    case 'swedish': {
      const level = facts.candidate.swedish;
      return level === null ? { kind: 'not-stated' } : { kind: 'language', level };
    }
    case 'language':
      return foundOf(standingOf(facts.languages, languageKey(subject.language)), (level) => ({
        kind: 'language',
        level,
      }));
    case 'licence':
      return licencesFound(facts, subject.licence);
    case 'experience':
      return experienceFound(facts.yearsIn, subject.occupationId, near);
    default:
      return assertNever(subject);
  }
};

/**
 * A must excludes, a wish never does. A learnable that the introduction gives the whole cohort neither excludes nor is
 * scored. One that a session with fewer seats gives does not exclude either, but who must take the session lacks the
 * skill, and that costs points. One that the introduction does not give is a must in all but name.
 */
export const requirementCriterion = (
  requirement: Requirement,
  index: number,
  skillsTaught: ReadonlyMap<SkillId, TaughtBy>,
  near: NearMap,
): Criterion => {
  const { subject, strength } = requirement;
  const taught = (subject.kind === 'skill' ? skillsTaught.get(subject.skillId) : null) ?? null;
  const learntBy = strength === 'learnable' ? taught : null;
  const partOfKind = subject.kind === 'experience' ? 'experience' : 'requirements';
  const topicKey = topicKeyOf(subject);
  const criterion: Criterion = {
    topic: topicOf(subject),
    topicKey,
    levelKey: `${askedLevel(subject) ?? ''}|${topicKey}`,
    requirementIndex: index,
    excludes: strength !== 'wish' && learntBy === null,
    part: learntBy === 'cohort' ? null : partOfKind,
    learntBy,
    judge: (facts) => judgeSubject(subject, facts, near),
    factsKey: (facts) => factsKeyFor(subject, facts, near),
    source: () => sourceOf(subject),
    explain: (facts, start) => ({
      kind: 'requirement',
      ...judgedBase(criterion, facts, start),
      index,
      strength,
      asked: subject,
      found: foundFor(subject, facts, near),
      taught,
    }),
  };
  return criterion;
};
