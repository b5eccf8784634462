import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import type { CandidateId, TenantId } from '@gruppstart/domain/shared/ids';
import { allPages, eachAtMost } from './all-pages.ts';
import { derivedId } from './derived-id.ts';
import type { Change, Store, Stored } from './ports/store.ts';
import type { World } from './ports/world.ts';

/** The proposal without its disclosure, and what takes the disclosure away from the unit: nothing where none is. */
export const withoutDisclosure = (proposal: Proposal): { readonly proposal: Proposal; readonly ends: Change[] } => ({
  proposal: { ...proposal, disclosure: null },
  ends:
    proposal.disclosure === null
      ? []
      : [
          {
            change: 'end-disclosure',
            disclosure: { proposalId: proposal.id, candidateId: proposal.candidateId, unitId: proposal.unitId },
          },
        ],
});

const ending = ({ value, version }: Stored<Proposal>): readonly Change[] => {
  const { proposal, ends } = withoutDisclosure(value);
  return [{ change: 'save', kind: 'proposal', value: proposal, expected: version }, ...ends];
};

/** Ends everything that was disclosed of a person, wherever it was. */
export const endsForCandidate = async (
  store: Store,
  tenant: TenantId,
  candidateId: CandidateId,
): Promise<readonly Change[]> => {
  const told = await store.disclosuresOfCandidate(tenant, candidateId);
  const proposals = await store.getMany(
    tenant,
    'proposal',
    told.map(({ proposalId }) => proposalId),
  );
  return proposals.flatMap(ending);
};

const UNITS_AT_ONCE = 8;

/**
 * Ends what was disclosed for undecided proposals that a finished run has taken the place of: nobody is to meet on them
 * any more. Safe to repeat.
 */
export const endSuperseded = async (
  { store, world }: { readonly store: Store; readonly world: World },
  tenant: TenantId,
  run: MatchRun,
  correlationId: string,
): Promise<void> => {
  const units = await allPages((page) => store.list(tenant, { list: 'units' }, page));
  await eachAtMost(units, UNITS_AT_ONCE, async ({ value: unit }) => {
    const told = await store.disclosuresOfUnit(tenant, unit.id);
    const proposals = await store.getMany(
      tenant,
      'proposal',
      told.map(({ proposalId }) => proposalId),
    );
    const superseded = proposals.filter(
      ({ value }) =>
        value.purpose === run.purpose &&
        value.decision === null &&
        run.cohortIds.includes(value.cohortId) &&
        value.proposedAt < run.orderedAt,
    );
    for (const proposal of superseded) {
      const { id, candidateId } = proposal.value;
      const committed = await store.commit(tenant, {
        changes: ending(proposal),
        mark: null,
        audit: [
          {
            eventId: derivedId(world, 'event', [run.id, id, 'disclosure-ended', String(proposal.version)]),
            at: world.now(),
            actor: 'system',
            deed: 'disclosure-ended',
            subjects: [id, candidateId, unit.id, run.id],
            facts: { why: 'superseded' },
            correlationId,
          },
        ],
        messages: [],
      });
      // Somebody was at the same proposal: fail the message, and it is looked at again.
      if (!committed.ok) throw new Error(`The disclosure of ${id} could not be ended: ${committed.refusal.kind}`);
    }
  });
};
