import type { Door, Scope } from '@gruppstart/contracts/roles';

/** What a token for one door carries, and how a client asks for it. */
export interface DoorResource {
  readonly door: Door;
  /** The resource indicator (RFC 8707) that a client sends; an absolute URI, as the RFC demands. */
  readonly resource: string;
  /** The `aud` of the token, which the gateway's authorizer of that door demands. */
  readonly audience: string;
  readonly scopes: readonly Scope[];
}

const resourceOf = <const D extends Door>(door: D): DoorResource => ({
  door,
  resource: `urn:gruppstart:${door}`,
  audience: `gruppstart-${door}`,
  scopes: [`${door}.read`, `${door}.write`],
});

export const DOOR_RESOURCES: Readonly<Record<Door, DoorResource>> = {
  intake: resourceOf('intake'),
  requirements: resourceOf('requirements'),
  cohorts: resourceOf('cohorts'),
};

/** The door that a resource indicator names, if any. */
export const findDoorByResource = (resource: string): DoorResource | undefined =>
  Object.values(DOOR_RESOURCES).find((known) => known.resource === resource);

/** The door of the first scope that belongs to one: lets a client that only knows scopes get a token all the same. */
export const findDoorByScopes = (scope: string): DoorResource | undefined => {
  const asked = scope.split(' ');
  return Object.values(DOOR_RESOURCES).find((known) => known.scopes.some((own) => asked.includes(own)));
};

/** A door by the name a user typed, if it is one. */
export const findDoorByName = (name: string): DoorResource | undefined =>
  Object.values(DOOR_RESOURCES).find((known) => known.door === name);
