import type { WhatIfAnswerOf, WhatIfFailure, WhatIfQuestionOf } from '@gruppstart/domain/matching/what-if';
import { ok, type Result } from '@gruppstart/domain/shared/result';
import type { MatchInput, RunResult } from '../model.ts';
import { consequencesOf } from './consequences.ts';
import { runOtherwise } from './run-otherwise.ts';

/** What other weights would have meant for the run. */
export const answerWeights = (
  input: MatchInput,
  result: RunResult,
  { weights }: WhatIfQuestionOf<'weights'>,
): Result<WhatIfAnswerOf<'weights'>, WhatIfFailure> => {
  const otherwise = runOtherwise({ ...input, weights: { ...weights, validTo: null } });
  if (!otherwise.ok) return otherwise;
  return ok({ kind: 'weights', consequences: consequencesOf(result, otherwise.value) });
};
