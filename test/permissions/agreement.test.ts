import { randomInt } from 'node:crypto';
import { coversOffice, coversUnit, permissionFor } from '@gruppstart/access/permission';
import { ROUTES } from '@gruppstart/contracts/registry';
import type { Route } from '@gruppstart/contracts/route';
import { describe, expect, test } from 'vitest';
import { type AccessRequest, randomRequests, seededChance } from './access-requests.ts';
import { actionsOfSchema, faultsIn, POLICIES, readPolicies } from './cedar-policies.ts';

const REQUESTS = 100_000;
/** A policy with a fault is found out long before. */
const REQUESTS_AGAINST_A_FAULT = 10_000;
const FIXED_SEED = 20_261_201;

/** What the product answers: the door reads the grants that the token's user has in the token's organisation. */
const accessAllows = ({ user, tenant, routeId, thing, today, grants }: AccessRequest): boolean => {
  const route = ROUTES.find(({ id }) => id === routeId);
  if (!route) throw new Error(`No route ${routeId}`);
  const read = grants.filter((grant) => grant.tenant === tenant && grant.userId === user);
  const permission = permissionFor(route, read, today);
  // Every key begins with the organisation: what another one owns is not found by any key of this one.
  if (permission === null || thing.owner !== tenant) return false;
  switch (thing.kind) {
    case 'Unit':
      return coversUnit(permission, thing.id);
    case 'Office':
      return coversOffice(permission, thing.id);
    case 'Identity':
      return permission.mayResolveProtected;
    case 'Door':
      return true;
  }
};

interface Comparison {
  readonly asked: number;
  readonly allowed: number;
  /** How often each operation was allowed. */
  readonly allowedBy: ReadonlyMap<string, number>;
  readonly disagreement: { readonly request: AccessRequest; readonly access: boolean; readonly cedar: boolean } | null;
}

type Allows = (request: AccessRequest) => boolean;

/** Asks both until they differ. */
const compare = (allows: Allows, requests: number, seed: number, routes: readonly Route[] = ROUTES): Comparison => {
  const next = randomRequests(seededChance(seed), routes);
  const allowedBy = new Map<string, number>();
  let allowed = 0;
  for (let asked = 1; asked <= requests; asked += 1) {
    const request = next();
    const [access, cedar] = [accessAllows(request), allows(request)];
    if (access !== cedar) return { asked, allowed, allowedBy, disagreement: { request, access, cedar } };
    if (access) {
      allowed += 1;
      allowedBy.set(request.routeId, (allowedBy.get(request.routeId) ?? 0) + 1);
    }
  }
  return { asked: requests, allowed, allowedBy, disagreement: null };
};

describe('the policies', () => {
  test('are right in themselves: every action, type and field in them is one of the schema', () => {
    expect(faultsIn(POLICIES)).toEqual([]);
    expect(faultsIn(POLICIES.replace('Action::"putUnit"', 'Action::"putUnits"'))).not.toEqual([]);
    expect(faultsIn(POLICIES.replace('context.named', 'context.name'))).not.toEqual([]);
  });

  test('know every operation there is, and no other: a new one needs its lines in test/permissions/*.cedar*', () => {
    const [known, declared] = [actionsOfSchema(), ROUTES.map(({ id }) => id)];
    const without = declared.filter((id) => !known.includes(id));
    const gone = known.filter((id) => !declared.includes(id));
    expect({ 'say in access.cedarschema and roles.cedar who may': without, 'take out': gone }).toEqual({
      'say in access.cedarschema and roles.cedar who may': [],
      'take out': [],
    });
  });
});

test(`${REQUESTS.toLocaleString('en')} random requests get the same answer from the policies as from access`, {
  timeout: 300_000,
}, () => {
  const seed = Number(process.env.ACCESS_SEED ?? randomInt(2 ** 31));
  const policies = readPolicies('as they are', POLICIES);
  const { asked, allowed, allowedBy, disagreement } = compare(policies.allows, REQUESTS, seed);
  expect(disagreement, `ACCESS_SEED=${seed} asks the same again`).toBeNull();
  expect(asked).toBe(REQUESTS);
  expect(policies.decisions()).toBeGreaterThan(REQUESTS);
  // Neither answer is rare, and every operation was allowed to somebody many times.
  expect([allowed / asked > 0.2, allowed / asked < 0.8]).toEqual([true, true]);
  const seldom = ROUTES.filter(({ id }) => (allowedBy.get(id) ?? 0) < 100).map(({ id }) => id);
  expect(seldom).toEqual([]);
});

describe('a fault in a policy is found:', () => {
  test.each<[what: string, from: string | RegExp, to: string]>([
    ['things of another organisation', 'unless { context.tenant == context.owner }', 'unless { true }'],
    ['a grant of another organisation', 'unless { context.home == context.tenant }', 'unless { true }'],
    ['a grant of somebody else', 'unless { context.holder == context.user }', 'unless { true }'],
    [
      'a deputy’s grant lent to the manager',
      'unless { context.holder == context.user }',
      'unless { context.holder == context.user || (context has deputyFor && context.deputyFor == context.user) }',
    ],
    ['before the first day', 'unless { context.from <= context.today }', 'unless { true }'],
    ['not on the first day', 'context.from <= context.today', 'context.from < context.today'],
    ['after the last day', 'context.to < context.today }', 'false }'],
    ['not on the last day', 'context.to < context.today', 'context.to <= context.today'],
    ['no end means no right', 'context has to &&', '!(context has to) ||'],
    ['everybody is named', 'unless { context.named }', 'unless { true }'],
    ['every unit', 'context.units.contains(context.thing)', 'true'],
    ['no unit', 'resource is Unit && context.units.contains(context.thing)', 'false'],
    ['every office for caseworkers', 'context.offices.contains(context.thing)', 'true'],
    ['every office for the machine', /(BatchSender[\s\S]*?)context\.offices\.contains\(context\.thing\)/, '$1true'],
    ['units by their offices', 'resource is Unit && context.units.contains(context.thing)', 'resource is Office'],
    ['hr instead of the auditor', 'principal is Auditor,', 'principal is Hr,'],
    ['the union instead of hr', 'principal is Hr,', 'principal is Union,'],
    [
      'coordinators answer for the unit',
      'Action::"setTravelTimes",',
      'Action::"setTravelTimes", Action::"answerProposal",',
    ],
    [
      'managers see no helping hand',
      /Action::"listUnitPlacements",\s+Action::"listUnitHelpRequests"/,
      'Action::"listUnitPlacements"',
    ],
    [
      'process owners read employments',
      'Action::"getFairnessReport",\n      Action::"getProposal",\n      Action::"listPlacements"',
      'Action::"getEmployment",\n      Action::"getProposal",\n      Action::"listPlacements"',
    ],
  ])('%s', { timeout: 120_000 }, (what, from, to) => {
    const faulty = POLICIES.replace(from, to);
    expect(faulty).not.toBe(POLICIES);
    const { asked, disagreement } = compare(readPolicies(what, faulty).allows, REQUESTS_AGAINST_A_FAULT, FIXED_SEED);
    expect(disagreement, `not found in ${asked} requests`).not.toBeNull();
  });

  test('each operation that is taken from a role', { timeout: 120_000 }, () => {
    const places = [...POLICIES.matchAll(/Action::"(\w+)"/g)];
    expect(places.length).toBeGreaterThan(ROUTES.length);
    const missed = places.filter(({ index, 0: text, 1: id }) => {
      // An action that nobody asks for stands in its place, so that no list becomes empty.
      const faulty = `${POLICIES.slice(0, index)}Action::"nothing"${POLICIES.slice(index + text.length)}`;
      const routes = ROUTES.filter((route) => route.id === id);
      const { allows } = readPolicies('one taken away', faulty);
      return compare(allows, REQUESTS_AGAINST_A_FAULT, FIXED_SEED, routes).disagreement === null;
    });
    expect(missed.map(({ 1: id }) => id)).toEqual([]);
  });
});
