import type { ProblemItem } from '@gruppstart/contracts/problem';
import type { QueueMessage } from '@gruppstart/contracts/queue-messages';
import type { WhatIf, WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import {
  type CandidateId,
  EventId,
  type PlaceId,
  type RunId,
  type TenantId,
  WhatIfId,
} from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, type Reading, type Refusal, refusal, refusalOf } from '../deed.ts';
import type { Outbox } from '../ports/senders.ts';
import type { AuditEntry, Change, Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { faultInAnswer } from './answer-faults.ts';
import { finishedRun } from './read-run.ts';

export interface WhatIfDeps {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly world: World;
}

/** Whom and what a question names, each with its place in the body. */
interface NamedInQuestion {
  readonly people: readonly (readonly [pointer: string, id: CandidateId])[];
  readonly places: readonly (readonly [pointer: string, id: PlaceId])[];
  /** Whether the question is about those people themselves, and not about their being gone. */
  readonly asksAboutPeople: boolean;
}

const namedIn = (question: WhatIfQuestion): NamedInQuestion => {
  switch (question.kind) {
    case 'replay':
    case 'weights':
      return { people: [], places: [], asksAboutPeople: false };
    case 'named-request':
      return {
        people: [['/candidateId', question.candidateId]],
        places: [['/placeId', question.placeId]],
        asksAboutPeople: true,
      };
    case 'answer':
      return { people: [['/answer/candidateId', question.answer.candidateId]], places: [], asksAboutPeople: true };
    case 'repair':
      return {
        people: question.dropOuts.map((id, index) => [`/dropOuts/${index}`, id]),
        places: question.closedPlaces.map((id, index) => [`/closedPlaces/${index}`, id]),
        asksAboutPeople: false,
      };
    case 'extra-seat':
    case 'without-requirement':
      return { people: [], places: [['/placeId', question.placeId]], asksAboutPeople: false };
  }
};

export const NO_CANDIDATE = { sv: 'Kandidaten finns inte.', en: 'The candidate does not exist.' };
const NO_PLACE = { sv: 'Platsen finns inte.', en: 'The place does not exist.' };

/** What the question names and nobody has; null: all is there. Whether it took part in the run is seen when it is answered. */
const refusedNames = async (store: Store, tenant: TenantId, question: WhatIfQuestion): Promise<Refusal | null> => {
  const fault = question.kind === 'answer' ? await faultInAnswer(store, tenant, question.answer, '/answer') : null;
  if (fault) return fault;
  const { people, places, asksAboutPeople } = namedIn(question);
  const [candidates, found] = await Promise.all([
    store.getMany(
      tenant,
      'candidate',
      people.map(([, id]) => id),
    ),
    store.getMany(
      tenant,
      'place',
      places.map(([, id]) => id),
    ),
  ]);
  const known = new Set<string>([...candidates, ...found].map(({ value }) => value.id));
  const unknown = [
    ...people.map(([pointer, id]) => ({ pointer, id, code: 'candidate-unknown', detail: NO_CANDIDATE })),
    ...places.map(([pointer, id]) => ({ pointer, id, code: 'place-unknown', detail: NO_PLACE })),
  ].flatMap(({ id, ...item }): ProblemItem[] => (known.has(id) ? [] : [item]));
  if (unknown.length > 0) return refusal('reference-unknown', undefined, unknown);
  const isErased = candidates.some(({ value }) => value.erasedAt !== null);
  return asksAboutPeople && isErased ? { code: 'candidate-erased' } : null;
};

/** A question as it is kept and sent; nothing is kept yet. */
export const askedWhatIf = (
  world: World,
  deed: Reading,
  runId: RunId,
  question: WhatIfQuestion,
): {
  readonly stored: Stored<WhatIf>;
  readonly change: Change;
  readonly audit: AuditEntry;
  readonly message: QueueMessage;
} => {
  const { tenant, userId } = deed.actor;
  const value: WhatIf = {
    id: WhatIfId.parse(world.newId('whatIf')),
    runId,
    question,
    askedBy: userId,
    askedAt: deed.now,
    result: null,
    failure: null,
  };
  const { people, places } = namedIn(question);
  return {
    stored: { value, version: 1, seatsTaken: 0 },
    change: { change: 'save', kind: 'what-if', value, expected: null },
    audit: auditOf(world, deed, 'what-if-asked', [value.id, runId, ...[...people, ...places].map(([, id]) => id)], {
      kind: question.kind,
    }),
    message: {
      v: 1,
      kind: 'what-if-to-answer',
      eventId: EventId.parse(world.newId('event')),
      tenant,
      correlationId: deed.correlationId,
      whatIfId: value.id,
    },
  };
};

/** Asks something of a finished run; the matcher answers. Nothing else is changed by it. */
export const askWhatIf =
  (deps: WhatIfDeps) =>
  async (
    deed: Deed<Stored<WhatIf>>,
    runId: RunId,
    question: WhatIfQuestion,
  ): Promise<Result<Stored<WhatIf>, Refusal>> => {
    const { store, outbox, world } = deps;
    const { tenant } = deed.actor;
    const run = await finishedRun(deps, deed, runId);
    if (!run.ok) return run;
    const refused = await refusedNames(store, tenant, question);
    if (refused) return err(refused);
    const { stored, change, audit, message } = askedWhatIf(world, deed, runId, question);
    const committed = await store.commit(tenant, {
      changes: [change],
      mark: deed.mark(stored),
      audit: [audit],
      messages: [message],
    });
    if (!committed.ok) return err(refusalOf(committed.refusal));
    await outbox.flush(tenant, [message]);
    return ok(stored);
  };
