import {
  type CohortView,
  createCohort,
  getCohort,
  getCohortCalendar,
  listCohorts,
  listParticipants,
  publishCohort as publishRoute,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { type Cohort, cohortStatus } from '@gruppstart/domain/cohorts/cohort';
import { type Instant, stockholmDay } from '@gruppstart/domain/shared/local-date';
import { type BoundRoute, bind } from '@gruppstart/edge/http/handler';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import { cohortCalendarFile } from '@gruppstart/files/calendar-file';
import {
  listAllCohorts,
  planCohort,
  publishCohort,
  readCohort,
  readParticipants,
  sessionsOf,
} from '@gruppstart/usecases/cohorts/cohorts';
import type { Stored } from '@gruppstart/usecases/ports/store';
import type { CohortsDoorParts } from './cohorts-door.ts';

const cohortView = ({ value, seatsTaken }: Stored<Cohort>, now: Instant): CohortView => ({
  ...value,
  status: cohortStatus(value, stockholmDay(now)),
  seatsTaken,
  sessions: sessionsOf(value).map((session) => ({
    key: session.key,
    date: session.date,
    start: session.start,
    end: session.end,
    title: session.title.sv,
    titleEn: session.title.en,
    kind: session.kind,
    mandatory: session.mandatory,
    seats: session.seats,
  })),
});

export const cohortRoutes = (parts: CohortsDoorParts): readonly BoundRoute[] => [
  bind(
    createCohort,
    (deed, { body }) => planCohort(parts)(deed, body),
    (cohort, _request, { now }) => ({
      status: 201,
      body: cohortView(cohort, now),
      version: cohort.version,
      location: `/v1/cohorts/${cohort.value.id}`,
    }),
  ),
  bind(
    listCohorts,
    (reading, { query }) => listAllCohorts(parts)(reading, pageRequest(query)),
    (page, _request, { now }) => pageAnswer(page, (cohort) => cohortView(cohort, now)),
  ),
  bind(
    getCohort,
    (reading, { params }) => readCohort(parts)(reading, params.cohortId),
    (cohort, _request, { now }) => ({ status: 200, body: cohortView(cohort, now), version: cohort.version }),
  ),
  bind(
    publishRoute,
    (deed, { params }) => publishCohort(parts)(deed, params.cohortId),
    (cohort, _request, { now }) => ({ status: 200, body: cohortView(cohort, now), version: cohort.version }),
  ),
  bind(
    listParticipants,
    (reading, { params }) => readParticipants(parts)(reading, params.cohortId),
    (participants) => ({
      status: 200,
      body: { items: participants.map(({ participant, person }) => ({ ...participant, person })) },
    }),
  ),
  bind(
    getCohortCalendar,
    (reading, { params }) => readCohort(parts)(reading, params.cohortId),
    (cohort, { query }, { now }) => ({
      status: 200,
      body: cohortCalendarFile({
        cohortId: cohort.value.id,
        name: cohort.value.name,
        sequence: cohort.version,
        sessions: sessionsOf(cohort.value),
        language: query.language ?? 'sv',
        generatedAt: now,
      }),
      version: cohort.version,
    }),
  ),
];
