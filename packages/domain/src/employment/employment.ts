import * as z from 'zod';
import { SeatPartKind } from '../matching/outcome.ts';
import { CandidateId, CohortId, EmploymentId, PlaceId, PlacementId, ProposalId, UnitId } from '../shared/ids.ts';
import { Instant, LocalDate } from '../shared/local-date.ts';

/** Who employs, where the work is done and who pays are three things: the resource centre may employ for a unit that another pays for. */
export const Organisation = z.strictObject({
  name: z.string().min(2).max(80),
  organisationNumber: z
    .string()
    .regex(/^\d{6}-\d{4}$/)
    .nullable(),
});
export type Organisation = z.infer<typeof Organisation>;

/** The agreement that an employment stands under. */
export const EMPLOYMENT_FORMS = ['BEA', 'AB'] as const;
export const EmploymentForm = z.enum(EMPLOYMENT_FORMS);
export type EmploymentForm = z.infer<typeof EmploymentForm>;

export const Employment = z.strictObject({
  id: EmploymentId,
  candidateId: CandidateId,
  placementId: PlacementId,
  form: EmploymentForm,
  employer: Organisation,
  workplaceUnitId: UnitId,
  payer: Organisation,
  startDate: LocalDate,
  endDate: LocalDate.nullable(),
  sharePercent: z.int().min(1).max(100),
  registeredAt: Instant,
});
export type Employment = z.infer<typeof Employment>;

/** Where a person works: a seat of a place, held from a day. */
export const Placement = z.strictObject({
  id: PlacementId,
  candidateId: CandidateId,
  proposalId: ProposalId,
  placeId: PlaceId,
  unitId: UnitId,
  cohortId: CohortId.nullable(),
  /** All of the seat, or one of the two parts that share it. */
  seatPart: SeatPartKind,
  sharePercent: z.int().min(1).max(100),
  startDate: LocalDate,
  firstFollowUpDate: LocalDate,
  employmentId: EmploymentId.nullable(),
});
export type Placement = z.infer<typeof Placement>;

export const PLACEMENT_STATUSES = ['planned', 'employed', 'working'] as const;
export const PlacementStatus = z.enum(PLACEMENT_STATUSES);
export type PlacementStatus = z.infer<typeof PlacementStatus>;

export const placementStatus = (placement: Placement, today: LocalDate): PlacementStatus => {
  if (placement.employmentId === null) return 'planned';
  return placement.startDate <= today ? 'working' : 'employed';
};
