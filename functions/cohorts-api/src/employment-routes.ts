import {
  askHelp as askHelpRoute,
  getEmployment,
  getPlacement,
  listPlacements,
  type PlacementView,
  registerEmployment as registerRoute,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { type Placement, placementStatus } from '@gruppstart/domain/employment/employment';
import { type Instant, stockholmDay } from '@gruppstart/domain/shared/local-date';
import { type BoundRoute, bind } from '@gruppstart/edge/http/handler';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import {
  listAllPlacements,
  readEmployment,
  readPlacement,
  registerEmployment,
} from '@gruppstart/usecases/employment/employments';
import { askHelp } from '@gruppstart/usecases/follow-up/ask-help';
import type { Stored } from '@gruppstart/usecases/ports/store';
import type { CohortsDoorParts } from './cohorts-door.ts';

const placementView = ({ value }: Stored<Placement>, now: Instant): PlacementView => ({
  ...value,
  status: placementStatus(value, stockholmDay(now)),
});

export const employmentRoutes = (parts: CohortsDoorParts): readonly BoundRoute[] => [
  bind(
    listPlacements,
    (reading, { query }) => listAllPlacements(parts)(reading, pageRequest(query)),
    (page, _request, { now }) => pageAnswer(page, (placement) => placementView(placement, now)),
  ),
  bind(
    getPlacement,
    (reading, { params }) => readPlacement(parts)(reading, params.placementId),
    (placement, _request, { now }) => ({
      status: 200,
      body: placementView(placement, now),
      version: placement.version,
    }),
  ),
  bind(
    registerRoute,
    (deed, { body }) => registerEmployment(parts)(deed, body),
    (employment) => ({
      status: 201,
      body: employment.value,
      version: employment.version,
      location: `/v1/employments/${employment.value.id}`,
    }),
  ),
  bind(
    getEmployment,
    (reading, { params }) => readEmployment(parts)(reading, params.employmentId),
    (employment) => ({ status: 200, body: employment.value, version: employment.version }),
  ),
  bind(
    askHelpRoute,
    (deed, { params, body }) => askHelp(parts)(deed, { ...body, placementId: params.placementId, unitId: null }),
    (request) => ({ status: 201, body: request }),
  ),
];
