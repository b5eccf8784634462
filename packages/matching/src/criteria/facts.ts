import { impliedLicences, LICENCE_CLASSES, type LicenceClass } from '@gruppstart/domain/intake/driving-licence';
import type { KnownItem } from '@gruppstart/domain/intake/known-item';
import { type LanguageLevel, languageKey, languageRank } from '@gruppstart/domain/intake/language-level';
import { WORKING_TIMES, type WorkingTime } from '@gruppstart/domain/intake/working-times';
import type { UnitId } from '@gruppstart/domain/shared/ids';
import type { OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { SkillId, SkillLevel } from '@gruppstart/domain/shared/vocabulary/skills';
import type { ExpectedProfile, MatchFacts, TravelToUnit } from '../model.ts';

/** What is known of a list: the things held with their level or years (null: not stated), and those known not to be. */
export interface Holdings<K, L> {
  readonly held: ReadonlyMap<K, L | null>;
  readonly notHeld: ReadonlySet<K>;
  /** True when the list is stated: what is not in it is not held. */
  readonly isWhole: boolean;
}

export type NotHeld = 'not-held';
export type NotStated = 'not-stated';

/** What is known of one thing: its level where it is held, which may not be stated. */
export const standingOf = <K, L>(
  { held, notHeld, isWhole }: Holdings<K, L>,
  thing: K,
): L | null | NotHeld | NotStated => {
  const level = held.get(thing);
  if (level !== undefined) return level;
  return isWhole || notHeld.has(thing) ? 'not-held' : 'not-stated';
};

/** A person's facts in the form in which criteria look them up. Null stays unknown. */
export interface CandidateFacts {
  readonly candidate: ExpectedProfile;
  readonly workingTimesMask: number | null;
  readonly licences: Holdings<LicenceClass, null>;
  readonly languages: Holdings<string, LanguageLevel>;
  readonly skills: Holdings<SkillId, SkillLevel>;
  /** Whole years per occupation, rows of the same occupation added. */
  readonly yearsIn: Holdings<OccupationId, number>;
  readonly travel: ReadonlyMap<UnitId, TravelToUnit> | null;
}

export const workingTimesMask = (times: readonly WorkingTime[]): number =>
  times.reduce((mask, time) => mask | (1 << WORKING_TIMES.indexOf(time)), 0);

const highest = <L extends string | number>(
  a: L | null | undefined,
  b: L | null,
  rank: (level: L) => number,
): L | null => {
  if (a === null || a === undefined) return b;
  if (b === null) return a;
  return rank(b) > rank(a) ? b : a;
};

const NOTHING: ReadonlySet<never> = new Set();

const holdings = <R, K, L>(
  rows: readonly R[],
  keyOf: (row: R) => K,
  levelOf: (row: R, known: L | null | undefined) => L | null,
  notHeld: readonly K[],
  isWhole: boolean,
): Holdings<K, L> => {
  const held = new Map<K, L | null>();
  for (const row of rows) held.set(keyOf(row), levelOf(row, held.get(keyOf(row))));
  return { held, notHeld: notHeld.length === 0 ? NOTHING : new Set(notHeld), isWhole };
};

const itemsOf = <K extends KnownItem['kind']>({ knownItems }: MatchFacts, kind: K) => {
  const items = knownItems.filter((item): item is Extract<KnownItem, { kind: K }> => item.kind === kind);
  return { held: items.filter(({ held }) => held), notHeld: items.filter(({ held }) => !held) };
};

const occupations = (facts: MatchFacts): CandidateFacts['yearsIn'] => {
  const { held, notHeld } = itemsOf(facts, 'occupation');
  return holdings(
    facts.experience ?? held,
    ({ occupationId }) => occupationId,
    ({ years }, known) => (known ?? 0) + years,
    notHeld.map(({ occupationId }) => occupationId),
    facts.experience !== null,
  );
};

const skills = (facts: MatchFacts): CandidateFacts['skills'] => {
  const { held, notHeld } = itemsOf(facts, 'skill');
  return holdings(
    facts.skills ?? held,
    ({ skillId }) => skillId,
    ({ level }, known) => highest(known, level, (value) => value),
    notHeld.map(({ skillId }) => skillId),
    facts.skills !== null,
  );
};

const languages = (facts: MatchFacts): CandidateFacts['languages'] => {
  const { held, notHeld } = itemsOf(facts, 'language');
  return holdings(
    facts.languages ?? held,
    ({ language }) => languageKey(language),
    ({ level }, known) => highest(known, level, languageRank),
    notHeld.map(({ language }) => languageKey(language)),
    facts.languages !== null,
  );
};

/** With what each class includes; who does not have a class has none that includes it. */
const licences = (facts: MatchFacts): CandidateFacts['licences'] => {
  const { held, notHeld } = itemsOf(facts, 'licence');
  const without = new Set(notHeld.map(({ licence }) => licence));
  return holdings(
    impliedLicences(facts.licences ?? held.map(({ licence }) => licence)),
    (licence) => licence,
    () => null,
    without.size === 0 ? [] : LICENCE_CLASSES.filter((each) => impliedLicences([each]).some((one) => without.has(one))),
    facts.licences !== null,
  );
};

export const travelMaps = (rows: readonly (readonly TravelToUnit[])[]): readonly ReadonlyMap<UnitId, TravelToUnit>[] =>
  rows.map((row) => new Map(row.map((entry) => [entry.unitId, entry])));

export const candidateFacts = (
  candidate: ExpectedProfile,
  travel: readonly ReadonlyMap<UnitId, TravelToUnit>[],
): CandidateFacts => ({
  candidate,
  workingTimesMask: candidate.workingTimes === null ? null : workingTimesMask(candidate.workingTimes),
  licences: licences(candidate),
  languages: languages(candidate),
  skills: skills(candidate),
  yearsIn: occupations(candidate),
  travel: candidate.travelRow === null ? null : (travel[candidate.travelRow] ?? null),
});
