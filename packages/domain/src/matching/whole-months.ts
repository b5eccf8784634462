import type { CohortId } from '../shared/ids.ts';
import { addDays, type LocalDate, localDate, stockholmDay } from '../shared/local-date.ts';
import type { MatchRun } from './match-run.ts';
import type { RunPurpose } from './run-purpose.ts';

export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The twelve whole months before that of the day: 2027-01-20 gives 2026-01-01 to 2026-12-31. */
export const twelveMonthsBefore = (day: LocalDate): Period => {
  const firstOfMonth = localDate(`${day.slice(0, 7)}-01`);
  return {
    from: localDate(`${Number(day.slice(0, 4)) - 1}${firstOfMonth.slice(4)}`),
    to: addDays(firstOfMonth, -1),
  };
};

/** A run, and the starts for which it is the newest finished one. */
export interface HoldingRun {
  readonly run: MatchRun;
  readonly holdsFor: ReadonlySet<CohortId>;
}

/**
 * Of the finished runs of a purpose that were ordered in the period, those that held: for each start the newest that
 * names it, as with proposals. What was run again counts once. In the order in which they were ordered.
 */
export const runsThatHeld = (
  runs: readonly MatchRun[],
  purpose: RunPurpose,
  { from, to }: Period,
): readonly HoldingRun[] => {
  const finished = runs
    .filter((run) => {
      const day = stockholmDay(run.orderedAt);
      return run.purpose === purpose && run.result !== null && day >= from && day <= to;
    })
    .toSorted((a, b) => (a.orderedAt < b.orderedAt || (a.orderedAt === b.orderedAt && a.id < b.id) ? -1 : 1));
  const newest = new Map(finished.flatMap((run) => run.cohortIds.map((cohortId) => [cohortId, run] as const)));
  return finished.flatMap((run) => {
    const holdsFor = new Set(run.cohortIds.filter((cohortId) => newest.get(cohortId) === run));
    return holdsFor.size > 0 ? [{ run, holdsFor }] : [];
  });
};

/** One person in one run: the day of the run, and whether a start it holds for was proposed. */
export interface Turn {
  readonly key: string;
  readonly day: LocalDate;
  readonly proposed: boolean;
}

/**
 * Each person once: proposed if ever proposed, on the day of the first run that did; else on the day of the last run
 * the person was in.
 * @param turns in order of time
 */
export const onceEach = (turns: readonly Turn[]): readonly Turn[] => {
  const once = new Map<string, Turn>();
  for (const turn of turns) if (!once.get(turn.key)?.proposed) once.set(turn.key, turn);
  return [...once.values()];
};
