import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import type { CandidateId, TenantId } from '@gruppstart/domain/shared/ids';
import { allPages } from '../all-pages.ts';
import type { Change, Documents, Store, Stored } from '../ports/store.ts';

type Deciding = Pick<Proposal, 'purpose' | 'candidateId' | 'cohortId' | 'unitId'>;

/** What the rules about pairs say of an approval. */
export interface KeptApart {
  /** Whether it would bring the person to where somebody is from whom a rule keeps them. */
  readonly isBroken: boolean;
  /**
   * To be committed with the approval: each rule gets a new version, so that of two who are approved at once one is
   * refused as stale, and is looked at again with the other where they are by then.
   */
  readonly hold: readonly Change[];
}

/** As a run has it: an admission settles the start and promises no place, a placement settles the unit. */
const meet = async (
  store: Store,
  tenant: TenantId,
  { purpose, cohortId, unitId }: Deciding,
  { apartFrom }: PairRule,
  other: CandidateId,
  placements: readonly Stored<Documents['placement']>[],
): Promise<boolean> => {
  const isOneStart = async () => (await store.membershipOf(tenant, other))?.cohortId === cohortId;
  if (purpose === 'admission') return apartFrom === 'start' && (await isOneStart());
  const isOneUnit = placements.some(({ value }) => value.candidateId === other && value.unitId === unitId);
  return isOneUnit && (apartFrom === 'unit' || (await isOneStart()));
};

/**
 * Holds an approval against the rules that keep the person apart from others. A run follows the rules of its own day;
 * one that was made since, and two runs that each were right, are caught here.
 */
export const keptApart = async (store: Store, tenant: TenantId, proposal: Deciding): Promise<KeptApart> => {
  const listed = await allPages((page) => store.list(tenant, { list: 'pair-rules' }, page));
  const about = listed.flatMap(({ value }) =>
    value.kind === 'keep-apart' && [value.first, value.second].includes(proposal.candidateId) ? [value.id] : [],
  );
  if (about.length === 0) return { isBroken: false, hold: [] };
  // The list may lag; what is decided on is read as it is now.
  const rules = (await store.getMany(tenant, 'pairRule', about)).filter(({ value }) => value.endedAt === null);
  const placements =
    proposal.purpose === 'placement' ? await allPages((page) => store.list(tenant, { list: 'placements' }, page)) : [];
  const broken = await Promise.all(
    rules.map(({ value }) => {
      const other = value.first === proposal.candidateId ? value.second : value.first;
      return meet(store, tenant, proposal, value, other, placements);
    }),
  );
  return {
    isBroken: broken.includes(true),
    hold: rules.map(({ value, version }) => ({ change: 'save', kind: 'pairRule', value, expected: version })),
  };
};
