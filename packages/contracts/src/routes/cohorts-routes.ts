import { Cohort, CohortStatus, Participant } from '@gruppstart/domain/cohorts/cohort';
import { Employment, Placement, PlacementStatus } from '@gruppstart/domain/employment/employment';
import { HelpRequest, HelpSide, HelpTopic } from '@gruppstart/domain/follow-up/help-request';
import { PersonRecord } from '@gruppstart/domain/intake/person';
import { DimensionReport, FairnessReport } from '@gruppstart/domain/matching/fairness';
import { MatchRun, RunStatus } from '@gruppstart/domain/matching/match-run';
import { CallListEntry, CandidateOutcome, PlaceOutcome } from '@gruppstart/domain/matching/outcome';
import { RunPolicy } from '@gruppstart/domain/matching/run-policy';
import { AnswerValue } from '@gruppstart/domain/proposals/answer';
import { Disclosure } from '@gruppstart/domain/proposals/disclosure';
import { DecisionReason, DecisionVerdict, Proposal, ProposalStatus } from '@gruppstart/domain/proposals/proposal';
import { CohortId, EmploymentId, PlacementId, ProposalId, RunId } from '@gruppstart/domain/shared/ids';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import { BilingualText } from '@gruppstart/domain/shared/text';
import * as z from 'zod';
import { defineRoute } from '../route.ts';
import { MATCHING_RULES_ROUTES } from './matching-rules-routes.ts';
import { PageQuery, pageOf, StatusText } from './shared-shapes.ts';
import { WHAT_IF_ROUTES } from './what-if-routes.ts';

export const SessionView = z
  .strictObject({
    key: z.string(),
    date: LocalDate,
    start: z.string(),
    end: z.string(),
    title: z.string(),
    titleEn: z.string(),
    kind: z.string(),
    mandatory: z.boolean(),
    /** How many of the cohort there is room for; null: all of them. */
    seats: z.int().min(0).nullable(),
  })
  .meta({ id: 'Session' });

export const CohortView = Cohort.extend({
  status: CohortStatus,
  seatsTaken: z.int().min(0),
  sessions: z.array(SessionView),
}).meta({ id: 'Cohort' });
export type CohortView = z.infer<typeof CohortView>;

export const ParticipantView = Participant.extend({
  person: PersonRecord.pick({ givenName: true, familyName: true, phone: true }).nullable(),
}).meta({ id: 'Participant' });
export type ParticipantView = z.infer<typeof ParticipantView>;

export const RunView = MatchRun.extend({
  status: RunStatus,
  statusText: StatusText,
  explanation: BilingualText.nullable().meta({
    description: 'The trade between number and fit, and what the introduction is asked for; null: nothing to say yet',
  }),
}).meta({ id: 'MatchRun' });
export type RunView = z.infer<typeof RunView>;

/** A proposal with its explanation in plain words, made from the coded verdicts. */
export const ProposalView = Proposal.extend({
  status: ProposalStatus,
  explanation: z.strictObject({ sv: z.string(), en: z.string() }),
}).meta({ id: 'Proposal' });
export type ProposalView = z.infer<typeof ProposalView>;

/** What happened to one candidate in a run, in codes and in plain words. */
export const OutcomeView = z
  .strictObject({
    outcome: CandidateOutcome,
    proposalId: ProposalId.nullable(),
    explanation: z.strictObject({ sv: z.string(), en: z.string() }),
  })
  .meta({ id: 'Outcome' });
export type OutcomeView = z.infer<typeof OutcomeView>;

export const CallListView = z
  .strictObject({
    items: z.array(CallListEntry.extend({ question: BilingualText, gain: BilingualText })),
  })
  .meta({ id: 'CallList' });

/** Each dimension with the same in plain words. */
const dimensions = z.array(DimensionReport.extend({ text: BilingualText }));
export const FairnessView = FairnessReport.extend({
  run: FairnessReport.shape.run.extend({ dimensions }),
  twelveMonths: FairnessReport.shape.twelveMonths.extend({ dimensions }),
}).meta({ id: 'FairnessReport' });
export type FairnessView = z.infer<typeof FairnessView>;

export const PlacementView = Placement.extend({ status: PlacementStatus }).meta({ id: 'Placement' });
export type PlacementView = z.infer<typeof PlacementView>;
export const EmploymentView = Employment.meta({ id: 'Employment' });

export const CohortInput = z
  .strictObject({ name: Cohort.shape.name, startDate: LocalDate, seats: Cohort.shape.seats })
  .meta({ id: 'CohortInput' });
export const RunInput = MatchRun.pick({ purpose: true, cohortIds: true, horizon: true })
  .extend({ policy: RunPolicy.optional() })
  .meta({ id: 'RunInput' });
export const RecordedAnswer = z
  .strictObject({ from: z.enum(['person', 'employer']), answer: AnswerValue })
  .meta({ id: 'RecordedAnswer' });
export const DecisionInput = z
  .strictObject({
    verdict: DecisionVerdict,
    reason: DecisionReason,
    noConflictOfInterest: z.boolean().meta({ description: 'True: the decider has no conflict of interest (jäv)' }),
  })
  .meta({ id: 'DecisionInput' });
export const DisclosureInput = Disclosure.pick({ level: true, reason: true }).meta({ id: 'DisclosureInput' });
export const EmploymentInput = Employment.omit({ id: true, candidateId: true, registeredAt: true }).meta({
  id: 'EmploymentInput',
});

const cohortParams = z.strictObject({ cohortId: CohortId });
const runParams = z.strictObject({ runId: RunId });
const proposalParams = z.strictObject({ proposalId: ProposalId });
const coordinators = { coordinator: 'tenant' } as const;
const readers = { coordinator: 'tenant', 'process-owner': 'tenant', auditor: 'tenant' } as const;

export const createCohort = defineRoute({
  id: 'createCohort',
  method: 'POST',
  path: '/v1/cohorts',
  door: 'cohorts',
  summary: 'Plan a shared start with its ten course days',
  scope: 'cohorts.write',
  access: coordinators,
  body: { kind: 'json', schema: CohortInput },
  answers: { 201: { description: 'The cohort', schema: CohortView, headers: ['ETag', 'Location'] } },
  problems: ['start-not-course-day', 'in-the-past'],
});

export const listCohorts = defineRoute({
  id: 'listCohorts',
  method: 'GET',
  path: '/v1/cohorts',
  door: 'cohorts',
  summary: 'The shared starts by date',
  scope: 'cohorts.read',
  access: readers,
  query: PageQuery,
  answers: { 200: { description: 'Cohorts', schema: pageOf(CohortView), headers: ['Link'] } },
});

export const getCohort = defineRoute({
  id: 'getCohort',
  method: 'GET',
  path: '/v1/cohorts/{cohortId}',
  door: 'cohorts',
  summary: 'A shared start with its sessions',
  scope: 'cohorts.read',
  access: readers,
  params: cohortParams,
  answers: { 200: { description: 'The cohort', schema: CohortView, headers: ['ETag'] } },
});

export const publishCohort = defineRoute({
  id: 'publishCohort',
  method: 'POST',
  path: '/v1/cohorts/{cohortId}/publication',
  door: 'cohorts',
  summary: 'Publish a shared start: its members and days now hold',
  scope: 'cohorts.write',
  access: coordinators,
  params: cohortParams,
  ifMatch: 'required',
  answers: { 200: { description: 'The published cohort', schema: CohortView, headers: ['ETag'] } },
  problems: ['already-published', 'in-the-past'],
});

export const listParticipants = defineRoute({
  id: 'listParticipants',
  method: 'GET',
  path: '/v1/cohorts/{cohortId}/participants',
  door: 'cohorts',
  summary: 'Who is in a shared start; the reading is noted',
  scope: 'cohorts.read',
  access: coordinators,
  params: cohortParams,
  answers: { 200: { description: 'Participants', schema: z.strictObject({ items: z.array(ParticipantView) }) } },
  personal: { fields: ['givenName', 'familyName', 'phone'], purpose: 'lead-introduction' },
});

export const getCohortCalendar = defineRoute({
  id: 'getCohortCalendar',
  method: 'GET',
  path: '/v1/cohorts/{cohortId}/calendar.ics',
  door: 'cohorts',
  summary: 'The introduction as a calendar file',
  scope: 'cohorts.read',
  access: readers,
  params: cohortParams,
  query: z.strictObject({ language: z.enum(['sv', 'en']).optional() }),
  answers: {
    200: { description: 'iCalendar', schema: z.string(), mediaType: 'text/calendar; charset=utf-8', headers: ['ETag'] },
  },
});

export const orderRun = defineRoute({
  id: 'orderRun',
  method: 'POST',
  path: '/v1/runs',
  door: 'cohorts',
  summary: 'Order a matching for one or more starts',
  scope: 'cohorts.write',
  access: coordinators,
  body: { kind: 'json', schema: RunInput },
  answers: {
    202: { description: 'The run is ordered', schema: RunView, headers: ['Location', 'Retry-After', 'ETag'] },
  },
  problems: ['reference-unknown', 'in-the-past', 'seats-full', 'run-not-finished', 'run-failed'],
});

export const listRuns = defineRoute({
  id: 'listRuns',
  method: 'GET',
  path: '/v1/runs',
  door: 'cohorts',
  summary: 'All runs, newest first',
  scope: 'cohorts.read',
  access: readers,
  query: PageQuery,
  answers: { 200: { description: 'Runs', schema: pageOf(RunView), headers: ['Link'] } },
});

export const getRun = defineRoute({
  id: 'getRun',
  method: 'GET',
  path: '/v1/runs/{runId}',
  door: 'cohorts',
  summary: 'How far a run has come, its summary and its proof',
  scope: 'cohorts.read',
  access: readers,
  params: runParams,
  answers: { 200: { description: 'The run', schema: RunView, headers: ['ETag', 'Retry-After'] } },
});

export const listOutcomes = defineRoute({
  id: 'listOutcomes',
  method: 'GET',
  path: '/v1/runs/{runId}/outcomes',
  door: 'cohorts',
  summary: 'Every candidate of a run with proposal or reasons',
  scope: 'cohorts.read',
  access: readers,
  params: runParams,
  query: PageQuery,
  answers: { 200: { description: 'Outcomes', schema: pageOf(OutcomeView), headers: ['Link'] } },
  problems: ['run-not-finished', 'run-failed'],
});

export const listPlaceOutcomes = defineRoute({
  id: 'listPlaceOutcomes',
  method: 'GET',
  path: '/v1/runs/{runId}/places',
  door: 'cohorts',
  summary: 'Every place of a run: fill, and what each requirement costs',
  scope: 'cohorts.read',
  access: readers,
  params: runParams,
  answers: {
    200: {
      description: 'Places',
      schema: z
        .strictObject({ items: z.array(PlaceOutcome.extend({ explanation: BilingualText })) })
        .meta({ id: 'PlaceOutcomes' }),
    },
  },
  problems: ['run-not-finished', 'run-failed'],
});

export const listProposals = defineRoute({
  id: 'listProposals',
  method: 'GET',
  path: '/v1/runs/{runId}/proposals',
  door: 'cohorts',
  summary: 'The proposals of a run',
  scope: 'cohorts.read',
  access: readers,
  params: runParams,
  query: PageQuery,
  answers: { 200: { description: 'Proposals', schema: pageOf(ProposalView), headers: ['Link'] } },
  problems: ['run-not-finished', 'run-failed'],
});

export const getCallList = defineRoute({
  id: 'getCallList',
  method: 'GET',
  path: '/v1/runs/{runId}/call-list',
  door: 'cohorts',
  summary: 'The questions whose answers would open most places',
  scope: 'cohorts.read',
  access: readers,
  params: runParams,
  answers: { 200: { description: 'Questions, the most useful first', schema: CallListView } },
  problems: ['run-not-finished', 'run-failed'],
});

export const getFairnessReport = defineRoute({
  id: 'getFairnessReport',
  method: 'GET',
  path: '/v1/runs/{runId}/fairness',
  door: 'cohorts',
  summary: 'How people of different sex and age fared in a run: counts, nobody by id; the reading is noted',
  scope: 'cohorts.read',
  access: readers,
  params: runParams,
  answers: { 200: { description: 'The run, and the twelve whole months before its own', schema: FairnessView } },
  problems: ['run-not-finished', 'run-failed'],
  personal: { fields: [], purpose: 'compare-groups' },
});

export const getProposal = defineRoute({
  id: 'getProposal',
  method: 'GET',
  path: '/v1/proposals/{proposalId}',
  door: 'cohorts',
  summary: 'A proposal with its explanation',
  scope: 'cohorts.read',
  access: { ...readers, hr: 'tenant' },
  params: proposalParams,
  answers: { 200: { description: 'The proposal', schema: ProposalView, headers: ['ETag'] } },
});

export const recordAnswer = defineRoute({
  id: 'recordAnswer',
  method: 'POST',
  path: '/v1/proposals/{proposalId}/recorded-answers',
  door: 'cohorts',
  summary: 'Record what the person or the employer has answered',
  scope: 'cohorts.write',
  access: { coordinator: 'tenant', hr: 'tenant' },
  params: proposalParams,
  body: { kind: 'json', schema: RecordedAnswer },
  ifMatch: 'required',
  answers: { 200: { description: 'The proposal with the answer', schema: ProposalView, headers: ['ETag'] } },
  problems: ['already-decided', 'superseded', 'not-permitted'],
});

export const decideOnProposal = defineRoute({
  id: 'decideOnProposal',
  method: 'POST',
  path: '/v1/proposals/{proposalId}/decision',
  door: 'cohorts',
  summary: 'Decide on a proposal, with a reason',
  scope: 'cohorts.write',
  access: coordinators,
  params: proposalParams,
  body: { kind: 'json', schema: DecisionInput },
  ifMatch: 'required',
  answers: { 200: { description: 'The decided proposal', schema: ProposalView, headers: ['ETag'] } },
  problems: [
    'already-decided',
    'conflict-of-interest',
    'answers-missing',
    'answer-is-no',
    'seats-full',
    'share-exceeded',
    'already-member',
    'kept-apart',
    'superseded',
    'candidate-erased',
    'in-the-past',
  ],
});

export const discloseToUnit = defineRoute({
  id: 'discloseToUnit',
  method: 'POST',
  path: '/v1/proposals/{proposalId}/disclosure',
  door: 'cohorts',
  summary: 'Tell the unit who a proposed person is: contact, later support needs',
  scope: 'cohorts.write',
  access: coordinators,
  params: proposalParams,
  body: { kind: 'json', schema: DisclosureInput },
  ifMatch: 'required',
  answers: { 200: { description: 'The proposal with its disclosure', schema: ProposalView, headers: ['ETag'] } },
  problems: ['already-decided', 'answer-is-no', 'superseded', 'identity-protected', 'candidate-erased'],
});

export const withdrawDisclosure = defineRoute({
  id: 'withdrawDisclosure',
  method: 'DELETE',
  path: '/v1/proposals/{proposalId}/disclosure',
  door: 'cohorts',
  summary: 'Take back what a unit was told of who a person is',
  scope: 'cohorts.write',
  access: coordinators,
  params: proposalParams,
  ifMatch: 'required',
  answers: { 200: { description: 'The proposal without disclosure', schema: ProposalView, headers: ['ETag'] } },
});

export const listPlacements = defineRoute({
  id: 'listPlacements',
  method: 'GET',
  path: '/v1/placements',
  door: 'cohorts',
  summary: 'The placements by first day',
  scope: 'cohorts.read',
  access: { coordinator: 'tenant', hr: 'tenant', 'process-owner': 'tenant', auditor: 'tenant' },
  query: PageQuery,
  answers: { 200: { description: 'Placements', schema: pageOf(PlacementView), headers: ['Link'] } },
});

export const getPlacement = defineRoute({
  id: 'getPlacement',
  method: 'GET',
  path: '/v1/placements/{placementId}',
  door: 'cohorts',
  summary: 'A placement with its first follow-up',
  scope: 'cohorts.read',
  access: { coordinator: 'tenant', hr: 'tenant', 'process-owner': 'tenant', auditor: 'tenant' },
  params: z.strictObject({ placementId: PlacementId }),
  answers: { 200: { description: 'The placement', schema: PlacementView, headers: ['ETag'] } },
});

export const registerEmployment = defineRoute({
  id: 'registerEmployment',
  method: 'POST',
  path: '/v1/employments',
  door: 'cohorts',
  summary: 'Register an employment for a placement',
  scope: 'cohorts.write',
  access: { coordinator: 'tenant', hr: 'tenant' },
  body: { kind: 'json', schema: EmploymentInput },
  answers: { 201: { description: 'The employment', schema: EmploymentView, headers: ['ETag', 'Location'] } },
  problems: ['reference-unknown', 'already-employed', 'kept-apart'],
});

export const getEmployment = defineRoute({
  id: 'getEmployment',
  method: 'GET',
  path: '/v1/employments/{employmentId}',
  door: 'cohorts',
  summary: 'An employment',
  scope: 'cohorts.read',
  access: { coordinator: 'tenant', hr: 'tenant', auditor: 'tenant' },
  params: z.strictObject({ employmentId: EmploymentId }),
  answers: { 200: { description: 'The employment', schema: EmploymentView, headers: ['ETag'] } },
});

export const askHelp = defineRoute({
  id: 'askHelp',
  method: 'POST',
  path: '/v1/placements/{placementId}/help-requests',
  door: 'cohorts',
  summary: 'Note that a participant or a unit asks for help',
  scope: 'cohorts.write',
  access: coordinators,
  params: z.strictObject({ placementId: PlacementId }),
  body: { kind: 'json', schema: z.strictObject({ side: HelpSide, topic: HelpTopic }).meta({ id: 'HelpRequestInput' }) },
  answers: { 201: { description: 'The request', schema: HelpRequest } },
});

export const COHORTS_ROUTES = [
  createCohort,
  listCohorts,
  getCohort,
  publishCohort,
  listParticipants,
  getCohortCalendar,
  orderRun,
  listRuns,
  getRun,
  listOutcomes,
  listPlaceOutcomes,
  listProposals,
  getCallList,
  getFairnessReport,
  ...WHAT_IF_ROUTES,
  getProposal,
  recordAnswer,
  decideOnProposal,
  discloseToUnit,
  withdrawDisclosure,
  listPlacements,
  getPlacement,
  registerEmployment,
  getEmployment,
  askHelp,
  ...MATCHING_RULES_ROUTES,
] as const;
