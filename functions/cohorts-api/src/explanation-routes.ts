import { compareRuns as compareRoute, getOutcome } from '@gruppstart/contracts/routes/explanation-routes';
import { ok } from '@gruppstart/domain/shared/result';
import { type BoundRoute, bind } from '@gruppstart/edge/http/handler';
import { compareRuns, explainDifference } from '@gruppstart/usecases/matching/compare-runs';
import { namesFor } from '@gruppstart/usecases/matching/explain';
import { readOutcome } from '@gruppstart/usecases/matching/read-run';
import { tellPerson } from '@gruppstart/usecases/matching/tell-person';
import type { CohortsDoorParts } from './cohorts-door.ts';
import { outcomeView } from './outcome-view.ts';

export const explanationRoutes = (parts: CohortsDoorParts): readonly BoundRoute[] => [
  bind(
    getOutcome,
    async (reading, { params }) => {
      const read = await readOutcome(parts)(reading, params.runId, params.candidateId);
      if (!read.ok) return read;
      return ok({ ...read.value, names: await namesFor(parts.store, reading.actor.tenant, [read.value.outcome]) });
    },
    ({ run, outcome, names }) => ({
      status: 200,
      body: {
        ...outcomeView(parts.world, run.id, outcome, names),
        personText: tellPerson(outcome, run.purpose, names),
      },
    }),
  ),
  bind(
    compareRoute,
    (reading, { params }) => compareRuns(parts)(reading, params.runId, params.otherRunId),
    (compared) => ({ status: 200, body: explainDifference(compared) }),
  ),
];
