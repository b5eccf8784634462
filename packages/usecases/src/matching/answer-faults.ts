import type { ProblemItem } from '@gruppstart/contracts/problem';
import { MatchingProfile } from '@gruppstart/domain/intake/matching-profile';
import { type ProfileAnswer, withAnswer } from '@gruppstart/domain/matching/profile-answer';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { OCCUPATIONS, type OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS, type SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { type Refusal, refusal } from '../deed.ts';

const KNOWN_SKILLS: ReadonlySet<string> = new Set(SKILLS.map(({ id }) => id));
const KNOWN_OCCUPATIONS: ReadonlySet<string> = new Set(OCCUPATIONS.map(({ id }) => id));

const UNKNOWN_SKILL = {
  code: 'skill-unknown',
  detail: {
    sv: 'Kompetensen finns inte i ordlistan. Inget är sparat. Välj en därifrån och skicka svaret igen.',
    en: 'The skill is not in the vocabulary. Nothing is saved. Choose one from it and send the answer again.',
  },
};
const UNKNOWN_OCCUPATION = {
  code: 'occupation-unknown',
  detail: {
    sv: 'Yrket finns inte i ordlistan. Inget är sparat. Välj ett därifrån och skicka svaret igen.',
    en: 'The occupation is not in the vocabulary. Nothing is saved. Choose one from it and send the answer again.',
  },
};

const LIST_FULL = {
  code: 'list-full',
  detail: {
    sv: 'Det går inte att lägga till fler: så många uppgifter kan inte sparas om en person. Inget är sparat. Svara med hela listan i stället.',
    en: 'No more can be added: so many facts cannot be kept of one person. Nothing is saved. Answer with the whole list instead.',
  },
};

const skillFaults = (skillId: SkillId, pointer: string): readonly ProblemItem[] =>
  KNOWN_SKILLS.has(skillId) ? [] : [{ pointer: `${pointer}/skillId`, ...UNKNOWN_SKILL }];
const occupationFaults = (occupationId: OccupationId, pointer: string): readonly ProblemItem[] =>
  KNOWN_OCCUPATIONS.has(occupationId) ? [] : [{ pointer: `${pointer}/occupationId`, ...UNKNOWN_OCCUPATION }];

const faultsOf = ({ field, value }: ProfileAnswer, at: string): readonly ProblemItem[] => {
  switch (field) {
    case 'skills':
      return value.flatMap(({ skillId }, index) => skillFaults(skillId, `${at}/value/${index}`));
    case 'experience':
      return value.flatMap(({ occupationId }, index) => occupationFaults(occupationId, `${at}/value/${index}`));
    case 'skill':
      return skillFaults(value.skillId, `${at}/value`);
    case 'occupation':
      return occupationFaults(value.occupationId, `${at}/value`);
    default:
      return [];
  }
};

/** The profile with the answer in it; a refusal when it does not hold one thing more. */
export const profileWithAnswer = (
  profile: MatchingProfile,
  answer: ProfileAnswer,
): Result<MatchingProfile, Refusal> => {
  const answered = MatchingProfile.safeParse(withAnswer(profile, answer));
  if (answered.success) return ok(answered.data);
  return err(refusal('body-invalid', undefined, [{ pointer: '/value', ...LIST_FULL }]));
};

/**
 * What an answer names that no vocabulary knows: it would replace what is known of the person by something that no place
 * can ask for. Null: nothing is wrong. `at`: where the answer stands in the body.
 */
export const faultInAnswer = (answer: ProfileAnswer, at = ''): Refusal | null => {
  const faults = faultsOf(answer, at);
  return faults.length > 0 ? refusal('body-invalid', undefined, faults) : null;
};
