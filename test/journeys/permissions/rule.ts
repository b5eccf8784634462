import type { Reach } from '@gruppstart/contracts/roles';
import type { Route } from '@gruppstart/contracts/route';
import type { Asked } from '../requests.ts';
import type { Caller, Standing } from './callers.ts';

/**
 * What a request must come to. `done-apart`: it is done, but with what is the caller's own: nothing of the town's is
 * shown or changed.
 */
export type Expected =
  | 'done'
  | 'done-apart'
  | 'no-entry'
  | 'not-permitted'
  | 'not-found'
  | 'reference-unknown'
  | 'precondition-failed';

/** How a request names what it is about. */
type Naming = 'path' | 'path-to-be' | 'rows' | 'body' | 'unit-in-query' | 'office-in-query' | 'nothing';

const AN_ID = /"(?:unit|cohort|plcm|cand|prop|place|ref|run|what|empl|batch)_[a-z0-9-]+"/;

const namingOf = (route: Route, { query, body }: Asked): Naming => {
  // A PUT with a name that is free makes the thing.
  if (route.params !== null) return route.method === 'PUT' ? 'path-to-be' : 'path';
  const sent = body === undefined || body instanceof Uint8Array ? '' : JSON.stringify(body);
  if (AN_ID.test(sent)) return typeof body === 'object' && body !== null && 'rows' in body ? 'rows' : 'body';
  if (query?.unitId !== undefined) return 'unit-in-query';
  if (query?.office !== undefined) return 'office-in-query';
  return 'nothing';
};

/** Somebody whose grant is held to other units and offices than the request is about. */
const outOfScope = (naming: Naming): Expected => {
  switch (naming) {
    case 'path':
    case 'path-to-be':
    case 'unit-in-query':
      return 'not-found';
    case 'body':
    case 'rows':
      return 'reference-unknown';
    // Every office but the own ones is refused alike, whether there is one of the name or not.
    case 'office-in-query':
      return 'not-permitted';
    case 'nothing':
      return 'done-apart';
  }
};

/** Somebody of another organisation, whose grant would reach this far if the things were theirs. */
const inAnotherOrganisation = (naming: Naming): Expected => {
  switch (naming) {
    case 'path':
      return 'not-found';
    case 'body':
      return 'reference-unknown';
    // The version that is sent with it is not one of theirs.
    case 'path-to-be':
      return 'precondition-failed';
    // A list by the same name is their own; rows are refused one by one.
    case 'rows':
    case 'unit-in-query':
    case 'office-in-query':
    case 'nothing':
      return 'done-apart';
  }
};

const covers = (standing: Standing, reach: Reach): boolean =>
  reach === 'tenant' || standing === 'own' || standing === 'namesake';

/**
 * The rule of who may, from the declaration of the route and from how the caller stands to what the request is about.
 * Written apart from `access` and from the use cases.
 */
export const expectedOf = (route: Route, { role, standing }: Caller, asked: Asked): Expected => {
  if (role === null) return 'no-entry';
  // The demo's machine has tokens for one door only.
  if (role === 'batch-sender' && standing === 'own' && route.door !== 'intake') return 'no-entry';
  const reach = route.access[role];
  if (standing === 'expired' || reach === undefined) return 'not-permitted';
  const naming = namingOf(route, asked);
  if (!covers(standing, reach)) return outOfScope(naming);
  return standing === 'foreign' || standing === 'namesake' ? inAnotherOrganisation(naming) : 'done';
};
