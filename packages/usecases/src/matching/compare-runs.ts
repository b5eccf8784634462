import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { RunDifference, RunStanding } from '@gruppstart/domain/matching/run-difference';
import type { CandidateId, RunId, TenantId } from '@gruppstart/domain/shared/ids';
import { ok, type Result } from '@gruppstart/domain/shared/result';
import { type ComparedRun, standingOf } from '@gruppstart/matching/compare/compared-run';
import { diffRuns } from '@gruppstart/matching/compare/run-diff';
import {
  personDifferenceText,
  placeDifferenceText,
  runDifferenceSentences,
} from '@gruppstart/matching/explain/run-diff-text';
import { allPages } from '../all-pages.ts';
import type { Reading, Refusal } from '../deed.ts';
import type { Store } from '../ports/store.ts';
import { inBoth, labelsIn, type NamedThings, namesOf } from './explain.ts';
import { finishedRun } from './read-run.ts';

type Deps = { readonly store: Store };

/** The run that took the facts which a run looked at: its own, or those of the run behind it, however far back. */
const factsFrom = async (store: Store, tenant: TenantId, run: MatchRun): Promise<RunId> => {
  let current: MatchRun | undefined = run;
  let { id } = run;
  while (current?.policy.factsOf) {
    id = current.policy.factsOf;
    current = (await store.get(tenant, 'run', id))?.value;
  }
  return id;
};

/** Where everybody stands, page by page: of an outcome nothing more than that is held. */
const standingsOf = async (
  store: Store,
  tenant: TenantId,
  runId: RunId,
): Promise<ReadonlyMap<CandidateId, RunStanding>> =>
  new Map(
    await allPages(async (page) => {
      const found = await store.outcomes(tenant, runId, page);
      return (
        found && {
          ...found,
          items: found.items.map((outcome) => [outcome.candidateId, standingOf(outcome)] as const),
        }
      );
    }),
  );

const comparedRun = async (deps: Deps, reading: Reading, runId: RunId): Promise<Result<ComparedRun, Refusal>> => {
  const { store } = deps;
  const { tenant } = reading.actor;
  const run = await finishedRun(deps, reading, runId);
  if (!run.ok) return run;
  const { policy, snapshotHash, result } = run.value;
  if (!result) throw new Error(`The finished run ${runId} has no result`);
  const [people, places, factsOf] = await Promise.all([
    standingsOf(store, tenant, runId),
    store.placeOutcomes(tenant, runId),
    factsFrom(store, tenant, run.value),
  ]);
  const { summary, seed } = result;
  return ok({ runId, policy, summary, seed, snapshotHash, factsFrom: factsOf, people, places });
};

export interface ComparedRuns {
  readonly difference: RunDifference;
  readonly names: NamedThings;
}

/** Two finished runs side by side, with the names of what the difference names. */
export const compareRuns =
  (deps: Deps) =>
  async (reading: Reading, fromId: RunId, toId: RunId): Promise<Result<ComparedRuns, Refusal>> => {
    const from = await comparedRun(deps, reading, fromId);
    if (!from.ok) return from;
    const to = await comparedRun(deps, reading, toId);
    if (!to.ok) return to;
    const difference = diffRuns(from.value, to.value);
    const seats = difference.people
      .flatMap((person) => [person.from, person.to])
      .flatMap((standing) => (standing.kind === 'proposed' ? [standing] : []));
    const names = await namesOf(
      deps.store,
      reading.actor.tenant,
      [...seats.map(({ placeId }) => placeId), ...difference.places.map(({ placeId }) => placeId)],
      seats.map(({ cohortId }) => cohortId),
    );
    return ok({ difference, names });
  };

/** A difference in plain words: as a whole, and beside each person and each place. */
export const explainDifference = ({ difference, names }: ComparedRuns) => {
  const labels = { sv: labelsIn(names, 'sv'), en: labelsIn(names, 'en') };
  return {
    ...difference,
    explanation: inBoth((language) => runDifferenceSentences(difference, language).join('\n')),
    people: difference.people.map((person) => ({
      ...person,
      text: inBoth((language) => personDifferenceText(person, labels[language], language)),
    })),
    places: difference.places.map((place) => ({
      ...place,
      text: inBoth((language) => placeDifferenceText(place, labels[language], language)),
    })),
  };
};
