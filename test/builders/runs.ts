import { RunToMake, WhatIfToAnswer } from '@gruppstart/contracts/queue-messages';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import type { RunId, TenantId, WhatIfId } from '@gruppstart/domain/shared/ids';
import type { MatchInput } from '@gruppstart/matching/model';
import { allPages } from '@gruppstart/usecases/all-pages';
import { makeRun } from '@gruppstart/usecases/matching/make-run';
import { orderRun, type RunOrder } from '@gruppstart/usecases/matching/order-run';
import { workOutWhatIf } from '@gruppstart/usecases/matching/work-out-what-if';
import { blobKeys } from '@gruppstart/usecases/ports/senders';
import { anEventId } from '../contracts/builders.ts';
import type { Environment } from '../contracts/environment.ts';
import { aDeed, done, NOW, worldAt } from './deeds.ts';

/** An admission of the starts, unless stated. */
export type Ordering = Pick<RunOrder, 'cohortIds'> & Partial<RunOrder>;

/** Runs as a coordinator orders them and the matcher makes them, for one tenant. */
export const runsOf = (environment: () => Environment, tenant: TenantId, now: string = NOW) => {
  const deps = () => ({
    store: environment().store,
    blobs: environment().blobs,
    world: worldAt(now),
    outbox: environment().outboxAt(NOW),
  });

  /** Whatever comes of the order. */
  const ask = (asked: Ordering) =>
    orderRun(deps())(aDeed(tenant, { now }), { purpose: 'admission', horizon: 0, ...asked });

  const read = async (runId: RunId): Promise<MatchRun> => {
    const run = await environment().store.get(tenant, 'run', runId);
    if (!run) throw new Error('The run is gone');
    return run.value;
  };

  const order = async (asked: Ordering): Promise<MatchRun> => done(await ask(asked)).value;

  const make = async (runId: RunId): Promise<MatchRun> => {
    const message = { v: 1, kind: 'run-to-make', eventId: anEventId(), tenant, correlationId: 'req-1', runId };
    await makeRun(deps())(RunToMake.parse(message));
    return read(runId);
  };

  /** Works out a what-if as the matcher does. */
  const answer = async (whatIfId: WhatIfId): Promise<void> => {
    const message = { v: 1, kind: 'what-if-to-answer', eventId: anEventId(), tenant, correlationId: 'req-1', whatIfId };
    await workOutWhatIf(deps())(WhatIfToAnswer.parse(message));
  };

  /** Ordered and made; throws when it has no result. */
  const finish = async (asked: Ordering): Promise<MatchRun> => {
    const run = await make((await order(asked)).id);
    if (run.failure) throw new Error(`The run failed: ${run.failure}`);
    return run;
  };

  const outcomes = (runId: RunId): Promise<readonly CandidateOutcome[]> =>
    allPages((page) => environment().store.outcomes(tenant, runId, page));

  /** What the engine was given. */
  const input = async ({ id, snapshotHash }: Pick<MatchRun, 'id' | 'snapshotHash'>): Promise<MatchInput> => {
    const kept = await environment().blobs.get(blobKeys.snapshot(tenant, id, snapshotHash ?? ''));
    return JSON.parse(new TextDecoder().decode(kept ?? undefined));
  };

  return { deps, ask, order, make, answer, finish, read, outcomes, input };
};
