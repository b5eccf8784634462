import { stateWeights as stateRoute } from '@gruppstart/contracts/routes/matching-rules-routes';
import { DEFAULT_WEIGHTS, type NewWeights } from '@gruppstart/domain/matching/weights';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import { listWeights, stateWeights } from '@gruppstart/usecases/matching/weights';
import { describe, expect, test } from 'vitest';
import { aDeed, done, expectRefusal, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { runsOf } from '../builders/runs.ts';
import { smallTown } from '../builders/small-town.ts';
import { aTenant, instant } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({ store: environment().store, world: worldAt() });
const aRow = (version: string, validFrom: string, over: Partial<NewWeights> = {}): NewWeights => {
  const { validTo: _, ...stated } = DEFAULT_WEIGHTS;
  return { ...stated, version, validFrom: LocalDate.parse(validFrom), ...over };
};
const state = (tenant: ReturnType<typeof aTenant>, row: NewWeights, now: string = NOW) =>
  stateWeights(deps())(aDeed(tenant, { now }), row);

describe('weights that are stated', () => {
  test('stand in the list by their first day, after the row that everybody begins with, and in the audit', async () => {
    const tenant = aTenant();
    const tiers = [{ tier: 1, ground: 'missed-starts' as const, atLeast: 2, decisionReference: 'KS 2026/0123' }];
    done(await state(tenant, aRow('spring', '2027-03-01', { tiers })));
    const stated = done(await state(tenant, aRow('winter', '2026-12-01', { longWaitDays: 200 })));
    expect(stated).toMatchObject({ statedBy: 'samordnare', statedAt: NOW, inForce: true });
    const listed = done(await listWeights(deps())(aDeed(tenant)));
    expect(
      listed.map(({ weights, statedBy, inForce }) => [weights.version, weights.validFrom, statedBy, inForce]),
    ).toEqual([
      ['default-1', '2026-01-01', null, false],
      ['winter', '2026-12-01', 'samordnare', true],
      ['spring', '2027-03-01', 'samordnare', false],
    ]);
    expect(listed[2]?.weights).toMatchObject({ tiers, validTo: null });
    expect((await environment().auditOf(tenant))[0]).toMatchObject({
      deed: 'weights-stated',
      subjects: ['spring'],
      facts: { validFrom: '2027-03-01', tiers: 1 },
    });
    expect(done(await listWeights(deps())(aDeed(aTenant()))).map(({ weights }) => weights)).toEqual([DEFAULT_WEIGHTS]);
  });

  test('may begin today and not before: Swedish days count', async () => {
    const tenant = aTenant();
    const item = { pointer: '/validFrom', code: 'in-the-past' };
    const evening = '2026-12-01T23:30:00.000Z';
    expectRefusal(await state(tenant, aRow('a', '2026-12-01'), evening), stateRoute, 'in-the-past', item);
    expect((await state(tenant, aRow('a', '2026-12-02'), evening)).ok).toBe(true);
  });

  test('have a name of their own: neither one that is taken nor that of the first row', async () => {
    const tenant = aTenant();
    done(await state(tenant, aRow('a', '2026-12-01')));
    const item = { pointer: '/version', code: 'version-taken' };
    expectRefusal(await state(tenant, aRow('a', '2027-01-01')), stateRoute, 'version-taken', item);
    expectRefusal(await state(tenant, aRow('default-1', '2027-01-01')), stateRoute, 'version-taken', item);
    expect((await state(aTenant(), aRow('a', '2027-01-01'))).ok).toBe(true);
  });
});

describe('a run', () => {
  test('weighs by the row in force when it was ordered, however late it is made', async () => {
    const town = await smallTown(environment().store, aTenant());
    const january = await town.start('2027-01-11');
    await town.place();
    await town.candidate();
    const asked = { cohortIds: [january.id] };
    const runs = runsOf(environment, town.tenant);
    const first = await runs.finish(asked);
    expect(first.result?.summary.weightsVersion).toBe('default-1');

    const waiting = await runs.order(asked);
    const noon = instant('2026-12-01T12:00:00.000Z');
    done(await state(town.tenant, aRow('stricter', '2026-12-01', { minimumFitPercent: 60 }), noon));
    done(await state(town.tenant, aRow('spring', '2027-03-01'), noon));
    const late = runsOf(environment, town.tenant, '2027-03-02T08:00:00.000Z');
    expect((await late.make(waiting.id)).result?.summary.weightsVersion).toBe('default-1');

    const after = runsOf(environment, town.tenant, '2026-12-01T12:00:00.001Z');
    const second = await after.finish(asked);
    expect(second.result?.summary.weightsVersion).toBe('stricter');
    expect((await after.input(second)).weights.minimumFitPercent).toBe(60);
    const again = await after.finish({
      ...asked,
      policy: { pins: [], placeAtMost: null, keep: null, factsOf: first.id },
    });
    expect(again.result?.summary.weightsVersion).toBe('default-1');
  });
});
