import { coversUnit } from '@gruppstart/access/permission';
import { type NamedRequest, type RequestStatus, requestStatus } from '@gruppstart/domain/matching/named-request';
import type { WhatIf } from '@gruppstart/domain/matching/what-if';
import type { CandidateId, NamedRequestId, PlaceId, UnitId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { allPages, chosenPage } from '../all-pages.ts';
import { NOT_FOUND, type Reading, type Refusal } from '../deed.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';

type Deps = { readonly store: Store };

/** A request with what it is shown with: the question of its cost, and what the place is called. */
export interface RequestShown {
  readonly request: Stored<NamedRequest>;
  /** Null as long as no run has been asked. */
  readonly cost: WhatIf | null;
  /**
   * Whether the reader is not to see the cost. A unit does not where a rule for two people is or was about the named
   * person: what it costs to bring two together who are kept apart would tell that there is such a rule.
   */
  readonly hidesCost: boolean;
  readonly placeTitle: string;
}

/** Of whom a unit is told no cost. */
const peopleUnderRules = async (
  store: Store,
  { actor: { tenant, permission } }: Pick<Reading, 'actor'>,
): Promise<ReadonlySet<CandidateId>> => {
  if (permission.wholeTenant) return new Set();
  const rules = await allPages((page) => store.list(tenant, { list: 'pair-rules' }, page));
  return new Set(rules.flatMap(({ value }) => [value.first, value.second]));
};

/**
 * Looks up what requests are shown with, each thing once.
 *
 * @param atHand questions that are not kept yet
 */
const shownRequests = async (
  store: Store,
  reading: Pick<Reading, 'actor'>,
  requests: readonly Stored<NamedRequest>[],
  atHand: readonly WhatIf[] = [],
): Promise<readonly RequestShown[]> => {
  const { tenant } = reading.actor;
  const asked = requests.flatMap(({ value }) => value.costAskedBy ?? []);
  const [ruled, questions, places] = await Promise.all([
    peopleUnderRules(store, reading),
    store.getMany(tenant, 'what-if', asked),
    store.getMany(tenant, 'place', [...new Set(requests.map(({ value }) => value.placeId))]),
  ]);
  const costs = new Map([...questions.map(({ value }) => value), ...atHand].map((each) => [each.id, each]));
  const titles = new Map<PlaceId, string>(places.map(({ value }) => [value.id, value.title]));
  return requests.map((request) => {
    const { costAskedBy, placeId, candidateId } = request.value;
    return {
      request,
      cost: (costAskedBy && costs.get(costAskedBy)) ?? null,
      hidesCost: ruled.has(candidateId),
      placeTitle: titles.get(placeId) ?? placeId,
    };
  });
};

/** One request, with the question that it names where that is not kept yet. */
export const shownRequest = async (
  { store }: Deps,
  reading: Pick<Reading, 'actor'>,
  request: Stored<NamedRequest>,
  question: WhatIf | null = null,
): Promise<RequestShown> => {
  const [shown] = await shownRequests(store, reading, [request], question ? [question] : []);
  if (!shown) throw new Error('A request is shown as one');
  return shown;
};

export const readNamedRequest =
  (deps: Deps) =>
  async (reading: Reading, id: NamedRequestId): Promise<Result<RequestShown, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'namedRequest', id);
    if (!stored || !coversUnit(reading.actor.permission, stored.value.unitId)) return err(NOT_FOUND);
    return ok(await shownRequest(deps, reading, stored));
  };

/** One of the unit's own requests. */
export const readNamedRequestOfUnit =
  (deps: Deps) =>
  async (reading: Reading, unitId: UnitId, id: NamedRequestId): Promise<Result<RequestShown, Refusal>> => {
    const known = await readNamedRequest(deps)(reading, id);
    return known.ok && known.value.request.value.unitId !== unitId ? err(NOT_FOUND) : known;
  };

const pageOfRequests = async (
  store: Store,
  reading: Reading,
  page: PageRequest,
  isChosen: (request: NamedRequest) => boolean,
): Promise<Result<Page<RequestShown>, Refusal>> => {
  const found = await chosenPage(
    page,
    (next) => store.list(reading.actor.tenant, { list: 'named-requests' }, next),
    ({ value }) => isChosen(value),
  );
  if (!found) return err({ code: 'cursor-invalid' });
  return ok({ items: await shownRequests(store, reading, found.items), nextCursor: found.nextCursor });
};

/** What a unit has asked for, the newest first. */
export const listNamedRequestsOfUnit =
  ({ store }: Deps) =>
  async (reading: Reading, unitId: UnitId, page: PageRequest): Promise<Result<Page<RequestShown>, Refusal>> => {
    const { tenant, permission } = reading.actor;
    if (!coversUnit(permission, unitId) || !(await store.get(tenant, 'unit', unitId))) return err(NOT_FOUND);
    return pageOfRequests(store, reading, page, (request) => request.unitId === unitId);
  };

/** What all units have asked for, the newest first; of one status where one is named. */
export const listAllNamedRequests =
  ({ store }: Deps) =>
  (reading: Reading, status: RequestStatus | null, page: PageRequest): Promise<Result<Page<RequestShown>, Refusal>> =>
    pageOfRequests(store, reading, page, (request) => status === null || requestStatus(request) === status);
