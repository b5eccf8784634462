import { coversUnit } from '@gruppstart/access/permission';
import type { ProblemItem } from '@gruppstart/contracts/problem';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { type NamedRequest, requestStatus } from '@gruppstart/domain/matching/named-request';
import { placeStatus } from '@gruppstart/domain/requirements/place';
import {
  type CandidateId,
  NamedRequestId,
  type PlaceId,
  type RunId,
  type TenantId,
  type UnitId,
} from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { allPages } from '../all-pages.ts';
import { auditOf, type Deed, NOT_FOUND, type Refusal, refusal, refusalOf, todayOf, versionToChange } from '../deed.ts';
import { derivedId } from '../derived-id.ts';
import type { Store, Stored } from '../ports/store.ts';
import { askedWhatIf, type WhatIfDeps } from './ask-what-if.ts';
import { type RequestShown, readNamedRequest, readNamedRequestOfUnit, shownRequest } from './read-named-requests.ts';
import { finishedRun } from './read-run.ts';

export interface NamedAsked {
  readonly placeId: PlaceId;
  readonly candidateId: CandidateId;
}

/** So many of the newest runs are looked through for one that holds both the person and the place. */
const RUNS_LOOKED_THROUGH = 20;

/**
 * Whether the unit may know of the person at all: proposed to it, or placed there. Nobody finds out who is in the
 * programme by asking for them.
 */
const isKnownToUnit = async (
  store: Store,
  tenant: TenantId,
  unitId: UnitId,
  candidateId: CandidateId,
): Promise<boolean> => {
  const [proposals, placements] = await Promise.all([
    allPages((page) => store.list(tenant, { list: 'proposals-of-unit', unitId }, page)),
    allPages((page) => store.list(tenant, { list: 'placements' }, page)),
  ]);
  return (
    proposals.some(({ value }) => value.candidateId === candidateId && value.purpose === 'placement') ||
    placements.some(({ value }) => value.candidateId === candidateId && value.unitId === unitId)
  );
};

const NO_PLACE: ProblemItem = {
  pointer: '/placeId',
  code: 'place-unknown',
  detail: { sv: 'Enheten har ingen sådan plats.', en: 'The unit has no such place.' },
};
/** Drafts and closed places take part in no run. */
const NOT_OPEN: ProblemItem = {
  pointer: '/placeId',
  code: 'place-not-open',
  detail: { sv: 'Platsen är ett utkast eller stängd.', en: 'The place is a draft, or closed.' },
};
const NOBODY: ProblemItem = {
  pointer: '/candidateId',
  code: 'candidate-unknown',
  detail: {
    sv: 'Ingen med den koden har föreslagits till enheten eller arbetar där. Be Resurscentrum skriva in begäran.',
    en: 'Nobody with that code has been proposed to the unit or works there. Ask the resource centre to enter the request.',
  },
};

/** What is wrong with what is named; null: nothing. Whoever speaks for the whole organisation knows everybody in it. */
const faultInNames = async (
  store: Store,
  deed: Pick<Deed<never>, 'actor' | 'now'>,
  unitId: UnitId,
  { placeId, candidateId }: NamedAsked,
): Promise<Refusal | null> => {
  const { tenant, permission } = deed.actor;
  const [place, candidate] = await Promise.all([
    store.get(tenant, 'place', placeId),
    store.get(tenant, 'candidate', candidateId),
  ]);
  const ownPlace = place?.value.unitId === unitId ? place.value : null;
  const isThere = candidate !== null && candidate.value.erasedAt === null;
  const mayName = isThere && (permission.wholeTenant || (await isKnownToUnit(store, tenant, unitId, candidateId)));
  const unknown = [...(ownPlace ? [] : [NO_PLACE]), ...(mayName ? [] : [NOBODY])];
  if (!ownPlace || unknown.length > 0) return refusal('reference-unknown', undefined, unknown);
  return placeStatus(ownPlace, todayOf(deed)) === 'open' ? null : refusal('body-invalid', undefined, [NOT_OPEN]);
};

/** The newest finished run that both take part in; null: there is none among the latest. */
const newestRunWith = async (
  store: Store,
  tenant: TenantId,
  { placeId, candidateId }: NamedAsked,
): Promise<MatchRun | null> => {
  const runs = await store.list(tenant, { list: 'runs' }, { limit: RUNS_LOOKED_THROUGH, cursor: null });
  for (const { value: run } of runs?.items ?? []) {
    // A run that placed fewer on purpose, or on facts of another day, tells nothing of what it costs today.
    if (run.result === null || run.policy.placeAtMost !== null || run.policy.factsOf !== null) continue;
    if (!(await store.outcomeOf(tenant, run.id, candidateId))) continue;
    const places = await store.placeOutcomes(tenant, run.id);
    if (places.some((outcome) => outcome.placeId === placeId)) return run;
  }
  return null;
};

/**
 * A unit asks for a person by name for one of its places. What that costs the others is asked of the newest run that
 * holds both, in the same transaction; where there is none, of a run that a coordinator names later.
 */
export const nameCandidate =
  (deps: WhatIfDeps) =>
  async (deed: Deed<RequestShown>, unitId: UnitId, asked: NamedAsked): Promise<Result<RequestShown, Refusal>> => {
    const { store, outbox, world } = deps;
    const { tenant, userId, permission } = deed.actor;
    if (!coversUnit(permission, unitId) || !(await store.get(tenant, 'unit', unitId))) return err(NOT_FOUND);
    const fault = await faultInNames(store, deed, unitId, asked);
    if (fault) return err(fault);
    // One id for a person and a place, so that two who ask at once make one request.
    const id = NamedRequestId.parse(derivedId(world, 'namedRequest', [tenant, asked.placeId, asked.candidateId]));
    const known = await store.get(tenant, 'namedRequest', id);
    if (known && ['open', 'granted'].includes(requestStatus(known.value))) return err({ code: 'already-requested' });
    const run = await newestRunWith(store, tenant, asked);
    const question = run && askedWhatIf(world, deed, run.id, { kind: 'named-request', ...asked });
    const request: NamedRequest = {
      id,
      unitId,
      ...asked,
      requestedBy: userId,
      requestedAt: deed.now,
      costAskedBy: question?.stored.value.id ?? null,
      withdrawnAt: null,
      decision: null,
    };
    const stored: Stored<NamedRequest> = { value: request, version: (known?.version ?? 0) + 1, seatsTaken: 0 };
    const shown = await shownRequest(deps, deed, stored, question?.stored.value ?? null);
    const messages = question ? [question.message] : [];
    const committed = await store.commit(tenant, {
      changes: [
        { change: 'save', kind: 'namedRequest', value: request, expected: known?.version ?? null },
        ...(question ? [question.change] : []),
      ],
      mark: deed.mark(shown),
      audit: [
        auditOf(world, deed, 'candidate-named', [id, unitId, asked.placeId, asked.candidateId]),
        ...(question ? [question.audit] : []),
      ],
      messages,
    });
    if (!committed.ok) {
      return err(refusalOf(committed.refusal, (index) => (index === 0 ? { code: 'already-requested' } : null)));
    }
    await outbox.flush(tenant, messages);
    return ok(shown);
  };

/** Takes a request back. Taken back twice is taken back once; one that was refused stays refused. */
export const withdrawNamedRequest =
  (deps: WhatIfDeps) =>
  async (deed: Deed<RequestShown>, unitId: UnitId, id: NamedRequestId): Promise<Result<RequestShown, Refusal>> => {
    const { store, world } = deps;
    const { tenant } = deed.actor;
    const known = await readNamedRequestOfUnit(deps)(deed, unitId, id);
    if (!known.ok) return known;
    const { request } = known.value;
    const expected = versionToChange(deed, request);
    if (typeof expected !== 'number') return err(expected);
    const status = requestStatus(request.value);
    if (status === 'withdrawn') return known;
    if (status === 'refused') return err({ code: 'request-closed' });
    const value: NamedRequest = { ...request.value, withdrawnAt: deed.now };
    const shown = { ...known.value, request: { value, version: expected + 1, seatsTaken: 0 } };
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save', kind: 'namedRequest', value, expected }],
      mark: deed.mark(shown),
      audit: [auditOf(world, deed, 'named-request-withdrawn', [id, unitId, value.placeId, value.candidateId])],
      messages: [],
    });
    return committed.ok ? ok(shown) : err(refusalOf(committed.refusal));
  };

const NO_RUN: ProblemItem = {
  pointer: '/runId',
  code: 'run-unknown',
  detail: { sv: 'Körningen finns inte.', en: 'The run does not exist.' },
};

/** Asks another run what an open request costs the others; the decision is made on the latest that was asked. */
export const weighNamedRequest =
  (deps: WhatIfDeps) =>
  async (deed: Deed<RequestShown>, id: NamedRequestId, runId: RunId): Promise<Result<RequestShown, Refusal>> => {
    const { store, outbox, world } = deps;
    const { tenant } = deed.actor;
    const known = await readNamedRequest(deps)(deed, id);
    if (!known.ok) return known;
    const { request } = known.value;
    const expected = versionToChange(deed, request);
    if (typeof expected !== 'number') return err(expected);
    if (requestStatus(request.value) !== 'open') return err({ code: 'request-closed' });
    const run = await finishedRun(deps, deed, runId);
    if (!run.ok) return run.error.code === 'not-found' ? err(refusal('reference-unknown', undefined, [NO_RUN])) : run;
    const { placeId, candidateId } = request.value;
    const candidate = await store.get(tenant, 'candidate', candidateId);
    if (candidate?.value.erasedAt !== null) return err({ code: 'candidate-erased' });
    const question = askedWhatIf(world, deed, runId, { kind: 'named-request', placeId, candidateId });
    const value: NamedRequest = { ...request.value, costAskedBy: question.stored.value.id };
    const stored: Stored<NamedRequest> = { value, version: expected + 1, seatsTaken: 0 };
    const shown = await shownRequest(deps, deed, stored, question.stored.value);
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save', kind: 'namedRequest', value, expected }, question.change],
      mark: deed.mark(shown),
      audit: [auditOf(world, deed, 'named-request-weighed', [id, question.stored.value.id, runId]), question.audit],
      messages: [question.message],
    });
    if (!committed.ok) return err(refusalOf(committed.refusal));
    await outbox.flush(tenant, [question.message]);
    return ok(shown);
  };
