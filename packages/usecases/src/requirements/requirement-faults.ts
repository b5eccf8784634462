import type { ProblemItem } from '@gruppstart/contracts/problem';
import type { Place } from '@gruppstart/domain/requirements/place';
import type { Requirement } from '@gruppstart/domain/requirements/requirement';
import type { OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import { forbiddenInFreeText } from '@gruppstart/files/cells/free-text';
import { type Refusal, refusal } from '../deed.ts';
import { KNOWN_OCCUPATIONS, KNOWN_SKILLS } from '../known-words.ts';

const skillUnknown = (pointer: string): ProblemItem => ({
  pointer,
  code: 'skill-unknown',
  detail: {
    sv: 'Kompetensen finns inte i ordlistan. Ett krav som ingen kan ha skulle stänga ute alla.',
    en: 'The skill is not in the vocabulary. A requirement that nobody can meet would shut everybody out.',
  },
});

const occupationUnknown = (pointer: string): ProblemItem => ({
  pointer,
  code: 'occupation-unknown',
  detail: {
    sv: 'Yrket finns inte i ordlistan. Välj ett därifrån.',
    en: 'The occupation is not in the vocabulary. Choose one from it.',
  },
});

const textForbidden = (pointer: string): ProblemItem => ({
  pointer,
  code: 'free-text-forbidden',
  detail: {
    sv: 'Texten ser ut att handla om hälsa, tro, brott eller en viss person. Skriv vad arbetet kräver, aldrig hur någon är.',
    en: 'The text seems to be about health, belief, crime or a certain person. Write what the work needs, never what someone is like.',
  },
});

const faultsOf = ({ subject, reason }: Requirement, index: number): readonly ProblemItem[] => {
  const at = `/requirements/${index}`;
  const faults: ProblemItem[] = [];
  if (subject.kind === 'skill' && !KNOWN_SKILLS.has(subject.skillId))
    faults.push(skillUnknown(`${at}/subject/skillId`));
  if (subject.kind === 'experience' && !KNOWN_OCCUPATIONS.has(subject.occupationId)) {
    faults.push(occupationUnknown(`${at}/subject/occupationId`));
  }
  if (reason !== undefined && forbiddenInFreeText(reason)) faults.push(textForbidden(`${at}/reason`));
  return faults;
};

interface Stated {
  readonly title?: string | undefined;
  readonly occupationId?: OccupationId | undefined;
  readonly requirements?: Place['requirements'] | undefined;
}

/** What a manager may not state: words outside the vocabulary, and free text about people. Null: nothing is wrong. */
export const faultInStatement = ({ title, occupationId, requirements = [] }: Stated): Refusal | null => {
  const faults = [
    ...(title !== undefined && forbiddenInFreeText(title) ? [textForbidden('/title')] : []),
    ...(occupationId !== undefined && !KNOWN_OCCUPATIONS.has(occupationId) ? [occupationUnknown('/occupationId')] : []),
    ...requirements.flatMap(faultsOf),
  ];
  return faults.length > 0 ? refusal('body-invalid', undefined, faults) : null;
};
