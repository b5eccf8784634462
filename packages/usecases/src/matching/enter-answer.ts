import type { ProfileAnswer } from '@gruppstart/domain/matching/profile-answer';
import type { WhatIf } from '@gruppstart/domain/matching/what-if';
import type { RunId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, type Refusal, refusal, refusalOf } from '../deed.ts';
import type { Stored } from '../ports/store.ts';
import { faultInAnswer, profileWithAnswer } from './answer-faults.ts';
import { askedWhatIf, NO_CANDIDATE, type WhatIfDeps } from './ask-what-if.ts';
import { finishedRun } from './read-run.ts';

/** Somebody else may save the same candidate at the same moment, such as a file that is being taken. */
const TRIES = 4;

/**
 * Writes down what a person has answered to a question of the call list: the fact goes into the profile, and the person
 * is looked at again in the run at once, while everybody else keeps what they have. One transaction does both.
 */
export const enterAnswer =
  (deps: WhatIfDeps) =>
  async (deed: Deed<Stored<WhatIf>>, runId: RunId, answer: ProfileAnswer): Promise<Result<Stored<WhatIf>, Refusal>> => {
    const { store, outbox, world } = deps;
    const { tenant } = deed.actor;
    const run = await finishedRun(deps, deed, runId);
    if (!run.ok) return run;
    const fault = await faultInAnswer(store, tenant, answer);
    if (fault) return err(fault);
    for (let left = TRIES; ; left -= 1) {
      const known = await store.get(tenant, 'candidate', answer.candidateId);
      if (!known) {
        const item = { pointer: '/candidateId', code: 'candidate-unknown', detail: NO_CANDIDATE };
        return err(refusal('reference-unknown', undefined, [item]));
      }
      if (known.value.erasedAt !== null) return err({ code: 'candidate-erased' });
      const profile = profileWithAnswer(known.value.profile, answer);
      if (!profile.ok) return profile;
      const { stored, change, audit, message } = askedWhatIf(world, deed, runId, { kind: 'answer', answer });
      const committed = await store.commit(tenant, {
        changes: [
          {
            change: 'save',
            kind: 'candidate',
            value: { ...known.value, profile: profile.value, updatedAt: deed.now },
            expected: known.version,
          },
          change,
        ],
        mark: deed.mark(stored),
        audit: [
          // What was answered stands in the profile and with the what-if; here only which fact it was.
          auditOf(world, deed, 'answer-entered', [answer.candidateId, runId, stored.value.id], {
            field: answer.field,
            source: 'call',
          }),
          audit,
        ],
        messages: [message],
      });
      if (committed.ok) {
        await outbox.flush(tenant, [message]);
        return ok(stored);
      }
      const { refusal: refused } = committed;
      const isStale = refused.kind === 'change-refused' && refused.changeIndex === 0 && refused.why === 'stale';
      if (!isStale) return err(refusalOf(refused));
      if (left === 1) return err({ code: 'request-in-flight' });
    }
  };
