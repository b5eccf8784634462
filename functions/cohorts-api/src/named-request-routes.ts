import {
  decideOnNamedRequest as decideRoute,
  getNamedRequest,
  listNamedRequests,
  weighNamedRequest as weighRoute,
} from '@gruppstart/contracts/routes/named-request-routes';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { type BoundRoute, bind, type DoorAnswer } from '@gruppstart/edge/http/handler';
import { lookAgain } from '@gruppstart/edge/http/look-again';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import { decideOnNamedRequest } from '@gruppstart/usecases/matching/decide-on-named-request';
import { namedRequestView } from '@gruppstart/usecases/matching/named-request-view';
import { weighNamedRequest } from '@gruppstart/usecases/matching/named-requests';
import {
  listAllNamedRequests,
  type RequestShown,
  readNamedRequest,
} from '@gruppstart/usecases/matching/read-named-requests';
import type { CohortsDoorParts } from './cohorts-door.ts';

/** A request whose cost may still be on its way. */
const read = (shown: RequestShown, now: Instant): DoorAnswer => {
  const body = namedRequestView(shown, now);
  return {
    status: 200,
    body,
    version: shown.request.version,
    ...lookAgain(body.cost?.status === 'working'),
  };
};

/** What the centre does with what units ask for by name. */
export const namedRequestRoutes = (parts: CohortsDoorParts): readonly BoundRoute[] => [
  bind(
    listNamedRequests,
    (reading, { query }) => listAllNamedRequests(parts)(reading, query.status ?? null, pageRequest(query)),
    (page, _request, { now }) => pageAnswer(page, (shown) => namedRequestView(shown, now)),
  ),
  bind(
    getNamedRequest,
    (reading, { params }) => readNamedRequest(parts)(reading, params.namedRequestId),
    (shown, _request, { now }) => read(shown, now),
  ),
  bind(
    weighRoute,
    (deed, { params, body }) => weighNamedRequest(parts)(deed, params.namedRequestId, body.runId),
    (shown, _request, { now }) => read(shown, now),
  ),
  bind(
    decideRoute,
    (deed, { params, body }) => decideOnNamedRequest(parts)(deed, params.namedRequestId, body),
    (shown, _request, { now }) => ({
      status: 200,
      body: namedRequestView(shown, now),
      version: shown.request.version,
    }),
  ),
];
