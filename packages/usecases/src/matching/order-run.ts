import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { PLAIN_POLICY, type RunPolicy } from '@gruppstart/domain/matching/run-policy';
import { EventId, RunId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, type Refusal, refusal, refusalOf, todayOf } from '../deed.ts';
import type { Outbox } from '../ports/senders.ts';
import type { Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { faultInPolicy } from './faults-in-policy.ts';

export type RunOrder = Pick<MatchRun, 'purpose' | 'cohortIds' | 'horizon'> & {
  /** Left out: nothing fixed, as many as possible, the facts of today. */
  readonly policy?: RunPolicy | undefined;
};

/** Orders a matching for named starts; the matcher makes it. An admission is for starts ahead, a placement for any that have not ended. */
export const orderRun =
  (deps: { readonly store: Store; readonly outbox: Outbox; readonly world: World }) =>
  async (deed: Deed<Stored<MatchRun>>, asked: RunOrder): Promise<Result<Stored<MatchRun>, Refusal>> => {
    const { store, outbox, world } = deps;
    const { tenant, userId } = deed.actor;
    const wanted = [...new Set(asked.cohortIds)];
    const found = await store.getMany(tenant, 'cohort', wanted);
    const cohorts = found.map(({ value }) => value);
    const unknown = wanted.find((id) => !cohorts.some((cohort) => cohort.id === id));
    if (unknown !== undefined) {
      return err(
        refusal('reference-unknown', undefined, [
          {
            pointer: `/cohortIds/${asked.cohortIds.indexOf(unknown)}`,
            code: 'cohort-unknown',
            detail: { sv: 'Gruppstarten finns inte.', en: 'The cohort does not exist.' },
          },
        ]),
      );
    }
    const today = todayOf(deed);
    const past = cohorts.find((cohort) =>
      asked.purpose === 'admission' ? cohort.startDate < today : (cohort.courseDays.at(-1) ?? cohort.startDate) < today,
    );
    if (past) {
      return err(
        refusal('in-the-past', {
          sv: `Gruppstarten ${past.startDate} har redan varit.`,
          en: `The start of ${past.startDate} is already past.`,
        }),
      );
    }
    const policy = asked.policy ?? PLAIN_POLICY;
    const fault = await faultInPolicy(store, deed, { ...asked, cohortIds: wanted, policy, cohorts: found });
    if (fault) return err(fault);
    const run: MatchRun = {
      id: RunId.parse(world.newId('run')),
      purpose: asked.purpose,
      cohortIds: cohorts
        .toSorted((a, b) => (a.startDate < b.startDate || (a.startDate === b.startDate && a.id < b.id) ? -1 : 1))
        .map(({ id }) => id),
      horizon: asked.horizon,
      policy,
      orderedBy: userId,
      orderedAt: deed.now,
      snapshotHash: null,
      result: null,
      failure: null,
    };
    const stored: Stored<MatchRun> = { value: run, version: 1, seatsTaken: 0 };
    const message = {
      v: 1,
      kind: 'run-to-make',
      eventId: EventId.parse(world.newId('event')),
      tenant,
      correlationId: deed.correlationId,
      runId: run.id,
    } as const;
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save', kind: 'run', value: run, expected: null }],
      mark: deed.mark(stored),
      audit: [
        auditOf(
          world,
          deed,
          'run-ordered',
          [run.id, ...run.cohortIds, ...policy.pins.map(({ candidateId }) => candidateId)],
          {
            purpose: run.purpose,
            pins: policy.pins.length,
            placeAtMost: policy.placeAtMost,
            keeps: policy.keep?.runId ?? null,
            factsOf: policy.factsOf,
          },
        ),
      ],
      messages: [message],
    });
    if (!committed.ok) return err(refusalOf(committed.refusal));
    await outbox.flush(tenant, [message]);
    return ok(stored);
  };
