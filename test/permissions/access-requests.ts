import { Grant } from '@gruppstart/contracts/grant';
import { ROLES, type Role } from '@gruppstart/contracts/roles';
import type { Route } from '@gruppstart/contracts/route';
import { OfficeId, TenantId, UnitId, UserId } from '@gruppstart/domain/shared/ids';
import { addDays, type LocalDate, localDate } from '@gruppstart/domain/shared/local-date';

/** What somebody wants to do something with. An identity is that of a person with protected identity. */
export type Thing = { readonly owner: TenantId } & (
  | { readonly kind: 'Unit'; readonly id: UnitId }
  | { readonly kind: 'Office'; readonly id: OfficeId }
  | { readonly kind: 'Door' | 'Identity'; readonly id: 'any' }
);

/** One question: may this user do this with that, today? */
export interface AccessRequest {
  readonly user: UserId;
  /** The organisation in the user's token. */
  readonly tenant: TenantId;
  readonly routeId: string;
  readonly thing: Thing;
  readonly today: LocalDate;
  /** Grants that exist: the user's own, here and elsewhere, and those of others. */
  readonly grants: readonly Grant[];
}

const TENANTS = ['soderhamn', 'skovde'].map((id) => TenantId.parse(id));
const USERS = ['user-a', 'user-b', 'user-c'].map((id) => UserId.parse(id));
/** Both organisations have units and offices of these names. */
const UNITS = ['unit_solgarden', 'unit_kotten', 'unit_norr'].map((id) => UnitId.parse(id));
const OFFICES = ['af-101', 'af-102', 'af-103'].map((id) => OfficeId.parse(id));
/** So few days that first and last days are often today. The year ends among them. */
const DAYS = [-2, -1, 0, 1, 2].map((days) => addDays(localDate('2026-12-31'), days));

/** Chance with a seed: the same numbers from 0 up to 1 each time (mulberry32). */
export const seededChance = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Random requests near the edge: most by a role of their route, on days near the first and last of a grant. */
export const randomRequests = (chance: () => number, routes: readonly Route[]): (() => AccessRequest) => {
  const oneOf = <T>(values: readonly T[]): T => {
    const value = values[Math.floor(chance() * values.length)];
    if (value === undefined) throw new Error('Nothing to choose from');
    return value;
  };
  const someOf = <T>(values: readonly T[]): T[] => values.filter(() => chance() < 0.4);
  const sometimes = (share: number): boolean => chance() < share;
  const rolesOf = new Map(routes.map(({ id, access }) => [id, ROLES.filter((role) => role in access)]));

  const aGrant = (userId: UserId, tenant: TenantId, role: Role, today: LocalDate): Grant => ({
    id: Grant.shape.id.parse('grant_00000000000000000000000000'),
    tenant,
    userId,
    role,
    unitIds: someOf(UNITS),
    offices: someOf(OFFICES),
    deputyFor: sometimes(0.3) ? oneOf(USERS) : null,
    mayResolveProtected: sometimes(0.5),
    validFrom: sometimes(0.5) ? today : oneOf(DAYS),
    validTo: sometimes(0.5) ? null : oneOf(DAYS),
  });

  return () => {
    const routeId = oneOf(routes).id;
    const [user, tenant, today] = [oneOf(USERS), oneOf(TENANTS), oneOf(DAYS)];
    const owner = sometimes(0.85) ? tenant : oneOf(TENANTS);
    const role = (): Role => oneOf(sometimes(0.7) ? (rolesOf.get(routeId) ?? ROLES) : ROLES);
    const grants = [aGrant(user, tenant, role(), today)];
    while (sometimes(0.2)) grants.push(aGrant(user, sometimes(0.8) ? tenant : oneOf(TENANTS), role(), today));
    // Somebody else's, who may stand in for the user.
    if (sometimes(0.15)) {
      const deputyFor = sometimes(0.5) ? user : null;
      grants.push({ ...aGrant(oneOf(USERS), sometimes(0.7) ? tenant : oneOf(TENANTS), role(), today), deputyFor });
    }
    const thing = ((): Thing => {
      const kind = oneOf(['Unit', 'Unit', 'Office', 'Office', 'Door', 'Identity'] as const);
      switch (kind) {
        case 'Unit':
          return { owner, kind, id: oneOf(UNITS) };
        case 'Office':
          return { owner, kind, id: oneOf(OFFICES) };
        case 'Door':
        case 'Identity':
          return { owner, kind, id: 'any' };
      }
    })();
    return { user, tenant, routeId, thing, today, grants: sometimes(0.05) ? grants.slice(1) : grants };
  };
};
