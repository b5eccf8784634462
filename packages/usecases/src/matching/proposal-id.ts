import { ProposalId, type RunId } from '@gruppstart/domain/shared/ids';
import { derivedId } from '../derived-id.ts';
import type { World } from '../ports/world.ts';

/** One candidate has one proposal per run, whoever asks and however often the run is made. */
export const proposalIdOf = (world: Pick<World, 'sha256'>, runId: RunId, candidateId: string): ProposalId =>
  ProposalId.parse(derivedId(world, 'proposal', [runId, candidateId]));
