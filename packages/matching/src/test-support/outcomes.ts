import type { CandidateOutcome, ProposedOutcome, UnplacedOutcome } from '@gruppstart/domain/matching/outcome';
import type { MatchInput } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import { candidateId } from './inputs.ts';

const outcomeFor = (input: MatchInput, number: number): CandidateOutcome => {
  const outcome = runMatching(input).candidates.find((each) => each.candidateId === candidateId(number));
  if (outcome === undefined) throw new Error(`No outcome for candidate ${number}`);
  return outcome;
};

/** The proposal of a candidate; throws when there is none. */
export const proposedFor = (input: MatchInput, number = 1): ProposedOutcome => {
  const outcome = outcomeFor(input, number);
  if (outcome.kind !== 'proposed') throw new Error(`Unplaced: ${JSON.stringify(outcome.reasons)}`);
  return outcome;
};

/** The outcome of a candidate without a proposal; throws when there is one. */
export const unplacedFor = (input: MatchInput, number = 1): UnplacedOutcome => {
  const outcome = outcomeFor(input, number);
  if (outcome.kind !== 'unplaced') throw new Error(`Proposed for ${outcome.placeId}`);
  return outcome;
};
