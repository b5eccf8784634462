import type { WhatIfAnswerOf, WhatIfFailure, WhatIfQuestionOf } from '@gruppstart/domain/matching/what-if';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { MatchInput, RunResult } from '../model.ts';
import { without } from './changed-input.ts';
import { consequencesOf, seatsOf } from './consequences.ts';
import { runOtherwise } from './run-otherwise.ts';

/**
 * The best run without those who dropped out and the places that closed, when each person who is moved away from what
 * the run proposed costs so many points.
 */
export const answerRepair = (
  input: MatchInput,
  result: RunResult,
  { dropOuts, closedPlaces, movedPersonCostPoints }: WhatIfQuestionOf<'repair'>,
): Result<WhatIfAnswerOf<'repair'>, WhatIfFailure> => {
  const people = new Set(input.candidates.map(({ candidateId }) => candidateId));
  const places = new Set(input.places.map(({ placeId }) => placeId));
  if (dropOuts.some((id) => !people.has(id)) || closedPlaces.some((id) => !places.has(id))) return err('not-in-run');
  const gone = new Set(dropOuts);
  const left = without(input, gone, new Set(closedPlaces));
  const seats = seatsOf(result);
  const otherwise = runOtherwise({
    ...left,
    candidates: left.candidates.map((candidate) => {
      return { ...candidate, keptAt: seats.get(candidate.candidateId) ?? null };
    }),
    policy: { ...left.policy, movedPersonCostPoints },
  });
  if (!otherwise.ok) return otherwise;
  return ok({ kind: 'repair', consequences: consequencesOf(result, otherwise.value, gone) });
};
