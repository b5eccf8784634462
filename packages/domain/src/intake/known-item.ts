import * as z from 'zod';
import { OccupationId } from '../shared/vocabulary/occupations.ts';
import { SkillId, SkillLevel } from '../shared/vocabulary/skills.ts';
import { LicenceClass } from './driving-licence.ts';
import { LanguageLevel, languageKey, SpokenLanguage } from './language-level.ts';

/** Of one thing: whether the person has it, and at what level. The level says nothing where it is not held. */
export const SkillKnown = z.strictObject({ skillId: SkillId, held: z.boolean(), level: SkillLevel.nullable() });
export const LanguageKnown = z.strictObject({
  language: SpokenLanguage.shape.language,
  held: z.boolean(),
  level: LanguageLevel.nullable(),
});
export const LicenceKnown = z.strictObject({ licence: LicenceClass, held: z.boolean() });
/** `held` false: no experience in the occupation or near it. `years` says nothing then. */
export const OccupationKnown = z.strictObject({
  occupationId: OccupationId,
  held: z.boolean(),
  years: z.int().min(0).max(60),
});

/** One thing that somebody was asked about alone, while the list that it belongs to is not stated. */
export const KnownItem = z.discriminatedUnion('kind', [
  SkillKnown.extend({ kind: z.literal('skill') }),
  LanguageKnown.extend({ kind: z.literal('language') }),
  LicenceKnown.extend({ kind: z.literal('licence') }),
  OccupationKnown.extend({ kind: z.literal('occupation') }),
]);
export type KnownItem = z.infer<typeof KnownItem>;

/** The list of the profile that a thing belongs to. */
export const LIST_OF_ITEM = {
  skill: 'skills',
  language: 'languages',
  licence: 'licences',
  occupation: 'experience',
} as const satisfies Record<KnownItem['kind'], string>;

const nameOf = (item: KnownItem): string => {
  switch (item.kind) {
    case 'skill':
      return item.skillId;
    case 'language':
      return languageKey(item.language);
    case 'licence':
      return item.licence;
    default:
      return item.occupationId;
  }
};

const isSameThing = (a: KnownItem, b: KnownItem): boolean => a.kind === b.kind && nameOf(a) === nameOf(b);

/** What was known with the item in it, in the place of what was known of the same thing. */
export const withKnownItem = (items: readonly KnownItem[], item: KnownItem): KnownItem[] => [
  ...items.filter((known) => !isSameThing(known, item)),
  item,
];

type Lists = { readonly [L in (typeof LIST_OF_ITEM)[KnownItem['kind']]]: readonly unknown[] | null };

/** A list that is stated whole says it all: what was known of single things in it falls away. */
export const withoutSettledItems = <T extends Lists & { readonly knownItems: readonly KnownItem[] }>(facts: T): T => ({
  ...facts,
  knownItems: facts.knownItems.filter(({ kind }) => facts[LIST_OF_ITEM[kind]] === null),
});
