import { withAnswer } from '@gruppstart/domain/matching/profile-answer';
import type { WhatIfAnswerOf, WhatIfFailure, WhatIfQuestionOf } from '@gruppstart/domain/matching/what-if';
import type { CandidateId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { MatchInput, MatchPin, RunResult } from '../model.ts';
import { without } from './changed-input.ts';
import { seatsOf } from './consequences.ts';
import { runOtherwise } from './run-otherwise.ts';

const outcomeIn = ({ candidates }: RunResult, candidateId: CandidateId) =>
  candidates.find((outcome) => outcome.candidateId === candidateId) ?? null;

/** Those who begin with the person or not at all: their outcomes hang together. */
const boundTo = ({ pairRules }: MatchInput, candidateId: CandidateId): ReadonlySet<CandidateId> =>
  new Set(
    pairRules.flatMap(({ kind, first, second }) => {
      if (kind !== 'together') return [];
      if (first === candidateId) return [second];
      return second === candidateId ? [first] : [];
    }),
  );

/**
 * The person's outcome with the answer in the profile, while everybody else keeps what the run proposed: whoever has a
 * seat is fixed to it, and nobody else competes for those that are left.
 */
export const answerAnswer = (
  input: MatchInput,
  result: RunResult,
  { answer }: WhatIfQuestionOf<'answer'>,
): Result<WhatIfAnswerOf<'answer'>, WhatIfFailure> => {
  const { candidateId } = answer;
  const before = outcomeIn(result, candidateId);
  if (before === null) return err('not-in-run');
  const seats = seatsOf(result);
  const bound = boundTo(input, candidateId);
  const isFree = (id: CandidateId): boolean => id === candidateId || (bound.has(id) && !seats.has(id));
  const waiting = input.candidates.flatMap((each) =>
    seats.has(each.candidateId) || isFree(each.candidateId) ? [] : [each.candidateId],
  );
  const left = without(input, new Set(waiting));
  const fixed = [...seats].flatMap(([id, seat]): MatchPin[] => (isFree(id) ? [] : [{ candidateId: id, ...seat }]));
  const otherwise = runOtherwise({
    ...left,
    candidates: left.candidates.map((each) => (each.candidateId === candidateId ? withAnswer(each, answer) : each)),
    pins: [...fixed, ...left.pins.filter((pin) => isFree(pin.candidateId))],
  });
  if (!otherwise.ok) return otherwise;
  const after = outcomeIn(otherwise.value, candidateId);
  if (after === null) throw new Error('Somebody who took part has no outcome');
  return ok({ kind: 'answer', before, after });
};
