import type { ProblemItem } from '@gruppstart/contracts/problem';
import { MatchingProfile, type Wish } from '@gruppstart/domain/intake/matching-profile';
import { type ProfileAnswer, withAnswer } from '@gruppstart/domain/matching/profile-answer';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { forbiddenInFreeText } from '@gruppstart/files/cells/free-text';
import { isYearInRange, YEAR_OUT_OF_RANGE } from '@gruppstart/files/cells/year-range';
import { allPages } from '../all-pages.ts';
import { type Refusal, refusal } from '../deed.ts';
import { foldedUnitName } from '../intake/unit-wishes.ts';
import { KNOWN_OCCUPATIONS, KNOWN_SKILLS } from '../known-words.ts';
import type { Store } from '../ports/store.ts';

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

const UNKNOWN_UNIT = {
  code: 'unit-unknown',
  detail: {
    sv: 'Ingen enhet heter så. Inget är sparat. Skriv enhetens namn som det står i registret, och inget annat.',
    en: 'No unit has that name. Nothing is saved. Write the name of the unit as it is registered, and nothing else.',
  },
};
const TEXT_FORBIDDEN = {
  code: 'free-text-forbidden',
  detail: {
    sv: 'Texten ser ut att handla om hälsa, tro, brott eller en viss person. Inget är sparat. Skriv bara språket.',
    en: 'The text seems to be about health, belief, crime or a certain person. Nothing is saved. Write only the language.',
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

const languageFaults = (language: string, pointer: string): readonly ProblemItem[] =>
  forbiddenInFreeText(language) ? [{ pointer: `${pointer}/language`, ...TEXT_FORBIDDEN }] : [];
const dayFaults = (day: LocalDate, pointer: string): readonly ProblemItem[] =>
  isYearInRange(Number(day.slice(0, 4))) ? [] : [{ pointer, code: 'date-malformed', detail: YEAR_OUT_OF_RANGE }];

/** As in a file, only wishes for units that there are: anything else could be anything about anybody. */
const wishFaults = (wish: Wish, unitNames: ReadonlySet<string>, pointer: string): readonly ProblemItem[] =>
  wish.kind === 'field' || unitNames.has(foldedUnitName(wish.unitName))
    ? []
    : [{ pointer: `${pointer}/unitName`, ...UNKNOWN_UNIT }];

const faultsOf = (
  { field, value }: ProfileAnswer,
  unitNames: ReadonlySet<string>,
  pointer: string,
): readonly ProblemItem[] => {
  switch (field) {
    case 'enrolledSince':
    case 'availableFrom':
      return dayFaults(value, pointer);
    case 'skills':
      return value.flatMap(({ skillId }, index) => skillFaults(skillId, `${pointer}/${index}`));
    case 'experience':
      return value.flatMap(({ occupationId }, index) => occupationFaults(occupationId, `${pointer}/${index}`));
    case 'languages':
      return value.flatMap(({ language }, index) => languageFaults(language, `${pointer}/${index}`));
    case 'wishes':
      return value.flatMap((wish, index) => wishFaults(wish, unitNames, `${pointer}/${index}`));
    case 'skill':
      return skillFaults(value.skillId, pointer);
    case 'language':
      return languageFaults(value.language, pointer);
    case 'occupation':
      return occupationFaults(value.occupationId, pointer);
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
 * What an answer says that may not be kept: words that no vocabulary knows, units that there are not, free text about
 * people, years out of range. Null: nothing is wrong. `at`: where the answer stands in the body.
 */
export const faultInAnswer = async (
  store: Store,
  tenant: TenantId,
  answer: ProfileAnswer,
  at = '',
): Promise<Refusal | null> => {
  const units = answer.field === 'wishes' ? await allPages((page) => store.list(tenant, { list: 'units' }, page)) : [];
  const unitNames = new Set(units.map(({ value }) => foldedUnitName(value.name)));
  const faults = faultsOf(answer, unitNames, `${at}/value`);
  return faults.length > 0 ? refusal('body-invalid', undefined, faults) : null;
};
