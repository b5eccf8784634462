import { NewPairRule, PairRule } from '@gruppstart/domain/matching/pair-rule';
import { MatchingWeights, NewWeights } from '@gruppstart/domain/matching/weights';
import { PairRuleId, UserId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import * as z from 'zod';
import { defineRoute } from '../route.ts';
import { PageQuery, pageOf } from './shared-shapes.ts';

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

/** A rule for two people. Why is never said. */
export const PairRuleView = PairRule.meta({ id: 'PairRule' });
export const PairRuleInput = NewPairRule.meta({ id: 'PairRuleInput' });

const pairRuleParams = z.strictObject({ pairRuleId: PairRuleId });
const coordinators = { coordinator: 'tenant' } as const;

export const makePairRule = defineRoute({
  id: 'makePairRule',
  method: 'POST',
  path: '/v1/pair-rules',
  door: 'cohorts',
  summary: 'Keep two people apart, or let them begin together or not at all',
  scope: 'cohorts.write',
  access: coordinators,
  body: { kind: 'json', schema: PairRuleInput },
  answers: { 201: { description: 'The rule', schema: PairRuleView, headers: ['ETag', 'Location'] } },
  problems: ['reference-unknown', 'pair-ruled', 'too-many-rules'],
});

export const listPairRules = defineRoute({
  id: 'listPairRules',
  method: 'GET',
  path: '/v1/pair-rules',
  door: 'cohorts',
  summary: 'The rules for two people, newest first, ended ones among them',
  scope: 'cohorts.read',
  access: coordinators,
  query: PageQuery,
  answers: { 200: { description: 'Rules', schema: pageOf(PairRuleView), headers: ['Link'] } },
});

export const getPairRule = defineRoute({
  id: 'getPairRule',
  method: 'GET',
  path: '/v1/pair-rules/{pairRuleId}',
  door: 'cohorts',
  summary: 'A rule for two people',
  scope: 'cohorts.read',
  access: coordinators,
  params: pairRuleParams,
  answers: { 200: { description: 'The rule', schema: PairRuleView, headers: ['ETag'] } },
});

export const endPairRule = defineRoute({
  id: 'endPairRule',
  method: 'DELETE',
  path: '/v1/pair-rules/{pairRuleId}',
  door: 'cohorts',
  summary: 'End a rule for two people; that there was one stays',
  scope: 'cohorts.write',
  access: coordinators,
  params: pairRuleParams,
  ifMatch: 'required',
  answers: { 200: { description: 'The ended rule', schema: PairRuleView, headers: ['ETag'] } },
});

/** What runs follow beyond the facts: weights, and rules for two people. */
export const MATCHING_RULES_ROUTES = [
  stateWeights,
  listWeights,
  makePairRule,
  listPairRules,
  getPairRule,
  endPairRule,
] as const;
