import type { CandidateId, TenantId, UnitId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { Documents, Store } from '../ports/store.ts';

/** The unit where somebody works by a placement: that of the employment, once there is one. Null after its last day. */
const workplaceOf = (
  { unitId }: Documents['placement'],
  employment: Documents['employment'] | null,
  today: LocalDate,
): UnitId | null => {
  if (employment === null) return unitId;
  return employment.endDate !== null && employment.endDate < today ? null : employment.workplaceUnitId;
};

/** At which units these people work or will work, by placements whose employment has not ended. */
export const workplacesOf = async (
  store: Store,
  tenant: TenantId,
  people: ReadonlySet<CandidateId>,
  placements: readonly Documents['placement'][],
  today: LocalDate,
): Promise<ReadonlyMap<CandidateId, ReadonlySet<UnitId>>> => {
  const listed = placements.filter(({ candidateId }) => people.has(candidateId));
  // The list may lag behind: which employment a placement has got is read as it is now.
  const current = await store.getMany(
    tenant,
    'placement',
    listed.map(({ id }) => id),
  );
  const employments = await store.getMany(
    tenant,
    'employment',
    current.flatMap(({ value }) => value.employmentId ?? []),
  );
  const employmentOf = new Map(employments.map(({ value }) => [value.id, value]));
  const unitsOf = new Map<CandidateId, Set<UnitId>>();
  for (const { value } of current) {
    const employment = (value.employmentId && employmentOf.get(value.employmentId)) ?? null;
    const unitId = workplaceOf(value, employment, today);
    if (unitId !== null) unitsOf.set(value.candidateId, (unitsOf.get(value.candidateId) ?? new Set()).add(unitId));
  }
  return unitsOf;
};
