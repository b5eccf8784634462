import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { CandidateId, TenantId } from '@gruppstart/domain/shared/ids';
import { allPages } from '../all-pages.ts';
import type { Documents, Store, Stored } from '../ports/store.ts';

type Participants = Awaited<ReturnType<Store['participants']>>;
export type PlacementDocument = Documents['placement'];

/** Everybody of the organisation as far as a run needs to know: whom it assigns, and where the others are. */
export interface PeopleInRun {
  /** Whom the run assigns. */
  readonly pool: readonly Stored<Documents['candidate']>[];
  readonly memberOf: ReadonlyMap<CandidateId, Participants[number]>;
  /** Members of any start who have no placement yet. */
  readonly waiting: Participants;
  readonly placements: readonly PlacementDocument[];
}

const poolOf = async (
  store: Store,
  tenant: TenantId,
  { purpose, cohortIds }: Pick<MatchRun, 'purpose' | 'cohortIds'>,
  { memberOf, waiting, placements }: Omit<PeopleInRun, 'pool'>,
): Promise<PeopleInRun['pool']> => {
  if (purpose === 'placement') {
    const ids = waiting.flatMap(({ candidateId, cohortId }) => (cohortIds.includes(cohortId) ? [candidateId] : []));
    return store.getMany(tenant, 'candidate', ids);
  }
  const placed = new Set(placements.map(({ candidateId }) => candidateId));
  const candidates = await allPages((page) => store.list(tenant, { list: 'candidates' }, page));
  return candidates.filter(({ value }) => value.erasedAt === null && !memberOf.has(value.id) && !placed.has(value.id));
};

/**
 * In an admission: everybody who is in no start and has no placement. In a placement: the members of the named starts
 * without one. Who was erased stays a member by id and waits for nothing.
 */
export const peopleInRun = async (
  store: Store,
  tenant: TenantId,
  run: Pick<MatchRun, 'purpose' | 'cohortIds'>,
  cohorts: readonly Stored<Documents['cohort']>[],
): Promise<PeopleInRun> => {
  const stored = await allPages((page) => store.list(tenant, { list: 'placements' }, page));
  const placements = stored.map(({ value }) => value);
  const placed = new Set(placements.map(({ candidateId }) => candidateId));
  const members = (await Promise.all(cohorts.map(({ value }) => store.participants(tenant, value.id)))).flat();
  const unplaced = members.filter(({ candidateId }) => !placed.has(candidateId));
  const known = await store.getMany(
    tenant,
    'candidate',
    unplaced.map(({ candidateId }) => candidateId),
  );
  const erased = new Set(known.flatMap(({ value }) => (value.erasedAt === null ? [] : [value.id])));
  const others = {
    memberOf: new Map(members.map((member) => [member.candidateId, member])),
    waiting: unplaced.filter(({ candidateId }) => !erased.has(candidateId)),
    placements,
  };
  return { pool: await poolOf(store, tenant, run, others), ...others };
};
