import type { WhatIfAnswer, WhatIfFailure, WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import { assertNever, ok, type Result } from '@gruppstart/domain/shared/result';
import type { MatchInput, RunResult } from '../model.ts';
import { answerAnswer } from './answer.ts';
import { answerExtraSeat } from './extra-seat.ts';
import { answerNamedRequest } from './named-request.ts';
import { answerRepair } from './repair.ts';
import { answerWeights } from './weights.ts';
import { answerWithoutRequirement } from './without-requirement.ts';

/**
 * Answers a question to a run. `result` is what `runMatching` makes of the same input; a replay is answered by having
 * made it. Throws, as a run does, when a proof of optimality fails.
 */
export const answerWhatIf = (
  input: MatchInput,
  result: RunResult,
  question: WhatIfQuestion,
): Result<WhatIfAnswer, WhatIfFailure> => {
  switch (question.kind) {
    case 'replay':
      return ok({ kind: 'replay' });
    case 'weights':
      return answerWeights(input, result, question);
    case 'named-request':
      return answerNamedRequest(input, result, question);
    case 'answer':
      return answerAnswer(input, result, question);
    case 'repair':
      return answerRepair(input, result, question);
    case 'extra-seat':
      return answerExtraSeat(input, result, question);
    case 'without-requirement':
      return answerWithoutRequirement(input, result, question);
    default:
      return assertNever(question);
  }
};
