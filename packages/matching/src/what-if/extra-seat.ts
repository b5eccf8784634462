import type { WhatIfAnswerOf, WhatIfFailure, WhatIfQuestionOf } from '@gruppstart/domain/matching/what-if';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { MatchInput, RunResult } from '../model.ts';
import { withPlace } from './changed-input.ts';
import { consequencesOf } from './consequences.ts';
import { runOtherwise } from './run-otherwise.ts';

/** What one seat more at a place would have been worth. */
export const answerExtraSeat = (
  input: MatchInput,
  result: RunResult,
  { placeId }: WhatIfQuestionOf<'extra-seat'>,
): Result<WhatIfAnswerOf<'extra-seat'>, WhatIfFailure> => {
  const larger = withPlace(input, placeId, (place) => ({ ...place, seats: place.seats + 1 }));
  if (larger === null) return err('not-in-run');
  const otherwise = runOtherwise(larger);
  if (!otherwise.ok) return otherwise;
  return ok({ kind: 'extra-seat', consequences: consequencesOf(result, otherwise.value) });
};
