import {
  endPairRule as endRoute,
  getPairRule,
  listPairRules as listPairRulesRoute,
  listWeights as listWeightsRoute,
  makePairRule as makeRoute,
  stateWeights as stateWeightsRoute,
  type WeightsView,
} from '@gruppstart/contracts/routes/matching-rules-routes';
import { type BoundRoute, bind } from '@gruppstart/edge/http/handler';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import { endPairRule, listPairRules, makePairRule, readPairRule } from '@gruppstart/usecases/matching/pair-rules';
import { listWeights, stateWeights, type WeightsShown } from '@gruppstart/usecases/matching/weights';
import type { CohortsDoorParts } from './cohorts-door.ts';

const weightsView = ({ weights, ...row }: WeightsShown): WeightsView => ({ ...weights, ...row });

/** What runs follow beyond the facts. */
export const matchingRulesRoutes = (parts: CohortsDoorParts): readonly BoundRoute[] => [
  bind(
    stateWeightsRoute,
    (deed, { body }) => stateWeights(parts)(deed, body),
    (row) => ({ status: 201, body: weightsView(row) }),
  ),
  bind(
    listWeightsRoute,
    (reading) => listWeights(parts)(reading),
    (rows) => ({ status: 200, body: { items: rows.map(weightsView) } }),
  ),
  bind(
    makeRoute,
    (deed, { body }) => makePairRule(parts)(deed, body),
    ({ value, version }) => ({ status: 201, body: value, version, location: `/v1/pair-rules/${value.id}` }),
  ),
  bind(
    listPairRulesRoute,
    (reading, { query }) => listPairRules(parts)(reading, pageRequest(query)),
    (page) => pageAnswer(page, ({ value }) => value),
  ),
  bind(
    getPairRule,
    (reading, { params }) => readPairRule(parts)(reading, params.pairRuleId),
    ({ value, version }) => ({ status: 200, body: value, version }),
  ),
  bind(
    endRoute,
    (deed, { params }) => endPairRule(parts)(deed, params.pairRuleId),
    ({ value, version }) => ({ status: 200, body: value, version }),
  ),
];
