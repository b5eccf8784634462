import type { WhatIfAnswerOf, WhatIfFailure, WhatIfQuestionOf } from '@gruppstart/domain/matching/what-if';
import type { PlaceId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { MatchInput, RunResult } from '../model.ts';
import { withPlace } from './changed-input.ts';
import { consequencesOf } from './consequences.ts';
import { runOtherwise } from './run-otherwise.ts';

const eligibleAt = ({ places }: RunResult, placeId: PlaceId): number =>
  places.find((place) => place.placeId === placeId)?.eligible ?? 0;

/** Whom a place would reach without one of its requirements, and what that would have meant for the run. */
export const answerWithoutRequirement = (
  input: MatchInput,
  result: RunResult,
  { placeId, requirementIndex }: WhatIfQuestionOf<'without-requirement'>,
): Result<WhatIfAnswerOf<'without-requirement'>, WhatIfFailure> => {
  const place = input.places.find((each) => each.placeId === placeId);
  const requirement = place?.requirements[requirementIndex];
  if (requirement === undefined) return err('not-in-run');
  const easier = withPlace(input, placeId, ({ requirements, ...rest }) => ({
    ...rest,
    requirements: requirements.filter((_, index) => index !== requirementIndex),
  }));
  if (easier === null) return err('not-in-run');
  const otherwise = runOtherwise(easier);
  if (!otherwise.ok) return otherwise;
  return ok({
    kind: 'without-requirement',
    subject: requirement.subject,
    eligible: { before: eligibleAt(result, placeId), after: eligibleAt(otherwise.value, placeId) },
    consequences: consequencesOf(result, otherwise.value),
  });
};
