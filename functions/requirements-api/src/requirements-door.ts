import { UNIT_NAMED_REQUEST_ROUTES } from '@gruppstart/contracts/routes/named-request-routes';
import {
  answerProposal as answerRoute,
  askHelpForUnit,
  changePlace as changePlaceRoute,
  createPlace as createPlaceRoute,
  draftPlaces as draftPlacesRoute,
  getPlace,
  getUnit,
  listDisclosedPeople as listDisclosedRoute,
  listPlaces,
  listUnitHelpRequests,
  listUnitPlacements,
  listUnitProposals,
  listUnits,
  type PlaceView,
  putUnit,
  REQUIREMENTS_ROUTES,
  setTravelTimes as setTravelTimesRoute,
  type UnitProposal,
} from '@gruppstart/contracts/routes/requirements-routes';
import { placementStatus } from '@gruppstart/domain/employment/employment';
import { proposalStatus } from '@gruppstart/domain/proposals/proposal';
import { type Place, placeStatus } from '@gruppstart/domain/requirements/place';
import { type Instant, stockholmDay } from '@gruppstart/domain/shared/local-date';
import { ok } from '@gruppstart/domain/shared/result';
import { type DoorParts, makeDoor } from '@gruppstart/edge/http/door';
import { bind } from '@gruppstart/edge/http/handler';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import type { Log } from '@gruppstart/edge/log';
import { listPlacementsOfUnit } from '@gruppstart/usecases/employment/employments';
import { askHelp, listHelpRequestsOfUnit } from '@gruppstart/usecases/follow-up/ask-help';
import { explainOutcome, namesFor } from '@gruppstart/usecases/matching/explain';
import type { Outbox } from '@gruppstart/usecases/ports/senders';
import type { Store, Stored } from '@gruppstart/usecases/ports/store';
import type { DisclosureVault } from '@gruppstart/usecases/ports/vault';
import type { World } from '@gruppstart/usecases/ports/world';
import { answerProposal } from '@gruppstart/usecases/proposals/answer-proposal';
import { type NamedProposal, withNames } from '@gruppstart/usecases/proposals/named-proposal';
import { listDisclosedPeople } from '@gruppstart/usecases/proposals/read-disclosures';
import { listProposalsOfUnit } from '@gruppstart/usecases/proposals/read-proposals';
import { draftPlaces } from '@gruppstart/usecases/requirements/draft-places';
import { changePlace, createPlace, listPlacesInReach, readPlace } from '@gruppstart/usecases/requirements/places';
import { setTravelTimes } from '@gruppstart/usecases/requirements/travel-times';
import { listUnitsInReach, readUnit, saveUnit } from '@gruppstart/usecases/requirements/units';
import { namedRequestRoutes } from './named-request-routes.ts';

export interface RequirementsDoorParts {
  readonly store: Store;
  readonly disclosures: Pick<DisclosureVault, 'open'>;
  readonly outbox: Outbox;
  readonly world: World;
  readonly log: Log;
  readonly isOpen?: NonNullable<DoorParts['isOpen']> | null;
}

const placeView = ({ value, seatsTaken, seatsTakenSecond }: Stored<Place>, now: Instant): PlaceView => ({
  ...value,
  status: placeStatus(value, stockholmDay(now)),
  seatsTaken,
  seatsTakenSecond: seatsTakenSecond ?? seatsTaken,
});

/** What a unit does not see before a meeting: the person's own wishes, and how far away they live. */
const HIDDEN_FROM_UNITS: readonly string[] = ['own-wishes', 'travel', 'commute'];
/** Nor what concerns other places: what a seat is charged, what is kept for others, what a person had before. */
const NOTHING_OF_OTHER_PLACES = { seatPricePoints: 0, heldBack: null, movedFrom: null };

/** A proposal as the unit may see it before a meeting: how well what the place asks for is met, and nothing else. */
const unitProposal = ({ proposal: { value, version }, names }: NamedProposal): UnitProposal => {
  const parts = value.outcome.parts.filter(({ part }) => !HIDDEN_FROM_UNITS.includes(part));
  const shown = {
    points: parts.reduce((sum, part) => sum + part.points, 0),
    maxPoints: parts.reduce((sum, part) => sum + part.maxPoints, 0),
    parts,
    verdicts: value.outcome.verdicts.filter(({ kind }) => !HIDDEN_FROM_UNITS.includes(kind)),
  };
  return {
    id: value.id,
    placeId: value.placeId,
    cohortId: value.cohortId,
    candidateId: value.candidateId,
    seatPart: value.outcome.seatPart,
    status: proposalStatus(value),
    ...shown,
    placeTitle: names.places.get(value.placeId)?.title ?? value.placeId,
    explanation: explainOutcome({ ...value.outcome, ...shown, ...NOTHING_OF_OTHER_PLACES }, names),
    unitAnswer: value.answers.unit,
    etag: `"${version}"`,
  };
};

export const makeRequirementsDoor = (parts: RequirementsDoorParts) =>
  makeDoor({
    ...parts,
    routes: [...REQUIREMENTS_ROUTES, ...UNIT_NAMED_REQUEST_ROUTES],
    bound: [
      bind(
        putUnit,
        (deed, { params, body }) =>
          saveUnit(parts)(deed, {
            id: params.unitId,
            ...body,
            supervisorHoursPerWeek: body.supervisorHoursPerWeek ?? null,
          }),
        ({ unit, created }) => ({
          status: created ? 201 : 200,
          body: unit.value,
          version: unit.version,
          ...(created ? { location: `/v1/units/${unit.value.id}` } : {}),
        }),
      ),
      bind(
        getUnit,
        (reading, { params }) => readUnit(parts)(reading, params.unitId),
        (unit) => ({ status: 200, body: unit.value, version: unit.version }),
      ),
      bind(
        listUnits,
        (reading, { query }) => listUnitsInReach(parts)(reading, pageRequest(query)),
        (page) => pageAnswer(page, ({ value }) => value),
      ),
      bind(
        createPlaceRoute,
        (deed, { body }) => createPlace(parts)(deed, body),
        (place, _request, { now }) => ({
          status: 201,
          body: placeView(place, now),
          version: place.version,
          location: `/v1/places/${place.value.id}`,
        }),
      ),
      bind(
        listPlaces,
        (reading, { query }) => listPlacesInReach(parts)(reading, query.unitId ?? null, pageRequest(query)),
        (page, _request, { now }) => pageAnswer(page, (place) => placeView(place, now)),
      ),
      bind(
        getPlace,
        (reading, { params }) => readPlace(parts)(reading, params.placeId),
        (place, _request, { now }) => ({ status: 200, body: placeView(place, now), version: place.version }),
      ),
      bind(
        changePlaceRoute,
        (deed, { params, body }) => changePlace(parts)(deed, params.placeId, body),
        (place, _request, { now }) => ({ status: 200, body: placeView(place, now), version: place.version }),
      ),
      bind(
        draftPlacesRoute,
        (deed, { body }) => draftPlaces(parts)(deed, body),
        (items) => ({ status: 200, body: { items } }),
      ),
      bind(
        setTravelTimesRoute,
        (deed, { body }) => setTravelTimes(parts)(deed, body.rows),
        (items) => ({ status: 200, body: { items } }),
      ),
      bind(
        listUnitProposals,
        async (reading, { params, query }) => {
          const page = await listProposalsOfUnit(parts)(reading, params.unitId, pageRequest(query));
          if (!page.ok) return page;
          const outcomes = page.value.items.map(({ value }) => value.outcome);
          return ok({ page: page.value, names: await namesFor(parts.store, reading.actor.tenant, outcomes) });
        },
        ({ page, names }) => pageAnswer(page, (proposal) => unitProposal({ proposal, names })),
      ),
      bind(
        listDisclosedRoute,
        (reading, { params }) => listDisclosedPeople(parts)(reading, params.unitId),
        (people) => ({
          status: 200,
          body: {
            items: people.map(({ told: { proposalId, candidateId, placeId, level, disclosedAt }, person }) => ({
              proposalId,
              candidateId,
              placeId,
              level,
              disclosedAt,
              person,
            })),
          },
        }),
      ),
      bind(
        answerRoute,
        (deed, { params, body }) =>
          withNames(parts.store)(deed, params.proposalId, (own) =>
            answerProposal(parts)(own, params.proposalId, 'unit', body.answer),
          ),
        (named) => ({ status: 200, body: unitProposal(named), version: named.proposal.version }),
      ),
      bind(
        askHelpForUnit,
        (deed, { params, body }) => askHelp(parts)(deed, { ...body, side: 'unit', unitId: params.unitId }),
        (request) => ({ status: 201, body: request }),
      ),
      bind(
        listUnitPlacements,
        (reading, { params }) => listPlacementsOfUnit(parts)(reading, params.unitId),
        (placements, _request, { now }) => ({
          status: 200,
          body: {
            items: placements.map((placement) => ({
              id: placement.id,
              candidateId: placement.candidateId,
              placeId: placement.placeId,
              seatPart: placement.seatPart,
              sharePercent: placement.sharePercent,
              startDate: placement.startDate,
              firstFollowUpDate: placement.firstFollowUpDate,
              status: placementStatus(placement, stockholmDay(now)),
            })),
          },
        }),
      ),
      bind(
        listUnitHelpRequests,
        (reading, { params }) => listHelpRequestsOfUnit(parts)(reading, params.unitId),
        (items) => ({ status: 200, body: { items } }),
      ),
      ...namedRequestRoutes(parts),
    ],
  });
