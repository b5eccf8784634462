import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { CandidateId, RunId, TenantId } from '@gruppstart/domain/shared/ids';
import type { MatchCandidate, MatchInput } from '@gruppstart/matching/model';
import { allPages } from '../all-pages.ts';
import type { Documents, Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { proposalIdOf } from './proposal-id.ts';

type Deps = { readonly store: Store; readonly world: World };
type KeptAt = NonNullable<MatchCandidate['keptAt']>;

const isDeclined = ({ answers, decision }: Documents['proposal']): boolean =>
  decision?.verdict === 'declined' || Object.values(answers).some((each) => each?.answer === 'no');

/** What a run proposed for good, to people who have not declined it and whom nobody has declined. */
const stillProposedBy = async (
  { store, world }: Deps,
  tenant: TenantId,
  runId: RunId,
): Promise<ReadonlyMap<CandidateId, KeptAt>> => {
  const outcomes = await allPages((page) => store.outcomes(tenant, runId, page));
  const committed = outcomes.flatMap((outcome) =>
    outcome.kind === 'proposed' && !outcome.preliminary ? [outcome.candidateId] : [],
  );
  const proposals = await store.getMany(
    tenant,
    'proposal',
    committed.map((candidateId) => proposalIdOf(world, runId, candidateId)),
  );
  return new Map(
    proposals.flatMap(({ value }) =>
      isDeclined(value)
        ? []
        : [
            [
              value.candidateId,
              { cohortId: value.cohortId, placeId: value.placeId, seatPart: value.outcome.seatPart },
            ] as const,
          ],
    ),
  );
};

/**
 * The facts as the run's own policy has them looked at: its pins, what it keeps of an earlier run, how many it places
 * at most. What was proposed at a start or place that these facts do not have cannot be kept, and costs nothing to leave.
 */
export const underPolicy = async (
  deps: Deps,
  tenant: TenantId,
  { policy }: Pick<MatchRun, 'policy'>,
  facts: MatchInput,
): Promise<MatchInput> => {
  const { keep, pins, placeAtMost } = policy;
  const proposed = keep ? await stillProposedBy(deps, tenant, keep.runId) : new Map<CandidateId, KeptAt>();
  const cohortIds = new Set(facts.starts.map(({ cohortId }) => cohortId));
  const placeIds = new Set(facts.places.map(({ placeId }) => placeId));
  const keptAt = ({ candidateId, assignedCohortId }: MatchCandidate): KeptAt | null => {
    const at = proposed.get(candidateId);
    if (!at || !cohortIds.has(at.cohortId) || !placeIds.has(at.placeId)) return null;
    return assignedCohortId === null || assignedCohortId === at.cohortId ? at : null;
  };
  return {
    ...facts,
    candidates: facts.candidates.map((candidate) => ({ ...candidate, keptAt: keptAt(candidate) })),
    // Under which request a pin stands is nothing to the engine.
    pins: pins.map(({ candidateId, placeId, cohortId, seatPart }) => ({
      ...{ candidateId, placeId, cohortId },
      ...(seatPart === undefined ? {} : { seatPart }),
    })),
    policy: { placeAtMost, movedPersonCostPoints: keep?.movedPersonCostPoints ?? 0 },
  };
};
