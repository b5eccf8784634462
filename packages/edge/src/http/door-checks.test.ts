import { describe, expect, test } from 'vitest';
import { makeLog } from '../log.ts';
import { aGrant, type Call, CLAIMS, codeOf, GOOD_INPUT, problemOf, smallDoor } from '../test-support/small-door.ts';

const GOOD: Call = {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1', 'if-match': '"3"' },
  body: JSON.stringify(GOOD_INPUT),
};
const without = (name: string): Call => ({
  ...GOOD,
  headers: Object.fromEntries(Object.entries(GOOD.headers ?? {}).filter(([key]) => key !== name)),
});

describe('the checks at a door', () => {
  test('come in one order: whatever is wrong first is what is told, and nothing is done before all have passed', async () => {
    const nobody = smallDoor({ grants: async () => [] });
    const door = smallDoor();
    const broken = { ...GOOD, body: '{' };
    const steps = [
      ['tenant-missing', await nobody.call('/v1/things/x/closing?a=1', { method: 'POST', claims: null })],
      ['not-permitted', await nobody.call('/v1/things/x/closing?a=1', { method: 'POST' })],
      ['idempotency-key-missing', await door.call('/v1/things/x/closing?a=1', { method: 'POST' })],
      ['precondition-required', await door.call('/v1/things/x/closing?a=1', without('if-match'))],
      [
        'not-found',
        await door.call('/v1/things/x/closing?a=1', {
          ...broken,
          headers: { ...GOOD.headers, 'content-type': 'text/csv' },
        }),
      ],
      [
        'query-invalid',
        await door.call('/v1/things/thing_aa/closing?a=1', {
          ...broken,
          headers: { ...GOOD.headers, 'content-type': 'text/csv' },
        }),
      ],
      [
        'media-type-unsupported',
        await door.call('/v1/things/thing_aa/closing', {
          ...broken,
          headers: { ...GOOD.headers, 'content-type': 'text/csv' },
        }),
      ],
      ['json-malformed', await door.call('/v1/things/thing_aa/closing', broken)],
      ['body-invalid', await door.call('/v1/things/thing_aa/closing', { ...GOOD, body: '{}' })],
    ] as const;
    expect(await Promise.all(steps.map(async ([, response]) => codeOf(response)))).toEqual(steps.map(([code]) => code));
    expect([...nobody.deeds, ...door.deeds]).toEqual([]);
    expect(await codeOf(await door.call('/v1/things/thing_aa/closing', GOOD))).toBe('ok 200');
    expect(door.deeds).toHaveLength(1);
  });
});

describe('who calls', () => {
  test.each([
    ['no claims', null],
    ['no organisation', { sub: CLAIMS.sub }],
    ['no user', { tenant: CLAIMS.tenant }],
    ['an organisation that is none', { ...CLAIMS, tenant: 'T#other' }],
    ['an address as user', { ...CLAIMS, sub: 'asa.testsson@example.se' }],
    ['a personal number as user', { ...CLAIMS, sub: '198507099805' }],
  ])('with %s is sent to log in again', async (_what, claims) => {
    const door = smallDoor();
    const response = await door.call('/v1/things', { claims });
    expect(await problemOf(response)).toMatchObject({ status: 403, code: 'tenant-missing', correlationId: 'req-1' });
    expect(door.deeds).toEqual([]);
  });

  test.each([undefined, null, {}, { requestContext: {} }, 'event'])('an event like %j names nobody', async (event) => {
    const response = await smallDoor().call('/v1/things', { event: event ?? { nothing: true } });
    expect(await problemOf(response)).toMatchObject({ code: 'tenant-missing', correlationId: 'unknown' });
  });

  test('is looked up by organisation and name, and acts as those', async () => {
    const asked: string[] = [];
    const door = smallDoor({
      grants: async (tenant, userId) => {
        asked.push(`${tenant} ${userId}`);
        return [aGrant()];
      },
    });
    await door.call('/v1/things');
    expect(asked).toEqual(['soderhamn samordnare']);
    expect(door.deeds[0]?.deed).toMatchObject({
      actor: { tenant: 'soderhamn', userId: 'samordnare', permission: { roles: ['coordinator'], wholeTenant: true } },
      correlationId: 'req-1',
      now: door.clock.now,
    });
  });
});

describe('what the caller may', () => {
  test.each([
    ['no grant', []],
    ['a role that the route does not list', [aGrant({ role: 'auditor' })]],
    ['a grant that is over', [aGrant({ validTo: '2026-11-30' })]],
    ['a grant that has not begun', [aGrant({ validFrom: '2026-12-02' })]],
  ])('with %s is nothing', async (_what, grants) => {
    const door = smallDoor({ grants: async () => grants });
    expect(await problemOf(await door.call('/v1/things'))).toMatchObject({ status: 403, code: 'not-permitted' });
    expect(door.deeds).toEqual([]);
  });

  test('counts by the Stockholm day, which begins before the day of UTC', async () => {
    const door = smallDoor({ grants: async () => [aGrant({ validFrom: '2026-12-02' })] });
    const codes: string[] = [];
    for (const now of ['2026-12-01T22:59:59.999Z', '2026-12-01T23:00:00.000Z'] as const) {
      Object.assign(door.clock, { now });
      codes.push(await codeOf(await door.call('/v1/things')));
    }
    expect(codes).toEqual(['not-permitted', 'ok 200']);
  });

  test('is remembered for fifteen seconds, per organisation and user', async () => {
    const asked: string[] = [];
    const door = smallDoor({
      grants: async (tenant, userId) => {
        asked.push(`${tenant} ${userId}`);
        return [aGrant()];
      },
    });
    const at = async (now: string, claims: Call['claims'] = CLAIMS) => {
      Object.assign(door.clock, { now });
      await door.call('/v1/things', { claims });
      return asked.length;
    };
    expect(await at('2026-12-01T08:00:00.000Z')).toBe(1);
    expect(await at('2026-12-01T08:00:14.999Z')).toBe(1);
    expect(await at('2026-12-01T08:00:14.999Z', { ...CLAIMS, tenant: 'skovde' })).toBe(2);
    expect(await at('2026-12-01T08:00:14.999Z', { ...CLAIMS, sub: 'annan' })).toBe(3);
    expect(await at('2026-12-01T08:00:15.000Z')).toBe(4);
    expect(await at('2026-11-30T08:00:00.000Z')).toBe(5);
  });
});

describe('a door that is bound wrongly', () => {
  test('does not open: a declared route without a use case, or one bound that is not declared', async () => {
    const { makeDoor } = await import('./door.ts');
    const { routes, bound } = smallDoor();
    const parts = {
      world: { now: () => '' as never, newId: () => '', newSeed: () => '', sha256: () => '' },
      log: makeLog('small', () => {}),
      store: { grantsOf: async () => [], findMark: async () => null },
    };
    expect(() => makeDoor({ ...parts, routes, bound: bound.slice(1) })).toThrow('readThing');
    expect(() => makeDoor({ ...parts, routes: routes.slice(1), bound })).toThrow('differ');
  });
});
