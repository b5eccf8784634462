import type { Answerer } from '../proposals/answer.ts';
import {
  ANSWERS_NEEDED,
  type Decision,
  type DecisionReason,
  type DecisionVerdict,
  type Proposal,
} from '../proposals/proposal.ts';
import { err, ok, type Result } from '../shared/result.ts';

export type DecisionRefusal =
  | { readonly kind: 'already-decided' }
  | { readonly kind: 'conflict-of-interest' }
  | { readonly kind: 'answers-missing'; readonly missing: readonly Answerer[] }
  | { readonly kind: 'answer-is-no'; readonly from: readonly Answerer[] }
  | { readonly kind: 'reason-does-not-fit' };

/** Which reasons may stand behind which verdict. */
export const REASONS_FOR: Readonly<Record<DecisionVerdict, readonly DecisionReason[]>> = {
  approved: ['fits-well', 'wish-of-the-person', 'request-of-the-unit', 'agreed-after-meeting'],
  declined: ['person-declined', 'unit-declined', 'employer-declined', 'other-plan', 'facts-were-wrong'],
};

/**
 * People decide: an approval needs a yes from everyone who is asked for this purpose; a refusal needs a reason only.
 * Nobody decides with a conflict of interest, and nothing is decided twice.
 */
export const decide = (
  proposal: Proposal,
  decision: Decision,
  declaresNoConflict: boolean,
): Result<Proposal, DecisionRefusal> => {
  if (proposal.decision) return err({ kind: 'already-decided' });
  if (!declaresNoConflict) return err({ kind: 'conflict-of-interest' });
  if (!REASONS_FOR[decision.verdict].includes(decision.reason)) return err({ kind: 'reason-does-not-fit' });
  if (decision.verdict === 'approved') {
    const needed = ANSWERS_NEEDED[proposal.purpose];
    const noes = needed.filter((who) => proposal.answers[who]?.answer === 'no');
    if (noes.length > 0) return err({ kind: 'answer-is-no', from: noes });
    const missing = needed.filter((who) => proposal.answers[who]?.answer !== 'yes');
    if (missing.length > 0) return err({ kind: 'answers-missing', missing });
  }
  return ok({ ...proposal, decision });
};
