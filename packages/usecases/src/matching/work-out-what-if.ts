import type { WhatIfToAnswer } from '@gruppstart/contracts/queue-messages';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { WhatIf, WhatIfFailure, WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { CertificateFailure } from '@gruppstart/matching/certificate-failure';
import type { MatchInput } from '@gruppstart/matching/model';
import { answerWhatIf } from '@gruppstart/matching/what-if/answer-what-if';
import { derivedId } from '../derived-id.ts';
import type { Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { replaySnapshot } from './make-run.ts';
import { factsKept, holdsErased, type SnapshotDeps } from './snapshot-of-run.ts';

type Answered = Omit<NonNullable<WhatIf['result']>, 'answeredAt'>;

/**
 * The facts of a run as they were. To make the run again is to look at nobody anew; any other question would be, and is
 * not asked of facts with somebody in them who has been erased since.
 */
const factsFor = async (
  { store, blobs }: SnapshotDeps,
  tenant: TenantId,
  run: MatchRun,
  question: WhatIfQuestion,
): Promise<Result<string, WhatIfFailure>> => {
  const snapshot = await factsKept(blobs, tenant, run);
  if (snapshot === null) return err('facts-unusable');
  if (question.kind === 'replay') return ok(snapshot);
  return (await holdsErased(store, tenant, JSON.parse(snapshot) as MatchInput)) ? err('facts-unusable') : ok(snapshot);
};

/** An answer whose proof fails is none. */
const answerFrom = (
  world: World,
  run: MatchRun,
  snapshot: string,
  question: WhatIfQuestion,
): Result<Answered, WhatIfFailure> => {
  try {
    const { result, canonical } = replaySnapshot(snapshot);
    const answer = answerWhatIf(JSON.parse(snapshot) as MatchInput, result, question);
    if (!answer.ok) return answer;
    const resultHash = world.sha256(canonical);
    return ok({ resultHash, sameAsRun: resultHash === run.result?.resultHash, answer: answer.value });
  } catch (error) {
    if (error instanceof CertificateFailure) return err('certificate-failed');
    throw error;
  }
};

const close = async (
  { store, world }: SnapshotDeps,
  message: WhatIfToAnswer,
  { value, version }: Stored<WhatIf>,
  answered: Result<Answered, WhatIfFailure>,
): Promise<void> => {
  const ended: WhatIf = answered.ok
    ? { ...value, result: { answeredAt: world.now(), ...answered.value } }
    : { ...value, failure: answered.error };
  const committed = await store.commit(message.tenant, {
    changes: [{ change: 'save', kind: 'what-if', value: ended, expected: version }],
    mark: null,
    audit: [
      {
        eventId: derivedId(world, 'event', [value.id, 'what-if-ended']),
        at: world.now(),
        actor: 'system',
        deed: answered.ok ? 'what-if-answered' : 'what-if-failed',
        subjects: [value.id, value.runId],
        facts: {
          kind: value.question.kind,
          failure: ended.failure,
          sameAsRun: ended.result?.sameAsRun ?? null,
        },
        correlationId: message.correlationId,
      },
    ],
    messages: [],
  });
  // Stale: another delivery of the same message has closed it.
  if (!committed.ok && !(committed.refusal.kind === 'change-refused' && committed.refusal.why === 'stale')) {
    throw new Error(`What-if ${value.id} could not be closed: ${committed.refusal.kind}`);
  }
};

/** What a delivery of a what-if's message has done: nothing left to do, a stored failure, or an answer. */
export type WhatIfWorkedOut =
  | { readonly answered: 'before' }
  | { readonly answered: 'failure'; readonly question: WhatIfQuestion['kind']; readonly failure: WhatIfFailure }
  | { readonly answered: 'answer'; readonly question: WhatIfQuestion['kind'] };

/** Works out what was asked of a run, from the run's own snapshot, and keeps the answer. Safe to repeat at any point. */
export const workOutWhatIf =
  (deps: SnapshotDeps) =>
  async (message: WhatIfToAnswer): Promise<WhatIfWorkedOut> => {
    const { store, world } = deps;
    const { tenant, whatIfId } = message;
    const asked = await store.get(tenant, 'what-if', whatIfId);
    if (!asked) throw new Error(`What-if ${whatIfId} does not exist`);
    const { question, runId, result, failure } = asked.value;
    if (result || failure) return { answered: 'before' };
    const run = await store.get(tenant, 'run', runId);
    if (!run) throw new Error(`Run ${runId} does not exist`);
    const snapshot = await factsFor(deps, tenant, run.value, question);
    const answered = snapshot.ok ? answerFrom(world, run.value, snapshot.value, question) : snapshot;
    await close(deps, message, asked, answered);
    return answered.ok
      ? { answered: 'answer', question: question.kind }
      : { answered: 'failure', question: question.kind, failure: answered.error };
  };
