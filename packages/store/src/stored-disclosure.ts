import { DisclosureLevel } from '@gruppstart/domain/proposals/disclosure';
import { CandidateId, PlaceId, ProposalId, UnitId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import * as z from 'zod';

/** What lies beside the person: by it the disclosure is found when it has to end. */
export const DisclosedWhere = z.strictObject({ proposalId: ProposalId, candidateId: CandidateId, unitId: UnitId });

const Base64 = z.base64().min(1);

/** What lies beside the unit. */
export const StoredDisclosure = z.strictObject({
  ...DisclosedWhere.shape,
  placeId: PlaceId,
  level: DisclosureLevel,
  disclosedAt: Instant,
  sealed: z.strictObject({ v: z.literal(1), wrappedKey: Base64, nonce: Base64, sealed: Base64 }),
});
