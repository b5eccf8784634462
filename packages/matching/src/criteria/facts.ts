import { impliedLicences, type LicenceClass } from '@gruppstart/domain/intake/driving-licence';
import { type LanguageLevel, languageRank } from '@gruppstart/domain/intake/language-level';
import { WORKING_TIMES, type WorkingTime } from '@gruppstart/domain/intake/working-times';
import type { UnitId } from '@gruppstart/domain/shared/ids';
import type { OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { SkillId, SkillLevel } from '@gruppstart/domain/shared/vocabulary/skills';
import type { ExpectedProfile, MatchFacts, TravelToUnit } from '../model.ts';

/** A person's facts in the form in which criteria look them up. Null stays unknown. */
export interface CandidateFacts {
  readonly candidate: ExpectedProfile;
  readonly workingTimesMask: number | null;
  readonly licences: ReadonlySet<LicenceClass> | null;
  readonly languages: ReadonlyMap<string, LanguageLevel | null> | null;
  readonly skills: ReadonlyMap<SkillId, SkillLevel | null> | null;
  /** Whole years per occupation, rows of the same occupation added. */
  readonly yearsIn: ReadonlyMap<OccupationId, number> | null;
  readonly travel: ReadonlyMap<UnitId, TravelToUnit> | null;
}

export const workingTimesMask = (times: readonly WorkingTime[]): number =>
  times.reduce((mask, time) => mask | (1 << WORKING_TIMES.indexOf(time)), 0);

/** Languages are compared without regard to case. */
export const languageKey = (language: string): string => language.toLowerCase();

const highest = <L extends string | number>(
  a: L | null | undefined,
  b: L | null,
  rank: (level: L) => number,
): L | null => {
  if (a === null || a === undefined) return b;
  if (b === null) return a;
  return rank(b) > rank(a) ? b : a;
};

const yearsByOccupation = (candidate: MatchFacts): ReadonlyMap<OccupationId, number> | null => {
  if (candidate.experience === null) return null;
  const years = new Map<OccupationId, number>();
  for (const row of candidate.experience) years.set(row.occupationId, (years.get(row.occupationId) ?? 0) + row.years);
  return years;
};

const skillLevels = (candidate: MatchFacts): ReadonlyMap<SkillId, SkillLevel | null> | null => {
  if (candidate.skills === null) return null;
  const levels = new Map<SkillId, SkillLevel | null>();
  for (const { skillId, level } of candidate.skills)
    levels.set(
      skillId,
      highest(levels.get(skillId), level, (value) => value),
    );
  return levels;
};

const languageLevels = (candidate: MatchFacts): ReadonlyMap<string, LanguageLevel | null> | null => {
  if (candidate.languages === null) return null;
  const levels = new Map<string, LanguageLevel | null>();
  for (const { language, level } of candidate.languages) {
    const key = languageKey(language);
    levels.set(key, highest(levels.get(key), level, languageRank));
  }
  return levels;
};

export const travelMaps = (rows: readonly (readonly TravelToUnit[])[]): readonly ReadonlyMap<UnitId, TravelToUnit>[] =>
  rows.map((row) => new Map(row.map((entry) => [entry.unitId, entry])));

export const candidateFacts = (
  candidate: ExpectedProfile,
  travel: readonly ReadonlyMap<UnitId, TravelToUnit>[],
): CandidateFacts => ({
  candidate,
  workingTimesMask: candidate.workingTimes === null ? null : workingTimesMask(candidate.workingTimes),
  licences: candidate.licences === null ? null : new Set(impliedLicences(candidate.licences)),
  languages: languageLevels(candidate),
  skills: skillLevels(candidate),
  yearsIn: yearsByOccupation(candidate),
  travel: candidate.travelRow === null ? null : (travel[candidate.travelRow] ?? null),
});
