import type { RunPurpose } from '@gruppstart/domain/matching/run-purpose';
import type { CandidateId, CohortId, TenantId, UnitId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { allPages } from '../all-pages.ts';
import type { Change, Store } from '../ports/store.ts';
import { inPlacement, isOneStart, type Whereabouts } from './pairs-in-run.ts';
import { otherOf, rulesInForce } from './rules-in-force.ts';
import { workplacesOf } from './workplaces.ts';

/** Where a person is about to come. */
export interface Coming {
  readonly purpose: RunPurpose;
  readonly candidateId: CandidateId;
  readonly cohortId: CohortId | null;
  readonly unitId: UnitId;
}

/** What the rules about pairs say of somebody's coming to a start or a unit. */
export interface KeptApart {
  /**
   * `apart`: nobody is there from whom a rule keeps the person; `together`: somebody is; `unsettled`: a placement has
   * been made that the list of placements does not show yet.
   */
  readonly verdict: 'apart' | 'together' | 'unsettled';
  /**
   * To be committed with the coming: each rule gets a new version, so that of two who come at once one is refused as
   * stale, and is looked at again with the other where they are by then.
   */
  readonly hold: readonly Change[];
}

const FREE: KeptApart = { verdict: 'apart', hold: [] };

/** In which start each of them is; the person is where they are about to come. */
const startsOf = async (
  store: Store,
  tenant: TenantId,
  { candidateId, cohortId }: Coming,
  others: Iterable<CandidateId>,
): Promise<Pick<Whereabouts, 'startOf'>> => {
  const startOf = new Map<CandidateId, CohortId>(cohortId === null ? [] : [[candidateId, cohortId]]);
  for (const other of others) {
    const membership = await store.membershipOf(tenant, other);
    if (membership) startOf.set(other, membership.cohortId);
  }
  return { startOf };
};

/**
 * Holds somebody's coming against the rules that keep the person apart from others. A run follows the rules of its own
 * day; one that was made since, and two runs that each were right, are caught here.
 */
export const keptApart = async (
  store: Store,
  tenant: TenantId,
  coming: Coming,
  today: LocalDate,
): Promise<KeptApart> => {
  const rules = (await rulesInForce(store, tenant, coming.candidateId)).filter(
    ({ value }) => value.kind === 'keep-apart',
  );
  if (rules.length === 0) return FREE;
  const hold = rules.map(({ value, version }): Change => {
    return { change: 'save', kind: 'pairRule', value, expected: version };
  });
  const { purpose, candidateId, unitId } = coming;
  const starts = await startsOf(
    store,
    tenant,
    coming,
    rules.map(({ value }) => otherOf(value, candidateId)),
  );
  // An admission settles the start and promises no place; a placement settles the unit.
  if (purpose === 'admission') {
    const meets = rules.some(({ value }) => value.apartFrom === 'start' && isOneStart(value, starts));
    return { verdict: meets ? 'together' : 'apart', hold };
  }
  const bearing = rules.flatMap(({ value }) => inPlacement(value, starts) ?? []);
  const others = new Set(bearing.map((rule) => otherOf(rule, candidateId)));
  if (others.size === 0) return { verdict: 'apart', hold };
  const listed = (await allPages((page) => store.list(tenant, { list: 'placements' }, page))).map(({ value }) => value);
  const unitsOf = await workplacesOf(store, tenant, others, listed, today);
  if ([...unitsOf.values()].some((units) => units.has(unitId))) return { verdict: 'together', hold };
  for (const other of others) {
    const shown = listed.reduce((sum, each) => sum + (each.candidateId === other ? each.sharePercent : 0), 0);
    if (((await store.shareOf(tenant, other)) ?? 0) !== shown) return { verdict: 'unsettled', hold };
  }
  return { verdict: 'apart', hold };
};
