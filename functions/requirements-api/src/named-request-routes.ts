import {
  getUnitNamedRequest,
  listUnitNamedRequests,
  nameCandidate as nameRoute,
  withdrawNamedRequest as withdrawRoute,
} from '@gruppstart/contracts/routes/named-request-routes';
import { type BoundRoute, bind } from '@gruppstart/edge/http/handler';
import { lookAgain } from '@gruppstart/edge/http/look-again';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import { namedRequestView } from '@gruppstart/usecases/matching/named-request-view';
import { nameCandidate, withdrawNamedRequest } from '@gruppstart/usecases/matching/named-requests';
import { listNamedRequestsOfUnit, readNamedRequestOfUnit } from '@gruppstart/usecases/matching/read-named-requests';
import type { RequirementsDoorParts } from './requirements-door.ts';

/** What a unit does with its own requests for named people. */
export const namedRequestRoutes = (parts: RequirementsDoorParts): readonly BoundRoute[] => [
  bind(
    nameRoute,
    (deed, { params, body }) => nameCandidate(parts)(deed, params.unitId, body),
    (shown, _request, { now }) => ({
      status: 201,
      body: namedRequestView(shown, now),
      version: shown.request.version,
      location: `/v1/units/${shown.request.value.unitId}/named-requests/${shown.request.value.id}`,
    }),
  ),
  bind(
    listUnitNamedRequests,
    (reading, { params, query }) => listNamedRequestsOfUnit(parts)(reading, params.unitId, pageRequest(query)),
    (page, _request, { now }) => pageAnswer(page, (shown) => namedRequestView(shown, now)),
  ),
  bind(
    getUnitNamedRequest,
    (reading, { params }) => readNamedRequestOfUnit(parts)(reading, params.unitId, params.namedRequestId),
    (shown, _request, { now }) => {
      const body = namedRequestView(shown, now);
      return {
        status: 200,
        body,
        version: shown.request.version,
        ...lookAgain(body.cost?.status === 'working'),
      };
    },
  ),
  bind(
    withdrawRoute,
    (deed, { params }) => withdrawNamedRequest(parts)(deed, params.unitId, params.namedRequestId),
    (shown, _request, { now }) => ({
      status: 200,
      body: namedRequestView(shown, now),
      version: shown.request.version,
    }),
  ),
];
