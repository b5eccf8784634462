import {
  decideOnRequest,
  type KnownCost,
  type NamedRequest,
  type RequestReason,
  type RequestRefusal,
  type RequestVerdict,
} from '@gruppstart/domain/matching/named-request';
import type { WhatIf } from '@gruppstart/domain/matching/what-if';
import { placeStatus } from '@gruppstart/domain/requirements/place';
import type { NamedRequestId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, type Refusal, refusal, refusalOf, todayOf, versionToChange } from '../deed.ts';
import type { Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { keptApart } from './kept-apart.ts';
import { costedStart } from './named-request-view.ts';
import { type RequestShown, readNamedRequest } from './read-named-requests.ts';

export interface RequestDecisionAsked {
  readonly verdict: RequestVerdict;
  readonly reason: RequestReason;
  readonly noConflictOfInterest: boolean;
}

const knownCost = (cost: WhatIf | null): KnownCost => {
  const answer = cost?.result?.answer;
  if (answer?.kind !== 'named-request') return 'unknown';
  return answer.request.possible ? 'known' : 'impossible';
};

const refusalOfRequest = (refused: RequestRefusal): Refusal =>
  refused === 'reason-does-not-fit'
    ? refusal('body-invalid', undefined, [
        {
          pointer: '/reason',
          code: refused,
          detail: { sv: 'Skälet passar inte till beslutet.', en: 'The reason does not go with the decision.' },
        },
      ])
    : { code: refused };

const NOT_OPEN: Refusal = refusal('not-possible', { sv: 'Platsen är inte öppen.', en: 'The place is not open.' });
const PLACED: Refusal = refusal('not-possible', {
  sv: 'Personen har redan en placering.',
  en: 'The person has a placement already.',
});

/** What stands against a grant today, whatever it was when the cost was worked out; null: nothing. */
const standsAgainst = async (
  store: Store,
  deed: Pick<Deed<never>, 'actor' | 'now'>,
  { placeId, candidateId, unitId, decision }: NamedRequest,
): Promise<Refusal | null> => {
  const { tenant } = deed.actor;
  const today = todayOf(deed);
  const [candidate, place, share] = await Promise.all([
    store.get(tenant, 'candidate', candidateId),
    store.get(tenant, 'place', placeId),
    store.shareOf(tenant, candidateId),
  ]);
  if (candidate?.value.erasedAt !== null) return { code: 'candidate-erased' };
  if (!place || placeStatus(place.value, today) !== 'open') return NOT_OPEN;
  if ((share ?? 0) > 0) return PLACED;
  const coming = { purpose: 'placement' as const, candidateId, cohortId: decision?.cohortId ?? null, unitId };
  const { verdict } = await keptApart(store, tenant, coming, today);
  if (verdict === 'unsettled') return { code: 'request-in-flight' };
  return verdict === 'together' ? { code: 'kept-apart' } : null;
};

/** A coordinator grants or refuses what a unit asked for. Granted, the pair may be pinned in a run under the request. */
export const decideOnNamedRequest =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (
    deed: Deed<RequestShown>,
    id: NamedRequestId,
    asked: RequestDecisionAsked,
  ): Promise<Result<RequestShown, Refusal>> => {
    const { store, world } = deps;
    const { tenant, userId } = deed.actor;
    const known = await readNamedRequest(deps)(deed, id);
    if (!known.ok) return known;
    const { request, cost } = known.value;
    const expected = versionToChange(deed, request);
    const decided = decideOnRequest(
      request.value,
      {
        verdict: asked.verdict,
        reason: asked.reason,
        costShown: cost?.result ? cost.id : null,
        cohortId: cost && costedStart(cost),
        decidedBy: userId,
        decidedAt: deed.now,
      },
      asked.noConflictOfInterest,
      knownCost(cost),
    );
    // Whoever reads late learns that it is decided, not only that it has changed.
    if (!decided.ok && decided.error === 'request-closed') return err({ code: 'request-closed' });
    if (typeof expected !== 'number') return err(expected);
    if (!decided.ok) return err(refusalOfRequest(decided.error));
    const { placeId, candidateId, unitId } = request.value;
    const outdated = asked.verdict === 'granted' ? await standsAgainst(store, deed, decided.value) : null;
    if (outdated) return err(outdated);
    const shown: RequestShown = {
      ...known.value,
      request: { value: decided.value, version: expected + 1, seatsTaken: 0 },
    };
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save', kind: 'namedRequest', value: decided.value, expected }],
      mark: deed.mark(shown),
      audit: [
        auditOf(world, deed, 'named-request-decided', [id, unitId, placeId, candidateId], {
          verdict: asked.verdict,
          reason: asked.reason,
          costShown: decided.value.decision?.costShown ?? null,
        }),
      ],
      messages: [],
    });
    return committed.ok ? ok(shown) : err(refusalOf(committed.refusal));
  };
