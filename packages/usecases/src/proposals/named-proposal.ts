import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { Deed, Refusal } from '../deed.ts';
import { type NamedThings, namesFor } from '../matching/explain.ts';
import type { Store, Stored } from '../ports/store.ts';
import { readProposal } from './read-proposals.ts';

/** A proposal and what its explanation names. */
export interface NamedProposal {
  readonly proposal: Stored<Proposal>;
  readonly names: NamedThings;
}

/** Looks the names up before a change, so that the first answer is whole and can be kept for a retry. */
export const withNames =
  (store: Store) =>
  async (
    deed: Deed<NamedProposal>,
    proposalId: Proposal['id'],
    change: (deed: Deed<Stored<Proposal>>) => Promise<Result<Stored<Proposal>, Refusal>>,
  ): Promise<Result<NamedProposal, Refusal>> => {
    const known = await readProposal({ store })(deed, proposalId);
    if (!known.ok) return known;
    const names = await namesFor(store, deed.actor.tenant, [known.value.value.outcome]);
    const changed = await change({ ...deed, mark: (proposal) => deed.mark({ proposal, names }) });
    return changed.ok ? ok({ proposal: changed.value, names }) : err(changed.error);
  };
