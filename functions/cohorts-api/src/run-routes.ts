import {
  type FairnessView,
  getCallList,
  getFairnessReport,
  getRun,
  listOutcomes,
  listPlaceOutcomes,
  listRuns,
  orderRun as orderRoute,
  type RunView,
} from '@gruppstart/contracts/routes/cohorts-routes';
import type { FairnessPart, FairnessReport } from '@gruppstart/domain/matching/fairness';
import { type MatchRun, runStatus } from '@gruppstart/domain/matching/match-run';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { ok } from '@gruppstart/domain/shared/result';
import { type BoundRoute, bind } from '@gruppstart/edge/http/handler';
import { lookAgain } from '@gruppstart/edge/http/look-again';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import { explainPlace, explainRun, gainText, namesFor, questionText } from '@gruppstart/usecases/matching/explain';
import { endedText } from '@gruppstart/usecases/matching/failure-text';
import { fairnessText } from '@gruppstart/usecases/matching/fairness-sentences';
import { orderRun } from '@gruppstart/usecases/matching/order-run';
import { readFairness } from '@gruppstart/usecases/matching/read-fairness';
import {
  listAllRuns,
  readCallList,
  readOutcomes,
  readPlaceOutcomes,
  readRun,
} from '@gruppstart/usecases/matching/read-run';
import type { Stored } from '@gruppstart/usecases/ports/store';
import type { CohortsDoorParts } from './cohorts-door.ts';
import { outcomeView } from './outcome-view.ts';

const runView = ({ value }: Stored<MatchRun>, now: Instant): RunView => {
  const status = runStatus(value, now);
  return {
    ...value,
    status,
    statusText: endedText(status, value.failure),
    explanation: value.result && explainRun(value.result.summary),
  };
};

const inWords = <P extends FairnessPart>(part: P) => ({
  ...part,
  dimensions: part.dimensions.map((each) => ({ ...each, text: fairnessText(each) })),
});

const fairnessView = (report: FairnessReport): FairnessView => ({
  ...report,
  run: inWords(report.run),
  twelveMonths: inWords(report.twelveMonths),
});

export const runRoutes = (parts: CohortsDoorParts): readonly BoundRoute[] => [
  bind(
    orderRoute,
    (deed, { body }) => orderRun(parts)(deed, body),
    (run, _request, { now }) => ({
      status: 202,
      body: runView(run, now),
      version: run.version,
      location: `/v1/runs/${run.value.id}`,
      ...lookAgain(true),
    }),
  ),
  bind(
    listRuns,
    (reading, { query }) => listAllRuns(parts)(reading, pageRequest(query)),
    (page, _request, { now }) => pageAnswer(page, (run) => runView(run, now)),
  ),
  bind(
    getRun,
    (reading, { params }) => readRun(parts)(reading, params.runId),
    (run, _request, { now }) => ({
      status: 200,
      body: runView(run, now),
      version: run.version,
      ...lookAgain(runStatus(run.value, now) === 'working'),
    }),
  ),
  bind(
    listOutcomes,
    async (reading, { params, query }) => {
      const page = await readOutcomes(parts)(reading, params.runId, pageRequest(query));
      if (!page.ok) return page;
      return ok({ page: page.value, names: await namesFor(parts.store, reading.actor.tenant, page.value.items) });
    },
    ({ page, names }, { params }) =>
      pageAnswer(page, (outcome) => outcomeView(parts.world, params.runId, outcome, names)),
  ),
  bind(
    listPlaceOutcomes,
    (reading, { params }) => readPlaceOutcomes(parts)(reading, params.runId),
    (items) => ({
      status: 200,
      body: { items: items.map((outcome) => ({ ...outcome, explanation: explainPlace(outcome) })) },
    }),
  ),
  bind(
    getCallList,
    (reading, { params }) => readCallList(parts)(reading, params.runId),
    (entries) => ({
      status: 200,
      body: { items: entries.map((entry) => ({ ...entry, question: questionText(entry), gain: gainText(entry) })) },
    }),
  ),
  bind(
    getFairnessReport,
    (reading, { params }) => readFairness(parts)(reading, params.runId),
    (report) => ({ status: 200, body: fairnessView(report) }),
  ),
];
