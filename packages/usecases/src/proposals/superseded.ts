import { type MatchRun, runStatus } from '@gruppstart/domain/matching/match-run';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { allPages } from '../all-pages.ts';
import type { Reading } from '../deed.ts';
import type { Store, Stored } from '../ports/store.ts';

const isLaterOf = (run: MatchRun, proposal: Proposal, orderedAt: Instant): boolean =>
  run.purpose === proposal.purpose && run.cohortIds.includes(proposal.cohortId) && run.orderedAt > orderedAt;

/**
 * Runs of the same purpose for the same start that were ordered later and have not failed: once one of them has
 * finished, the proposal does not hold any more. What they are is read strongly consistent.
 */
export const laterRuns = async (
  store: Store,
  { actor: { tenant } }: Pick<Reading, 'actor'>,
  proposal: Proposal,
): Promise<readonly Stored<MatchRun>[]> => {
  const runs = await allPages((page) => store.list(tenant, { list: 'runs' }, page));
  const own = runs.find(({ value }) => value.id === proposal.runId);
  if (own === undefined) return [];
  const later = runs.filter(({ value }) => isLaterOf(value, proposal, own.value.orderedAt));
  const current = await store.getMany(
    tenant,
    'run',
    later.map(({ value }) => value.id),
  );
  return current.filter(({ value }) => value.failure === null);
};

/** The newest finished run of the same purpose for the same start is the one whose proposals hold. */
export const isSuperseded = async (store: Store, reading: Reading, proposal: Proposal): Promise<boolean> =>
  (await laterRuns(store, reading, proposal)).some(({ value }) => runStatus(value, reading.now) === 'finished');

/** The same of many proposals, for a list: runs are read once, and the newest of them may not be there yet. */
export const supersededNow = async (store: Store, reading: Reading): Promise<(proposal: Proposal) => boolean> => {
  const runs = await allPages((page) => store.list(reading.actor.tenant, { list: 'runs' }, page));
  const finished = runs.map(({ value }) => value).filter((run) => runStatus(run, reading.now) === 'finished');
  const orderedAt = new Map(finished.map((run) => [run.id, run.orderedAt]));
  return (proposal) => {
    const own = orderedAt.get(proposal.runId);
    return own !== undefined && finished.some((run) => isLaterOf(run, proposal, own));
  };
};
