import type { Candidate } from '@gruppstart/domain/intake/candidate';
import { GROUPS_UNKNOWN, type GroupsOfPerson, groupsOf } from '@gruppstart/domain/matching/compared-groups';
import { type CountedPerson, compareGroups, type FairnessReport } from '@gruppstart/domain/matching/fairness';
import {
  type HoldingRun,
  onceEach,
  runsThatHeld,
  type Turn,
  twelveMonthsBefore,
} from '@gruppstart/domain/matching/whole-months';
import type { CandidateId, RunId, TenantId } from '@gruppstart/domain/shared/ids';
import { daysBetween, type LocalDate, stockholmDay } from '@gruppstart/domain/shared/local-date';
import { ok, type Result } from '@gruppstart/domain/shared/result';
import { allPages, eachAtMost } from '../all-pages.ts';
import { auditOf, type Reading, type Refusal } from '../deed.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { World } from '../ports/world.ts';
import { finishedRun } from './read-run.ts';

interface Deps {
  readonly store: Store;
  readonly vault: Vault;
  readonly world: World;
}

/** So many runs and so many sealed persons are read at once. */
const RUNS_AT_ONCE = 4;
const PERSONS_AT_ONCE = 25;

/** Everybody in a run. What is said of later starts is preliminary: nobody is asked about it, so it is no proposal here. */
const turnsOf = async (
  store: Store,
  tenant: TenantId,
  { run, holdsFor }: HoldingRun,
): Promise<readonly (Turn & { readonly key: CandidateId })[]> => {
  const day = stockholmDay(run.orderedAt);
  const everybody = await store.proposedInRun(tenant, run.id);
  return everybody.map(({ candidateId, cohortId, preliminary }) => ({
    key: candidateId,
    day,
    proposed: cohortId !== null && !preliminary && holdsFor.has(cohortId),
  }));
};

/** The same of several runs, in the order of the runs. */
const turnsOfAll = async (store: Store, tenant: TenantId, runs: readonly HoldingRun[]) => {
  const turns = new Map<HoldingRun, Awaited<ReturnType<typeof turnsOf>>>();
  await eachAtMost(runs, RUNS_AT_ONCE, async (run) => {
    turns.set(run, await turnsOf(store, tenant, run));
  });
  return runs.flatMap((run) => turns.get(run) ?? []);
};

/** Opens each person and keeps the groups alone. Whoever is sealed no more is absent. */
const groupsOfPersons = async (
  { store, vault }: Deps,
  tenant: TenantId,
  ids: readonly CandidateId[],
  today: LocalDate,
): Promise<ReadonlyMap<string, GroupsOfPerson>> => {
  const groups = new Map<string, GroupsOfPerson>();
  const sealed = await store.sealedPersons(tenant, ids);
  await eachAtMost([...sealed], PERSONS_AT_ONCE, async ([id, { value }]) => {
    const { personalNumber } = await vault.open(tenant, id, value);
    groups.set(id, groupsOf(personalNumber, today));
  });
  return groups;
};

const counted = (
  turns: readonly Turn[],
  candidates: ReadonlyMap<string, Candidate>,
  groups: ReadonlyMap<string, GroupsOfPerson>,
): readonly CountedPerson[] =>
  turns.map(({ key, day, proposed }) => {
    const since = candidates.get(key)?.profile.enrolledSince ?? null;
    return {
      key,
      groups: groups.get(key) ?? GROUPS_UNKNOWN,
      proposed,
      waitDays: since === null ? null : Math.max(0, daysBetween(since, day)),
    };
  });

/**
 * Whether a finished run proposes people of different sex and age alike, and how it was in the twelve whole months before
 * the month of the run. Nothing else reads anybody's sex or age. The reading is noted once, before anything is opened,
 * by the runs whose people were opened; what leaves it are counts. A person with protected identity is in the counts like anyone and among the unknown: what is
 * sealed of them is not opened, not even for a user who is named for it. Age is that of the run's day in both parts.
 */
export const readFairness =
  (deps: Deps) =>
  async (reading: Reading, runId: RunId): Promise<Result<FairnessReport, Refusal>> => {
    const { store, world } = deps;
    const { tenant } = reading.actor;
    const finished = await finishedRun(deps, reading, runId);
    if (!finished.ok) return finished;
    const run = finished.value;
    const today = stockholmDay(run.orderedAt);
    const period = twelveMonthsBefore(today);
    const runs = await allPages((page) => store.list(tenant, { list: 'runs' }, page));
    const held = runsThatHeld(
      runs.map(({ value }) => value),
      run.purpose,
      period,
    );
    const own = await turnsOf(store, tenant, { run, holdsFor: new Set(run.cohortIds) });
    const before = await turnsOfAll(store, tenant, held);

    const ids = [...new Set([...own, ...before].map(({ key }) => key))];
    const found = (await store.getMany(tenant, 'candidate', ids)).map(({ value }) => value);
    const opened = found.flatMap(({ id, isProtected, erasedAt }) => (isProtected || erasedAt !== null ? [] : [id]));
    const subjects = [run.id, ...held.map((each) => each.run.id)];
    await store.appendAudit(
      tenant,
      auditOf(world, reading, 'persons-read', subjects, { purpose: 'compare-groups', opened: opened.length }),
    );
    const groups = await groupsOfPersons(deps, tenant, opened, today);

    const candidates = new Map<string, Candidate>(found.map((candidate) => [candidate.id, candidate]));
    const ofRun = counted(own, candidates, groups);
    const ofMonths = counted(onceEach(before), candidates, groups);
    const parts = { run: compareGroups(ofRun, null), twelveMonths: compareGroups(ofMonths, ofRun) };
    return ok({
      purpose: run.purpose,
      alarm: [...parts.run.dimensions, ...parts.twelveMonths.dimensions].some(({ alarm }) => alarm),
      run: parts.run,
      twelveMonths: { ...period, runs: held.length, ...parts.twelveMonths },
    });
  };
