import type { Experience } from '@gruppstart/domain/intake/matching-profile';
import { ok } from '@gruppstart/domain/shared/result';
import { OCCUPATIONS, type OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import { type CellReading, refuse } from './cell-reading.ts';
import { fold, saysNone } from './cell-text.ts';
import { labelIndex, splitLabelled } from './labelled-list.ts';

const MAX_OCCUPATIONS = 20;
const MAX_YEARS = 60;

const KNOWN_OCCUPATIONS = labelIndex<OccupationId>(
  OCCUPATIONS.flatMap((occupation) => [
    [occupation.label, occupation.id],
    [occupation.id, occupation.id],
    ...occupation.synonyms.map((synonym): [string, OccupationId] => [synonym, occupation.id]),
  ]),
);

const YEARS = /^[:(]? ?(\d{1,2})(?:[.]\d)? ?(?:år|years?)?\)?$/;
const MONTHS = /^[:(]? ?(\d{1,2}) ?(?:mån|månad|månader|months?)\.?\)?$/;
/** An occupation that is not in the vocabulary, followed by its years. */
const UNKNOWN_WITH_YEARS = /^\D{2,80}?[ :(](?=\d)/;

/** Whole years, rounded down; null when no number of years is stated. */
const yearsOf = (rest: string): number | null => {
  const folded = fold(rest);
  const years = YEARS.exec(folded)?.[1];
  if (years !== undefined) return Number(years);
  const months = MONTHS.exec(folded)?.[1];
  return months === undefined ? null : Math.floor(Number(months) / 12);
};

const mayFollowName = (rest: string): boolean => rest === '' || yearsOf(rest) !== null || /^[:(\d]/.test(rest);

export interface ExperienceRead {
  readonly experience: Experience[];
  /** How many occupations the vocabulary does not know; they are not kept. */
  readonly unmatchedCount: number;
}

/** Occupations and whole years. One named twice has its years added up, since they are different employments. */
export const readExperience = (text: string): CellReading<ExperienceRead> => {
  if (saysNone(text)) return ok({ experience: [], unmatchedCount: 0 });
  const yearsByOccupation = new Map<OccupationId, number>();
  let unmatchedCount = 0;
  // A decimal comma in the years would split the part in two.
  for (const part of splitLabelled(text.replace(/(\d),(\d)/g, '$1.$2'), KNOWN_OCCUPATIONS, mayFollowName)) {
    if (part.value === null) {
      const named = UNKNOWN_WITH_YEARS.exec(part.name)?.[0];
      if (named === undefined || yearsOf(part.name.slice(named.length)) === null) return refuse('experience-malformed');
      unmatchedCount += 1;
      continue;
    }
    const years = yearsOf(part.rest);
    if (years === null || years > MAX_YEARS) return refuse('experience-malformed');
    yearsByOccupation.set(part.value, Math.min(MAX_YEARS, (yearsByOccupation.get(part.value) ?? 0) + years));
  }
  if (yearsByOccupation.size > MAX_OCCUPATIONS) return refuse('too-many-values');
  return ok({
    experience: [...yearsByOccupation].map(([occupationId, years]) => ({ occupationId, years })),
    unmatchedCount,
  });
};
