import { Grant } from '@gruppstart/contracts/grant';
import { ROLES } from '@gruppstart/contracts/roles';
import { describe, expect, test } from 'vitest';
import { DEMO_BATCH_CLIENT, DEMO_USERS, findDemoUser, HOME_DOORS, homeDoorOf } from './demo-users.ts';

const StoredGrant = Grant.omit({ id: true });
const everybody = [...DEMO_USERS, DEMO_BATCH_CLIENT];
const withRole = (tenant: string, role: string) =>
  DEMO_USERS.filter((user) => user.tenant === tenant && user.grants.some((grant) => grant.role === role));

describe('the demo users', () => {
  test.each(everybody)('$displayName has grants that the store takes as they are', ({ tenant, subject, grants }) => {
    expect(grants.length).toBeGreaterThan(0);
    for (const grant of grants) {
      expect(StoredGrant.safeParse({ tenant, userId: subject, ...grant }).error).toBeUndefined();
    }
  });

  test('have names and subjects of their own, and subjects that say nothing about them', () => {
    expect(new Set(DEMO_USERS.map(({ userName }) => userName)).size).toBe(DEMO_USERS.length);
    expect(new Set(everybody.map(({ subject }) => subject)).size).toBe(everybody.length);
    for (const { subject } of DEMO_USERS) expect(subject).toMatch(/^user-[0-9a-hjkmnp-tv-z]{10}$/);
  });

  test.each(['soderhamn', 'skovde'])('have every role that a person can have in %s', (tenant) => {
    const missing = ROLES.filter((role) => role !== 'batch-sender' && withRole(tenant, role).length === 0);
    expect(missing).toEqual([]);
  });

  test('let four eyes see: two coordinators in Söderhamn, of whom one may resolve protected identities', () => {
    const coordinators = withRole('soderhamn', 'coordinator').flatMap(({ grants }) => grants);
    expect(coordinators.map(({ mayResolveProtected }) => mayResolveProtected)).toEqual([true, false]);
  });

  test('have caseworkers at offices of their own', () => {
    const offices = [...withRole('soderhamn', 'caseworker'), ...withRole('skovde', 'caseworker')]
      .flatMap(({ grants }) => grants)
      .map((grant) => grant.offices);
    expect(offices).toEqual([['af-101'], ['af-103'], ['af-102']]);
  });

  test('have managers whose own units do not overlap, and one deputy for exactly the units of another', () => {
    const managers = withRole('soderhamn', 'unit-manager');
    const own = managers.flatMap(({ grants }) => grants.filter(({ deputyFor }) => deputyFor === null));
    const units = own.flatMap(({ unitIds }) => unitIds);
    expect(own).toHaveLength(3);
    expect(new Set(units).size).toBe(units.length);

    const [deputy, ...more] = managers.flatMap(({ grants }) => grants.filter(({ deputyFor }) => deputyFor !== null));
    expect(more).toEqual([]);
    const absent = managers.find(({ subject }) => subject === deputy?.deputyFor);
    expect(absent?.grants[0]?.unitIds).toEqual(deputy?.unitIds);
    expect(deputy?.validTo).not.toBeNull();
  });

  test('are found by the name they type, in any case and with spaces around it, and by no other', () => {
    expect(findDemoUser(' Anna.Samordnare ')?.subject).toBe('user-1p6gz8n3vb');
    expect(findDemoUser('anna')).toBeUndefined();
    expect(findDemoUser('')).toBeUndefined();
  });

  test('start at the door of their role', () => {
    for (const person of everybody) expect(homeDoorOf(person)).toBe(HOME_DOORS[person.grants[0]?.role ?? 'union']);
    expect(homeDoorOf({ grants: [] })).toBe('cohorts');
  });
});
