import type { Candidate } from '@gruppstart/domain/intake/candidate';
import { addDays, daysBetween, type LocalDate, stockholmDay } from '@gruppstart/domain/shared/local-date';
import type { ExpectedArrivals } from '@gruppstart/matching/model';

/** So far back those who came stand for those who will come. */
const DAYS_BACK = 120;
/** More profiles than this would make a run slower and say no more. */
const MOST_PROFILES = 500;

/** Who was taken in during the days before a run, by id, wherever they are by now. Nobody who has been erased. */
export const recentArrivals = (candidates: readonly Candidate[], today: LocalDate): readonly Candidate[] => {
  const since = addDays(today, -DAYS_BACK);
  return candidates
    .filter(({ createdAt, erasedAt }) => {
      const day = stockholmDay(createdAt);
      return erasedAt === null && day > since && day <= today;
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

/** Of too many, so many evenly spread over the list: no chance, and nobody's choice. */
const spread = <T>(items: readonly T[], most: number): readonly T[] => {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)] as T);
};

/**
 * Who may come for the later starts of a run, as those did who came lately: what they can and want, without id and
 * without how long they had waited. Null for a run that looks at one start only.
 *
 * @param starts first days of the run's starts, in order
 * @param travelRowOf null for a protected identity: distance is never computed for them
 */
export const expectedArrivals = (
  arrivals: readonly Candidate[],
  starts: readonly LocalDate[],
  travelRowOf: (candidate: Candidate) => number | null,
): ExpectedArrivals | null => {
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined || starts.length < 2) return null;
  const daysApart = daysBetween(first, last) / (starts.length - 1);
  return {
    profiles: spread(arrivals, MOST_PROFILES).map((candidate) => {
      const { postcode: _, ...facts } = candidate.profile;
      return { ...facts, enrolledSince: null, travelRow: travelRowOf(candidate) };
    }),
    // In tenths: the days between starts are no more exact than that.
    perStart: Math.round((arrivals.length * daysApart * 10) / DAYS_BACK) / 10,
  };
};
