import { RunStatus } from '@gruppstart/domain/matching/match-run';
import { ProfileAnswer } from '@gruppstart/domain/matching/profile-answer';
import { WhatIf, WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import { RunId, WhatIfId } from '@gruppstart/domain/shared/ids';
import { BilingualText } from '@gruppstart/domain/shared/text';
import * as z from 'zod';
import { defineRoute } from '../route.ts';
import { PageQuery, pageOf, StatusText } from './shared-shapes.ts';

/** A question to a run with its answer, in codes and in plain words. */
export const WhatIfView = WhatIf.extend({
  status: RunStatus,
  statusText: StatusText,
  /** Null as long as there is no answer. */
  explanation: BilingualText.nullable(),
}).meta({ id: 'WhatIf' });
export type WhatIfView = z.infer<typeof WhatIfView>;

/** What was asked of a run, and how far it has come; the answer is read on its own. */
export const AskedWhatIf = WhatIfView.omit({ result: true, explanation: true }).meta({ id: 'AskedWhatIf' });
export type AskedWhatIf = z.infer<typeof AskedWhatIf>;

const runParams = z.strictObject({ runId: RunId });
const askers = { coordinator: 'tenant', 'process-owner': 'tenant' } as const;
const readers = { ...askers, auditor: 'tenant' } as const;
const ordered = {
  description: 'The question is taken; the answer is being worked out',
  schema: WhatIfView,
  headers: ['Location', 'Retry-After', 'ETag'],
} as const;

export const askWhatIf = defineRoute({
  id: 'askWhatIf',
  method: 'POST',
  path: '/v1/runs/{runId}/what-ifs',
  door: 'cohorts',
  summary: 'Ask what a finished run would have come to if one thing had been otherwise',
  scope: 'cohorts.write',
  access: askers,
  params: runParams,
  body: { kind: 'json', schema: WhatIfQuestion },
  answers: { 202: ordered },
  problems: ['run-not-finished', 'run-failed', 'reference-unknown', 'candidate-erased'],
});

export const listWhatIfs = defineRoute({
  id: 'listWhatIfs',
  method: 'GET',
  path: '/v1/runs/{runId}/what-ifs',
  door: 'cohorts',
  summary: 'What has been asked of a run, newest first',
  scope: 'cohorts.read',
  access: readers,
  params: runParams,
  query: PageQuery,
  answers: { 200: { description: 'Questions', schema: pageOf(AskedWhatIf), headers: ['Link'] } },
});

export const getWhatIf = defineRoute({
  id: 'getWhatIf',
  method: 'GET',
  path: '/v1/what-ifs/{whatIfId}',
  door: 'cohorts',
  summary: 'A question to a run with its answer, once there is one',
  scope: 'cohorts.read',
  access: readers,
  params: z.strictObject({ whatIfId: WhatIfId }),
  answers: { 200: { description: 'The what-if', schema: WhatIfView, headers: ['ETag', 'Retry-After'] } },
});

export const enterAnswer = defineRoute({
  id: 'enterAnswer',
  method: 'POST',
  path: '/v1/runs/{runId}/answers',
  door: 'cohorts',
  summary: 'Write down what a person answered on the telephone, and look at the person again in the run at once',
  scope: 'cohorts.write',
  access: { coordinator: 'tenant' },
  params: runParams,
  body: { kind: 'json', schema: ProfileAnswer },
  answers: { 202: ordered },
  problems: ['run-not-finished', 'run-failed', 'reference-unknown', 'candidate-erased'],
});

export const WHAT_IF_ROUTES = [askWhatIf, listWhatIfs, getWhatIf, enterAnswer] as const;
