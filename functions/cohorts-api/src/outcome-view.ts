import type { OutcomeView } from '@gruppstart/contracts/routes/cohorts-routes';
import type { CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import type { RunId } from '@gruppstart/domain/shared/ids';
import { explainOutcome, type NamedThings } from '@gruppstart/usecases/matching/explain';
import { proposalIdOf } from '@gruppstart/usecases/matching/proposal-id';
import type { World } from '@gruppstart/usecases/ports/world';

/** An outcome with its explanation. A preliminary one has no proposal that could be answered. */
export const outcomeView = (
  world: World,
  runId: RunId,
  outcome: CandidateOutcome,
  names: NamedThings,
): OutcomeView => ({
  outcome,
  proposalId:
    outcome.kind === 'proposed' && !outcome.preliminary ? proposalIdOf(world, runId, outcome.candidateId) : null,
  explanation: explainOutcome(outcome, names),
});
