import { MatchingWeights, NewWeights } from '@gruppstart/domain/matching/weights';
import { UserId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import * as z from 'zod';
import { defineRoute } from '../route.ts';

/** A row of weights. The row that every organisation begins with was stated by nobody. */
export const WeightsView = z
  .strictObject({
    ...MatchingWeights.shape,
    statedBy: UserId.nullable(),
    statedAt: Instant.nullable(),
    /** True for the one row that a run ordered now would use. */
    inForce: z.boolean(),
  })
  .meta({ id: 'Weights' });
export type WeightsView = z.infer<typeof WeightsView>;

export const WeightsInput = NewWeights.meta({ id: 'WeightsInput' });

const readers = { coordinator: 'tenant', 'process-owner': 'tenant', auditor: 'tenant' } as const;

export const stateWeights = defineRoute({
  id: 'stateWeights',
  method: 'POST',
  path: '/v1/weights',
  door: 'cohorts',
  summary: 'State what runs weigh from a day on, and who goes before others',
  scope: 'cohorts.write',
  access: { 'process-owner': 'tenant' },
  body: { kind: 'json', schema: WeightsInput },
  answers: { 201: { description: 'The row', schema: WeightsView } },
  problems: ['in-the-past', 'version-taken'],
});

export const listWeights = defineRoute({
  id: 'listWeights',
  method: 'GET',
  path: '/v1/weights',
  door: 'cohorts',
  summary: 'Every row of weights, by its first day',
  scope: 'cohorts.read',
  access: readers,
  answers: {
    200: {
      description: 'Weights',
      schema: z.strictObject({ items: z.array(WeightsView) }).meta({ id: 'WeightsList' }),
    },
  },
});

/** What runs follow beyond the facts: weights. */
export const MATCHING_RULES_ROUTES = [stateWeights, listWeights] as const;
