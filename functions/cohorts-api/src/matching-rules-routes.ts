import {
  listWeights as listWeightsRoute,
  stateWeights as stateWeightsRoute,
  type WeightsView,
} from '@gruppstart/contracts/routes/matching-rules-routes';
import { type BoundRoute, bind } from '@gruppstart/edge/http/handler';
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
];
