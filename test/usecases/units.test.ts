import { putUnit, setTravelTimes as travelRoute } from '@gruppstart/contracts/routes/requirements-routes';
import type { TravelTime } from '@gruppstart/domain/requirements/travel';
import type { UnitId } from '@gruppstart/domain/shared/ids';
import { setTravelTimes } from '@gruppstart/usecases/requirements/travel-times';
import { listUnitsInReach, readUnit, saveUnit } from '@gruppstart/usecases/requirements/units';
import { describe, expect, test } from 'vitest';
import { aDeed, COORDINATOR, done, expectRefusal, keepAll, managerOf, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { smallTown } from '../builders/small-town.ts';
import { aTenant, aUnit, aUnitId } from '../contracts/builders.ts';

const environment = useEnvironment();
const aTown = () => smallTown(environment().store, aTenant());
const deps = () => ({ store: environment().store, world: worldAt() });

describe('a unit', () => {
  test('is registered once and changed with the version that was read', async () => {
    const tenant = aTenant();
    const unit = aUnit();
    const save = saveUnit(deps());
    expectRefusal(await save(aDeed(tenant, { expected: 1 }), unit), putUnit, 'precondition-failed');
    expect(done(await save(aDeed(tenant, { expected: null }), unit))).toEqual({
      created: true,
      unit: { value: unit, version: 1, seatsTaken: 0 },
    });
    const renamed = { ...unit, name: 'Norrängen' };
    expectRefusal(await save(aDeed(tenant, { expected: null }), renamed), putUnit, 'precondition-required');
    expectRefusal(await save(aDeed(tenant, { expected: 2 }), renamed), putUnit, 'precondition-failed');
    expect(done(await save(aDeed(tenant, { expected: 1 }), renamed))).toMatchObject({
      created: false,
      unit: { version: 2 },
    });
    expect(done(await readUnit(deps())(aDeed(tenant), unit.id)).value).toEqual(renamed);
    expectRefusal(await save(aDeed(tenant, { permission: managerOf(aUnitId()) }), unit), putUnit, 'not-found');
    expectRefusal(await readUnit(deps())(aDeed(aTenant()), unit.id), putUnit, 'not-found');
  });

  test('is registered by one of two at once', async () => {
    const tenant = aTenant();
    const unit = aUnit();
    const both = await Promise.all([1, 2].map(() => saveUnit(deps())(aDeed(tenant, { expected: null }), unit)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    for (const refused of both.filter(({ ok }) => !ok))
      expect(refused).toMatchObject({ error: { code: expect.stringMatching(/^precondition-/) } });
  });

  test('of another manager is not on the list', async () => {
    const [town, other] = [await aTown(), aUnit()];
    await keepAll(environment().store, town.tenant, [{ change: 'save', kind: 'unit', value: other, expected: null }]);
    const page = { limit: 10, cursor: null };
    const listed = async (permission: typeof COORDINATOR) =>
      done(await listUnitsInReach(deps())(aDeed(town.tenant, { permission }), page))
        .items.map(({ value }) => value.id)
        .toSorted();
    expect(await listed(managerOf(other.id))).toEqual([other.id]);
    expect(await listed(COORDINATOR)).toEqual([other.id, town.unit.id].toSorted());
  });
});

describe('minutes of travel', () => {
  const row = (unitId: UnitId, postcode = '82630', carMinutes: number | null = 12): TravelTime => ({
    postcode,
    unitId,
    carMinutes,
    busMinutes: null,
  });
  const timesAt = (tenant: ReturnType<typeof aTenant>, postcode = '82630') =>
    environment().store.travelTimes(tenant, postcode);

  test('are kept row by row; one for a unit that does not exist is refused alone', async () => {
    const town = await aTown();
    const strange = aUnitId();
    const rows = done(
      await setTravelTimes(deps())(aDeed(town.tenant), [
        row(town.unit.id),
        row(strange),
        row(town.unit.id, '82010', null),
      ]),
    );
    expect(rows).toMatchObject([
      { id: `82630/${town.unit.id}`, ok: true },
      { id: `82630/${strange}`, ok: false, code: 'unit-unknown' },
      { id: `82010/${town.unit.id}`, ok: true },
    ]);
    expect([await timesAt(town.tenant), await timesAt(town.tenant, '82010')]).toEqual([
      [row(town.unit.id)],
      [row(town.unit.id, '82010', null)],
    ]);
  });

  test('set again replace what was; the same row twice in one request is taken once', async () => {
    const town = await aTown();
    await setTravelTimes(deps())(aDeed(town.tenant), [row(town.unit.id)]);
    const rows = done(
      await setTravelTimes(deps())(aDeed(town.tenant), [
        row(town.unit.id, '82630', 15),
        row(town.unit.id, '82630', 99),
      ]),
    );
    expect(rows).toMatchObject([{ ok: true }, { ok: false, code: 'row-repeated' }]);
    expect(await timesAt(town.tenant)).toEqual([row(town.unit.id, '82630', 15)]);
  });

  test('of many rows are all kept, with one entry in the audit', async () => {
    const town = await aTown();
    const many = Array.from({ length: 200 }, (_, index) => row(town.unit.id, String(10_000 + index), index));
    const rows = done(await setTravelTimes(deps())(aDeed(town.tenant), many));
    expect(rows.filter(({ ok }) => ok)).toHaveLength(200);
    expect(await timesAt(town.tenant, '10199')).toEqual([row(town.unit.id, '10199', 199)]);
    expect(await environment().auditOf(town.tenant)).toMatchObject([
      { deed: 'travel-times-set', facts: { rows: 200 } },
    ]);
  });

  test('of unknown units alone keep nothing and answer for each', async () => {
    const tenant = aTenant();
    const result = await setTravelTimes(deps())(aDeed(tenant), [row(aUnitId()), row(aUnitId())]);
    expect(done(result).map(({ ok }) => ok)).toEqual([false, false]);
    expect(travelRoute.answers[200]?.schema?.safeParse({ items: done(result) }).success).toBe(true);
  });
});
