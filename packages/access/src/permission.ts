import type { Grant } from '@gruppstart/contracts/grant';
import type { Reach, Role } from '@gruppstart/contracts/roles';
import type { Route } from '@gruppstart/contracts/route';
import type { OfficeId, UnitId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';

/** How far a user reaches on one route today: the whole tenant, or only named units and offices. */
export interface Permission {
  readonly roles: readonly Role[];
  readonly wholeTenant: boolean;
  readonly unitIds: readonly UnitId[];
  readonly offices: readonly OfficeId[];
  /** May learn who a person with protected identity is. */
  readonly mayResolveProtected: boolean;
}

/** A grant holds on its first and last day and every day between. */
export const grantHoldsOn = (grant: Grant, day: LocalDate): boolean =>
  grant.validFrom <= day && (grant.validTo === null || day <= grant.validTo);

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/**
 * What the registry's declaration of a route gives a user with these grants on this day. Null: nothing, the route is
 * refused. Roles that the route does not list count for nothing; several grants add up.
 */
export const permissionFor = (
  route: Pick<Route, 'access'>,
  grants: readonly Grant[],
  today: LocalDate,
): Permission | null => {
  const holding = grants.flatMap((grant) => {
    const reach: Reach | undefined = route.access[grant.role];
    return reach !== undefined && grantHoldsOn(grant, today) ? [{ grant, reach }] : [];
  });
  if (holding.length === 0) return null;
  const withReach = (wanted: Reach) => holding.filter(({ reach }) => reach === wanted).map(({ grant }) => grant);
  return {
    roles: distinct(holding.map(({ grant }) => grant.role)),
    wholeTenant: withReach('tenant').length > 0,
    unitIds: distinct(withReach('unit').flatMap((grant) => grant.unitIds)),
    offices: distinct(withReach('office').flatMap((grant) => grant.offices)),
    mayResolveProtected: holding.some(({ grant }) => grant.mayResolveProtected),
  };
};

export const coversUnit = (permission: Permission, unitId: UnitId): boolean =>
  permission.wholeTenant || permission.unitIds.includes(unitId);

export const coversOffice = (permission: Permission, officeId: OfficeId): boolean =>
  permission.wholeTenant || permission.offices.includes(officeId);
