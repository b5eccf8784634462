import { runStatus } from '@gruppstart/domain/matching/match-run';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import { allPages } from '../all-pages.ts';
import type { Reading } from '../deed.ts';
import type { Store } from '../ports/store.ts';

/** The newest finished run of the same purpose for the same start is the one whose proposals hold. */
export const isSuperseded = async (
  store: Store,
  { actor: { tenant }, now }: Pick<Reading, 'actor' | 'now'>,
  proposal: Proposal,
): Promise<boolean> => {
  const runs = await allPages((page) => store.list(tenant, { list: 'runs' }, page));
  const own = runs.find(({ value }) => value.id === proposal.runId);
  return runs.some(
    ({ value }) =>
      value.id !== proposal.runId &&
      value.purpose === proposal.purpose &&
      runStatus(value, now) === 'finished' &&
      value.cohortIds.includes(proposal.cohortId) &&
      own !== undefined &&
      value.orderedAt > own.value.orderedAt,
  );
};
