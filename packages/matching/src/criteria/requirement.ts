import { type LanguageLevel, languageRank } from '@gruppstart/domain/intake/language-level';
import type {
  CriterionSource,
  CriterionTopic,
  RequirementFound,
  TaughtBy,
} from '@gruppstart/domain/matching/criterion';
import type { Requirement, RequirementSubject } from '@gruppstart/domain/requirements/requirement';
import { assertNever } from '@gruppstart/domain/shared/result';
import type { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { type Criterion, judgedBase } from './criterion.ts';
import { experienceFound, experienceKey, judgeExperience, type NearMap } from './experience.ts';
import { type CandidateFacts, languageKey } from './facts.ts';
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

/** `held` undefined: known not to be held. Null: held, level not stated. */
const judgeHeld = <L>(held: L | null | undefined, asked: L | null, steps: (level: L) => number): Judgement => {
  if (held === undefined) return NO;
  if (asked === null) return YES;
  return held === null ? UNKNOWN : judgeLevel(steps(held), steps(asked));
};

const judgeSubject = (subject: RequirementSubject, facts: CandidateFacts, near: NearMap): Judgement => {
  switch (subject.kind) {
    case 'skill':
      return facts.skills === null
        ? UNKNOWN
        : judgeHeld(facts.skills.get(subject.skillId), subject.minLevel, (level) => level);
    case 'swedish':
      return judgeHeld(facts.candidate.swedish, subject.minLevel, languageSteps);
    case 'language':
      return facts.languages === null
        ? UNKNOWN
        : judgeHeld(facts.languages.get(languageKey(subject.language)), subject.minLevel, languageSteps);
    case 'licence':
      if (facts.licences === null) return UNKNOWN;
      return facts.licences.has(subject.licence) ? YES : NO;
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

const heldKey = <L>(held: L | null | undefined, steps: (level: L) => number): number => {
  if (held === undefined) return NOT_HELD;
  return held === null ? LEVEL_NOT_STATED : steps(held);
};

const factsKeyFor = (subject: RequirementSubject, facts: CandidateFacts, near: NearMap): string | number => {
  switch (subject.kind) {
    case 'skill':
      return facts.skills === null ? NOT_STATED : heldKey(facts.skills.get(subject.skillId), (level) => level);
    case 'swedish':
      return facts.candidate.swedish === null ? NOT_STATED : languageSteps(facts.candidate.swedish);
    case 'language':
      return facts.languages === null
        ? NOT_STATED
        : heldKey(facts.languages.get(languageKey(subject.language)), languageSteps);
    case 'licence':
      if (facts.licences === null) return NOT_STATED;
      return facts.licences.has(subject.licence) ? 1 : NOT_HELD;
    case 'experience':
      return facts.yearsIn === null ? NOT_STATED : experienceKey(facts.yearsIn, subject.occupationId, near);
    default:
      return assertNever(subject);
  }
};

const foundFor = (subject: RequirementSubject, facts: CandidateFacts, near: NearMap): RequirementFound => {
  switch (subject.kind) {
    case 'skill': {
      if (facts.skills === null) return { kind: 'not-stated' };
      const level = facts.skills.get(subject.skillId);
      return level === undefined ? { kind: 'none' } : { kind: 'skill', level };
    }
    case 'swedish':
      return facts.candidate.swedish === null
        ? { kind: 'not-stated' }
        : { kind: 'language', level: facts.candidate.swedish };
    case 'language': {
      if (facts.languages === null) return { kind: 'not-stated' };
      const level = facts.languages.get(languageKey(subject.language));
      return level === undefined ? { kind: 'none' } : { kind: 'language', level };
    }
    case 'licence': {
      const { licences } = facts.candidate;
      if (licences === null) return { kind: 'not-stated' };
      return licences.length === 0 ? { kind: 'none' } : { kind: 'licence', licences };
    }
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
