import { RunStatus } from '@gruppstart/domain/matching/match-run';
import { NamedRequest, RequestReason, RequestStatus, RequestVerdict } from '@gruppstart/domain/matching/named-request';
import { RequestHindrance, RunTotals } from '@gruppstart/domain/matching/what-if';
import { CandidateId, CohortId, NamedRequestId, PlaceId, RunId, UnitId, WhatIfId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { BilingualText } from '@gruppstart/domain/shared/text';
import * as z from 'zod';
import { defineRoute } from '../route.ts';
import { PageQuery, pageOf, StatusText } from './shared-shapes.ts';

const Count = z.int().min(0);

/** What it costs the others that the named person gets the place: how many, and never who. */
export const RequestCost = z
  .strictObject({
    /** The question to the run; a coordinator reads it for who would be touched. */
    whatIfId: WhatIfId,
    runId: RunId,
    askedAt: Instant,
    /** The start that it is about; null as long as there is no answer. */
    cohortId: CohortId.nullable(),
    status: RunStatus,
    statusText: StatusText,
    /** Null as long as there is no answer, and where the person cannot have the place at all. */
    others: z
      .strictObject({
        loseTheirPlace: Count,
        getAPlace: Count,
        moved: Count,
        /** Everybody with a proposal, the named person among them. */
        proposed: z.strictObject({ before: Count, after: Count }),
        fitPercent: z.strictObject({ before: RunTotals.shape.fitPercent, after: RunTotals.shape.fitPercent }),
      })
      .nullable(),
    /** Why the person cannot have the place at all. */
    hindrance: RequestHindrance.nullable(),
    /** In plain words; null as long as there is no answer. */
    text: BilingualText.nullable(),
  })
  .meta({ id: 'RequestCost' });
export type RequestCost = z.infer<typeof RequestCost>;

/** A request by a unit for a named person, as the unit and the centre alike see it. */
export const NamedRequestView = NamedRequest.omit({ costAskedBy: true })
  .extend({
    placeTitle: z.string(),
    status: RequestStatus,
    /** Null: no run holds both the person and the place yet, or the centre alone may read it. */
    cost: RequestCost.nullable(),
    etag: z.string(),
  })
  .meta({ id: 'NamedRequest' });
export type NamedRequestView = z.infer<typeof NamedRequestView>;

const unitParams = z.strictObject({ unitId: UnitId });
const requestParams = z.strictObject({ namedRequestId: NamedRequestId });
const coordinators = { coordinator: 'tenant' } as const;
const unitOrCentre = { coordinator: 'tenant', 'unit-manager': 'unit' } as const;
/** The cost may still be on its way. */
const read = { description: 'The request', schema: NamedRequestView, headers: ['ETag', 'Retry-After'] } as const;
const readers = { coordinator: 'tenant', 'process-owner': 'tenant', auditor: 'tenant' } as const;

export const nameCandidate = defineRoute({
  id: 'nameCandidate',
  method: 'POST',
  path: '/v1/units/{unitId}/named-requests',
  door: 'requirements',
  summary: 'Ask for a person by name for a place; what it costs the others is worked out at once',
  scope: 'requirements.write',
  access: unitOrCentre,
  params: unitParams,
  body: {
    kind: 'json',
    schema: z.strictObject({ placeId: PlaceId, candidateId: CandidateId }).meta({ id: 'NamedRequestInput' }),
  },
  answers: { 201: { description: 'The request', schema: NamedRequestView, headers: ['ETag', 'Location'] } },
  problems: ['reference-unknown', 'already-requested'],
});

export const listUnitNamedRequests = defineRoute({
  id: 'listUnitNamedRequests',
  method: 'GET',
  path: '/v1/units/{unitId}/named-requests',
  door: 'requirements',
  summary: 'Whom a unit has asked for by name, what it would cost the others, and what was decided; newest first',
  scope: 'requirements.read',
  access: unitOrCentre,
  params: unitParams,
  query: PageQuery,
  answers: { 200: { description: 'Requests', schema: pageOf(NamedRequestView), headers: ['Link'] } },
});

export const getUnitNamedRequest = defineRoute({
  id: 'getUnitNamedRequest',
  method: 'GET',
  path: '/v1/units/{unitId}/named-requests/{namedRequestId}',
  door: 'requirements',
  summary: 'One of a unit’s requests for a named person, with its cost for the others',
  scope: 'requirements.read',
  access: unitOrCentre,
  params: unitParams.extend(requestParams.shape),
  answers: { 200: read },
});

export const withdrawNamedRequest = defineRoute({
  id: 'withdrawNamedRequest',
  method: 'DELETE',
  path: '/v1/units/{unitId}/named-requests/{namedRequestId}',
  door: 'requirements',
  summary: 'Take a request back; that it was made stays',
  scope: 'requirements.write',
  access: unitOrCentre,
  params: unitParams.extend(requestParams.shape),
  ifMatch: 'required',
  answers: { 200: { description: 'The request', schema: NamedRequestView, headers: ['ETag'] } },
  problems: ['request-closed'],
});

export const listNamedRequests = defineRoute({
  id: 'listNamedRequests',
  method: 'GET',
  path: '/v1/named-requests',
  door: 'cohorts',
  summary: 'What all units have asked for by name, newest first',
  scope: 'cohorts.read',
  access: readers,
  query: PageQuery.extend({
    status: RequestStatus.optional().meta({ description: 'Only requests of this status' }),
  }),
  answers: { 200: { description: 'Requests', schema: pageOf(NamedRequestView), headers: ['Link'] } },
});

export const getNamedRequest = defineRoute({
  id: 'getNamedRequest',
  method: 'GET',
  path: '/v1/named-requests/{namedRequestId}',
  door: 'cohorts',
  summary: 'A request for a named person, with its cost for the others',
  scope: 'cohorts.read',
  access: readers,
  params: requestParams,
  answers: { 200: read },
});

export const weighNamedRequest = defineRoute({
  id: 'weighNamedRequest',
  method: 'POST',
  path: '/v1/named-requests/{namedRequestId}/cost',
  door: 'cohorts',
  summary: 'Have the cost for the others worked out in a run of your choice',
  scope: 'cohorts.write',
  access: coordinators,
  params: requestParams,
  body: { kind: 'json', schema: z.strictObject({ runId: RunId }).meta({ id: 'NamedRequestRun' }) },
  ifMatch: 'required',
  answers: {
    200: {
      description: 'The request; its cost is being worked out',
      schema: NamedRequestView,
      headers: ['ETag', 'Retry-After'],
    },
  },
  problems: ['request-closed', 'reference-unknown', 'run-not-finished', 'run-failed', 'candidate-erased'],
});

export const decideOnNamedRequest = defineRoute({
  id: 'decideOnNamedRequest',
  method: 'POST',
  path: '/v1/named-requests/{namedRequestId}/decision',
  door: 'cohorts',
  summary: 'Grant or refuse a named request; never by whoever made it, and never granted before its cost is known',
  scope: 'cohorts.write',
  access: coordinators,
  params: requestParams,
  body: {
    kind: 'json',
    schema: z
      .strictObject({ verdict: RequestVerdict, reason: RequestReason, noConflictOfInterest: z.boolean() })
      .meta({ id: 'NamedRequestDecision' }),
  },
  ifMatch: 'required',
  answers: { 200: { description: 'The decided request', schema: NamedRequestView, headers: ['ETag'] } },
  problems: [
    'request-closed',
    'four-eyes',
    'conflict-of-interest',
    'cost-unknown',
    'not-possible',
    'kept-apart',
    'candidate-erased',
  ],
});

/** What a unit does with its own requests. */
export const UNIT_NAMED_REQUEST_ROUTES = [
  nameCandidate,
  listUnitNamedRequests,
  getUnitNamedRequest,
  withdrawNamedRequest,
] as const;

/** What the centre does with the requests of all units. */
export const NAMED_REQUEST_ROUTES = [
  listNamedRequests,
  getNamedRequest,
  weighNamedRequest,
  decideOnNamedRequest,
] as const;
