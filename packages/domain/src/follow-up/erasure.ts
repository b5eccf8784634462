import * as z from 'zod';
import type { Employment, Placement } from '../employment/employment.ts';
import { DecisionReference } from '../shared/decision-reference.ts';
import { CandidateId, PlacementId, TenantId, UserId } from '../shared/ids.ts';
import { Instant, type LocalDate } from '../shared/local-date.ts';

/** On what a person is erased: the municipality's retention decision (gallringsbeslut), or a request it has upheld. */
export const ERASURE_GROUNDS = ['retention-decision', 'upheld-request'] as const;
export const ErasureGround = z.enum(ERASURE_GROUNDS);
export type ErasureGround = z.infer<typeof ErasureGround>;

/** What is asked: the ground, and where the decision can be read. An entry of the ledger outlives the person. */
export const Erasure = z.strictObject({ ground: ErasureGround, reference: DecisionReference });
export type Erasure = z.infer<typeof Erasure>;

/**
 * One erasure, kept apart from what it erased: when a backup brings the person back, this says whom to erase again.
 * The identities are keyed hashes, which alone lead to nobody.
 */
export const LedgerEntry = z.strictObject({
  tenant: TenantId,
  candidateId: CandidateId,
  identities: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(80),
  ...Erasure.shape,
  erasedBy: UserId,
  at: Instant,
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Why a person cannot be erased yet. */
export const ERASURE_HINDRANCES = ['placement-planned', 'employment-running'] as const;
export const ErasureHindrance = z.strictObject({ code: z.enum(ERASURE_HINDRANCES), placementId: PlacementId });
export type ErasureHindrance = z.infer<typeof ErasureHindrance>;

/**
 * While somebody works, the employer has duties that need the person (GDPR article 17.3 b): an employment hinders until
 * its last day is past, one until further notice until it has a last day. A placement hinders while its start lies ahead;
 * one that never became an employment does not for ever.
 */
export const hindrancesOn = (
  placements: readonly Placement[],
  employments: readonly Employment[],
  today: LocalDate,
): readonly ErasureHindrance[] =>
  placements.flatMap((placement): readonly ErasureHindrance[] => {
    const own = employments.find(({ id }) => id === placement.employmentId);
    if (!own) {
      return placement.startDate >= today ? [{ code: 'placement-planned', placementId: placement.id }] : [];
    }
    return own.endDate === null || own.endDate >= today
      ? [{ code: 'employment-running', placementId: placement.id }]
      : [];
  });
