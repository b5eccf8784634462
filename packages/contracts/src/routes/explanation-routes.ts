import {
  MAX_DIFFERENCES_NAMED,
  PersonDifference,
  PlaceDifference,
  RunDifference,
} from '@gruppstart/domain/matching/run-difference';
import { CandidateId, RunId } from '@gruppstart/domain/shared/ids';
import { BilingualText } from '@gruppstart/domain/shared/text';
import * as z from 'zod';
import { defineRoute } from '../route.ts';
import { OutcomeView } from './cohorts-routes.ts';

const readers = { coordinator: 'tenant', 'process-owner': 'tenant', auditor: 'tenant' } as const;

/** One outcome, explained to the coordinator and told to the person. */
export const OneOutcomeView = OutcomeView.extend({
  personText: BilingualText.meta({ description: 'For the person to read: easy words, nothing of anybody else' }),
}).meta({ id: 'OneOutcome' });

export const getOutcome = defineRoute({
  id: 'getOutcome',
  method: 'GET',
  path: '/v1/runs/{runId}/outcomes/{candidateId}',
  door: 'cohorts',
  summary: 'One candidate of a run: proposal or reasons, explained, and told to the person',
  scope: 'cohorts.read',
  access: readers,
  params: z.strictObject({ runId: RunId, candidateId: CandidateId }),
  answers: { 200: { description: 'The outcome', schema: OneOutcomeView } },
  problems: ['run-not-finished', 'run-failed'],
});

/** Two runs side by side, in codes and in plain words. */
export const RunDifferenceView = RunDifference.extend({
  explanation: BilingualText,
  people: z.array(PersonDifference.extend({ text: BilingualText })).max(MAX_DIFFERENCES_NAMED),
  places: z.array(PlaceDifference.extend({ text: BilingualText })),
}).meta({ id: 'RunDifference' });

export const compareRuns = defineRoute({
  id: 'compareRuns',
  method: 'GET',
  path: '/v1/runs/{runId}/differences/{otherRunId}',
  door: 'cohorts',
  summary: 'Two finished runs side by side: who stands otherwise, which places, and why that can be',
  scope: 'cohorts.read',
  access: readers,
  params: z.strictObject({ runId: RunId, otherRunId: RunId }),
  answers: { 200: { description: 'From the first run to the other', schema: RunDifferenceView } },
  problems: ['run-not-finished', 'run-failed'],
});

export const EXPLANATION_ROUTES = [getOutcome, compareRuns] as const;
