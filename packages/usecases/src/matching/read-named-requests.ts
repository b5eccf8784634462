import { coversUnit } from '@gruppstart/access/permission';
import { type NamedRequest, type RequestStatus, requestStatus } from '@gruppstart/domain/matching/named-request';
import type { WhatIf } from '@gruppstart/domain/matching/what-if';
import type { NamedRequestId, PlaceId, UnitId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { chosenPage } from '../all-pages.ts';
import { NOT_FOUND, type Reading, type Refusal } from '../deed.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';

type Deps = { readonly store: Store };

/** A request with what it is shown with: the question of its cost, and what the place is called. */
export interface RequestShown {
  readonly request: Stored<NamedRequest>;
  /** Null as long as no run has been asked. */
  readonly cost: WhatIf | null;
  readonly placeTitle: string;
}

/** @param cost the question that the request names, where it is at hand already */
export const shownRequest = async (
  { store }: Deps,
  { actor: { tenant } }: Pick<Reading, 'actor'>,
  request: Stored<NamedRequest>,
  cost: WhatIf | null,
): Promise<RequestShown> => {
  const place = await store.get(tenant, 'place', request.value.placeId);
  return { request, cost, placeTitle: place?.value.title ?? request.value.placeId };
};

/** Looks up what a page of requests is shown with, each thing once. */
const shownRequests = async (
  store: Store,
  { actor: { tenant } }: Pick<Reading, 'actor'>,
  requests: readonly Stored<NamedRequest>[],
): Promise<readonly RequestShown[]> => {
  const asked = requests.flatMap(({ value }) => value.costAskedBy ?? []);
  const [questions, places] = await Promise.all([
    store.getMany(tenant, 'what-if', asked),
    store.getMany(tenant, 'place', [...new Set(requests.map(({ value }) => value.placeId))]),
  ]);
  const costs = new Map(questions.map(({ value }) => [value.id, value]));
  const titles = new Map<PlaceId, string>(places.map(({ value }) => [value.id, value.title]));
  return requests.map((request) => {
    const { costAskedBy, placeId } = request.value;
    return {
      request,
      cost: (costAskedBy && costs.get(costAskedBy)) ?? null,
      placeTitle: titles.get(placeId) ?? placeId,
    };
  });
};

export const readNamedRequest =
  (deps: Deps) =>
  async (reading: Reading, id: NamedRequestId): Promise<Result<RequestShown, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'namedRequest', id);
    if (!stored || !coversUnit(reading.actor.permission, stored.value.unitId)) return err(NOT_FOUND);
    const [shown] = await shownRequests(deps.store, reading, [stored]);
    return shown ? ok(shown) : err(NOT_FOUND);
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
