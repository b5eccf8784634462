import * as z from 'zod';
import { impliedLicences, type LicenceClass } from '../intake/driving-licence.ts';
import {
  type KnownItem,
  LanguageKnown,
  LicenceKnown,
  OccupationKnown,
  SkillKnown,
  withKnownItem,
  withoutSettledItems,
} from '../intake/known-item.ts';
import { languageKey } from '../intake/language-level.ts';
import { MatchingProfile } from '../intake/matching-profile.ts';
import { CandidateId } from '../shared/ids.ts';
import { assertNever } from '../shared/result.ts';
import type { ProfileField } from './criterion.ts';

const answerTo = <F extends ProfileField | KnownItem['kind'], V extends z.ZodType>(field: F, value: V) =>
  z.strictObject({ candidateId: CandidateId, field: z.literal(field), value });

const { shape } = MatchingProfile;

/**
 * What a person has said: of one whole fact, as the profile keeps it, or of one thing alone in a list (`skill`,
 * `language`, `licence`, `occupation`), which leaves the rest of the list as it was. An answer is something known: an
 * empty list is "none".
 */
export const ProfileAnswer = z
  .discriminatedUnion('field', [
    answerTo('enrolledSince', shape.enrolledSince.unwrap()),
    answerTo('availableFrom', shape.availableFrom.unwrap()),
    answerTo('shareFromPercent', shape.shareFromPercent.unwrap()),
    answerTo('shareToPercent', shape.shareToPercent.unwrap()),
    answerTo('workingTimes', shape.workingTimes.unwrap()),
    answerTo('engagements', shape.engagements.unwrap()),
    answerTo('licences', shape.licences.unwrap()),
    answerTo('swedish', shape.swedish.unwrap()),
    answerTo('languages', shape.languages.unwrap()),
    answerTo('skills', shape.skills.unwrap()),
    answerTo('experience', shape.experience.unwrap()),
    answerTo('wishes', shape.wishes.unwrap()),
    answerTo('maxTravelMinutes', shape.maxTravelMinutes.unwrap()),
    answerTo('hasCar', shape.hasCar.unwrap()),
    answerTo('skill', SkillKnown),
    answerTo('language', LanguageKnown),
    answerTo('licence', LicenceKnown),
    answerTo('occupation', OccupationKnown),
  ])
  .meta({ id: 'ProfileAnswer' });
export type ProfileAnswer = z.infer<typeof ProfileAnswer>;

type Answered = Pick<MatchingProfile, ProfileField | 'knownItems'>;

/** The thing that an answer is about; null: it is about a whole fact. */
const itemIn = ({ field, value }: ProfileAnswer): KnownItem | null => {
  switch (field) {
    case 'skill':
      return { kind: field, ...value, level: value.held ? value.level : null };
    case 'language':
      return { kind: field, ...value, level: value.held ? value.level : null };
    case 'licence':
      return { kind: field, ...value };
    case 'occupation':
      return { kind: field, ...value, years: value.held ? value.years : 0 };
    default:
      return null;
  }
};

/** A list that is stated, with one thing more, one otherwise, or one less. */
const changed = <T>(list: readonly T[], isIt: (each: T) => boolean, now: T | null): T[] => [
  ...list.filter((each) => !isIt(each)),
  ...(now === null ? [] : [now]),
];

/** Where the list is stated it is changed, so that it stays whole; else the item stands beside what is not stated. */
const withItem = <T extends Answered>(facts: T, item: KnownItem): T => {
  const { skills, languages, licences, experience } = facts;
  switch (item.kind) {
    case 'skill': {
      const { skillId, level, held } = item;
      if (skills === null) break;
      const now = held ? { skillId, level } : null;
      return { ...facts, skills: changed(skills, (each) => each.skillId === skillId, now) };
    }
    case 'language': {
      const { language, level, held } = item;
      if (languages === null) break;
      const key = languageKey(language);
      const now = held ? { language, level } : null;
      return { ...facts, languages: changed(languages, (each) => languageKey(each.language) === key, now) };
    }
    case 'licence': {
      const { licence, held } = item;
      if (licences === null) break;
      // Who does not have a class has none that includes it.
      const gives = (each: LicenceClass): boolean => impliedLicences([each]).includes(licence);
      const isIt = (each: LicenceClass): boolean => (held ? each === licence : gives(each));
      return { ...facts, licences: changed(licences, isIt, held ? licence : null) };
    }
    case 'occupation': {
      const { occupationId, years, held } = item;
      if (experience === null) break;
      const now = held ? { occupationId, years } : null;
      return { ...facts, experience: changed(experience, (each) => each.occupationId === occupationId, now) };
    }
    default:
      return assertNever(item);
  }
  return { ...facts, knownItems: withKnownItem(facts.knownItems, item) };
};

/** Of a share that turns the known other end around, that end is no longer true, and nobody has said what is. */
const withoutReversedShare = <T extends Answered>(facts: T, { field }: ProfileAnswer): T => {
  const { shareFromPercent: from, shareToPercent: to } = facts;
  if (from === null || to === null || from <= to) return facts;
  return field === 'shareFromPercent' ? { ...facts, shareToPercent: null } : { ...facts, shareFromPercent: null };
};

/** The facts with the answer in them. */
export const withAnswer = <T extends Answered>(facts: T, answer: ProfileAnswer): T => {
  const item = itemIn(answer);
  if (item !== null) return withItem(facts, item);
  const { field, value } = answer;
  // A class of licence or a time of day that is named twice is one.
  const each = field === 'licences' || field === 'workingTimes' ? [...new Set<string>(value)] : value;
  return withoutReversedShare(withoutSettledItems({ ...facts, [field]: each }), answer);
};
