import { Grant } from '@gruppstart/contracts/grant';
import { ROUTES } from '@gruppstart/contracts/registry';
import { REACHES, ROLES, type Role } from '@gruppstart/contracts/roles';
import { OfficeId, UnitId } from '@gruppstart/domain/shared/ids';
import { addDays, localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coversOffice, coversUnit, grantHoldsOn, permissionFor } from './permission.ts';

const TODAY = localDate('2027-01-11');
const NORRANGEN = UnitId.parse('unit_norrangen');
const SOLROSEN = UnitId.parse('unit_solrosen');
const OFFICE = OfficeId.parse('af-101');
const OTHER_OFFICE = OfficeId.parse('af-102');

const aGrant = (role: Role, changes: Readonly<Record<string, unknown>> = {}): Grant =>
  Grant.parse({
    id: 'grant_01jd4z8w6k3v9r5t2q7n0m1pxy',
    tenant: 'soderhamn',
    userId: 'anvandare',
    role,
    unitIds: [NORRANGEN],
    offices: [OFFICE],
    deputyFor: null,
    mayResolveProtected: false,
    validFrom: '2027-01-01',
    validTo: null,
    ...changes,
  });

const anyRoute = { access: { coordinator: 'tenant', 'unit-manager': 'unit', caseworker: 'office' } } as const;

describe('the permission matrix', () => {
  const matrix = ROUTES.flatMap((route) => ROLES.map((role) => ({ route, role })));

  test('covers every route and every role', () => {
    expect(matrix.length).toBe(ROUTES.length * ROLES.length);
    expect(ROUTES.length).toBeGreaterThan(30);
  });

  test.each(ROUTES)('$id lets in the roles it declares, each as far as declared, and no other', (route) => {
    const found = ROLES.map((role) => {
      const permission = permissionFor(route, [aGrant(role)], TODAY);
      if (!permission) return [role, 'nothing'];
      const { wholeTenant, unitIds, offices } = permission;
      return [role, wholeTenant && 'tenant', unitIds.length > 0 && 'unit', offices.length > 0 && 'office'].filter(
        Boolean,
      );
    });
    expect(found).toEqual(ROLES.map((role) => [role, route.access[role] ?? 'nothing']));
    expect(Object.values(route.access).filter((reach) => !REACHES.includes(reach))).toEqual([]);
  });

  test.each(ROUTES)('$id lets in nobody without a grant, or with every role but those it declares', (route) => {
    const others = ROLES.filter((role) => route.access[role] === undefined).map((role) => aGrant(role));
    expect(permissionFor(route, [], TODAY)).toBeNull();
    expect(permissionFor(route, others, TODAY)).toBeNull();
  });
});

describe('a dated grant', () => {
  test.each([
    ['the day before', '2027-01-10', false],
    ['its first day', '2027-01-11', true],
    ['a day between', '2027-02-01', true],
    ['its last day', '2027-03-31', true],
    ['the day after', '2027-04-01', false],
  ])('on %s holds: %s', (_when, today, holds) => {
    const grant = aGrant('coordinator', { validFrom: '2027-01-11', validTo: '2027-03-31' });
    expect(grantHoldsOn(grant, localDate(today))).toBe(holds);
    expect(permissionFor(anyRoute, [grant], localDate(today)) !== null).toBe(holds);
  });

  test('for one day holds on that day alone', () => {
    const grant = aGrant('coordinator', { validFrom: '2027-01-11', validTo: '2027-01-11' });
    const days = [-1, 0, 1].map((days) => grantHoldsOn(grant, addDays(TODAY, days)));
    expect(days).toEqual([false, true, false]);
  });

  test('without a last day holds until further notice', () => {
    expect(grantHoldsOn(aGrant('coordinator'), localDate('2099-12-31'))).toBe(true);
  });

  test('that ends before it begins never holds', () => {
    const grant = aGrant('coordinator', { validFrom: '2027-01-12', validTo: '2027-01-10' });
    fc.assert(fc.property(fc.integer({ min: -30, max: 30 }), (days) => !grantHoldsOn(grant, addDays(TODAY, days))));
  });
});

describe('several grants', () => {
  test('add up, each name once', () => {
    const grants = [
      aGrant('unit-manager', { unitIds: [NORRANGEN] }),
      aGrant('unit-manager', { unitIds: [SOLROSEN, NORRANGEN], deputyFor: 'chef' }),
      aGrant('caseworker', { offices: [OFFICE], unitIds: [] }),
    ];
    expect(permissionFor(anyRoute, grants, TODAY)).toEqual({
      roles: ['unit-manager', 'caseworker'],
      wholeTenant: false,
      unitIds: [NORRANGEN, SOLROSEN],
      offices: [OFFICE],
      mayResolveProtected: false,
    });
  });

  test('count only by the reach of their own role: a manager’s office opens no office', () => {
    const permission = permissionFor(anyRoute, [aGrant('unit-manager', { offices: [OFFICE] })], TODAY);
    expect(permission).toMatchObject({ wholeTenant: false, unitIds: [NORRANGEN], offices: [] });
  });

  test('give nothing from one that is over', () => {
    const over = aGrant('coordinator', { validTo: '2027-01-10', mayResolveProtected: true });
    const permission = permissionFor(anyRoute, [over, aGrant('unit-manager')], TODAY);
    expect(permission).toMatchObject({ roles: ['unit-manager'], wholeTenant: false, mayResolveProtected: false });
  });

  test('never reach less than one of them alone', () => {
    const grants = ROLES.map((role) => aGrant(role));
    fc.assert(
      fc.property(fc.subarray(grants), fc.constantFrom(...grants), (some, more) => {
        const alone = permissionFor(anyRoute, some, TODAY);
        const together = permissionFor(anyRoute, [...some, more], TODAY);
        if (!alone) return;
        expect(together).not.toBeNull();
        expect(together?.wholeTenant || !alone.wholeTenant).toBe(true);
        expect(together?.unitIds).toEqual(expect.arrayContaining([...alone.unitIds]));
        expect(together?.offices).toEqual(expect.arrayContaining([...alone.offices]));
      }),
    );
  });
});

describe('who may learn who a protected person is', () => {
  test.each([
    ['a grant that holds on this route', aGrant('coordinator', { mayResolveProtected: true }), true],
    ['one that is over', aGrant('coordinator', { mayResolveProtected: true, validTo: '2027-01-10' }), false],
    ['one whose role this route does not list', aGrant('auditor', { mayResolveProtected: true }), false],
    ['one that does not say so', aGrant('coordinator'), false],
  ])('%s, beside an ordinary one: %s', (_which, grant, may) => {
    expect(permissionFor(anyRoute, [aGrant('caseworker'), grant], TODAY)?.mayResolveProtected).toBe(may);
  });
});

describe('reach', () => {
  test.each([
    ['coordinator', [true, true, true, true]],
    ['unit-manager', [true, false, false, false]],
    ['caseworker', [false, false, true, false]],
  ] as const)('of a %s over own unit, other unit, own office, other office', (role, expected) => {
    const permission = permissionFor(anyRoute, [aGrant(role)], TODAY);
    if (!permission) throw new Error('Every role of the table is let in');
    expect([
      coversUnit(permission, NORRANGEN),
      coversUnit(permission, SOLROSEN),
      coversOffice(permission, OFFICE),
      coversOffice(permission, OTHER_OFFICE),
    ]).toEqual(expected);
  });
});
