import { Placement, PlacementStatus } from '@gruppstart/domain/employment/employment';
import { HelpRequest, HelpTopic } from '@gruppstart/domain/follow-up/help-request';
import { JudgedCriterion } from '@gruppstart/domain/matching/criterion';
import { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import { ScorePart } from '@gruppstart/domain/matching/score';
import { Answer, AnswerValue } from '@gruppstart/domain/proposals/answer';
import { DisclosedPerson, DisclosureLevel } from '@gruppstart/domain/proposals/disclosure';
import { ProposalStatus } from '@gruppstart/domain/proposals/proposal';
import { PLACE_STATUSES, Place } from '@gruppstart/domain/requirements/place';
import { TravelTime } from '@gruppstart/domain/requirements/travel';
import { Unit } from '@gruppstart/domain/requirements/unit';
import { CandidateId, CohortId, PlaceId, PlacementId, ProposalId, UnitId } from '@gruppstart/domain/shared/ids';
import { Instant, LocalDate } from '@gruppstart/domain/shared/local-date';
import { BilingualText } from '@gruppstart/domain/shared/text';
import { OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import * as z from 'zod';
import { defineRoute } from '../route.ts';
import { BulkRow, PageQuery, pageOf } from './shared-shapes.ts';

export const UnitView = Unit.meta({ id: 'Unit' });
/** Hours that are left out are not stated. */
export const UnitInput = Unit.omit({ id: true })
  .extend({ supervisorHoursPerWeek: Unit.shape.supervisorHoursPerWeek.optional() })
  .meta({ id: 'UnitInput' });

export const PlaceView = Place.extend({
  status: z.enum(PLACE_STATUSES),
  /** Seats of which all, or the first part, is taken. */
  seatsTaken: z.int().min(0),
  /** Seats of which all, or the second part, is taken; the same where no seat is shared. */
  seatsTakenSecond: z.int().min(0),
}).meta({ id: 'Place' });
export type PlaceView = z.infer<typeof PlaceView>;

const stated = {
  title: Place.shape.title,
  occupationId: OccupationId,
  seats: z.int().min(0).max(50).meta({ description: 'How many seats; always stated, 0 closes the place' }),
  sharePercent: Place.shape.sharePercent,
  sharedSeat: Place.shape.sharedSeat,
  workingTimes: Place.shape.workingTimes,
  weeklyHours: Place.shape.weeklyHours,
  opensFrom: LocalDate,
  closesAfter: LocalDate.nullable(),
  supervisorHoursPerWeek: Place.shape.supervisorHoursPerWeek,
  requirements: Place.shape.requirements,
};
export const PlaceInput = z
  .strictObject({
    unitId: UnitId,
    ...stated,
    sharedSeat: stated.sharedSeat.optional(),
    weeklyHours: stated.weeklyHours.optional(),
    supervisorHoursPerWeek: stated.supervisorHoursPerWeek.optional(),
    closesAfter: LocalDate.nullable().optional(),
  })
  .meta({ id: 'PlaceInput' });
export type PlaceInput = z.infer<typeof PlaceInput>;

/** What is sent is changed, what is left out stays. `confirm` makes a draft from an ad a place. */
export const PlaceChange = z
  .strictObject({ ...z.strictObject(stated).partial().shape, confirm: z.literal(true).optional() })
  .meta({ id: 'PlaceChange' });
export type PlaceChange = z.infer<typeof PlaceChange>;

export const JobAds = z
  .strictObject({
    unitId: UnitId,
    opensFrom: LocalDate,
    ads: z.array(z.unknown()).min(1).max(50).meta({ description: 'Job ads as the platform for ads gives them' }),
  })
  .meta({ id: 'JobAds' });

/** What became of one ad: a draft and what could not be taken from the ad, or why there is no draft. */
export const DraftRow = z.discriminatedUnion('ok', [
  z.strictObject({
    id: z.string(),
    ok: z.literal(true),
    createdId: PlaceId,
    notTaken: z.array(z.strictObject({ field: z.string(), reason: BilingualText })),
  }),
  z.strictObject({ id: z.string(), ok: z.literal(false), code: z.string(), detail: z.string(), detailEn: z.string() }),
]);
export type DraftRow = z.infer<typeof DraftRow>;

export const BulkAnswer = z.strictObject({ items: z.array(BulkRow) }).meta({ id: 'BulkAnswer' });

/** What a unit sees of a proposed person before a meeting: no name, no number, no measure, no postcode. */
export const UnitProposal = z
  .strictObject({
    id: ProposalId,
    placeId: PlaceId,
    cohortId: CohortId,
    candidateId: CandidateId,
    seatPart: SeatPartKind,
    status: ProposalStatus,
    points: z.int(),
    maxPoints: z.int(),
    parts: z.array(ScorePart),
    verdicts: z.array(JudgedCriterion),
    unitAnswer: Answer.nullable(),
    etag: z.string(),
    placeTitle: z.string(),
    /** In plain words, from what the unit may see. */
    explanation: BilingualText,
  })
  .meta({ id: 'UnitProposal' });
export type UnitProposal = z.infer<typeof UnitProposal>;

/** A person whom the unit has been told of, because of a meeting, a visit or with the person's yes. */
export const UnitDisclosure = z
  .strictObject({
    proposalId: ProposalId,
    candidateId: CandidateId,
    placeId: PlaceId,
    level: DisclosureLevel,
    disclosedAt: Instant,
    person: DisclosedPerson,
  })
  .meta({ id: 'UnitDisclosure' });
export type UnitDisclosure = z.infer<typeof UnitDisclosure>;

export const HelpRequestView = HelpRequest.meta({ id: 'HelpRequest' });

/** A placement as its unit sees it. */
export const UnitPlacement = Placement.pick({
  id: true,
  candidateId: true,
  placeId: true,
  seatPart: true,
  sharePercent: true,
  startDate: true,
  firstFollowUpDate: true,
})
  .extend({ status: PlacementStatus })
  .meta({ id: 'UnitPlacement' });

const unitParams = z.strictObject({ unitId: UnitId });

export const putUnit = defineRoute({
  id: 'putUnit',
  method: 'PUT',
  path: '/v1/units/{unitId}',
  door: 'requirements',
  summary: 'Register or change a unit',
  scope: 'requirements.write',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  params: unitParams,
  body: { kind: 'json', schema: UnitInput },
  ifMatch: 'when-existing',
  answers: {
    200: { description: 'The unit as it now is', schema: UnitView, headers: ['ETag'] },
    201: { description: 'The unit is registered', schema: UnitView, headers: ['ETag', 'Location'] },
  },
});

export const getUnit = defineRoute({
  id: 'getUnit',
  method: 'GET',
  path: '/v1/units/{unitId}',
  door: 'requirements',
  summary: 'A unit',
  scope: 'requirements.read',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  params: unitParams,
  answers: { 200: { description: 'The unit', schema: UnitView, headers: ['ETag'] } },
});

export const listUnits = defineRoute({
  id: 'listUnits',
  method: 'GET',
  path: '/v1/units',
  door: 'requirements',
  summary: 'The units; a unit manager sees the own ones',
  scope: 'requirements.read',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  query: PageQuery,
  answers: { 200: { description: 'Units', schema: pageOf(UnitView), headers: ['Link'] } },
});

export const createPlace = defineRoute({
  id: 'createPlace',
  method: 'POST',
  path: '/v1/places',
  door: 'requirements',
  summary: 'State a place: seats, times and what is required',
  scope: 'requirements.write',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  body: { kind: 'json', schema: PlaceInput },
  answers: { 201: { description: 'The place', schema: PlaceView, headers: ['ETag', 'Location'] } },
  problems: ['reference-unknown'],
});

export const listPlaces = defineRoute({
  id: 'listPlaces',
  method: 'GET',
  path: '/v1/places',
  door: 'requirements',
  summary: 'The places of a unit, or of all units you may see',
  scope: 'requirements.read',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  query: PageQuery.extend({ unitId: UnitId.optional() }),
  answers: { 200: { description: 'Places', schema: pageOf(PlaceView), headers: ['Link'] } },
  problems: ['not-found'],
});

export const getPlace = defineRoute({
  id: 'getPlace',
  method: 'GET',
  path: '/v1/places/{placeId}',
  door: 'requirements',
  summary: 'A place',
  scope: 'requirements.read',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  params: z.strictObject({ placeId: PlaceId }),
  answers: { 200: { description: 'The place', schema: PlaceView, headers: ['ETag'] } },
});

export const changePlace = defineRoute({
  id: 'changePlace',
  method: 'PATCH',
  path: '/v1/places/{placeId}',
  door: 'requirements',
  summary: 'Change a place, or confirm a draft from an ad',
  scope: 'requirements.write',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  params: z.strictObject({ placeId: PlaceId }),
  body: { kind: 'json', schema: PlaceChange },
  ifMatch: 'required',
  answers: { 200: { description: 'The place as it now is', schema: PlaceView, headers: ['ETag'] } },
  problems: ['seats-full'],
});

export const draftPlaces = defineRoute({
  id: 'draftPlaces',
  method: 'POST',
  path: '/v1/place-drafts',
  door: 'requirements',
  summary: 'Make drafts of places from existing job ads',
  scope: 'requirements.write',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  body: { kind: 'json', schema: JobAds },
  answers: {
    200: {
      description: 'Ad by ad: the draft, or why there is none',
      schema: z.strictObject({ items: z.array(DraftRow) }).meta({ id: 'DraftAnswer' }),
    },
  },
  problems: ['reference-unknown'],
});

export const setTravelTimes = defineRoute({
  id: 'setTravelTimes',
  method: 'POST',
  path: '/v1/travel-times',
  door: 'requirements',
  summary: 'Set minutes of travel between postcodes and units',
  scope: 'requirements.write',
  access: { coordinator: 'tenant' },
  body: {
    kind: 'json',
    schema: z.strictObject({ rows: z.array(TravelTime).min(1).max(1000) }).meta({ id: 'TravelTimes' }),
  },
  answers: { 200: { description: 'Row by row: kept, or why not', schema: BulkAnswer } },
});

export const listUnitProposals = defineRoute({
  id: 'listUnitProposals',
  method: 'GET',
  path: '/v1/units/{unitId}/proposals',
  door: 'requirements',
  summary: 'People proposed to a unit, without names',
  scope: 'requirements.read',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  params: unitParams,
  query: PageQuery,
  answers: { 200: { description: 'Proposals', schema: pageOf(UnitProposal), headers: ['Link'] } },
});

export const listDisclosedPeople = defineRoute({
  id: 'listDisclosedPeople',
  method: 'GET',
  path: '/v1/units/{unitId}/disclosed-people',
  door: 'requirements',
  summary: 'Whom the unit may know by name, as the centre has disclosed; the reading is noted',
  scope: 'requirements.read',
  access: { 'unit-manager': 'unit' },
  params: unitParams,
  answers: { 200: { description: 'People', schema: z.strictObject({ items: z.array(UnitDisclosure) }) } },
  personal: {
    fields: ['givenName', 'familyName', 'phone', 'email', 'supportNeeds'],
    purpose: 'meet-candidate',
  },
});

export const answerProposal = defineRoute({
  id: 'answerProposal',
  method: 'POST',
  path: '/v1/proposals/{proposalId}/answers',
  door: 'requirements',
  summary: 'The unit answers a proposal',
  scope: 'requirements.write',
  access: { 'unit-manager': 'unit' },
  params: z.strictObject({ proposalId: ProposalId }),
  body: { kind: 'json', schema: z.strictObject({ answer: AnswerValue }).meta({ id: 'UnitAnswer' }) },
  ifMatch: 'required',
  answers: { 200: { description: 'The proposal with the answer', schema: UnitProposal, headers: ['ETag'] } },
  problems: ['already-decided', 'superseded'],
});

export const askHelpForUnit = defineRoute({
  id: 'askHelpForUnit',
  method: 'POST',
  path: '/v1/units/{unitId}/help-requests',
  door: 'requirements',
  summary: 'The unit asks the resource centre for help with a placement',
  scope: 'requirements.write',
  access: { 'unit-manager': 'unit' },
  params: unitParams,
  body: {
    kind: 'json',
    schema: z.strictObject({ placementId: PlacementId, topic: HelpTopic }).meta({ id: 'UnitHelpRequest' }),
  },
  answers: { 201: { description: 'The request', schema: HelpRequestView } },
  problems: ['reference-unknown'],
});

export const listUnitPlacements = defineRoute({
  id: 'listUnitPlacements',
  method: 'GET',
  path: '/v1/units/{unitId}/placements',
  door: 'requirements',
  summary: 'Who works or will work at a unit, by id',
  scope: 'requirements.read',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  params: unitParams,
  answers: { 200: { description: 'Placements', schema: z.strictObject({ items: z.array(UnitPlacement) }) } },
});

export const listUnitHelpRequests = defineRoute({
  id: 'listUnitHelpRequests',
  method: 'GET',
  path: '/v1/units/{unitId}/help-requests',
  door: 'requirements',
  summary: 'What help a unit has asked for; the centre also sees what participants ask',
  scope: 'requirements.read',
  access: { coordinator: 'tenant', 'unit-manager': 'unit' },
  params: unitParams,
  answers: { 200: { description: 'Requests', schema: z.strictObject({ items: z.array(HelpRequestView) }) } },
});

export const REQUIREMENTS_ROUTES = [
  putUnit,
  getUnit,
  listUnits,
  createPlace,
  listPlaces,
  getPlace,
  changePlace,
  draftPlaces,
  setTravelTimes,
  listUnitProposals,
  listDisclosedPeople,
  answerProposal,
  askHelpForUnit,
  listUnitPlacements,
  listUnitHelpRequests,
] as const;
