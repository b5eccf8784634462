import {
  changePlace as changeRoute,
  createPlace as createRoute,
  getPlace,
  listPlaces,
  type PlaceChange,
  PlaceInput,
} from '@gruppstart/contracts/routes/requirements-routes';
import { type Place, placeStatus } from '@gruppstart/domain/requirements/place';
import type { UnitId } from '@gruppstart/domain/shared/ids';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import { OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { Page, Stored } from '@gruppstart/usecases/ports/store';
import { changePlace, createPlace, listPlacesInReach, readPlace } from '@gruppstart/usecases/requirements/places';
import { describe, expect, test } from 'vitest';
import { aDeed, COORDINATOR, done, expectRefusal, keepAll, managerOf, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { smallTown } from '../builders/small-town.ts';
import { aPlaceId, aTenant, aUnit, aUnitId } from '../contracts/builders.ts';

const environment = useEnvironment();
const aTown = () => smallTown(environment().store, aTenant());
const deps = () => ({ store: environment().store, world: worldAt() });
const TODAY = LocalDate.parse('2026-12-01');
const day = (text: string) => LocalDate.parse(text);

const inputFor = (unitId: UnitId, over: Partial<PlaceInput> = {}): PlaceInput =>
  PlaceInput.parse({
    unitId,
    title: 'Serviceassistent',
    occupationId: 'local_serviceassistent',
    seats: 2,
    sharePercent: 75,
    workingTimes: ['day'],
    opensFrom: '2027-01-11',
    requirements: [],
    ...over,
  });

describe('a place that is stated', () => {
  test('is open at once, in the field of its unit', async () => {
    const town = await aTown();
    const { value, version } = done(await createPlace(deps())(aDeed(town.tenant), inputFor(town.unit.id)));
    expect(value).toMatchObject({
      unitId: town.unit.id,
      field: town.unit.field,
      seats: 2,
      weeklyHours: [],
      closesAfter: null,
      supervisorHoursPerWeek: 0,
      origin: { kind: 'manager' },
      confirmedAt: NOW,
    });
    expect([version, placeStatus(value, TODAY)]).toEqual([1, 'open']);
    expect((await environment().store.get(town.tenant, 'place', value.id))?.value).toEqual(value);
  });

  test('may need hours of the unit’s supervisors, and they may change', async () => {
    const town = await aTown();
    const asked = inputFor(town.unit.id, { supervisorHoursPerWeek: 4 });
    const { value } = done(await createPlace(deps())(aDeed(town.tenant), asked));
    expect(value.supervisorHoursPerWeek).toBe(4);
    const changed = await changePlace(deps())(aDeed(town.tenant), value.id, { supervisorHoursPerWeek: 6 });
    expect(done(changed).value).toEqual({ ...value, supervisorHoursPerWeek: 6 });
  });

  test('may have seats that two can share, whose parts are together at most the whole', async () => {
    const town = await aTown();
    const parts = (first: number, second: number): Place['sharedSeat'] => [
      { sharePercent: first, weekdays: [1, 2, 3] },
      { sharePercent: second, weekdays: [3, 4, 5] },
    ];
    const over = { pointer: '/sharedSeat', code: 'parts-over-share' };
    const state = (sharedSeat: Place['sharedSeat']) =>
      createPlace(deps())(aDeed(town.tenant), inputFor(town.unit.id, { sharePercent: 75, sharedSeat }));
    expectRefusal(await state(parts(40, 36)), createRoute, 'body-invalid', over);
    const { value } = done(await state(parts(40, 35)));
    expect(value.sharedSeat).toEqual(parts(40, 35));
    const change = (input: PlaceChange) => changePlace(deps())(aDeed(town.tenant), value.id, input);
    expectRefusal(await change({ sharePercent: 74 }), changeRoute, 'body-invalid', over);
    expectRefusal(await change({ sharedSeat: parts(50, 26) }), changeRoute, 'body-invalid', over);
    expect(done(await change({ sharePercent: 100, sharedSeat: parts(50, 50) })).value.sharedSeat).toEqual(
      parts(50, 50),
    );
    expect(done(await change({ sharedSeat: null })).value.sharedSeat).toBeNull();
  });

  test('with no seats is closed', async () => {
    const town = await aTown();
    const { value } = done(await createPlace(deps())(aDeed(town.tenant), inputFor(town.unit.id, { seats: 0 })));
    expect(placeStatus(value, TODAY)).toBe('closed');
  });

  test('belongs to a unit that exists and that the manager has', async () => {
    const town = await aTown();
    const unknown = { pointer: '/unitId', code: 'unit-unknown' };
    const strange = await createPlace(deps())(aDeed(town.tenant), inputFor(aUnitId()));
    const foreign = await createPlace(deps())(
      aDeed(town.tenant, { permission: managerOf(aUnitId()) }),
      inputFor(town.unit.id),
    );
    const elsewhere = await createPlace(deps())(aDeed(aTenant()), inputFor(town.unit.id));
    for (const refused of [strange, foreign, elsewhere])
      expectRefusal(refused, createRoute, 'reference-unknown', unknown);
  });

  test('does not close before it opens', async () => {
    const town = await aTown();
    const asked = inputFor(town.unit.id, { closesAfter: day('2027-01-10') });
    expectRefusal(await createPlace(deps())(aDeed(town.tenant), asked), createRoute, 'body-invalid', {
      pointer: '/closesAfter',
      code: 'window-reversed',
    });
    expect((await createPlace(deps())(aDeed(town.tenant), { ...asked, closesAfter: day('2027-01-11') })).ok).toBe(true);
  });
});

describe('a place that is changed', () => {
  test('takes over what is sent and keeps the rest', async () => {
    const town = await aTown();
    const place = await town.place();
    const { value, version } = done(
      await changePlace(deps())(aDeed(town.tenant, { expected: 1 }), place.id, { title: 'Måltidsbiträde' }),
    );
    expect([value, version]).toEqual([{ ...place, title: 'Måltidsbiträde' }, 2]);
    expect((await environment().store.get(town.tenant, 'place', place.id))?.value).toEqual(value);
  });

  test.each([
    [3, 'done'],
    [2, 'done'],
    [1, 'seats-full'],
    [0, 'seats-full'],
  ] as const)('to %i seats when two are taken: %s', async (seats, expected) => {
    const town = await aTown();
    const place = await town.place({ seats: 3 });
    for (let index = 0; index < 2; index += 1) await town.placement(await town.candidate(), place);
    const result = await changePlace(deps())(aDeed(town.tenant), place.id, { seats });
    const stored = await environment().store.get(town.tenant, 'place', place.id);
    if (expected === 'done') expect(done(result)).toMatchObject({ seatsTaken: 2, value: { seats } });
    else expectRefusal(result, changeRoute, expected);
    expect(stored).toMatchObject({ seatsTaken: 2, value: { seats: expected === 'done' ? seats : 3 } });
  });

  test('that nobody has taken may be closed, and opened again', async () => {
    const town = await aTown();
    const place = await town.place();
    const closed = done(await changePlace(deps())(aDeed(town.tenant), place.id, { seats: 0 }));
    expect(placeStatus(closed.value, TODAY)).toBe('closed');
    const open = done(await changePlace(deps())(aDeed(town.tenant), place.id, { seats: 1 }));
    expect(placeStatus(open.value, TODAY)).toBe('open');
  });

  test.each([
    ['an old version', { expected: 7 }, {}, 'precondition-failed', undefined],
    ['no version', { expected: null }, {}, 'precondition-failed', undefined],
    [
      'a last day before the first',
      {},
      { closesAfter: day('2020-01-01') },
      'body-invalid',
      { pointer: '/closesAfter', code: 'window-reversed' },
    ],
    ['another’s unit', { permission: managerOf(aUnitId()) }, { title: 'Stulen' }, 'not-found', undefined],
  ] as const)('with %s is refused', async (_what, acting, change, code, item) => {
    const town = await aTown();
    const place = await town.place();
    expectRefusal(await changePlace(deps())(aDeed(town.tenant, acting), place.id, change), changeRoute, code, item);
    expect((await environment().store.get(town.tenant, 'place', place.id))?.value).toEqual(place);
  });

  test('by two at once is changed by one of them', async () => {
    const town = await aTown();
    const place = await town.place();
    const change = (title: string) => changePlace(deps())(aDeed(town.tenant, { expected: 1 }), place.id, { title });
    const both = await Promise.all([change('Den ena'), change('Den andra')]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    for (const refused of both.filter(({ ok }) => !ok)) expectRefusal(refused, changeRoute, 'precondition-failed');
  });
});

describe('a draft', () => {
  const DRAFT = { confirmedAt: null, seats: null, occupationId: null } as const;
  const OCCUPATION = OccupationId.parse('local_serviceassistent');

  test.each([
    ['without seats', { confirm: true, occupationId: OCCUPATION }, { pointer: '/seats', code: 'seats-not-stated' }],
    ['without an occupation', { confirm: true, seats: 2 }, { pointer: '/occupationId', code: 'occupation-not-stated' }],
  ] as const)('is not confirmed %s', async (_what, change, item) => {
    const town = await aTown();
    const draft = await town.place(DRAFT);
    expectRefusal(await changePlace(deps())(aDeed(town.tenant), draft.id, change), changeRoute, 'body-invalid', item);
  });

  test('stays a draft while it is filled in, and is a place when it is confirmed, once', async () => {
    const town = await aTown();
    const draft = await town.place(DRAFT);
    const filled = done(
      await changePlace(deps())(aDeed(town.tenant), draft.id, { seats: 2, occupationId: OCCUPATION }),
    );
    expect(placeStatus(filled.value, TODAY)).toBe('draft');
    const confirmed = done(await changePlace(deps())(aDeed(town.tenant), draft.id, { confirm: true }));
    expect([confirmed.value.confirmedAt, placeStatus(confirmed.value, TODAY)]).toEqual([NOW, 'open']);
    const again = done(
      await changePlace(deps())(aDeed(town.tenant, { now: '2026-12-09T08:00:00.000Z' }), draft.id, { confirm: true }),
    );
    expect(again.value.confirmedAt).toBe(NOW);
    expect((await environment().auditOf(town.tenant)).map(({ deed }) => deed)).toEqual([
      'place-changed',
      'place-confirmed',
      'place-confirmed',
    ]);
  });
});

describe('the places in reach', () => {
  test('are all for a coordinator, the own units’ for a manager, page by page, and nobody else’s', async () => {
    const town = await aTown();
    const [second, third] = [aUnit(), aUnit()];
    await keepAll(
      environment().store,
      town.tenant,
      [second, third].map((value) => ({ change: 'save', kind: 'unit', value, expected: null })),
    );
    const made: Place[] = [];
    for (const unitId of [town.unit.id, town.unit.id, second.id, third.id]) made.push(await town.place({ unitId }));
    const read = async (permission: typeof COORDINATOR, asked: UnitId | null = null) => {
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<Stored<Place>> = done(
          await listPlacesInReach(deps())(aDeed(town.tenant, { permission }), asked, { limit: 1, cursor }),
        );
        ids.push(...page.items.map(({ value }) => value.id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return ids.toSorted();
    };
    const idsOf = (...unitIds: readonly UnitId[]) =>
      made
        .filter(({ unitId }) => unitIds.includes(unitId))
        .map(({ id }) => id)
        .toSorted();
    expect(await read(COORDINATOR)).toEqual(idsOf(town.unit.id, second.id, third.id));
    expect(await read(COORDINATOR, third.id)).toEqual(idsOf(third.id));
    expect(await read(managerOf(second.id))).toEqual(idsOf(second.id));
    expect(await read(managerOf(town.unit.id, second.id))).toEqual(idsOf(town.unit.id, second.id));
    expect(await read(managerOf())).toEqual([]);
    const foreign = aDeed(town.tenant, { permission: managerOf(second.id) });
    expectRefusal(
      await listPlacesInReach(deps())(foreign, third.id, { limit: 1, cursor: null }),
      listPlaces,
      'not-found',
    );
    const [mine] = made;
    expectRefusal(await readPlace(deps())(foreign, mine?.id ?? aPlaceId()), getPlace, 'not-found');
    for (const cursor of ['x', '7.', '0.x']) {
      const several = aDeed(town.tenant, { permission: managerOf(town.unit.id, second.id) });
      expectRefusal(await listPlacesInReach(deps())(several, null, { limit: 1, cursor }), listPlaces, 'cursor-invalid');
    }
  });
});
