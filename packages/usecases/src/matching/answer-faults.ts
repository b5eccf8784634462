import type { ProblemItem } from '@gruppstart/contracts/problem';
import type { ProfileAnswer } from '@gruppstart/domain/matching/profile-answer';
import { OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
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

const faultsOf = (answer: ProfileAnswer, at: string): readonly ProblemItem[] => {
  if (answer.field === 'skills')
    return answer.value.flatMap(({ skillId }, index) =>
      KNOWN_SKILLS.has(skillId) ? [] : [{ pointer: `${at}/value/${index}/skillId`, ...UNKNOWN_SKILL }],
    );
  if (answer.field === 'experience')
    return answer.value.flatMap(({ occupationId }, index) =>
      KNOWN_OCCUPATIONS.has(occupationId)
        ? []
        : [{ pointer: `${at}/value/${index}/occupationId`, ...UNKNOWN_OCCUPATION }],
    );
  return [];
};

/**
 * What an answer names that no vocabulary knows: it would replace what is known of the person by something that no place
 * can ask for. Null: nothing is wrong. `at`: where the answer stands in the body.
 */
export const faultInAnswer = (answer: ProfileAnswer, at = ''): Refusal | null => {
  const faults = faultsOf(answer, at);
  return faults.length > 0 ? refusal('body-invalid', undefined, faults) : null;
};
