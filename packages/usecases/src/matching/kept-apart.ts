import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import type { RunPurpose } from '@gruppstart/domain/matching/run-purpose';
import type { CandidateId, CohortId, TenantId, UnitId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { allPages } from '../all-pages.ts';
import type { Change, Store, Stored } from '../ports/store.ts';
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

/** As a run has it: who begins together is settled by an admission, who works together by a placement. */
const bears = async (
  store: Store,
  tenant: TenantId,
  { purpose, candidateId, cohortId }: Coming,
  rule: PairRule,
): Promise<boolean> => {
  if (rule.apartFrom === 'unit') return purpose === 'placement';
  return cohortId !== null && (await store.membershipOf(tenant, otherOf(rule, candidateId)))?.cohortId === cohortId;
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
  const bearing: Stored<PairRule>[] = [];
  for (const rule of rules) if (await bears(store, tenant, coming, rule.value)) bearing.push(rule);
  const hold = rules.map(({ value, version }): Change => {
    return { change: 'save', kind: 'pairRule', value, expected: version };
  });
  if (bearing.length === 0) return { verdict: 'apart', hold };
  if (coming.purpose === 'admission') return { verdict: 'together', hold };

  const others = new Set(bearing.map(({ value }) => otherOf(value, coming.candidateId)));
  const listed = (await allPages((page) => store.list(tenant, { list: 'placements' }, page))).map(({ value }) => value);
  const unitsOf = await workplacesOf(store, tenant, others, listed, today);
  if ([...unitsOf.values()].some((units) => units.has(coming.unitId))) return { verdict: 'together', hold };
  for (const other of others) {
    const shown = listed.reduce((sum, each) => sum + (each.candidateId === other ? each.sharePercent : 0), 0);
    if (((await store.shareOf(tenant, other)) ?? 0) !== shown) return { verdict: 'unsettled', hold };
  }
  return { verdict: 'apart', hold };
};
