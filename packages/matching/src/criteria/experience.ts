import type { RequirementFound } from '@gruppstart/domain/matching/criterion';
import type { NearOccupation, OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import { type CandidateFacts, standingOf } from './facts.ts';
import { type Judgement, noWithCredit, UNKNOWN, YES } from './judgement.ts';

/** For an occupation asked for: what a year in another occupation is worth, in percent. */
export type NearMap = ReadonlyMap<OccupationId, ReadonlyMap<OccupationId, NearOccupation['percent']>>;

type YearsIn = CandidateFacts['yearsIn'];

/** Whole years; undefined: none that are known. */
const yearsOf = ({ held }: YearsIn, occupationId: OccupationId): number | undefined =>
  held.get(occupationId) ?? undefined;

/** Whoever was asked about an occupation was asked about those near it too: what was not said of them is none. */
const isStated = (yearsIn: YearsIn, asked: OccupationId): boolean => standingOf(yearsIn, asked) !== 'not-stated';

export const nearMapOf = (rows: readonly NearOccupation[]): NearMap => {
  const map = new Map<OccupationId, Map<OccupationId, NearOccupation['percent']>>();
  for (const { from, to, percent } of rows) {
    const sources = map.get(to) ?? new Map<OccupationId, NearOccupation['percent']>();
    sources.set(from, percent);
    map.set(to, sources);
  }
  return map;
};

/** Percent of what was asked; years beyond it add nothing. Zero years asked means that any experience is enough. */
const metPercent = (years: number, minYears: number): number =>
  minYears === 0 ? 100 : Math.floor((100 * Math.min(years, minYears)) / minYears);

const nearCredit = (yearsIn: YearsIn, asked: OccupationId, minYears: number, near: NearMap): number => {
  let best = 0;
  for (const [from, percent] of near.get(asked) ?? []) {
    const years = yearsOf(yearsIn, from);
    if (years !== undefined && from !== asked)
      best = Math.max(best, Math.floor((percent * metPercent(years, minYears)) / 100));
  }
  return best;
};

/**
 * Yes only by years in the very occupation. Short of that, credit is the better of those years and of the best near
 * occupation at 75 or 25 percent: a place that wishes experience prefers near experience to none.
 */
export const judgeExperience = (yearsIn: YearsIn, asked: OccupationId, minYears: number, near: NearMap): Judgement => {
  if (!isStated(yearsIn, asked)) return UNKNOWN;
  const years = yearsOf(yearsIn, asked);
  const own = years === undefined ? 0 : metPercent(years, minYears);
  return own === 100 ? YES : noWithCredit(Math.max(own, nearCredit(yearsIn, asked, minYears, near)));
};

/** The years that count for the occupation asked for, in it and in those near it; null: not stated. */
export const experienceKey = (yearsIn: YearsIn, asked: OccupationId, near: NearMap): string | null => {
  if (!isStated(yearsIn, asked)) return null;
  const own = yearsOf(yearsIn, asked);
  let key = own === undefined ? '' : `${own}`;
  const nearOnes = near.get(asked);
  if (nearOnes === undefined) return key;
  for (const from of nearOnes.keys()) {
    const years = yearsOf(yearsIn, from);
    if (years !== undefined) key += ` ${from} ${years}`;
  }
  return key;
};

/** Evidence: years in the occupation asked for, and the near occupation of most worth. */
export const experienceFound = (yearsIn: YearsIn, asked: OccupationId, near: NearMap): RequirementFound => {
  if (!isStated(yearsIn, asked)) return { kind: 'not-stated' };
  let best: { occupationId: OccupationId; years: number; percent: NearOccupation['percent'] } | null = null;
  for (const [occupationId, percent] of near.get(asked) ?? []) {
    const years = yearsOf(yearsIn, occupationId);
    if (years === undefined || occupationId === asked) continue;
    if (best === null || percent * years > best.percent * best.years) best = { occupationId, years, percent };
  }
  const years = yearsOf(yearsIn, asked);
  if (years === undefined && best === null) return { kind: 'none' };
  return { kind: 'experience', years: years ?? 0, near: best };
};
